"""Rich text (RTF)."""

from __future__ import annotations

from itertools import groupby

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.records import Lines, one_line
from wenju.corpus.inventory import Inventory

_PICTURE = b"{\\pict"  # writers put a second, older form of each into a group of its own


def read_rtf(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: the text of a rich text file, its tables row by row; raises ReadError."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError(
            f"{name} is not a rich text file; save it as .rtf or .docx again.", why="damaged"
        )
    text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    lines = Lines()
    for is_row, group in groupby(text.split("\n"), lambda line: line.rstrip().endswith("|")):
        found = list(map(one_line, group))
        if is_row:  # cells end with bars there
            rows = [list(map(Cell, row[:-1].split("|"))) for row in found]
            lines.add_table(table_lines(rows, lines.last))
            continue
        for line in found:
            lines.add(line)
    inventory = Inventory(images=data.count(_PICTURE))
    regions = tuple(lines.regions)
    return [Source(name, origin, lines.text, regions=regions, inventory=inventory)], []
