"""A table of a page, and tables that go on over the pages of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import Begun, begin, go_on
from wenju.corpus.formats.pdf.glyphs import Box

_NEAR = 3.0  # points: edges of ruled columns that differ by less are the same


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: its box, its rows with the cells that begin in each, where its columns are.

    ``columns`` are their left and right ends: of a ruled one those of its boxes, else of its texts.
    """

    box: Box
    rows: list[list[Cell]]
    columns: tuple[tuple[float, float], ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Open:
    """The table that a page ends with, and how it goes on."""

    table: Table
    begun: Begun


def lines_of(
    table: Table, above: str = "", before: Open | None = None
) -> tuple[list[str], Open | None]:
    """The lines of a table, and how it goes on.

    ``before`` is the table that the page before ends with, where this one begins its page; ``above``
    the line over it.
    """
    places = same_columns(table, before.table) if before else []
    if before and places and before.begun.goes_on(table.rows, places):
        lines, begun = go_on(table.rows, before.begun, places)
        return lines, Open(before.table, begun)
    lines, opened = begin(table.rows, above)
    return lines, Open(table, opened) if opened else None


def same_columns(table: Table, before: Table) -> list[int]:
    """Which columns of the table before these are; empty where it is another table."""
    if table.ruled != before.ruled:
        return []
    if table.ruled:
        same = len(table.columns) == len(before.columns) and all(
            abs(a - b) <= _NEAR
            for one, other in zip(table.columns, before.columns, strict=True)
            for a, b in zip(one, other, strict=True)
        )
        return list(range(len(table.columns))) if same else []
    found = [_nearest(column, before.columns) for column in table.columns]
    rising = all(a < b for a, b in zip(found, found[1:], strict=False))
    return found if rising and found[0] >= 0 else []


def _nearest(column: tuple[float, float], columns: Sequence[tuple[float, float]]) -> int:
    """The column that has most of its width in common with this one; -1 for none."""
    shared = [min(column[1], c[1]) - max(column[0], c[0]) for c in columns]
    best = max(range(len(shared)), key=shared.__getitem__)
    return best if shared[best] > 0 else -1
