"""PowerPoint: slide by slide, with tables and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wenju.corpus.document import Page, Source
from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.package import DRAWN, Package
from wenju.corpus.formats.records import Lines, one_line
from wenju.corpus.inventory import Inventory, Note

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("sldNum", "dt", "ftr", "hdr", "sldImg")  # number, date, foot and head of a slide


def read_slides(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source with a page to each slide, its title as heading; raises ReadError."""
    package = Package(data, name, ".pptx")
    lines, pages = Lines(), []
    read = hidden = spoken = images = 0
    slides = dict(package.related(package.part_name, "slide"))
    ids = [e.get(_ID, "") for e in package.document.iter(f"{_P}sldId")]
    for number, part in enumerate((slides[i] for i in ids if i in slides), 1):
        slide = package.xml(part)
        if slide is None:
            continue
        if slide.get("show") == "0":
            hidden += 1
            continue
        read += 1
        images += _images(slide)
        start = lines.length
        _write(slide, lines)
        for _, notes in package.related(part, "notesSlide"):
            if (noted := package.xml(notes)) is not None:
                before = lines.length
                _write(noted, lines)
                spoken += lines.length > before
        if lines.length > start:
            pages.append(Page(start, number))
    left_out = (Note("hidden_slides", str(hidden)),) if hidden else ()
    source = Source(
        *(name, origin, lines.text),
        title=package.title() or next(iter(lines.heading_texts(1)), ""),
        headings=tuple(lines.headings),
        pages=tuple(pages),
        regions=tuple(lines.regions),
        inventory=Inventory(read, footnotes=spoken, images=images, notes=left_out),
    )
    return [source], package.problems


def _write(slide: Any, lines: Lines) -> None:  # noqa: ANN401 - lxml's trees have no types
    """The shapes of a slide, its title first."""
    shapes = [s for s in slide.iter(f"{_P}sp", f"{_A}tbl") if _kind(s) not in _FURNITURE]
    for shape in sorted(shapes, key=lambda s: _kind(s) not in _TITLES):
        if shape.tag == f"{_A}tbl":
            rows = [list(_cells(row)) for row in shape.iter(f"{_A}tr")]
            lines.add_table(table_lines(rows, lines.last))
            continue
        for paragraph in shape.iter(f"{_A}p"):
            lines.add(one_line(_text(paragraph)), int(_kind(shape) in _TITLES))


def _images(slide: Any) -> int:  # noqa: ANN401
    """The pictures, charts and diagrams of a slide."""
    drawn = [str(e.get("uri", "")) for e in slide.iter(f"{_A}graphicData")]
    pictures = sum(1 for _ in slide.iter(f"{_P}pic"))
    return pictures + sum(1 for uri in drawn if uri.endswith(DRAWN))


def _kind(shape: Any) -> str:  # noqa: ANN401
    """What a shape is for on its slide."""
    place = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return "" if place is None else str(place.get("type", ""))


def _cells(row: Any) -> Iterator[Cell]:  # noqa: ANN401
    for cell in row.iterchildren(f"{_A}tc"):
        if cell.get("hMerge") == "1" or cell.get("vMerge") == "1":
            continue
        text = " ".join(one_line(_text(p)) for p in cell.iter(f"{_A}p"))
        rows, columns = (max(1, int(cell.get(span, "1"))) for span in ("rowSpan", "gridSpan"))
        yield Cell(text, rows, columns)


def _text(paragraph: Any) -> str:  # noqa: ANN401
    text = ""
    for element in paragraph.iter(f"{_A}t", f"{_A}br", f"{_A}tab"):
        if element.getparent().get("type") == "slidenum":
            continue
        text += (element.text or "") if element.tag == f"{_A}t" else " "
    return text
