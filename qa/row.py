"""The row of a table that a place of a passage stands in, cell by cell."""

from __future__ import annotations

from wenju.corpus.document import Passage
from wenju.corpus.layout import passage_layout
from wenju.qa.answer import RowCell

_LEAST = 2  # named values: a label with its value is no row
_LONGEST = 120  # characters of a value: sentences with colons are no row


def row_at(passage: Passage, at: int) -> tuple[RowCell, ...]:
    """The cells of the line at a place, slices of the passage, with the names of their columns.

    None where the line is no row of a table, or the passage does not have the names.
    """
    line = passage_layout(passage).line_at(at)
    columns = line.columns
    known = len(columns) == len(line.cells) and all(name in passage.text for name in columns)
    if not known or sum(map(bool, columns)) < _LEAST:
        return ()
    cells = [
        RowCell(name, passage.text[start:end], start, end)
        for name, (start, end) in zip(columns, line.cells, strict=True)
        if start < end
    ]
    return tuple(cells) if all(len(cell.value) <= _LONGEST for cell in cells) else ()
