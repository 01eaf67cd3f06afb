"""Tables that are set by alignment alone: where their columns are, and which lines are of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.columns import head_of, is_value_or_year
from wenju.corpus.formats.grids import grid_of
from wenju.corpus.formats.pdf.column_spans import Columns, columns_of, shared
from wenju.corpus.formats.pdf.drawn import drawn_cell
from wenju.corpus.formats.pdf.lines import Piece, joined, pieces_of
from wenju.corpus.formats.pdf.table import Table
from wenju.corpus.formats.pdf.wrapped import Line, Place, Row, Words, goes_on, room, rows_of
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

_WORD = 0.5  # of the size: a wider gap in a line may part columns
_TIGHT = 1.15  # of the same: and those that are hardly further are its rows
_ENDS = "。．.：:；;！？"
_FAR = 1.8  # of the usual distance: lines that are further away are not of the table


def aligned(lines: Sequence[Line]) -> Table:
    """Lines that are aligned in columns as a table; there must be two columns."""
    words = _words(lines)
    columns = columns_of(words)
    rows = rows_of(_placed(words, columns), columns)
    pieces = [piece for line in lines for piece in line]
    box = (
        min(p.left for p in pieces),
        min(p.top for p in pieces),
        max(p.right for p in pieces),
        max(p.bottom for p in pieces),
    )
    return Table(box, _cells(rows, columns), tuple(columns), ruled=False)


def extent(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """The lines of the table that those from ``first`` to ``last`` are of.

    Lines at both ends that only stand where the first column does are titles and notes, but for rests
    of cells; lines next to them that are parted too, or stand in another column, are of the table.
    """
    inner = lines[first:last]
    start = min(piece.left for line in inner for piece in line)
    step = _usual(inner)
    while first < last - 1 and _is_lone(lines[first], start):
        first += 1
    beside = min((p.left for line in lines[first:last] for p in line[1:]), default=start)
    while last > first + 1 and _is_lone(lines[last - 1], start):
        last -= 1
    while first and _is_near(lines[first - 1], lines[first], step):
        if _is_lone(lines[first - 1], start) and not _is_row(lines[first - 1 : last], beside):
            break
        first -= 1
    while last < len(lines) and _is_near(lines[last - 1], lines[last], step):
        if _is_lone(lines[last], start) and not (
            _is_rest(lines[first:last], lines[last])
            or _is_last(lines[first:], last - first, beside)
        ):
            break
        last += 1
    return first, last


def _usual(lines: Sequence[Line]) -> float:
    """How far apart lines usually are."""
    steps = [b[0].bottom - a[0].bottom for a, b in pairwise(lines)]
    return median(sorted(steps)[len(steps) // 2 :]) if steps else 0.0


def _is_near(above: Line, below: Line, step: float) -> bool:
    return below[0].bottom - above[0].bottom <= _FAR * step


def _is_lone(line: Line, start: float) -> bool:
    """Whether a line has one piece, which begins where the first column does, or before it."""
    return len(line) == 1 and line[0].left <= start + line[0].size


def _is_row(lines: Sequence[Line], beside: float) -> bool:
    """Whether a line is of the table below it: one that goes on from the page before has no names."""
    (piece,), *rows = lines
    below = next((line for line in rows if len(line) > 1), [])
    unit = phrase("unit_of_table", "lines").match(fold(piece.text))
    inside = piece.right < beside or _is_item([piece])
    return inside and not unit and any(is_value_or_year(Cell(other.text)) for other in below)


def _is_last(lines: Sequence[Line], number: int, beside: float) -> bool:
    """Whether a line ends a table: the name of a row without values, or of a group that goes on."""
    above, line, *below = lines[number - 1 : number + 2]
    step = _TIGHT * _usual(lines[:number])
    if below and below[0][0].bottom - line[0].bottom <= step:
        return False
    near = line[0].bottom - above[0].bottom <= step
    named = line[0].right < beside and line[0].text[-1] not in _ENDS
    return near and (named or (not below and _is_item(line)))


def _is_item(line: Line) -> bool:
    """Whether a line is told as an item of a list, as groups of rows are."""
    return phrase("item", "lines").match(fold(line[0].text)) is not None


def _is_rest(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line is the rest of the last row's first cell."""
    above, text = lines[-1][0], line[0]
    beside = [p.left for other in lines for p in other if p.left > above.right]
    steps = [b[0].bottom - a[0].bottom for a, b in pairwise(lines)]
    if not beside or text.right > min(beside) or text.bottom - above.bottom > _FAR * min(steps):
        return False
    limit, _ = room([(above.left, above.right), (min(beside), min(beside))], text.size)
    return goes_on(above, text, limit)


