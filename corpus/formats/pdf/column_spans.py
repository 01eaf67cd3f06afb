"""Where the columns of a table are that alignment alone makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.columns import is_value_or_year
from wenju.corpus.formats.pdf.lines import Piece

_NARROW = 0.2  # of the size: what parts columns is at least so wide
_FULL = 0.5  # of the most words in a line: lines with fewer tell nothing of where columns are
_SOME = 4  # lines: of so many, one may lie across the columns
_CROSSING = 10  # lines: and one of each ten

Line = list[Piece]
Span = tuple[float, float]
"""From the left to the right, in points."""
Columns = list[Span]


def columns_of(lines: Sequence[Line]) -> Columns:
    """The left and right ends of columns.

    What few lines cover lies between two, as the names of several columns do; lines with few words
    count for nothing.
    """
    most = max(len(line) for line in lines)
    telling = [line for line in lines if len(line) >= max(2, _FULL * most)]
    few = max(1, len(telling) // _CROSSING) if len(telling) >= _SOME else 0
    size = median(piece.size for line in lines for piece in line)
    found: Columns = []
    for left, right in _covered(telling, few):
        if found and left - found[-1][1] < _NARROW * size:
            found[-1] = (found[-1][0], right)
        else:
            found.append((left, right))
    lost = [p for line in telling for p in line if not any(shared(p, c) > 0 for c in found)]
    for piece in lost:
        if not any(shared(piece, c) > 0 for c in found):
            found.append((piece.left, piece.right))
    return _together(sorted(found), telling)


def _covered(lines: Sequence[Line], few: int) -> Iterator[tuple[float, float]]:
    """The stretches of the width that more than ``few`` lines cover."""
    ends = sorted(
        [(p.left, 1) for line in lines for p in line]
        + [(p.right, -1) for line in lines for p in line]
    )
    depth, start = 0, 0.0
    for place, step in ends:
        before, depth = depth, depth + step
        if before <= few < depth:
            start = place
        elif depth <= few < before:
            yield start, place


def _together(columns: Columns, lines: Sequence[Line]) -> Columns:
    """Two columns as one where no line has text in both: a name at the left, values at the right.

    Where it could be one with either side, a name goes to the side that has none yet, or that is nearer.
    """
    found = list(columns)
    at = 0
    while at < len(found) - 1:
        left, right, *after = found[at : at + 3]
        if _are_beside(left, right, lines) or (
            after
            and not _are_beside(right, after[0], lines)
            and _is_of(right, left, after[0], lines)
        ):
            at += 1
        else:
            found[at : at + 2] = [(left[0], right[1])]
    return found


def _is_of(name: Span, left: Span, right: Span, lines: Sequence[Line]) -> bool:
    """Whether a name that could be of a column to its left or right is of the right one."""
    values = [_begins_with_value(column, lines) for column in (left, name, right)]
    if values[1]:
        return False
    if values[0] != values[2]:
        return values[2]
    return right[0] - name[1] < name[0] - left[1]


def _are_beside(
    left: tuple[float, float], right: tuple[float, float], lines: Sequence[Line]
) -> bool:
    """Whether a line has text in both columns."""
    return any(
        any(shared(p, left) > 0 for p in line) and any(shared(p, right) > 0 for p in line)
        for line in lines
    )


def _begins_with_value(column: Span, lines: Sequence[Line]) -> bool:
    texts = (p.text for line in lines for p in line if shared(p, column) > 0)
    return is_value_or_year(Cell(next(texts, "")))


def shared(piece: Piece, column: Span) -> float:
    """The width that a text and a column have in common, in points; below 0 what lies between them."""
    return min(piece.right, column[1]) - max(piece.left, column[0])
