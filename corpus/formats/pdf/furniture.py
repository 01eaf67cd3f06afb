"""Page numbers, and the heads and feet that pages have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wenju.corpus.formats.pdf.lines import Piece
from wenju.corpus.formats.pdf.regions import Column, Region
from wenju.corpus.formats.pdf.table import Table
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

_PAGE_NUMBER = re.compile(
    r"[-–—－·•\s]*(\d{1,4})[-–—－·•\s]*|\d+\s*/\s*\d+|page\s+\d+(?:\s+of\s+\d+)?", re.I
)
_NUMBER = re.compile(r"\d+")
_REPEATED = 3  # pages that begin or end alike before it counts as a running head
_DEEP = 2  # lines at each end of a page that may be running heads


def without_furniture(pages: Sequence[Sequence[Region]]) -> list[list[Region]]:
    """The pages without their numbers, and without running heads and feet after the first of each."""
    lines = [[line for region in page for line in _lines(region)] for page in pages]
    # the only line of a page is its text, unless it has a table
    least = [int(not any(isinstance(region, Table) for region in page)) for page in pages]
    dropped: set[int] = set()
    for number, (page, kept) in enumerate(zip(lines, least, strict=True), 1):
        for edge in (0, -1):
            if len(page) > kept and _is_page_number(page[edge].text.strip(), number):
                dropped.add(id(page[edge]))
                del page[edge]
    for edge in (0, -1):
        for _ in range(_DEEP):
            more = [page for page, kept in zip(lines, least, strict=True) if len(page) > kept]
            dropped |= _repeated(more, edge, len(pages))
    return [[_kept(region, dropped) for region in page] for page in pages]


def _lines(region: Region) -> list[Piece]:
    return region.lines if isinstance(region, Column) else []


def _kept(region: Region, dropped: set[int]) -> Region:
    if not isinstance(region, Column):
        return region
    return replace(region, lines=[line for line in region.lines if id(line) not in dropped])


def _is_page_number(line: str, number: int) -> bool:
    """A bare number has to be this page's; a decorated one need not."""
    match = _PAGE_NUMBER.fullmatch(line)
    if match is None:
        return phrase("page_number", "lines").fullmatch(fold(line)) is not None
    return line != match.group(1) or int(line) == number


def _repeated(pages: list[list[Piece]], edge: int, count: int) -> set[int]:
    """The lines at one end of pages that are alike but for numbers, all but the first of each kind.

    ``count`` is how many pages the file has.
    """
    counts = Counter(_kind(page[edge]) for page in pages)
    seen: set[str] = set()
    found: set[int] = set()
    for page in pages:
        kind = _kind(page[edge])
        if counts[kind] >= max(_REPEATED, count / 2):
            line = page.pop(edge)
            if kind in seen:
                found.add(id(line))
            seen.add(kind)
    return found


def _kind(line: Piece) -> str:
    return _NUMBER.sub("0", line.text)
