"""What files hold is counted, and the places of their tables are known, in every format."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.formats.office import FILES, HEADING, PROSE, ROW
from tests.corpus.test_read import pdf
from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Region, Source
from wenju.corpus.formats.ocr import engine, scan
from wenju.corpus.inventory import Inventory, Note, together
from wenju.corpus.passages import cut
from wenju.corpus.read import read

ALL_TABLE = {".csv", ".tsv", ".ods", ".xlsx"}  # whose paragraphs are rows too
NO_TABLE = {".xml"}


def documents(folder: Path, suffix: str, data: bytes) -> list[Document]:
    path = folder / f"a{suffix}"
    path.write_bytes(data)
    return [build_document(source) for source in read(path).sources]


def picture() -> BytesIO:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (80, 60), "red").save(file, "PNG")
    file.seek(0)
    return file


@pytest.mark.parametrize("suffix", sorted(FILES.keys() - NO_TABLE))
def test_a_table_is_a_region(tmp_path: Path, suffix: str) -> None:
    found = documents(tmp_path, suffix, FILES[suffix]())
    document = next(d for d in found if ROW in d.text)
    assert document.inventory.tables == len(document.regions) > 0
    tables = [document.text[r.start : r.end] for r in document.regions]
    assert any(ROW in table for table in tables)
    assert all(
        table == table.strip() and r.kind == "table"
        for table, r in zip(tables, document.regions, strict=True)
    )
    if suffix not in ALL_TABLE and ".xlsx" not in document.name:
        assert not any(HEADING in table or PROSE in table for table in tables)
        assert len(tables) == 1


@pytest.mark.parametrize("suffix", [".docx", ".eml", ".mht", ".epub", ".ofd"])
def test_passages_say_how_they_were_read(tmp_path: Path, suffix: str) -> None:
    for document in documents(tmp_path, suffix, FILES[suffix]()):
        for passage in cut(document):
            held = ROW in passage.text or "一檔" in passage.text
            assert passage.read_as == ("table" if held else "text")


def test_what_was_recognised_counts_before_what_was_put_together() -> None:
    text = "\n".join(f"第{n}段說明本項補助的申請方式與期限，並列出所需文件。" * 5 for n in "一二三")
    lines = text.split("\n")
    second = len(lines[0]) + 1
    regions = (
        Region(0, 5, "table"),
        Region(second, second + 9, "table"),
        Region(second, second + 3, "ocr", 0.5),
    )
    document = build_document(Source("a.pdf", "/a.pdf", text, regions=regions))
    assert [passage.read_as for passage in cut(document)] == ["table", "ocr", "text"]
    assert (document.inventory.tables, document.inventory.doubts) == (2, 1)


def test_damage_that_stays_is_doubtful() -> None:
    document = build_document(Source("a.txt", "/a.txt", "本公司\ufffd定於明日召開股東會。" * 3))
    unresolved = document.repair_counts.get("unresolved", 0)
    assert document.inventory.doubts == unresolved


def test_a_region_keeps_its_words_where_the_text_is_repaired() -> None:
    text = "公開&nbsp;透明的&ldquo;原則&rdquo;。\n檔次：二檔。\n公開&nbsp;透明。"
    at = text.index("檔次")
    source = Source("a.txt", "/a.txt", text, regions=(Region(at, at + 6, "table"),))
    document = build_document(source)
    assert document.repairs
    (region,) = document.regions
    assert document.text[region.start : region.end] == "檔次：二檔。"


def docx() -> bytes:
    import docx

    document, file = docx.Document(), BytesIO()
    document.add_paragraph(PROSE)
    document.add_picture(picture())
    document.add_picture(picture())
    document.save(file)
    return file.getvalue()


def pptx() -> bytes:
    import pptx
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    show, file = pptx.Presentation(), BytesIO()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = HEADING
    slide.shapes.add_picture(picture(), 0, 0)
    chart: Any = CategoryChartData  # python-pptx is typed in part
    data = chart()
    data.categories = ["甲"]
    data.add_series("人數", (3,))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 900, 900, data)
    slide.notes_slide.notes_text_frame.text = "講者備註。"
    show.slides.add_slide(show.slide_layouts[1]).shapes.title.text = "第二張"
    hidden = show.slides.add_slide(show.slide_layouts[1])
    hidden.shapes.title.text = "藏起來"
    hidden._element.set("show", "0")
    show.save(file)
    return file.getvalue()


def odt() -> bytes:
    from odf.draw import Frame, Image
    from odf.opendocument import OpenDocumentText
    from odf.text import Note as Footnote
    from odf.text import NoteBody, NoteCitation, P

    document, file = OpenDocumentText(), BytesIO()
    paragraph = P(text=PROSE)
    note, body = Footnote(noteclass="footnote", id="n1"), NoteBody()
    body.addElement(P(text="見附表。"))
    note.addElement(NoteCitation(text="1"))
    note.addElement(body)
    paragraph.addElement(note)
    frame = Frame(width="2cm", height="2cm")
    frame.addElement(Image(href=document.addPictureFromString(picture().getvalue(), "image/png")))
    paragraph.addElement(frame)
    document.text.addElement(paragraph)
    document.save(file)
    return file.getvalue()


def xlsx() -> bytes:
    import openpyxl
    from openpyxl.drawing.image import Image

    book, file = openpyxl.Workbook(), BytesIO()
    book.active.append(["名稱", "人數"])
    book.active.append(["東站", 4])
    book.active.add_image(Image(picture()), "D5")
    book.save(file)
    return file.getvalue()


def html() -> bytes:
    images = '<img src="a.png"><img src="b.png" alt="人口圖"><img src="c.png" alt="">'
    counter = '<img src="d.png" width="1" height="1">'
    return (
        f"<html><body><h1>{HEADING}</h1><p>{PROSE * 3}{images}{counter}</p></body></html>".encode()
    )


def markdown() -> bytes:
    return f"# {HEADING}\n\n{PROSE}\n\n![圖一](a.png)\n".encode()


def scanned() -> bytes:
    """Two pages of text, one with a picture beside it and one with its characters upon it."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf([["有字。"], ["有字。"], []]))
    colours = BytesIO()
    Image.new("RGB", (80, 60), "red").save(colours, "JPEG")
    for number, (wide, left, bottom) in enumerate(((80, 20, 20), (600, 0, 0), (20, 20, 20))):
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(BytesIO(colours.getvalue()))
        image.set_matrix(pypdfium2.PdfMatrix().scale(wide, wide * 1.5).translate(left, bottom))
        page = document[number]
        page.insert_obj(image)
        page.gen_content()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("suffix", "make", "held"),
    [
        (".docx", docx, Inventory(images=2)),
        (".pptx", pptx, Inventory(2, footnotes=1, images=2, notes=(Note("hidden_slides", "1"),))),
        (".odt", odt, Inventory(footnotes=1, images=1)),
        (".xlsx", xlsx, Inventory(tables=1, images=1)),
        (".html", html, Inventory(images=2)),
        (".md", markdown, Inventory(images=1)),
        (".pdf", scanned, Inventory(3, images=1, notes=(Note("blank_pages", "3"),))),
        (".txt", lambda: PROSE.encode(), Inventory()),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_a_file_holds(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    suffix: str,
    make: Callable[[], bytes],
    held: Inventory,
) -> None:
    for module in (engine, scan):
        monkeypatch.setattr(module, "is_installed", lambda: False)
    (document,) = documents(tmp_path, suffix, make())
    assert document.inventory == held


def test_inventories_add_up() -> None:
    note = Note("comments", "2")
    whole = together(
        [Inventory(1, 2, notes=(note,)), Inventory(3, images=4, doubts=1, notes=(note,))]
    )
    assert whole == Inventory(4, 2, images=4, doubts=1, notes=(note,))
    assert whole.counts == {"pages": 4, "tables": 2, "images": 4, "doubts": 1}
    assert whole.asks_for_a_look and not Inventory(9, 9, 9).asks_for_a_look
    assert together([]) == Inventory()
