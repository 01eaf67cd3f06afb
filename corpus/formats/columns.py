"""The columns of a table: which rows name them, and their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median

from wenju.corpus.formats.cells import Cell, Grid
from wenju.corpus.formats.records import one_line
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.corpus.values import values

_DEEPEST = 3  # rows that may name columns together
_FULL = 0.6  # of the usual number of cells: a row with fewer stands above the table
_LONGEST = 40  # characters of a column's name
_MOSTLY = 0.6  # of a column: so many values, and those beside them are left out or told in words
_ENOUGH = 200  # cells of a column, by which it is judged
_SERIES = 3  # values: so many of one form are no chance
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_DAY = re.compile(r"d:\d{4}-\d\d-\d\d")
_MEASURED = frozenset(
    "amount count measure percentage points fraction duration contact number".split()
)
_COLONS = re.compile(r"\s*[:：]+\s*")
_SEMICOLONS = re.compile(r"\s*[;；]+\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The rows that name columns, ``first`` to ``end``; those before stand above the table."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a table's columns; none where ``pairs`` name their values, or nothing does."""

    names: tuple[str, ...]
    pairs: bool = False

    @classmethod
    def of(cls, grid: Grid, head: Head, body: Grid, above: str = "") -> Columns:
        """Of a table with that head; ``body`` are its rows of values, ``above`` the line over it."""
        width = len(grid[0])
        if head.first == head.end:
            return cls((), pairs=len(body) > 1 and _may_pair(body))
        over = [[Cell(above)], *grid[: head.first]]
        unit = next((u for row in reversed(over) if (u := _unit(row))), "")
        levels = [[_label(cell.text) for cell in row] for row in grid[head.first : head.end]]
        names = [
            " ".join(filter(None, dict.fromkeys(cells)))
            for cells in zip(*_filled(levels), strict=True)
        ]
        counted = [_is_counted(body, c) for c in range(width)]
        return cls(
            tuple(
                f"{name}（{unit}）"
                if unit and name and counts and not name.endswith("）")
                else name
                for name, counts in zip(names, counted, strict=True)
            )
        )


def head_of(grid: Grid) -> Head:
    """Which rows name the columns; none where they hold values from the first on.

    What the format marks as heads counts; else the first full row does that only has labels, with
    the rows below it that go on naming what it leaves open or names twice.
    """
    first = _first(grid)
    if first == len(grid) - 1 or _pairs(grid[first:]):
        return Head(first, first)
    marked = first
    while marked < len(grid) - 1 and all(c.heads or not c.text.strip() for c in grid[marked]):
        marked += 1
    if marked > first:
        return Head(first, min(marked, first + _DEEPEST))
    if not _names(grid[first], grid[first + 1 :]):
        return Head(first, first)
    end = first + 1
    while end - first < _DEEPEST and end < len(grid) - 1 and _goes_on(grid, end):
        end += 1
    return Head(first, end)


def _first(grid: Grid) -> int:
    """The first row that is the table's: titles and what is said of all of it stand above."""
    usual = median(len(_told(row)) for row in grid)
    for i, row in enumerate(grid[:-1]):
        told = _told(row)
        if (
            len(told) > 1
            and not _all_fields(told)
            and (len(told) >= _FULL * usual or _leaves_open(row, grid[i + 1]))
        ):
            return i
        if len(told) == 1 and row[0].text.strip() == "":
            if _leaves_open(row, grid[i + 1]) or _spans_names(row, grid[i + 1]):
                return i
        if _names_all_but_first(row) and not _all_fields(told):
            return i
    return 0


def _names_all_but_first(row: Sequence[Cell]) -> bool:
    """Whether a row names each column but that of the names of rows."""
    named = [cell.text.strip() for cell in row[1:]]
    return (
        not row[0].text.strip()
        and all(named)
        and len(set(named)) == len(named)
        and not any(map(is_value, row))
    )


