"""Pages that are nested too deeply for a tree: their text by a parser that keeps none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from wenju.corpus.formats.markup_lines import HEADINGS, OWN_LINES, UNSEEN
from wenju.corpus.formats.records import Lines, one_line

# The tree's own parser goes 2,048 elements deep, and what walks over it calls itself twice for each.
_FRAMES = 12_000


@contextmanager
def deep() -> Iterator[None]:
    """Functions may call themselves as deep inside as a tree is."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


def flat_lines(page: str) -> tuple[Lines, str]:
    """The lines of a page with its headings, menus and all, and its title."""
    reader = _Flat()
    reader.feed(page)
    reader.close()
    reader.flush()
    return reader.lines, one_line(reader.title)


class _Flat(HTMLParser):
    """Takes tags and texts as they come."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = Lines()
        self.title = ""
        self._parts: list[str] = []
        self._level = 0
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A line begins with a block, and with a heading one of its level."""
        if tag in OWN_LINES:
            self.flush()
        self._level = HEADINGS.get(tag, self._level)
        if not self._unseen and tag in UNSEEN and tag not in ("head", "rt", "rp"):
            self._unseen = tag

    def handle_endtag(self, tag: str) -> None:
        """It ends there."""
        if tag == self._unseen:
            self._unseen = ""
        if tag in OWN_LINES:
            self.flush()

    def handle_data(self, data: str) -> None:
        """The text between two tags."""
        if self._unseen == "title":
            self.title += data
        elif not self._unseen:
            self._parts.append(data)

    def flush(self) -> None:
        """End the line."""
        self.lines.add(one_line("".join(self._parts)), self._level)
        self._parts, self._level = [], 0
