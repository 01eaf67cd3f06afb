"""The row of a table that a place of a passage stands in, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from wenju.corpus.document import Passage
from wenju.corpus.layout import Line, passage_layout
from wenju.qa.answer import RowCell

_LEAST = 2  # named values: a label with its value is no row
_LONGEST = 120  # characters of a value: sentences with colons are no row


def row_at(passage: Passage, at: int) -> tuple[RowCell, ...]:
    """The cells of the line at a place, slices of the passage, with the names of their columns.

    None where the line is no row of a table, or the passage does not have the names.
    """
    text = passage.text
    cells = tuple(_cells(text, passage_layout(passage).line_at(at)))
    named = [cell.column for cell in cells if cell.column]
    if len(named) < _LEAST or not all(name in text for name in named):
        return ()
    return cells if all(len(cell.value) <= _LONGEST for cell in cells) else ()


def _cells(text: str, line: Line) -> Iterator[RowCell]:
    if line.cells and len(line.columns) == len(line.cells):
        for name, (start, end) in zip(line.columns, line.cells, strict=True):
            if start < end:
                yield RowCell(name, text[start:end], start, end)
