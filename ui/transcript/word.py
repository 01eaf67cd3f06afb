"""Paragraphs of a conversation as a DOCX file (ECMA-376): the four parts that every program opens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wenju.ui.transcript.blocks import Block, Kind

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the same conversation gives the same bytes
_UNWRITABLE = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# style: its name, half-points of its letters, bold, twips of its left margin
_STYLES: Final[dict[Kind, tuple[str, int, bool, int]]] = {
    "title": ("Title", 36, True, 0),
    "note": ("Note", 18, False, 0),
    "question": ("heading 1", 28, True, 0),
    "answer": ("Answer", 26, True, 0),
    "item": ("List Paragraph", 24, False, 360),
    "heading": ("heading 2", 22, True, 0),
    "place": ("Place", 18, False, 0),
    "quote": ("Quote", 22, False, 480),
}


def written(blocks: Iterable[Block]) -> bytes:
    """The file."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relation("rId1", "officeDocument", "word/document.xml"),
        "word/document.xml": _document(blocks),
        "word/styles.xml": _styles(),
        "word/_rels/document.xml.rels": _relation("rId1", "styles", "styles.xml"),
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, root in parts.items():
            data = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
            archive.writestr(ZipInfo(name, _EPOCH), data, ZIP_DEFLATED)
    return file.getvalue()


def _w(tag: str, *children: ET.Element, **values: str) -> ET.Element:
    """An element of WordprocessingML."""
    made = ET.Element(f"{{{_W}}}{tag}", {f"{{{_W}}}{name}": v for name, v in values.items()})
    made.extend(children)
    return made


def _document(blocks: Iterable[Block]) -> ET.Element:
    paragraphs = (
        _w("p", _w("pPr", _w("pStyle", val=block.kind)), *_runs(block)) for block in blocks
    )
    page = _w("sectPr", _w("pgSz", w="11906", h="16838"))  # A4
    return _w("document", _w("body", *paragraphs, page))


def _runs(block: Block) -> Iterator[ET.Element]:
    """The pieces of a paragraph, each line of them apart."""
    for words, lit in block.pieces:
        lines: list[ET.Element] = []
        for number, line in enumerate(words.split("\n")):
            if number:
                lines.append(_w("br"))
            text = _w("t")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = _UNWRITABLE.sub("\ufffd", line)
            lines.append(text)
        marked = [_w("rPr", _w("b"), _w("highlight", val="yellow"))] if lit else []
        yield _w("r", *marked, *lines)


def _styles() -> ET.Element:
    fonts = _w("rFonts", ascii="Calibri", hAnsi="Calibri", eastAsia="Microsoft JhengHei")
    usual = _w("docDefaults", _w("rPrDefault", _w("rPr", fonts)))
    return _w("styles", usual, *(_style(kind, *form) for kind, form in _STYLES.items()))


def _style(kind: Kind, name: str, size: int, bold: bool, left: int) -> ET.Element:
    letters = _w("rPr", *([_w("b")] if bold else []), _w("sz", val=str(size)))
    spaced = _w("pPr", _w("spacing", before="80", after="80"), _w("ind", left=str(left)))
    return _w("style", _w("name", val=name), spaced, letters, type="paragraph", styleId=kind)


def _types() -> ET.Element:
    namespace = f"{_PACKAGE}content-types"
    root = ET.Element(f"{{{namespace}}}Types")
    xml = {"Extension": "xml", "ContentType": "application/xml"}
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    ET.SubElement(root, f"{{{namespace}}}Default", {"Extension": "rels", "ContentType": relations})
    ET.SubElement(root, f"{{{namespace}}}Default", xml)
    for part, kind in (("document", "document.main"), ("styles", "styles")):
        named = {"PartName": f"/word/{part}.xml", "ContentType": f"{_TYPE}{kind}+xml"}
        ET.SubElement(root, f"{{{namespace}}}Override", named)
    return root


def _relation(identity: str, kind: str, target: str) -> ET.Element:
    namespace = f"{_PACKAGE}relationships"
    root = ET.Element(f"{{{namespace}}}Relationships")
    said = {"Id": identity, "Type": f"{_OFFICE}{kind}", "Target": target}
    ET.SubElement(root, f"{{{namespace}}}Relationship", said)
    return root
