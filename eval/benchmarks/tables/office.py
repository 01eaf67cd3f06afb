"""Tables as files of office programs: Word, Excel, OpenDocument, and PDF as LibreOffice prints them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wenju.corpus.formats.cells import Cell
from wenju.eval.benchmarks.tables.table import Table

_LONGEST_NUMBER = 12  # digits: longer ones are no numbers to a spreadsheet
_PRINTED = 20  # files printed at once
_SECONDS = 300
_WIDE = 6  # columns: tables with more are printed across


def word(table: Table, path: Path) -> None:
    """A Word file, with lines around the cells."""
    _word(table, path, "Table Grid")


def _word(table: Table, path: Path, style: str) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document: Any = Document()
    section = document.sections[0]
    if table.width > _WIDE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for i, line in enumerate(table.above):
        if table.heading and i == 0:
            document.add_heading(line, 1)
        else:
            document.add_paragraph(line)
    _word_table(document, table, style)
    if table.note:
        document.add_paragraph(table.note)
    document.save(str(path))


def _word_table(document: Any, table: Table, style: str) -> None:  # noqa: ANN401 - untyped
    places = table.spread()
    drawn = document.add_table(len(places), table.width, style)
    for r, row in enumerate(places):
        for c, cell in enumerate(row):
            if cell is not None:
                box = drawn.cell(r, c)
                if cell.rows > 1 or cell.columns > 1:
                    box = box.merge(drawn.cell(r + cell.rows - 1, c + cell.columns - 1))
                box.text = cell.text


def excel(table: Table, path: Path) -> None:
    """A workbook of one sheet; numbers are numbers."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    places = [[Cell(line, columns=table.width)] for line in table.above]
    first = len(places) + 1
    for r, line in enumerate(places, 1):
        _fill(sheet, r, 1, line[0])
    for r, row in enumerate(table.spread(), first):
        for c, cell in enumerate(row, 1):
            if cell is not None:
                _fill(sheet, r, c, cell)
    if table.note:
        sheet.cell(first + len(table.rows), 1, table.note)
    book.save(path)


def _fill(sheet: Any, row: int, column: int, cell: Cell) -> None:  # noqa: ANN401
    place = sheet.cell(row, column, _value(cell.text))
    if isinstance(place.value, float):
        place.number_format = "0.0"
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.rows - 1,
            end_column=column + cell.columns - 1,
        )


def _value(text: str) -> str | int | float | None:
    if not text.replace(".", "", 1).isdecimal() or len(text) > _LONGEST_NUMBER:
        return text or None
    return float(text) if "." in text else int(text)


def open_text(table: Table, path: Path) -> None:
    """An OpenDocument text."""
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    for i, line in enumerate(table.above):
        heads = table.heading and i == 0
        document.text.addElement(H(outlinelevel=1, text=line) if heads else P(text=line))
    document.text.addElement(_open_table(table, table.spread()))
    if table.note:
        document.text.addElement(P(text=table.note))
    document.save(str(path))


def open_sheet(table: Table, path: Path) -> None:
    """An OpenDocument sheet; what stands above and below are rows of it."""
    from odf.opendocument import OpenDocumentSpreadsheet

    def line(text: str) -> list[Cell | None]:
        return [Cell(text), *[Cell("")] * (table.width - 1)]

    document = OpenDocumentSpreadsheet()
    below = [line(table.note)] if table.note else []
    rows = [*map(line, table.above), *table.spread(), *below]
    document.spreadsheet.addElement(_open_table(table, rows))
    document.save(str(path))


def _open_table(table: Table, rows: Sequence[Sequence[Cell | None]]) -> Any:  # noqa: ANN401
    from odf.table import CoveredTableCell, TableCell, TableColumn, TableRow
    from odf.table import Table as OpenTable
    from odf.text import P

    made = OpenTable(name="Sheet1")
    made.addElement(TableColumn(numbercolumnsrepeated=table.width))
    for row in rows:
        line = TableRow()
        for cell in row:
            if cell is None:
                line.addElement(CoveredTableCell())
                continue
            box = TableCell(numberrowsspanned=cell.rows, numbercolumnsspanned=cell.columns)
            if cell.text:
                box.addElement(P(text=cell.text))
            line.addElement(box)
        made.addElement(line)
    return made


def has_printer() -> bool:
    """Whether LibreOffice is there."""
    return shutil.which("soffice") is not None


def printed(tables: Sequence[tuple[Table, Path]], *, ruled: bool) -> None:
    """PDF files, with lines around the cells or without, printed of Word files by LibreOffice.

    Raises OSError where it prints one of them not.
    """
    with TemporaryDirectory() as folder:
        made = []
        for table, path in tables:
            _word(
                table, Path(folder) / f"{path.stem}.docx", "Table Grid" if ruled else "Normal Table"
            )
            made.append((Path(folder) / f"{path.stem}.docx", path))
        for first in range(0, len(made), _PRINTED):
            some = made[first : first + _PRINTED]
            _print([str(source) for source, _ in some], some[0][1].parent, Path(folder))
    if missing := [path.name for _, path in tables if not path.exists()]:
        raise OSError(f"soffice printed no {', '.join(missing)}")


def _print(files: Sequence[str], into: Path, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(into), *files],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