def _told(row: Sequence[Cell]) -> list[Cell]:
    """The row's cells that say something, each once."""
    return list({id(cell): cell for cell in row if cell.text.strip()}.values())


def _all_fields(told: Sequence[Cell]) -> bool:
    """Whether each cell is a label with its value, as who filled a form in and when."""
    return all(phrase("labelled_cell", "lines").match(fold(cell.text.strip())) for cell in told)


def _leaves_open(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the row below goes on naming: it names something twice, or leaves to this what it skips."""
    names = [cell.text.strip() for cell in below if cell.text.strip()]
    skipped = any(c.text.strip() and not b.text.strip() for c, b in zip(row, below, strict=True))
    spans = any(a is b and a.text.strip() for a, b in pairwise(row)) and len(_told(row)) > 1
    return (len(set(names)) < len(names) or skipped or spans) and not any(map(is_value, below))


def _spans_names(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the only text of a row lies over several names to the last, beside a corner that is empty."""
    first = next(c for c, cell in enumerate(row) if cell.text.strip())
    names = below[first:]
    return (
        len(names) > 1
        and not below[0].text.strip()
        and all(cell.text.strip() and not is_value(cell) for cell in names)
    )


def _goes_on(grid: Grid, end: int) -> bool:
    """Whether the row at ``end`` names columns too, below one that leaves some open."""
    above, row = grid[end - 1], grid[end]
    if len(_told(row)) == 1 and row[0] is row[-1]:
        return False  # the name of a group of rows
    if _names_values(row, above, grid[end + 1 :]):
        return True
    shared = any(a is b for a, b in zip(above, row, strict=True) if a.text.strip())
    names = [cell.text.strip() for cell in row if cell.text.strip()]
    below = not row[0].text.strip() and (
        len(set(names)) < len(names)
        or any(b.text.strip() and not a.text.strip() for a, b in zip(above, row, strict=True))
    )
    opened = shared or below or len({c.text.strip() for c in above}) < len(above)
    return opened and not any(map(is_value, row)) and (shared or _leaves_open(above, row))


def _names_values(row: Sequence[Cell], above: Sequence[Cell], below: Grid) -> bool:
    """Whether a row has names only over columns of values, and nothing over any other."""
    named = [c for c, cell in enumerate(row) if cell.text.strip() and cell is not above[c]]
    return (
        bool(named)
        and not any(is_value(row[c]) for c in named)
        and all(holds_values([line[c] for line in below if line[0] is not line[-1]]) for c in named)
    )


def holds_values(column: Sequence[Cell]) -> bool:
    """Whether most of what stands in a column are values."""
    told = [*islice((cell for cell in column if cell.text.strip()), _ENOUGH)]
    return bool(told) and sum(map(is_value_or_year, told)) > _MOSTLY * len(told)


def _names(row: Sequence[Cell], below: Grid) -> bool:
    """Whether a row only has labels, none of which is a value of its column."""
    told = [cell.text.strip() for cell in row if cell.text.strip()]
    if not told or not all(len(t) <= _LONGEST and t[-1] not in "。！？；" for t in told):
        return False
    years = all(_YEAR.fullmatch(cell.text.strip()) for cell in row if is_value(cell))
    repeated = any(
        cell.text.strip() and cell is not other[c] and cell.text.strip() == other[c].text.strip()
        for c, cell in enumerate(row)
        for other in below
    )
    return years and not repeated


def is_value(cell: Cell) -> bool:
    """Whether a cell holds a value, such as an amount or a day, and so names no column."""
    return not cell.heads and _is_value_text(fold(cell.text.strip()))


def is_value_or_year(cell: Cell) -> bool:
    """Whether a cell holds a value, or a number that could be a year, which may name a column."""
    return is_value(cell) or _NUMBER.fullmatch(cell.text.strip()) is not None


def _is_value_text(text: str) -> bool:
    whole = next((v for v in values(text) if v.whole == (0, len(text))), None)
    return whole is not None and (whole.kind in _MEASURED or any(map(_DAY.fullmatch, whole.terms)))


def _pairs(grid: Grid) -> bool:
    """Whether the table is a form: names and what they name stand side by side in each row."""
    if not _may_pair(grid):
        return False
    rows = [list(cells_of(row)) for row in grid]
    names = [cell for row in rows for cell in row[::2]]
    told = [cell for row in rows for cell in row[1::2] if cell.text.strip()]
    if all(cell.heads for cell in names):
        return not any(cell.heads for cell in told)
    if not any(map(is_value, rows[0][1::2])) and any(map(_is_series, zip(*rows[1:], strict=False))):
        return False
    valued = sum(map(is_value_or_year, told[len(rows[0]) // 2 :])) / max(1, len(told) - 1)
    mixed = 0 < valued < _MOSTLY
    return mixed or any(map(is_value, rows[0][1::2])) or names[0].text.strip()[-1] in ":："


def _is_series(column: Sequence[Cell]) -> bool:
    """Whether a column holds values of one form, as those below a name do, and those of a form do not."""
    kinds = {_NUMBER.sub("0", cell.text.strip()) for cell in column if cell.text.strip()}
    return len(column) >= _SERIES and len(kinds) == 1 and "0" in next(iter(kinds))


def _may_pair(grid: Grid) -> bool:
    """Whether every second cell of each row can be a name: another in each place, and no value."""
    rows = [list(cells_of(row)) for row in grid]
    if any(len(row) % 2 for row in rows) or len(grid[0]) < 2:
        return False
    names = [cell for row in rows for cell in row[::2]]
    labels = {cell.text.strip() for cell in names if cell.text.strip()}
    return len(labels) == len(names) and not any(map(is_value, names))


def cells_of(row: Sequence[Cell]) -> Iterator[Cell]:
    """The row's cells, each where it begins."""
    for i, cell in enumerate(row):
        if i == 0 or cell is not row[i - 1] or not cell.text:
            yield cell


def _filled(levels: list[list[str]]) -> list[list[str]]:
    """Upper rows of a head with a name over each column that it is over, to the next one."""
    for level, below in reversed(list(pairwise(levels))):
        for c in range(1, len(level)):
            if not level[c] and below[c]:
                level[c] = level[c - 1] if below[c - 1] else ""
    return levels


def _label(text: str) -> str:
    """A name as it stands before its values: its own colons and semicolons would part it.

    A colon inside it stays one, but for its width: 其中：困难群众 becomes 其中:困难群众.
    """
    return _SEMICOLONS.sub("、", _COLONS.sub(":", one_line(text)).strip(": "))


def _unit(row: Sequence[Cell]) -> str:
    """The unit that a line above the table gives for all of it."""
    for cell in row:
        if found := phrase("unit_of_table", "lines").search(fold(cell.text)):
            unit = cell.text[slice(*found.span(1))].strip()
            # 单位 is also an office, whose name is longer
            return unit if len(unit) == 1 or _is_value_text(f"1{fold(unit)}") else ""
    return ""


def _is_counted(body: Grid, column: int) -> bool:
    """Whether a column counts: it holds bare numbers, and words only where none is known.

    What numbers the rows counts nothing, and neither do years and codes.
    """
    told = [row[column].text.strip() for row in body if row[column].text.strip()]
    numbers = [text for text in told if _NUMBER.fullmatch(text)]
    words = [text for text in told if not any(map(str.isdecimal, text))]
    if not numbers or len(numbers) <= _MOSTLY * len(told) or len(numbers) + len(words) < len(told):
        return False
    in_turn = len(numbers) > 1 and all(
        a.isdecimal() and b == str(int(a) + 1) for a, b in pairwise(numbers)
    )
    coded = any(text.startswith("0") and text.isdecimal() and len(text) > 1 for text in numbers)
    return not in_turn and not coded and not all(map(_YEAR.fullmatch, numbers))
