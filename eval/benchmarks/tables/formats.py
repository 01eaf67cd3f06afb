"""The formats that tables are written in, and what each of them can express."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wenju.eval.benchmarks.tables import office, plain
from wenju.eval.benchmarks.tables.table import Asked, Table

Maker = Callable[[Table, Path], None]
PRINTED = ("pdf", "pdf-bare")
"""Formats that LibreOffice prints: with lines around the cells, and without."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its suffix, how a table is written, whether it merges cells, and whether that is to be seen."""

    suffix: str
    make: Maker
    merges: bool = True
    shows_merges: bool = True
    plain_only: bool = False

    def holds(self, table: Table) -> bool:
        """Whether the format can express a table."""
        return table.plain or not self.plain_only

    def tells(self, asked: Asked) -> bool:
        """Whether a table of that format tells a cell of the row that is asked for.

        Without lines nobody sees that a value is merged with the one above; the rows of a group are seen.
        """
        if not self.merges:
            return asked.begins and asked.named
        return self.shows_merges or asked.begins


def _nothing(_: Table, __: Path) -> None:
    """Printed formats are made all at once."""


FORMATS = {
    "docx": Format(".docx", office.word),
    "html": Format(".html", plain.html),
    "md": Format(".md", plain.markdown, plain_only=True),
    "xlsx": Format(".xlsx", office.excel),
    "csv": Format(".csv", plain.separated, merges=False),
    "odt": Format(".odt", office.open_text),
    "ods": Format(".ods", office.open_sheet),
    "pdf": Format(".pdf", _nothing),
    "pdf-bare": Format(".pdf", _nothing, shows_merges=False),
}


def write(name: str, tables: Sequence[Table], folder: Path) -> dict[str, Path]:
    """Write the tables that the format can express; the file of each by the table's name."""
    form = FORMATS[name]
    folder.mkdir(parents=True, exist_ok=True)
    held = [(table, folder / f"{table.name}{form.suffix}") for table in tables if form.holds(table)]
    if name in PRINTED:
        missing = [pair for pair in held if not pair[1].exists()]
        if missing:
            office.printed(missing, ruled=name == "pdf")
    for table, path in held:
        form.make(table, path)
    return {table.name: path for table, path in held}
