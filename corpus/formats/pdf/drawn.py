"""Cells of tables that know which characters of their page they were put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.pdf.glyphs import Glyph
from wenju.corpus.formats.pdf.lines import Piece
from wenju.corpus.formats.records import glue


@dataclass(frozen=True, slots=True)
class DrawnCell(Cell):
    """A cell of a page; ``glyphs`` are its characters in the order of its text."""

    glyphs: tuple[Glyph, ...] = ()


def drawn_cell(lines: Sequence[Piece], rows: int = 1, columns: int = 1) -> DrawnCell:
    """The lines of a cell as one, with the rows and columns that it spans."""
    text = ""
    for line in lines:
        # what is written with a hyphen in a narrow cell is a number or a name more often than a broken word
        text += ("" if text.endswith("-") else glue(text, line.text)) + line.text
    return DrawnCell(text, rows, columns, glyphs=tuple(g for line in lines for g in line.glyphs))
