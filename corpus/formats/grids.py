"""Tables of every format as lines of text: a line to a row, each value behind its column's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenju.corpus.formats.cells import EMPTY, Cell, Grid
from wenju.corpus.formats.columns import Columns, cells_of, head_of, holds_values, is_value
from wenju.corpus.formats.records import one_line

_WIDEST, _TALLEST = 1000, 1000  # columns and rows that a cell may claim: more is damage
_ROOM, _AREA = 100_000, 100  # places of any table, and for each of its cells: more is damage
_ENDS = "。！？"
_LONG = 40  # characters of a value: what is longer is told once, not in each column that it spans


@dataclass(frozen=True, slots=True)
class Begun:
    """A table that goes on elsewhere, as on the next page: what its further rows are told with.

    ``names`` are those of all columns, ``counters`` the columns that are left out since they count,
    ``valued`` those that mostly hold values, ``heads`` the texts of the rows with the names; ``last``
    are the cells of the last row, ``group`` is the group of rows that is still open.
    """

    names: tuple[str, ...]
    pairs: bool
    counters: frozenset[int]
    valued: frozenset[int]
    heads: frozenset[tuple[str, ...]]
    last: tuple[Cell, ...]
    group: str

    def goes_on(self, rows: Sequence[Sequence[Cell]], places: Sequence[int]) -> bool:
        """Whether rows of these columns can be further ones: they do not begin with other names."""
        whole = _said(spread(rows))
        if not whole or _texts(whole[0]) in self.heads or _is_single(whole[0]):
            return bool(whole)
        told = [
            cell
            for c, cell in zip(places, whole[0], strict=False)
            if c in self.valued and cell.text.strip()
        ]
        return not told or any(map(is_value, told))


def table_lines(rows: Sequence[Sequence[Cell]], above: str = "") -> list[str]:
    """The lines of a table, whose rows hold the cells that begin in them; ``above`` is the line over it.

    Lines above and below the rows (titles, notes, units) stand as they are. A row names its columns,
    ``名称：南湖小学；学生（人）：1785。``, those of several header rows joined; what spans several rows
    or columns is told in each of them. Rows of a table without names of columns keep their cells,
    parted by bars; in a form the first of two that stand side by side names the second.
    """
    return begin(rows, above)[0]


def begin(rows: Sequence[Sequence[Cell]], above: str = "") -> tuple[list[str], Begun | None]:
    """The lines of a table as ``table_lines`` gives them, and how it goes on; None for a list."""
    grid = grid_of(rows)
    if not grid:
        return [], None
    if len(grid[0]) == 1:
        return [_alone(row) for row in grid], None
    head = head_of(grid)
    heads = {_texts(row) for row in grid[head.first : head.end]}
    body = [row for row in grid[head.end :] if _texts(row) not in heads]
    columns = Columns.of(grid, head, [row for row in body if not _is_single(row)], above)
    lines, group = _told(body, columns, "")
    whole = spread(rows)
    kept, counters = _kept(whole)
    names = dict(zip(kept, columns.names, strict=False))
    begun = Begun(
        tuple(names.get(c, "") for c in range(len(whole[0]))) if names else (),
        columns.pairs,
        frozenset(counters),
        frozenset(c for c in kept if holds_values([row[c] for row in whole])),
        frozenset(_texts(row) for row in whole if _texts([row[c] for c in kept]) in heads),
        tuple(whole[-1]),
        group,
    )
    return [*(_alone(row) for row in grid[: head.first]), *lines], begun


def go_on(
    rows: Sequence[Sequence[Cell]], begun: Begun, places: Sequence[int]
) -> tuple[list[str], Begun]:
    """The lines of further rows of a table, and how it goes on; a head that comes again is left out.

    ``places`` are the columns of the table that theirs are.
    """
    whole = [row for row in _said(spread(rows)) if _texts(row) not in begun.heads]
    if not whole:
        return [], begun
    width = len(whole[0])
    at = [*places, *range(places[-1] + 1, places[-1] + 1 + width - len(places))][:width]
    whole = _filled(whole, begun, at)
    kept = [c for c in _kept(whole)[0] if at[c] not in begun.counters]
    body = [[row[c] for c in kept] for row in whole]
    names = (*begun.names, *[""] * (at[-1] + 1 - len(begun.names)))
    pairs = begun.pairs and all(len(list(cells_of(row))) % 2 == 0 for row in body)
    columns = Columns(tuple(names[at[c]] for c in kept) if begun.names else (), pairs)
    lines, group = _told(body, columns, begun.group)
    last = dict(zip(at, whole[-1], strict=False))
    cells = tuple(last.get(c, EMPTY) for c in range(max(at[-1] + 1, len(begun.names))))
    return lines, replace(begun, last=cells, group=group)


def _filled(whole: Grid, begun: Begun, at: Sequence[int]) -> Grid:
    """Rows whose first one is told with what goes on in it from the last row before.

    A cell that is cut in two by the end of a page has its text in the part above.
    """
    before = {c: cell for c, cell in enumerate(begun.last) if cell.text.strip()}
    first = [
        before[at[c]] if _is_rest(cell, before.get(at[c]), at[c]) else cell
        for c, cell in enumerate(whole[0])
    ]
    told = {id(old): new for old, new in zip(whole[0], first, strict=True) if old.rows > 1}
    return [first, *([told.get(id(cell), cell) for cell in row] for row in whole[1:])]


def _is_rest(cell: Cell, before: Cell | None, column: int) -> bool:
    """Whether an empty cell goes on one of the row before."""
    if before is None or cell.text:
        return False
    return cell.rows > 1 or (column == 0 and before.rows > 1)


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _told(body: Grid, columns: Columns, group: str) -> tuple[list[str], str]:
    """The lines of a table's rows, and the group of rows that is open behind them."""
    lines = []
    for row, after in zip(body, [*body[1:], None], strict=True):
        if not _is_single(row):
            lines.append(_row(columns, row, group))
        elif row[-1] is row[0] and after and not _is_single(after) and _is_short(row):
            group = _alone(row)
        elif row[-1] is not row[0] and _is_short(row):
            lines.append(_row(columns, row, group))
        else:
            lines.append(_alone(row))
            # a group at the end may go on elsewhere
            group = _alone(row) if row[-1] is row[0] and not after and _is_short(row) else ""
    return [line for line in lines if line], group


def grid_of(rows: Sequence[Sequence[Cell]]) -> Grid:
    """The rows that say something, with every cell in each place that it spans.

    Columns that say nothing, and an unnamed one that counts from 0, are left out.
    """
    whole = spread(rows)
    kept, _ = _kept(whole)
    return [[row[c] for c in kept] for row in _said(whole)]


def _said(rows: Grid) -> Grid:
    """The rows that say something."""
    return [row for row in rows if any(cell.text.strip() for cell in row)]


def spread(rows: Sequence[Sequence[Cell]]) -> Grid:
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


def _kept(whole: Grid) -> tuple[list[int], list[int]]:
    """The columns that say something, and the unnamed ones that count from 0."""
    rows = _said(whole)
    said = [
        c for c in range(len(rows[0]) if rows else 0) if any(row[c].text.strip() for row in rows)
    ]
    counters = [c for c in said if _counts(_own(rows, c))]
    return [c for c in said if c not in counters], counters


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
