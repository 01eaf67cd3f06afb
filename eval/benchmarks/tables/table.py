"""A made-up table: its cells, what stands above it, and what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.formats.cells import EMPTY, Cell


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell that is asked for, in several wordings.

    ``row`` are the names that tell its row from all others, ``columns`` those of its column from
    above to below. ``begins`` is whether it begins in this row, and is not merged with one above;
    ``named`` the same of the names of the row.
    """

    questions: tuple[str, ...]
    row: tuple[str, ...]
    columns: tuple[str, ...]
    value: str
    unit: str = ""
    begins: bool = True
    named: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is written: ``rows`` hold the cells that begin in them.

    The first ``heads`` rows are titles and names of columns, of which ``titles`` are titles.
    ``above`` are lines over the table, ``note`` one below. ``heading`` is whether the first line
    above is set as one. ``absent`` are questions for rows that are not there, ``empty`` for cells that hold
    nothing.
    """

    name: str
    script: str
    above: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    titles: int
    heads: int
    asked: tuple[Asked, ...]
    absent: tuple[str, ...]
    empty: tuple[str, ...] = ()
    note: str = ""
    heading: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(len(row) for row in self.spread())

    @property
    def plain(self) -> bool:
        """Whether nothing is merged below its titles, and one row names the columns."""
        body = self.rows[self.titles :]
        merged = any(cell.rows > 1 or cell.columns > 1 for row in body for cell in row)
        return not merged and self.heads - self.titles == 1

    def spread(self) -> list[list[Cell | None]]:
        """Every place of the table: a cell where it begins, None where one goes on."""
        places: dict[tuple[int, int], Cell | None] = {}
        for i, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (i, column) in places:
                    column += 1
                for down in range(cell.rows):
                    for right in range(cell.columns):
                        places[i + down, column + right] = None
                places[i, column] = cell
        width = max(c for _, c in places) + 1
        return [[places.get((i, c), EMPTY) for c in range(width)] for i in range(len(self.rows))]


def texts(rows: Sequence[Sequence[Cell | None]]) -> list[list[str]]:
    """The cells' texts, as a program saves them without merges: empty where a cell goes on."""
    return [[cell.text if cell else "" for cell in row] for row in rows]
