"""From a page's text back to the characters that it was read from.

The page is read again and has to give the very text that the library has; then every character's way is
known. Where it does not (another version read it), only words that stand on the page exactly once are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from wenju.corpus.document import Source
from wenju.corpus.formats.pdf.drawn import DrawnCell
from wenju.corpus.formats.pdf.flow import Flow
from wenju.corpus.formats.pdf.glyphs import Glyph
from wenju.corpus.formats.pdf.lines import Piece
from wenju.corpus.formats.pdf.regions import Column, Region
from wenju.corpus.formats.pdf.rows import rows_drawn, walked
from wenju.corpus.formats.pdf.table import Open, lines_of
from wenju.corpus.formats.records import squeeze

Drawn = list[Glyph | None]
"""For each character of a text the one of the page that it is; None for what reading put between."""

_EDGE = 3  # lines at each end of a page that may be its number and running heads
_HYPHENS = ("", "-", "\xad")  # what the next page may have taken from the end


def glyphs_of(
    ways: Sequence[Sequence[Region]], text: str, start: int, end: int, before: Open | None = None
) -> list[Glyph]:
    """The characters that ``text[start:end]`` was read from, in its order; ``text`` is the page's.

    ``ways`` are the regions of the page, as it is alone and as it may be read with those beside it;
    ``before`` is the table that the page before ends with. Empty where they cannot be told for certain.
    """
    for regions in ways:
        drawn = _traced(regions, text, before)
        if drawn is not None:
            return [glyph for glyph in drawn[start:end] if glyph]
    return _only(ways[0], squeeze(text[start:end]))


def _traced(regions: Sequence[Region], text: str, before: Open | None) -> Drawn | None:
    """The way back of the whole text; None where the page does not give it when it is read again."""
    wanted = text.rstrip()
    for kept in _without_edges(regions, len(squeeze(wanted)), before):
        read, drawn = _written(kept, before)
        rest = read[len(wanted) :].rstrip() if read.startswith(wanted) else None
        if rest in _HYPHENS:
            return drawn
    return None


def _without_edges(
    regions: Sequence[Region], length: int, before: Open | None
) -> Iterator[list[Region]]:
    """The page without some of its first and last lines, where about that many characters remain."""
    lines = [line for region in regions if isinstance(region, Column) for line in region.lines]
    total = len(squeeze(_written(regions, before)[0]))
    edge = list({id(line): line for line in (*lines[:_EDGE], *lines[-_EDGE:])}.values())
    for count in range(len(edge) + 1):
        for dropped in combinations(edge, count):
            left = total - sum(len(squeeze(line.text)) for line in dropped)
            # hyphens at the ends of lines are left out, and a table may go on the one before
            first = _without(regions[0], dropped) if regions else None
            begins = isinstance(first, Column) and not first.lines and before is not None
            if begins or length - len(lines) <= left <= length + len(lines):
                yield [_without(region, dropped) for region in regions]


def _without(region: Region, dropped: Sequence[Piece]) -> Region:
    if not isinstance(region, Column):
        return region
    gone = {id(line) for line in dropped}
    return replace(region, lines=[line for line in region.lines if id(line) not in gone])


def _written(regions: Sequence[Region], before: Open | None) -> tuple[str, Drawn]:
    """The page's text as it is read, and the character of the page behind each of it."""
    flow = Flow()
    found: list[tuple[int, Drawn]] = []
    told = [region for region in regions if not isinstance(region, Column) or region.lines]
    for number, region in enumerate(told):
        if isinstance(region, Column):
            for line in region.lines:
                place = flow.add(line, region).start
                found.append((place, walked(line.text, line.glyphs) or [None] * len(line.text)))
        else:
            lines, _ = lines_of(region, flow.last, before if number == 0 else None)
            rows = rows_drawn(region.rows, lines)
            found += [(flow.alone(text).start, drawn) for text, drawn in rows]
    # storing a text puts signs in the place of what cannot be stored
    text = Source("", "", flow.text).text
    drawn: Drawn = [None] * len(text)
    for place, glyphs in found:
        end = min(place + len(glyphs), len(text))
        drawn[place:end] = glyphs[: end - place]
    return text, drawn


def _only(regions: Sequence[Region], words: str) -> list[Glyph]:
    """The characters of words that stand on the page exactly once, white space apart."""
    glyphs = [glyph for region in regions for glyph in _all(region)]
    page = "".join(glyph.text for glyph in glyphs)
    at = page.find(words)
    if not words or at < 0 or page.find(words, at + 1) >= 0 or len(page) != len(glyphs):
        return []
    return glyphs[at : at + len(words)]


def _all(region: Region) -> Iterator[Glyph]:
    if isinstance(region, Column):
        for line in region.lines:
            yield from line.glyphs
    else:
        for row in region.rows:
            for cell in row:
                yield from cell.glyphs if isinstance(cell, DrawnCell) else ()
