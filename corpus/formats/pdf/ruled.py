"""Tables that are drawn with lines: which boxes the lines make, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.pdf.drawn import drawn_cell
from wenju.corpus.formats.pdf.glyphs import Box, Glyph, Ruling
from wenju.corpus.formats.pdf.lines import joined, pieces_of

_NEAR = 3.0  # points: edges that are closer are one
_LEAST = 2  # boxes in a table: a frame around text is none


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: its box, and its rows with the cells that begin in each."""

    box: Box
    rows: list[list[Cell]]


def tables_of(
    glyphs: Sequence[Glyph], rulings: Sequence[Ruling]
) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page, and the characters that stand in none of them."""
    rest = list(glyphs)
    found = []
    for group in _connected(rulings):
        boxes = _boxes(group)
        if len(boxes) < _LEAST:
            continue
        outer = _outer(group)
        inside = [g for g in rest if _holds(outer, g)]
        if not inside:
            continue
        found.append(Table(outer, _rows(boxes, inside)))
        rest = [g for g in rest if not _holds(outer, g)]
    return found, rest


def _connected(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Rulings that touch each other, directly or by others; those without a crossing are left out."""
    waiting = list(rulings)
    while waiting:
        group = [waiting.pop()]
        for one in group:
            apart: list[Ruling] = []
            for other in waiting:
                (group if _touch(one, other) else apart).append(other)
            waiting = apart
        if any(r.level for r in group) and any(not r.level for r in group):
            yield group


def _touch(one: Ruling, other: Ruling) -> bool:
    return (
        one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.top - _NEAR <= other.bottom
        and other.top - _NEAR <= one.bottom
    )


def _outer(group: Sequence[Ruling]) -> Box:
    return (
        min(r.left for r in group),
        min(r.top for r in group),
        max(r.right for r in group),
        max(r.bottom for r in group),
    )


def _holds(box: Box, glyph: Glyph) -> bool:
    middle = (glyph.left + glyph.right) / 2
    return box[0] <= middle <= box[2] and box[1] <= glyph.middle <= box[3]


def _boxes(group: Sequence[Ruling]) -> list[tuple[int, int, int, int, Box]]:
    """The boxes that rulings make: row, column, how many of each they span, and their place.

    The finest grid that all rulings together make, where boxes with no line between them are one.
    """
    left, top, right, bottom = _outer(group)
    xs = _merged([left, right, *(r.left for r in group if not r.level)])
    ys = _merged([top, bottom, *(r.top for r in group if r.level)])
    level = [r for r in group if r.level]
    upright = [r for r in group if not r.level]
    taken: dict[tuple[int, int], int] = {}
    found: list[tuple[int, int, int, int, Box]] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide = high = 1
            while column + wide < len(xs) - 1 and not _crossed(upright, xs[column + wide], ys, row):
                wide += 1
            while row + high < len(ys) - 1 and not _underlined(level, ys[row + high], xs, column):
                high += 1
            for r in range(row, row + high):
                for c in range(column, column + wide):
                    taken[r, c] = len(found)
            place = (xs[column], ys[row], xs[column + wide], ys[row + high])
            found.append((row, column, high, wide, place))
    return found


def _merged(places: Sequence[float]) -> list[float]:
    """Places in order, those that are near to each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _crossed(upright: Sequence[Ruling], x: float, ys: Sequence[float], row: int) -> bool:
    """Whether a line parts the boxes on both sides of ``x`` in a row."""
    middle = (ys[row] + ys[row + 1]) / 2
    return any(abs(r.left - x) <= _NEAR and r.top <= middle <= r.bottom for r in upright)


def _underlined(level: Sequence[Ruling], y: float, xs: Sequence[float], column: int) -> bool:
    """Whether a line parts the boxes above and below ``y`` in a column."""
    middle = (xs[column] + xs[column + 1]) / 2
    return any(abs(r.top - y) <= _NEAR and r.left <= middle <= r.right for r in level)


def _rows(
    boxes: Sequence[tuple[int, int, int, int, Box]], glyphs: Sequence[Glyph]
) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for row, _, high, wide, place in boxes:
        inside = [g for g in glyphs if _holds(place, g)]
        lines = [joined(pieces) for pieces in pieces_of(inside)]
        rows.setdefault(row, []).append(drawn_cell(lines, high, wide))
    return [rows[row] for row in sorted(rows)]
