"""Cells of tables, as every format tells of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its format tells of it: its text, how many rows and columns it spans.

    ``heads`` is whether the format says that it names a column or a row.
    """

    text: str
    rows: int = 1
    columns: int = 1
    heads: bool = False


EMPTY = Cell("")
Grid = list[list[Cell]]
"""Rows of equal width; a cell that spans several places stands in each of them."""
