"""PDF files to plain text, in reading order, with their pages and headings."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wenju.corpus.document import Heading, Page, Source
from wenju.corpus.document import Region as Place
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.pdf.cut import with_whole_rows, without_glyphs
from wenju.corpus.formats.pdf.flow import Flow, Placed
from wenju.corpus.formats.pdf.furniture import without_furniture
from wenju.corpus.formats.pdf.glyphs import Page as PageContent
from wenju.corpus.formats.pdf.glyphs import page_of
from wenju.corpus.formats.pdf.lines import joined, pieces_of
from wenju.corpus.formats.pdf.regions import Column, Region, column_of, regions
from wenju.corpus.formats.pdf.ruled import tables_of
from wenju.corpus.formats.pdf.table import Open, lines_of
from wenju.corpus.formats.records import squeeze
from wenju.corpus.inventory import Inventory

if TYPE_CHECKING:
    from wenju.corpus.formats.ocr.scan import Scan

# PDFium may not be entered by two threads at once.
PDFIUM = threading.Lock()


@dataclass(frozen=True, slots=True)
class PageRead:
    """What stands on a page in reading order, and what recognition saw of one without a text layer.

    ``images`` is how many pictures without text it has.
    """

    regions: list[Region]
    scan: Scan | None = None
    images: int = 0


def read_pdf(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source with its pages; the lines of a paragraph are joined, page numbers left out.

    Columns are read one after the other, tables row by row with the names of their columns. Pages
    without a text layer are recognised where that extra is installed, else named in the inventory.
    Raises ReadError for encrypted or damaged files, and for scans that cannot be recognised.
    """
    pages, title, bookmarks = _load(data, name)
    source = assembled(pages, name, origin)
    headings = _bookmarked(source.text, source.pages, bookmarks)
    # many programs write the name of the file or template there
    title = title if squeeze(title) in squeeze(source.text[:2000]) else ""
    return [replace(source, title=title, headings=headings)], []


def assembled(pages: Sequence[PageRead], name: str, origin: str) -> Source:
    """The pages as one source, and what could not be read of them; raises ReadError for nothing."""
    from wenju.corpus.formats.ocr.regions import ocr_regions
    from wenju.corpus.formats.ocr.scan import notes_of

    notes = notes_of(pages, name)
    text, placed, tables = _flowed(without_furniture([page.regions for page in pages]))
    scanned = [
        (lines, page.scan.rows)
        for lines, page in zip(placed, pages, strict=True)
        if page.scan is not None
    ]
    recognised = ocr_regions(scanned)
    # a recognised table is known by how it was read
    drawn = [table for table in tables if not _overlaps(table, recognised)]
    images = sum(page.images for page in pages)
    return Source(
        *(name, origin, text),
        pages=_starts(placed),
        regions=tuple(sorted((*drawn, *recognised), key=lambda region: region.start)),
        inventory=Inventory(len(pages), images=images, notes=notes),
    )


def _overlaps(table: Place, others: Sequence[Place]) -> bool:
    return any(table.start < other.end and other.start < table.end for other in others)


def _load(data: bytes, name: str) -> tuple[list[PageRead], str, list[tuple[str, int, int]]]:
    """The pages, the title, and bookmarks as (title, level, page number)."""
    import pypdfium2

    document = _opened(data, name)
    try:
        pages = [_read(document, number) for number in range(len(document))]
        with PDFIUM:
            title = document.get_metadata_value("Title").strip()
            return pages, title, list(_outline(document))
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            f"{name} is a damaged PDF ({error}); save it again.", why="damaged"
        ) from None
    finally:
        with PDFIUM:
            document.close()


def _opened(data: bytes, name: str) -> Any:  # noqa: ANN401 - pypdfium2 is untyped
    import pypdfium2

    try:
        with PDFIUM:
            return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(
                f"{name} is encrypted; save it without its password.", why="encrypted"
            ) from None
        raise ReadError(
            f"{name} is not a readable PDF ({error}); save it again.", why="damaged"
        ) from None


def _read(document: Any, number: int) -> PageRead:  # noqa: ANN401
    from wenju.corpus.formats.ocr.engine import is_installed
    from wenju.corpus.formats.ocr.scan import rendered, scanned

    with PDFIUM:
        page = document[number]
        read = page_of(page)
        bare = not read.glyphs and not read.turned
        image = rendered(page) if bare and is_installed() else None
        page.close()
    if image is None:
        return PageRead(without_glyphs(regions_of(read)), images=read.images)
    scan = scanned(image)
    return PageRead(list(regions(scan.rows)), scan)


def regions_of(page: PageContent) -> list[Region]:
    """What stands on a page, in reading order; text that runs in another direction comes last."""
    tables, rest = tables_of(page.glyphs, page.rulings)
    lines = pieces_of(rest)
    found: list[Region] = []
    for table in sorted(tables, key=lambda t: t.box[1]):
        above = [line for line in lines if line[0].bottom <= table.box[1] + 1]
        found += [*regions(above), table]
        lines = [line for line in lines if line not in above]
    found += regions(lines)
    return [*found, *(column_of([joined(line)]) for line in pieces_of(page.turned))]


def written(pages: Sequence[Sequence[Region]]) -> tuple[str, tuple[Page, ...], tuple[Place, ...]]:
    """The pages' regions as paragraphs and rows, where each page that has text begins, and the tables."""
    text, placed, tables = _flowed(pages)
    return text, _starts(placed), tables


def _starts(placed: Sequence[Sequence[Placed]]) -> tuple[Page, ...]:
    return tuple(Page(lines[0].start, n) for n, lines in enumerate(placed, 1) if lines)


def _flowed(
    pages: Sequence[Sequence[Region]],
) -> tuple[str, list[list[Placed]], tuple[Place, ...]]:
    """The text of the pages' regions, the lines of each page, and the tables."""
    flow = Flow()
    placed: list[list[Placed]] = []
    last: Open | None = None
    for page in with_whole_rows(pages):
        lines, last = _page(flow, page, last)
        placed.append(lines)
    return flow.text, placed, tuple(flow.tables)


def last_table(pages: Sequence[Sequence[Region]]) -> Open | None:
    """The table that the last of the pages ends with, if one does."""
    flow, last = Flow(), None
    for page in pages:
        _, last = _page(flow, page, last)
    return last


def _page(
    flow: Flow, page: Sequence[Region], last: Open | None
) -> tuple[list[Placed], Open | None]:
    """Write a page, whose first region may go on the ``last`` table of the page before."""
    lines: list[Placed] = []
    told = [region for region in page if not isinstance(region, Column) or region.lines]
    for number, region in enumerate(told):
        written, last = _place(flow, region, last if number == 0 else None)
        lines += written
    return lines, last


def _place(flow: Flow, region: Region, before: Open | None) -> tuple[list[Placed], Open | None]:
    """Write a region, line by line; a table can go on the one ``before``."""
    if isinstance(region, Column):
        return [flow.add(line, region) for line in region.lines], None
    rows, opened = lines_of(region, flow.last, before)
    return list(flow.table(rows)), opened


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
