"""PDF files to plain text, with their pages and headings."""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from wenju.corpus.document import Heading, Page, Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.records import glue, one_line, squeeze, width
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

# what the paragraphs of lists begin with, beside numbers in words
_MARK = re.compile(r"\d{1,2}[.．、)）](?!\d)|[•●○■◆▪※‧]|-\s|\u3000")
_SENTENCE_END = re.compile(r"[。！？!?；;：:….][”’」』）)》〉\"']*$")
_OPEN_END = re.compile(r"[，、,（(「『《〈“‘]$")
_PAGE_NUMBER = re.compile(
    r"[-–—－·•\s]*(\d{1,4})[-–—－·•\s]*|\d+\s*/\s*\d+|page\s+\d+(?:\s+of\s+\d+)?", re.I
)
# PDFium's sign for a hyphen that ends a line, with what stands before it of the word
_HYPHENATED = re.compile(r"([\w-]*)(?:[\x02\ufffe]\n?|\xad\n?)")
_FULL = 0.75  # of the usual width: a shorter line was ended on purpose
_NARROWEST = 30  # columns; lines of lists and tables are shorter than running text
_REPEATED = 3  # pages that begin or end alike before it counts as a running head
# PDFium may not be entered by two threads at once.
_PDFIUM = threading.Lock()


def read_pdf(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source with its pages; the lines of a paragraph are joined, page numbers left out.

    Pages without text are named among the problems. Raises ReadError for encrypted or damaged
    files and for scans without a text layer.
    """
    with _PDFIUM:
        pages, title, bookmarks = _load_pdf(data, name)
    empty = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise ReadError(
            f"{name} has no text layer, it seems to be scanned; run OCR on it and add the result."
        )
    text, starts = _flow(_page_lines(pages))
    headings = _bookmarked(text, starts, bookmarks)
    # many programs write the name of the file or template there
    title = title if squeeze(title) in squeeze(text[:2000]) else ""
    blank = [f"{name} has no text on page {', '.join(empty)}; OCR would add it."] if empty else []
    return [Source(name, origin, text, title, headings=headings, pages=starts)], blank


def _load_pdf(data: bytes, name: str) -> tuple[list[str], str, list[tuple[str, int, int]]]:
    """The text of each page, the title, and bookmarks as (title, level, page number)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(f"{name} is encrypted; save it without its password.") from None
        raise ReadError(f"{name} is not a readable PDF ({error}); save it again.") from None
    try:
        pages = [_page_text(page) for page in document]
        title = document.get_metadata_value("Title").strip()
        return pages, title, list(_outline(document))
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name} is a damaged PDF ({error}); save it again.") from None
    finally:
        document.close()


def _page_text(page: Any) -> str:  # noqa: ANN401 - pypdfium2 is untyped
    text_page = page.get_textpage()
    text = str(text_page.get_text_range())
    text_page.close()
    page.close()
    return _HYPHENATED.sub(_unhyphenate, text.replace("\r\n", "\n").replace("\0", ""))


def _unhyphenate(match: re.Match[str]) -> str:
    """Drop the hyphen of a broken word; keep it in a compound (``state-of-the-``) or number."""
    word = match.group(1)
    return f"{word}-" if "-" in word or word[-1:].isdecimal() else word


def _outline(document: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401
    for mark in document.get_toc():
        target = mark.get_dest()
        index = target.get_index() if target is not None else None
        if index is not None:
            yield mark.get_title(), mark.level + 1, index + 1


def _page_lines(pages: Sequence[str]) -> list[list[str]]:
    """The lines of each page without page numbers and without running heads after the first."""
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    for number, page in enumerate(lines, 1):
        for edge in (0, -1):
            if len(page) > 1 and _is_page_number(page[edge].strip(), number):
                del page[edge]
    for edge in (0, -1):
        _drop_repeated(lines, edge)
    return lines


def _is_page_number(line: str, number: int) -> bool:
    """A bare number has to be this page's; a decorated one need not."""
    match = _PAGE_NUMBER.fullmatch(line)
    if match is None:
        return phrase("page_number", "lines").fullmatch(fold(line)) is not None
    return line != match.group(1) or int(line) == number


def _drop_repeated(pages: Sequence[list[str]], edge: int) -> None:
    counts = Counter(page[edge] for page in pages if len(page) > 1)
    seen: set[str] = set()
    for page in pages:
        if len(page) > 1 and counts[page[edge]] >= max(_REPEATED, len(pages) / 2):
            line = page[edge]
            if line in seen:
                del page[edge]
            seen.add(line)


def _flow(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[Page, ...]]:
    """The pages' lines as paragraphs, and where each page that has text begins."""
    widths = sorted(width(line) for page in pages for line in page)
    full = max(_NARROWEST, _FULL * widths[len(widths) * 4 // 5])
    text, last, starts = "", "", []
    for number, page in enumerate(pages, 1):
        for position, raw in enumerate(page):
            line = one_line(raw)
            text += _joint(last, raw, full) if text else ""
            if position == 0:
                starts.append(Page(len(text), number))
            text += line
            last = line
    return text, tuple(starts)


def _joint(last: str, line: str, full: float) -> str:
    """What stands between two lines: a newline, a space, or nothing."""
    broken = _OPEN_END.search(last) or (width(last) >= full and not _SENTENCE_END.search(last))
    if not broken or _MARK.match(line) or phrase("item", "lines").match(fold(line)):
        return "\n"
    return glue(last, line)


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