def _words(lines: Sequence[Line]) -> list[Line]:
    """The lines cut at every gap that may part columns; recognised text stays as it is."""
    found: list[Line] = []
    for line in lines:
        glyphs = [glyph for piece in line for glyph in piece.glyphs]
        found += pieces_of(glyphs, _WORD) if glyphs else [line]
    return found


def _placed(lines: Sequence[Line], columns: Columns) -> list[Words]:
    """The words of each line by the first and last of the columns that they stand in."""
    found: list[Words] = []
    for line in lines:
        words: dict[Place, list[Piece]] = {}
        for piece in line:
            words.setdefault(_place(piece, columns), []).append(piece)
        found.append({place: joined(pieces) for place, pieces in words.items()})
    return found


def _place(piece: Piece, columns: Columns) -> Place:
    held = [c for c, column in enumerate(columns) if shared(piece, column) > piece.size / 4]
    if held:
        return held[0], held[-1]
    after = sum(right <= (piece.left + piece.right) / 2 for _, right in columns)
    before, after = max(0, after - 1), min(after, len(columns) - 1)
    apart = (piece.left - columns[before][1]) - (columns[after][0] - piece.right)
    if abs(apart) <= piece.size:
        return before, after  # in the middle of two, as a name of both
    return (after, after) if apart > 0 else (before, before)


def _cells(rows: Sequence[Row], columns: Columns) -> list[list[Cell]]:
    """Rows with their cells; the name of a group of rows has its row alone, or its column for all of them."""
    width = len(columns)
    alone = [_is_group(row, columns) for row in rows]
    spans = {} if any(alone) else _groups(rows, width)
    return [
        [drawn_cell(next(iter(row.values())), columns=width)]
        if group
        else list(_row_cells(row, width, {c: rows[number] for c, rows in spans.items()}))
        for number, (row, group) in enumerate(zip(rows, alone, strict=True))
    ]


def _row_cells(row: Row, width: int, spans: dict[int, int]) -> Iterator[Cell]:
    """The cells that begin in a row; ``spans`` are the rows that those of some columns go on for."""
    at = 0
    starts = {first: (last, lines) for (first, last), lines in row.items()}
    while at < width:
        last, lines = starts.get(at, (at, []))
        rows = spans.get(at, 1)
        if rows:
            yield drawn_cell(lines, rows, last - at + 1)
        at = last + 1


def _is_group(row: Row, columns: Columns) -> bool:
    """Whether a row is the name of a group of rows: it is told as one, or wider than its column."""
    if len(row) != 1:
        return False
    ((first, last), lines) = next(iter(row.items()))
    return first == 0 and (last > 0 or _is_item(lines))


def _groups(rows: Sequence[Row], width: int) -> dict[int, list[int]]:
    """The columns whose cells go on over rows, as those of groups do, with the rows of each cell.

    Such a column stands before the first one that names every row; 0 stands for a cell that goes on.
    """
    grid = grid_of([list(_row_cells(row, width, {})) for row in rows])
    if len(grid) != len(rows) or any(len(row) != width for row in grid):
        return {}
    head = head_of(grid).end
    body = grid[head:]
    found: dict[int, list[int]] = {}
    begun: set[int] = {0}
    for c in range(width):
        column = [row[c] for row in body]
        told = [number for number, cell in enumerate(column) if cell.text]
        if all(column[number].text.replace(".", "").isdecimal() for number in told):
            continue  # the numbers of rows
        if len(told) >= len(body) - 1:
            return found
        if len({column[number].text for number in told}) < len(told):
            return found
        begun |= set(told)
        found[c] = [*[1] * head, *_runs(len(body), begun)]
    return {}


def _runs(count: int, begun: set[int]) -> Iterator[int]:
    """For each of so many rows how many a cell that begins in it goes on for; 0 where none begins."""
    starts = [*sorted(begun), count]
    lengths = dict(pairwise(starts))
    for number in range(count):
        yield lengths[number] - number if number in lengths else 0
