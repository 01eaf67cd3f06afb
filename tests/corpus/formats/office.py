"""Small files of every format, made by the libraries that make such files, about the same matter.

Each has a heading, a paragraph, and a table whose second row is 二檔 with 8600.
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

HEADING, PROSE = "農機補貼辦法", "本辦法自公布日施行，由縣政府農業處承辦。"
ROWS = [["檔次", "補貼額（元）"], ["一檔", "5200"], ["二檔", "8600"]]
ROW = "檔次：二檔；補貼額（元）：8600。"


def sheet() -> bytes:
    import openpyxl

    book, file = openpyxl.Workbook(), BytesIO()
    book.active.append([HEADING])
    book.active.append([PROSE])
    for row in ROWS:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def letter() -> bytes:
    import docx

    document, file = docx.Document(), BytesIO()
    document.add_heading(HEADING, 1)
    document.add_paragraph(PROSE)
    table = document.add_table(3, 2)
    for cell, text in zip(table._cells, sum(ROWS, []), strict=True):
        cell.text = text
    document.save(file)
    return file.getvalue()


def slides() -> bytes:
    import pptx

    show, file = pptx.Presentation(), BytesIO()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = HEADING
    slide.placeholders[1].text = PROSE
    table = slide.shapes.add_table(3, 2, 0, 0, 900, 900).table
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    slide.notes_slide.notes_text_frame.text = "講者備註。"
    show.save(file)
    return file.getvalue()


def open_text() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document, file = OpenDocumentText(), BytesIO()
    document.text.addElement(H(outlinelevel=1, text=HEADING))
    document.text.addElement(P(text=PROSE))
    document.text.addElement(_open_table())
    document.save(file)
    return file.getvalue()


def open_sheet() -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import TableCell, TableRow
    from odf.text import P

    document, file = OpenDocumentSpreadsheet(), BytesIO()
    table = _open_table()
    for text in (PROSE, HEADING):
        row, cell = TableRow(), TableCell()
        cell.addElement(P(text=text))
        row.addElement(cell)
        table.insertBefore(row, table.childNodes[0])
    document.spreadsheet.addElement(table)
    document.save(file)
    return file.getvalue()


def _open_table() -> Any:  # noqa: ANN401 - odfpy is untyped
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    table = Table(name="補貼")
    for told in ROWS:
        row = TableRow()
        for text in told:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    return table


def page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in ROWS)
    return (
        f"<html><head><meta charset='utf-8'/><title>{HEADING}</title></head>"
        f"<body><h1>{HEADING}</h1><p>{PROSE}</p><table>{rows}</table></body></html>"
    ).encode()


def notes() -> bytes:
    rows = "\n".join(f"| {' | '.join(row)} |" for row in [ROWS[0], ["---", "---"], *ROWS[1:]])
    return f"# {HEADING}\n\n{PROSE}\n\n{rows}\n".encode()


def separated(mark: str) -> bytes:
    return "\n".join(mark.join(row) for row in [[HEADING, ""], [PROSE, ""], *ROWS]).encode()


def book() -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>{HEADING}</dc:title><dc:date>2024-05-01</dc:date></metadata>"
        '<manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return _zip(
        {"META-INF/container.xml": container, "OPS/book.opf": package, "OPS/a.xhtml": page()}
    )


def _zip(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = HEADING, "農業處 <nongye@example.org>"
    message["Date"] = "Wed, 01 May 2024 09:30:00 +0800"
    message.set_content(PROSE)
    message.add_attachment(sheet(), maintype="application", subtype="x", filename="補貼.xlsx")
    return message.as_bytes()


def saved_page() -> bytes:
    message = EmailMessage()
    message["Subject"] = HEADING
    message.set_content(page().decode(), subtype="html")
    message.make_related()
    message.add_related(b"GIF89a", "image", "gif", cid="<a>", filename="a.gif")
    return message.as_bytes()


def archive() -> bytes:
    return _zip({"資料/補貼.xlsx": sheet(), "資料/圖.bin": b"\x00\x01", ".DS_Store": b"x"})


def plain_xml() -> bytes:
    rows = "".join(f"<補貼><檔次>{a}</檔次><金額>{b}</金額></補貼>" for a, b in ROWS[1:])
    return f"<辦法><title>{HEADING}</title><說明>{PROSE}</說明>{rows}</辦法>".encode()


def rich() -> bytes:
    def spelled(text: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)

    rows = "".join(
        "\\trowd" + "".join(f"\\intbl {spelled(c)}\\cell" for c in row) + "\\row" for row in ROWS
    )
    return f"{{\\rtf1\\ansi {spelled(HEADING)}\\par {spelled(PROSE)}\\par {rows}\\pard}}".encode()


def ofd() -> bytes:
    texts = [_text(20, 20 + 8 * i, line) for i, line in enumerate((HEADING, PROSE))]
    for r, row in enumerate(ROWS):
        texts += [_text(20 + 60 * c, 50 + 10 * r, text) for c, text in enumerate(row)]
    strokes = [f"M 0 {y} L 120 {y}" for y in (0, 10, 20, 30)]
    strokes += [f"M {x} 0 L {x} 30" for x in (0, 60, 120)]
    paths = "".join(
        f'<ofd:PathObject Boundary="18 43 121 31"><ofd:AbbreviatedData>{s}</ofd:AbbreviatedData></ofd:PathObject>'
        for s in strokes
    )
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return _zip(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:Title>{HEADING}</ofd:Title>"
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page ID="1" '
            'BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>"
            f"{''.join(texts)}{paths}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def _text(x: float, y: float, text: str) -> str:
    wide = {c: "4" if not c.isascii() else "2" for c in text}
    steps = " ".join(wide[c] for c in text[:-1])
    if len(set(steps.split())) == 1:
        steps = f"g {len(text) - 1} {steps.split()[0]}"
    return (
        f'<ofd:TextObject Boundary="{x} {y - 4} 150 5" Size="4"><ofd:TextCode X="0" Y="4" '
        f'DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


FILES: dict[str, Callable[[], bytes]] = {
    ".xlsx": sheet, ".docx": letter, ".pptx": slides, ".odt": open_text, ".ods": open_sheet,
    ".html": page, ".md": notes, ".csv": lambda: separated(","), ".tsv": lambda: separated("\t"),
    ".epub": book, ".eml": mail, ".mht": saved_page, ".zip": archive, ".xml": plain_xml,
    ".rtf": rich, ".ofd": ofd,
}  # fmt: skip
