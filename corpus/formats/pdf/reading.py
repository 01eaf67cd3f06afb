"""PDF files to plain text, in reading order, with their pages and headings."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wenju.corpus.document import Heading, Page, Source
from wenju.corpus.document import Region as Place
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.pdf.flow import Flow
from wenju.corpus.formats.pdf.furniture import without_furniture
from wenju.corpus.formats.pdf.glyphs import Page as PageContent
from wenju.corpus.formats.pdf.glyphs import page_of
from wenju.corpus.formats.pdf.lines import joined, pieces_of
from wenju.corpus.formats.pdf.regions import Column, Region, column_of, regions
from wenju.corpus.formats.pdf.ruled import tables_of
from wenju.corpus.formats.records import squeeze
from wenju.corpus.inventory import Inventory, Note

# PDFium may not be entered by two threads at once.
PDFIUM = threading.Lock()


def read_pdf(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source with its pages; the lines of a paragraph are joined, page numbers left out.

    Columns are read one after the other, tables row by row with the names of their columns. Pages
    without text are named in the inventory's notes. Raises ReadError for encrypted or damaged files and for
    scans without a text layer.
    """
    with PDFIUM:
        pages, title, bookmarks = _load(data, name)
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.regions]
    if len(empty) == len(pages):
        raise ReadError(
            f"{name} has no text layer, it seems to be scanned; run OCR on it and add the result."
        )
    text, starts, tables = written(without_furniture([page.regions for page in pages]))
    headings = _bookmarked(text, starts, bookmarks)
    # many programs write the name of the file or template there
    title = title if squeeze(title) in squeeze(text[:2000]) else ""
    blank = (Note("blank_pages", ", ".join(empty)),) if empty else ()
    images = sum(page.images for page in pages)
    source = Source(
        *(name, origin, text, title),
        headings=headings,
        pages=starts,
        regions=tables,
        inventory=Inventory(len(pages), images=images, notes=blank),
    )
    return [source], []


class _ReadPage(NamedTuple):
    """What stands on a page in reading order, and how many pictures without text."""

    regions: list[Region]
    images: int


def _load(data: bytes, name: str) -> tuple[list[_ReadPage], str, list[tuple[str, int, int]]]:
    """The pages, the title, and bookmarks as (title, level, page number)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(f"{name} is encrypted; save it without its password.") from None
        raise ReadError(f"{name} is not a readable PDF ({error}); save it again.") from None
    try:
        pages = [_read(page) for page in document]
        title = document.get_metadata_value("Title").strip()
        return pages, title, list(_outline(document))
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name} is a damaged PDF ({error}); save it again.") from None
    finally:
        document.close()


def _read(page: Any) -> _ReadPage:  # noqa: ANN401 - pypdfium2 is untyped
    read = page_of(page)
    page.close()
    return _ReadPage(regions_of(read), read.images)


def regions_of(page: PageContent) -> list[Region]:
    """What stands on a page, in reading order; text that runs in another direction comes last."""
    tables, rest = tables_of(page.glyphs, page.rulings)
    lines = pieces_of(rest)
    found: list[Region] = []
    for table in sorted(tables, key=lambda t: t.box[1]):
        above = [line for line in lines if line[0].bottom <= table.box[1] + 1]
        found += [*regions(above), table.rows]
        lines = [line for line in lines if line not in above]
    found += regions(lines)
    return [*found, *(column_of([joined(line)]) for line in pieces_of(page.turned))]


def written(pages: Sequence[Sequence[Region]]) -> tuple[str, tuple[Page, ...], tuple[Place, ...]]:
    """The pages' regions as paragraphs and rows, where each page that has text begins, and the tables."""
    flow = Flow()
    starts = []
    for number, page in enumerate(pages, 1):
        places = [place for region in page for place in _place(flow, region)]
        if places:
            starts.append(Page(places[0], number))
    return flow.text, tuple(starts), tuple(flow.tables)


def _place(flow: Flow, region: Region) -> Iterator[int]:
    """Write a region; where its lines begin."""
    if isinstance(region, Column):
        for line in region.lines:
            yield flow.add(line, region)
    else:
        yield from flow.table(table_lines(region))


def _outline(document: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401
    for mark in document.get_toc():
        target = mark.get_dest()
        index = target.get_index() if target is not None else None
        if index is not None:
            yield mark.get_title(), mark.level + 1, index + 1


def _bookmarked(
    text: str, pages: Sequence[Page], bookmarks: Sequence[tuple[str, int, int]]
) -> tuple[Heading, ...]:
    """The lines that bookmarks name on the pages they point to."""
    levels = {(squeeze(title), number): level for title, level, number in bookmarks}
    headings, start = [], 0
    for line in text.split("\n"):
        at = bisect_right(pages, start, key=lambda page: page.start) - 1
        level = levels.pop((squeeze(line), pages[at].number), 0)
        if level:
            headings.append(Heading(start, start + len(line), level))
        start += len(line) + 1
    return tuple(headings)
