"""The reading order of a page: columns of text, and tables that are set by alignment alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from wenju.corpus.formats.pdf.aligned import aligned, extent
from wenju.corpus.formats.pdf.lines import Piece, joined
from wenju.corpus.formats.pdf.table import Table
from wenju.corpus.formats.records import width

_GUTTER = 1.0  # of the size: what parts columns of text is at least so wide
_NARROW = 0.2  # of the size: and what parts those of a table
_HARDLY = 3.0  # points: so much do the ends of lines differ that are set to one width
_LEAST = 2  # lines on each side of a gutter
_BESIDE = 0.5  # of the lower side's height: so much of it stands beside the other
_FULL_LINE = 0.6  # of the column's width: lines of running text mostly fill more
_PROSE = 16  # columns of characters: lines of running text are mostly longer
_MOST_COLUMNS = 4  # of text side by side
_TIGHT = 0.8  # of the usual distance of rows: lines that are closer are one row


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of text below each other, to be joined to paragraphs.

    ``left`` is where their text begins, ``usual`` the width that most of the full ones have, in points.
    """

    lines: list[Piece]
    left: float
    usual: float


Region = Column | Table
"""A column of text, or a table."""

Line = list[Piece]


def regions(lines: Sequence[Line]) -> Iterator[Region]:
    """The lines of a page, or of a part of it, in the order in which they are read."""
    found = _widest(lines)
    if found is None:
        if lines:
            yield column_of([joined(line) for line in lines])
        return
    first, last, gutter = found
    inner = lines[first:last]
    sides = _sides(inner, _gutters(inner, gutter, _GUTTER))
    if _is_text(sides):
        yield from regions(lines[:first])
        for side in sides:
            yield from regions(side)
    else:
        first, last = extent(lines, first, last)
        yield from regions(lines[:first])
        yield aligned(lines[first:last])
    yield from regions(lines[last:])


def _widest(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The longest run of lines that a gutter parts: its first line, its end, where the gutter begins."""
    best: tuple[int, int, int, float] | None = None
    for edge in sorted({round(piece.right, 0) for line in lines for piece in line}):
        for first, last in _runs(lines, edge):
            beside = _beside(lines[first:last], edge)
            # a line that is hardly wider than others belongs to the same column
            same = best and beside == best[0] and edge - best[3] <= _HARDLY and first <= best[1]
            longer = best and last - first > best[2] - best[1]
            if beside >= _LEAST and (best is None or beside > best[0] or (same and longer)):
                best = (beside, first, last, edge)
    return best[1:] if best else None


def _runs(lines: Sequence[Line], edge: float) -> Iterator[tuple[int, int]]:
    """Runs of lines none of which has text right behind ``edge``, in the width of a gutter."""
    first = 0
    for i, line in enumerate([*lines, None]):
        blocked = line is None or any(_covers(piece, edge, _GUTTER) for piece in line)
        if blocked:
            if i - first >= _LEAST:
                yield first, i
            first = i + 1


def _covers(piece: Piece, edge: float, gap: float) -> bool:
    return piece.left < edge + gap * piece.size and piece.right > edge + 1


def _beside(lines: Sequence[Line], edge: float) -> int:
    """How many lines stand on the side of a gutter that has fewer; 0 where they do not stand beside."""
    left = [p for line in lines for p in line if p.right <= edge + 1]
    right = [p for line in lines for p in line if p.left > edge]
    if not left or not right:
        return 0
    tops = [(min(p.top for p in side), max(p.bottom for p in side)) for side in (left, right)]
    shared = min(b for _, b in tops) - max(a for a, _ in tops)
    if shared < _BESIDE * min(b - a for a, b in tops):
        return 0
    return min(len({round(p.bottom) for p in side}) for side in (left, right))


def _gutters(lines: Sequence[Line], first: float, gap: float) -> list[float]:
    """Every gutter of that width that runs through all the lines, by where the columns to its left end."""
    found = [first]
    for edge in sorted({round(piece.right, 0) for line in lines for piece in line}):
        if not any(_covers(piece, edge, gap) for line in lines for piece in line):
            if any(p.left > edge for line in lines for p in line):
                found.append(edge)
    kept: list[float] = []
    for edge in sorted(found):  # of several edges in one gutter the last one counts
        between = kept and any(
            kept[-1] < p.left and p.right <= edge + 1 for line in lines for p in line
        )
        if kept and not between:
            kept[-1] = edge
        else:
            kept.append(edge)
    return kept


def _sides(lines: Sequence[Line], gutters: Sequence[float]) -> list[list[Line]]:
    """The lines of each column."""
    edges = [*gutters, float("inf")]
    sides: list[list[Line]] = [[] for _ in edges]
    for line in lines:
        for number, edge in enumerate(edges):
            low = edges[number - 1] if number else float("-inf")
            if inside := [p for p in line if low < p.left and p.right <= edge + 1]:
                sides[number].append(inside)
    return [side for side in sides if side]


def _is_text(sides: Sequence[Sequence[Line]]) -> bool:
    """Whether columns hold running text: their lines are long, and mostly fill them."""
    if len(sides) > _MOST_COLUMNS:
        return False
    for side in sides:
        lines = [joined(line) for line in side]
        full = max(line.right for line in lines) - min(line.left for line in lines)
        if median(width(line.text) for line in lines) < _PROSE:
            return False
        if median(line.right - line.left for line in lines) < _FULL_LINE * full:
            return False
    return True


def column_of(lines: list[Piece]) -> Column:
    """Lines with the margins that most of them keep."""
    left = min(line.left for line in lines)
    widths = sorted(line.right - left for line in lines)
    return Column(lines, left, widths[len(widths) * 4 // 5])
