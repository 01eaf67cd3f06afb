"""Spreadsheet files as lines: a heading for each sheet, a line for each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.columns import is_value
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.measures import check_document
from wenju.corpus.formats.records import Lines
from wenju.corpus.formats.sheets.shown import shown
from wenju.corpus.inventory import Inventory, Note

_ZIP = b"PK\x03\x04"
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_DRAWN = re.compile(rb"<(?:\w+:)?(?:pic|graphicFrame)[\s>]")
_EMPTY_ROWS = 1000  # that follow each other before a sheet is taken for ended


class Sheet(NamedTuple):
    """A sheet's name, its rows of shown values, and what it merges: row, column, rows, columns, from 0."""

    name: str
    rows: Iterable[Sequence[str]]
    merged: Sequence[tuple[int, int, int, int]]


def read_sheets(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: the tables of all sheets that are not hidden; raises ReadError.

    ``.xlsx`` and its like are read with their number formats; of the older binary files the values
    are read as they are stored.
    """
    if data.startswith(_ZIP):
        check_document(_entries(data, name), len(data), name)
    notes: list[Note] = []
    lines = Lines()
    sheets = list(_xlsx(data, name, notes) if data.startswith(_ZIP) else _binary(data, name))
    for sheet in sheets:
        if len(sheets) > 1:
            lines.add(sheet.name, 1)
        for block in _blocks(sheet):
            lines.add_table(table_lines(block, lines.last))
    inventory = Inventory(images=_images(data), notes=tuple(notes))
    source = Source(
        *(name, origin, lines.text),
        headings=tuple(lines.headings),
        regions=tuple(lines.regions),
        inventory=inventory,
    )
    return [source], []


def _entries(data: bytes, name: str) -> list[ZipInfo]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(
            f"{name} is not a readable spreadsheet ({type(error).__name__}); save it as .xlsx.",
            why="damaged",
        ) from None


def _xlsx(data: bytes, name: str, notes: list[Note]) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    # openpyxl breaks at what is no spreadsheet in many ways
    except Exception as error:
        raise ReadError(
            f"{name} is not a readable spreadsheet ({type(error).__name__}); save it as .xlsx.",
            why="damaged",
        ) from None
    with ZipFile(BytesIO(data)) as archive:
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        if hidden:
            notes.append(Note("hidden_sheets", ", ".join(hidden)))
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # files of some programs tell a wrong size
                merged = list(_merged(_content(archive, sheet)))
                yield Sheet(sheet.title, _shown_rows(sheet), merged)


def _images(data: bytes) -> int:
    """The pictures and charts of a book; an older binary file does not tell."""
    if not data.startswith(_ZIP):
        return 0
    with ZipFile(BytesIO(data)) as archive:
        drawings = [part for part in archive.namelist() if _DRAWING.fullmatch(part)]
        return sum(len(_DRAWN.findall(archive.read(part))) for part in drawings)


def _content(archive: ZipFile, sheet: Any) -> bytes:  # noqa: ANN401 - openpyxl is untyped
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    return archive.read(path) if path in archive.namelist() else b""


def _shown_rows(sheet: Any) -> Iterator[list[str]]:  # noqa: ANN401
    empty = 0
    for row in sheet.iter_rows():
        texts = [shown(c.value, c.number_format) if c.value is not None else "" for c in row]
        empty = 0 if any(texts) else empty + 1
        if empty > _EMPTY_ROWS:
            return
        yield texts


def _merged(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    for left, top, right, bottom in _MERGED.findall(content):
        column, row = _column(left), int(top) - 1
        yield row, column, int(bottom) - row, _column(right) - column + 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _binary(data: bytes, name: str) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError as error:
        raise ReadError(
            f"{name} is not a readable spreadsheet, or is encrypted ({error}); save it as .xlsx "
            "without a password.",
            why="encrypted",
        ) from None
    for number, title in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_index(number)
        merged = [
            (top, left, bottom - top + 1, right - left + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        first = sheet.start or (0, 0)
        moved = [(row - first[0], column - first[1], h, w) for row, column, h, w in merged]
        yield Sheet(title, [list(map(shown, row)) for row in sheet.to_python()], moved)


class _Covered:
    """The places that merged cells cover but do not begin in; asked for row by row, from the first."""

    def __init__(self, merged: Iterable[tuple[int, int, int, int]]) -> None:
        self._waiting = sorted(set(merged), reverse=True)
        self._open: list[tuple[int, int, int, int]] = []

    def columns(self, row: int, width: int) -> set[int]:
        """Those of a row of so many cells; what is merged may claim the whole sheet."""
        while self._waiting and self._waiting[-1][0] <= row:
            self._open.append(self._waiting.pop())
        self._open = [m for m in self._open if row < m[0] + m[2]]
        return {
            column
            for top, left, _, wide in self._open
            for column in range(left, min(left + wide, width))
            if (row, column) != (top, left)
        }


def _blocks(sheet: Sheet) -> Iterator[list[list[Cell]]]:
    """Tables of a sheet, parted by empty rows; what goes on with values belongs to the one before."""
    spans = {(row, column): (high, wide) for row, column, high, wide in sheet.merged}
    covered = _Covered(sheet.merged)
    block: list[list[Cell]] = []
    ended = False
    for i, row in enumerate(sheet.rows):
        if not any(text.strip() for text in row):
            ended = bool(block)
            continue
        hidden = covered.columns(i, len(row))
        cells = [
            Cell(text, *spans.get((i, c), (1, 1))) for c, text in enumerate(row) if c not in hidden
        ]
        if ended and not any(is_value(cell) for cell in cells[1:]):
            yield block
            block = []
        ended = False
        block.append(cells)
    if block:
        yield block
