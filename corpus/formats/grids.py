"""Tables of every format as lines of text: a line to a row, each value behind its column's name."""

from __future__ import annotations

from collections.abc import Sequence

from wenju.corpus.formats.cells import EMPTY, Cell, Grid
from wenju.corpus.formats.columns import Columns, cells_of, head_of
from wenju.corpus.formats.records import one_line

_WIDEST, _TALLEST = 1000, 1000  # columns and rows that a cell may claim: more is damage
_ROOM, _AREA = 100_000, 100  # places of any table, and for each of its cells: more is damage
_ENDS = "。！？"
_LONG = 40  # characters of a value: what is longer is told once, not in each column that it spans


def table_lines(rows: Sequence[Sequence[Cell]], above: str = "") -> list[str]:
    """The lines of a table, whose rows hold the cells that begin in them; ``above`` is the line over it.

    Lines above and below the rows (titles, notes, units) stand as they are. A row names its columns,
    ``名称：南湖小学；学生（人）：1785。``, those of several header rows joined; what spans several rows
    or columns is told in each of them. Rows of a table without names of columns keep their cells,
    parted by bars; in a form the first of two that stand side by side names the second.
    """
    grid = grid_of(rows)
    if not grid:
        return []
    if len(grid[0]) == 1:
        return [_alone(row) for row in grid]
    head = head_of(grid)
    lines = [_alone(row) for row in grid[: head.first]]
    heads = [[cell.text for cell in row] for row in grid[head.first : head.end]]
    body = [row for row in grid[head.end :] if [cell.text for cell in row] not in heads]
    told = [row for row in body if not _is_single(row)]
    columns = Columns.of(grid, head, told, above)
    group = ""
    for row, after in zip(body, [*body[1:], None], strict=True):
        if not _is_single(row):
            lines.append(_row(columns, row, group))
        elif row[-1] is row[0] and after and not _is_single(after) and _is_short(row):
            group = _alone(row)
        elif row[-1] is not row[0] and _is_short(row):
            lines.append(_row(columns, row, group))
        else:
            lines.append(_alone(row))
            group = ""
    return [line for line in lines if line]


def grid_of(rows: Sequence[Sequence[Cell]]) -> Grid:
    """The rows that say something, with every cell in each place that it spans."""
    return _trimmed(_spread(rows))


def _spread(rows: Sequence[Sequence[Cell]]) -> Grid:
    """Every cell in each place that it spans; what no cell covers is empty."""
    places: dict[tuple[int, int], Cell] = {}
    free = _ROOM + _AREA * sum(map(len, rows))
    for i, row in enumerate(rows):
        column = 0
        for cell in row:
            while (i, column) in places:
                column += 1
            wide = min(cell.columns, _WIDEST) if column < _WIDEST else 1
            high = min(cell.rows, _TALLEST, len(rows) - i)
            wide, high = (wide, high) if wide * high <= free else (1, 1)
            free -= wide * high
            for down in range(high):
                for right in range(wide):
                    places.setdefault((i + down, column + right), cell)
            column += wide
    width = max((c for _, c in places), default=-1) + 1
    if width * len(rows) > _ROOM + _AREA * sum(
        map(len, rows)
    ):  # one cell spans what none begins in
        width = max(map(len, rows))
    return [[places.get((i, c), EMPTY) for c in range(width)] for i in range(len(rows))]


def _trimmed(grid: Grid) -> Grid:
    """Without rows and columns that say nothing, and without an unnamed column that counts from 0."""
    rows = [row for row in grid if any(cell.text.strip() for cell in row)]
    kept = [
        c
        for c in range(len(rows[0]) if rows else 0)
        if any(row[c].text.strip() for row in rows) and not _counts(_own(rows, c))
    ]
    return [[row[c] for c in kept] for row in rows]


def _own(rows: Grid, column: int) -> list[str]:
    """What a column has for itself: nothing that spans the next one too."""
    return [
        row[column].text
        for row in rows
        if not row[column].text or column + 1 == len(row) or row[column] is not row[column + 1]
    ]


def _counts(column: Sequence[str]) -> bool:
    """Whether it is the index that a program writes: no name, then 0, 1, 2 and so on."""
    numbers = [text for text in column if text.strip()]
    return (
        len(numbers) < len(column)
        and not any(text.strip() for text in column[: len(column) - len(numbers)])
        and numbers == [str(n) for n in range(len(numbers))]
    )


def _is_single(row: Sequence[Cell]) -> bool:
    """Whether one cell has the row for itself: a title, a note, the name of a group of rows."""
    told = [cell for cell in row if cell.text.strip()]
    return len(row) > 1 and len({id(cell) for cell in told}) == 1 and row[0] is told[0]


def _is_short(row: Sequence[Cell]) -> bool:
    text = _alone(row)
    return len(text) <= _LONG // 2 and text[-1] not in f"{_ENDS}：:"


def _alone(row: Sequence[Cell]) -> str:
    """Cells that no column names, each once."""
    return " ".join(one_line(cell.text) for cell in cells_of(row) if cell.text.strip())


def _row(columns: Columns, row: Sequence[Cell], group: str) -> str:
    """A row with the names of its columns."""
    if not columns.names:
        return _unnamed([one_line(cell.text) for cell in cells_of(row)], pairs=columns.pairs)
    parts = [group] if group else []
    at = 0
    while at < len(row):
        cell = row[at]
        span = _span(row, at)
        text = one_line(cell.text)
        names = columns.names[at : at + span]
        if len(text) > _LONG:
            names = ("、".join(filter(None, dict.fromkeys(names))),)
        parts += [f"{name}：{text}" if name else text for name in dict.fromkeys(names) if text]
        at += span
    return _joined(parts)


def _span(row: Sequence[Cell], at: int) -> int:
    """How many columns the cell in that column spans from there."""
    end = at + 1
    while row[at].text and end < len(row) and row[end] is row[at]:
        end += 1
    return end - at


def _unnamed(cells: Sequence[str], *, pairs: bool) -> str:
    """A row whose columns have no names."""
    if not pairs:
        return " | ".join(cells)
    named = zip(cells[::2], cells[1::2], strict=True)
    return _joined([f"{name.rstrip(':： ')}：{told}" for name, told in named if told])


def _joined(parts: Sequence[str]) -> str:
    """Parts as one sentence; a value that ends its own needs no mark behind it."""
    ended = [part if part[-1] in _ENDS else f"{part}；" for part in parts]
    return "".join(ended).removesuffix("；") + ("" if not ended or ended[-1][-1] in _ENDS else "。")
