"""A page of a PDF as it looks: its picture, and where on it words of its text stand."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from wenju.corpus.errors import ReadError, WenjuError
from wenju.corpus.formats.pdf.cut import with_whole_rows
from wenju.corpus.formats.pdf.glyphs import Box, Glyph, page_of
from wenju.corpus.formats.pdf.reading import PDFIUM, last_table, regions_of
from wenju.corpus.formats.pdf.regions import Region
from wenju.corpus.formats.pdf.table import Open, Table
from wenju.corpus.formats.pdf.tracing import glyphs_of

_FINE = 100  # device units to a point: PDFium rounds to whole ones
_MOST_PIXELS = 16_000_000  # of a picture, however large its page
_LEVEL = 0.6  # of the size: characters whose feet are further apart stand on two lines
_NEAR = 3.0  # sizes: a wider gap parts two boxes
_EDGE = 3  # lines above a table that may be the page's running head
_MOST_PAGES = 40  # of a table, that are read to know the names of its columns


class UnknownPage(WenjuError):
    """The file has no page of this number."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle of a page in points, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it looks: its number from 1, its size in points, and where the words asked for stand.

    ``boxes`` has one for each line, in the order of the text, and none where the place cannot be told
    for certain.
    """

    page: int
    width: float
    height: float
    boxes: tuple[PageBox, ...] = ()


def page_count(path: Path) -> int:
    """How many pages a file has; raises ReadError where it cannot be read."""
    with _opened(path) as document:
        return len(document)


def picture(path: Path, number: int, scale: float) -> bytes:
    """A page as PNG, ``scale`` pixels to a point, or fewer where it would be very large.

    Raises UnknownPage, and ReadError where the file cannot be read.
    """
    with _opened(path) as document:
        page = _page(document, number, path)
        width, height = page.get_size()
        least = (_MOST_PIXELS / max(1.0, width * height)) ** 0.5
        image = page.render(scale=min(scale, least)).to_pil()
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def sheet(path: Path, number: int, text: str, start: int, end: int) -> Sheet:
    """Where ``text[start:end]`` stands on a page, whose text as it was read is ``text``.

    Raises UnknownPage, and ReadError where the file cannot be read.
    """
    with _opened(path) as document:
        page = _page(document, number, path)
        width, height = page.get_size()
        glyphs: list[Glyph] = []
        if start < end:
            regions = regions_of(page_of(page))
            before = _before(document, number, regions)
            ways = [regions, *_whole(document, number, regions)]
            glyphs = glyphs_of(ways, text, start, end, before)
        boxes = (_on_paper(page, box, width, height) for box in _merged(glyphs))
        return Sheet(number, round(width, 2), round(height, 2), tuple(box for box in boxes if box))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The file, with PDFium to oneself."""
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise _unreadable(path, error) from None
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise _unreadable(path, error) from None
        finally:
            document.close()


def _before(document: Any, number: int, regions: Sequence[Region]) -> Open | None:  # noqa: ANN401
    """The table that a page may go on, read from the page on which it begins."""
    pages: list[list[Region]] = []
    while number > 1 and len(pages) < _MOST_PAGES and _begins_with_table(regions):
        number -= 1
        regions = regions_of(page_of(document[number - 1]))
        tables = [i for i, region in enumerate(regions) if isinstance(region, Table)]
        if not tables:
            break
        going_on = _begins_with_table(regions) and len(tables) == 1
        first = tables[0] if going_on and number > 1 else 0
        pages.insert(0, regions[first : tables[-1] + 1])
        if not going_on:
            break
    return last_table(pages)


def _whole(document: Any, number: int, regions: list[Region]) -> Iterator[list[Region]]:  # noqa: ANN401
    """The page with the rows whole that its ends cut, where it begins or ends with a table."""
    if not (_begins_with_table(regions) or _begins_with_table(regions[::-1])):
        return
    beside = [
        regions_of(page_of(document[n - 1])) if 1 <= n <= len(document) else []
        for n in (number - 1, number + 1)
    ]
    yield with_whole_rows([beside[0], regions, beside[1]], _EDGE)[1]


def _begins_with_table(regions: Sequence[Region]) -> bool:
    """Whether a page begins with a table, below a running head at most."""
    lines = 0
    for region in regions:
        if isinstance(region, Table):
            return lines <= _EDGE
        lines += len(region.lines)
    return False


def _unreadable(path: Path, error: Exception) -> ReadError:
    return ReadError(
        f"{path} is not a readable PDF ({error}); add the document's file again.", why="damaged"
    )


def _page(document: Any, number: int, path: Path) -> Any:  # noqa: ANN401 - pypdfium2 is untyped
    if not 1 <= number <= len(document):
        raise UnknownPage(
            f"There is no page {number}; the document has pages 1 to {len(document)}."
        )
    return document[number - 1]


def _merged(glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """The boxes of characters, as the file has them; those that follow each other on a line as one."""
    last: Glyph | None = None
    box: Box | None = None
    for glyph in glyphs:
        if last and box and _goes_on(last, glyph):
            box = _around(box, glyph.box)
        else:
            if box:
                yield box
            box = glyph.box
        last = glyph
    if box:
        yield box


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    level = abs(glyph.base - last.base) <= _LEVEL * max(last.size, glyph.size)
    return level and 0 <= glyph.right - last.left and glyph.left - last.right <= _NEAR * glyph.size


def _around(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _on_paper(page: Any, box: Box, width: float, height: float) -> PageBox | None:  # noqa: ANN401
    """A box of the file on the page as it is shown, turned and cropped; None for one off the paper."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_int(), ctypes.c_int()
    wide, high = round(width * _FINE), round(height * _FINE)
    corners = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(page, 0, 0, wide, high, 0, across, up, x, y)
        corners.append((x.value / _FINE, y.value / _FINE))
    (a, b), (c, d) = corners
    found = PageBox(
        *(max(0.0, min(a, c)), max(0.0, min(b, d))),
        *(min(width, max(a, c)), min(height, max(b, d))),
    )
    return found if found.left < found.right and found.top < found.bottom else None
