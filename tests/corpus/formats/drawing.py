"""PDF files drawn word by word and line by line, and what PDFium itself says stands in a box of a page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from tests.corpus.test_read import pdf
from wenju.corpus.formats.pdf.sheet import PageBox

Word = tuple[float, float, str]
"""From the left, from above, the text."""
Stroke = tuple[float, float, float, float]
"""From and to: from the left, from above, in points."""

_HIGH, _FINE = 842, 100


def drawn(words: Sequence[Word], strokes: Sequence[Stroke] = ()) -> bytes:
    """A page with words of 10 points whose feet stand at these places, and with strokes."""
    return drawn_pages([(words, strokes)])


def drawn_pages(pages: Sequence[tuple[Sequence[Word], Sequence[Stroke]]]) -> bytes:
    """Pages with words of 10 points whose feet stand at these places, and with strokes."""
    data = pdf([[f"{number}"] for number in range(len(pages))])
    parts = re.split(rb"/Length \d+ >>\nstream\n.*?\nendstream", data, flags=re.S)
    contents = [_content(*page) for page in pages]
    streams = [f"/Length {len(c)} >>\nstream\n{c}\nendstream".encode() for c in contents]
    # the table of places is wrong then, and PDFium makes it anew
    return b"".join(chain(*zip(parts, [*streams, b""], strict=True)))


def _content(words: Sequence[Word], strokes: Sequence[Stroke]) -> str:
    texts = (
        f"BT /F1 10 Tf 1 0 0 1 {x} {_HIGH - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
        for x, y, text in words
    )
    return "".join(
        (*texts, *(f"{a} {_HIGH - b} m {c} {_HIGH - d} l S\n" for a, b, c, d in strokes))
    )


def turned(data: bytes, rotation: int, crop: tuple[float, float, float, float]) -> bytes:
    """The file with its pages turned clockwise and cropped (left, bottom, right, top)."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(rotation)
        page.set_cropbox(*crop)
    written = BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()


def text_within(path: Path, number: int, boxes: Sequence[PageBox]) -> str:
    """What PDFium finds in boxes of a page as it is shown, without white space."""
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    found = "".join(_text(page, box) for box in boxes)
    document.close()
    return "".join(found.split())


def _text(page: pypdfium2.PdfPage, box: PageBox) -> str:
    wide, high = (round(side * _FINE) for side in page.get_size())
    corners = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for across, down in ((box.left + 1, box.top + 2), (box.right - 1, box.bottom - 2)):
        at = round(across * _FINE), round(down * _FINE)
        pdfium.FPDF_DeviceToPage(page, 0, 0, wide, high, 0, *at, x, y)
        corners.append((x.value, y.value))
    (a, b), (c, d) = corners
    text = page.get_textpage().get_text_bounded(min(a, c), min(b, d), max(a, c), max(b, d))
    return str(text)
