"""Makers of files from what they hold: tables with merged cells, pages drawn word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

Rows = Sequence[Sequence[str]]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column: what is merged, counted from 0."""
Word = tuple[float, float, str, float]
"""Where a text is drawn from, in points from the left and from the bottom; the text; its size."""
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:200pt;height:40pt">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    "</v:shape></w:pict></w:r>"
)


def word_file(
    lines: Sequence[str],
    rows: Rows = (),
    merges: Sequence[Merge] = (),
    *,
    header: str = "",
    footer: str = "",
    box: str = "",
) -> bytes:
    """A Word file: a heading, paragraphs, a table; a page header, a footer and a text box."""
    import docx
    from docx.oxml import parse_xml

    document, file = docx.Document(), BytesIO()
    document.add_heading(lines[0], 1)
    paragraphs = [document.add_paragraph(line) for line in lines[1:]]
    if box:
        paragraphs[-1]._p.append(parse_xml(_BOX.format(box)))
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        for top, left, bottom, right in merges:
            text = rows[top][left]
            table.cell(top, left).merge(table.cell(bottom, right)).text = text
    document.save(file)
    return file.getvalue()


def workbook(rows: Rows, merges: Sequence[Merge] = ()) -> bytes:
    """A spreadsheet of one sheet; numbers are kept as numbers."""
    import openpyxl

    book, file = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append([_number(text) for text in row])
    for top, left, bottom, right in merges:
        book.active.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    book.save(file)
    return file.getvalue()


def _number(text: str) -> str | float | int | None:
    if re.fullmatch(r"\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text or None


def open_workbook(rows: Rows) -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table

    document, file = OpenDocumentSpreadsheet(), BytesIO()
    table = Table(name="表")
    for told in rows:
        table.addElement(_open_row(told))
    document.spreadsheet.addElement(table)
    document.save(file)
    return file.getvalue()


def _open_row(told: Sequence[str]) -> Any:  # noqa: ANN401 - odfpy is untyped
    from odf.table import TableCell, TableRow
    from odf.text import P

    row = TableRow()
    for text in told:
        cell = TableCell()
        if text:
            cell.addElement(P(text=text))
        row.addElement(cell)
    return row


def separated(rows: Rows, mark: str = ",") -> bytes:
    """Values that a mark parts, a line to a row."""
    return "\n".join(mark.join(row) for row in rows).encode()


def dangling(data: bytes, part: str) -> bytes:
    """An Office file with a relationship of ``part`` (``word/document.xml``) to an image that is not."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    tie = f'<Relationship Id="rId99" Type="{_IMAGE}" Target="../NULL"/>'
    with ZipFile(BytesIO(data)) as archive:
        parts = {i.filename: archive.read(i.filename) for i in archive.infolist()}
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    told = parts.get(path, empty.encode()).decode()
    parts[path] = told.replace("</Relationships>", f"{tie}</Relationships>").encode()
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for held, content in parts.items():
            archive.writestr(held, content)
    return file.getvalue()


def pdf(pages: Sequence[Sequence[Word]], *, traditional: bool = False, apart: float = 0) -> bytes:
    """A PDF whose words are drawn where and in the order they are given.

    ``apart`` is what characters are set apart, in points. Letters are half as wide as ideographs.
    """
    font, order, codes = (
        ("MSung-Light", "CNS1", "UniCNS-UCS2-H")
        if traditional
        else ("STSong-Light", "GB1", "UniGB-UCS2-H")
    )
    count = len(pages)
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{font} /Encoding /{codes} /DescendantFonts [4 0 R] >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{font} /DW 1000 /W [1 95 500] "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering ({order}) /Supplement 0 >> "
        f"/FontDescriptor << /Type /FontDescriptor /FontName /{font} /Flags 6 /Ascent 752 /Descent -271 "
        "/CapHeight 737 /StemV 58 /ItalicAngle 0 /FontBBox [-25 -254 1000 880] >> >>",
    ]
    for i, words in enumerate(pages):
        drawn = "\n".join(_drawn(word, apart) for word in words)
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * i} 0 R >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    return _file_of(objects)


def _drawn(word: Word, apart: float) -> str:
    left, base, text, size = word
    codes = text.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {apart} Tc {left} {base} Td <{codes}> Tj ET"


def _file_of(objects: Sequence[str]) -> bytes:
    data, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    start, size = len(data), len(objects) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    return f"{data}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def columns(left: Sequence[str], right: Sequence[str], top: float, size: float = 11) -> list[Word]:
    """Two columns, drawn line by line across both."""
    words: list[Word] = []
    for i in range(max(len(left), len(right))):
        words += [(50, top - 18 * i, line, size) for line in left[i : i + 1]]
        words += [(315, top - 18 * i, line, size) for line in right[i : i + 1]]
    return words


def drawn_table(rows: Rows, places: Sequence[float], top: float, size: float = 11) -> list[Word]:
    """A table of words that only their places keep apart; empty cells draw nothing."""
    return [
        (left, top - 20 * i, text, size)
        for i, row in enumerate(rows)
        for left, text in zip(places, row, strict=True)
        if text
    ]


Maker = Callable[[], bytes]
