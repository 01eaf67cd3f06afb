"""A text with its lines, its blocks, and the headings above each place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from wenju.corpus.layout.lines import Block, Line, Role


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a line, wherever its text is cut.

    ``path`` are the numbered and marked headings, outermost first, and for a line of an article its
    number as well; ``heading`` is the innermost heading or question, found by its shape alone too;
    ``article`` is the number of the article; ``header`` are the header lines of a row's table.
    """

    path: tuple[str, ...] = ()
    heading: str = ""
    article: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of ``text``.

    ``lines`` are all of its lines in order, blank ones too: joined by line breaks they are the text.
    ``above`` says for each line what stands above it.
    ``blocks`` are sorted by where they begin, longer ones first.
    """

    text: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    above: tuple[Above, ...]

    def line_at(self, offset: int) -> Line:
        """The line of a place; a line break belongs to the line that it ends.

        Raises IndexError outside the text.
        """
        return self.lines[self.index_at(offset)]

    def index_at(self, offset: int) -> int:
        """The number of the line of a place, from 0. Raises IndexError outside the text."""
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"{offset} is no place in a text of {len(self.text)} characters")
        return bisect_right(self.lines, offset, key=lambda line: line.start) - 1

    def above_at(self, offset: int) -> Above:
        """What stands above the line of a place. Raises IndexError outside the text."""
        return self.above[self.index_at(offset)]

    def heading_path(self, offset: int) -> tuple[str, ...]:
        """The headings above a place, outermost first; a heading does not stand above itself.

        In an article its number is the last. Headings that are only known by their shape
        (``BARE_LEVEL``) are left out: :meth:`section_at` gives them.
        """
        return self.above_at(offset).path

    def lines_in(self, start: int, end: int) -> Iterator[Line]:
        """The lines that a place touches, blank ones left out."""
        for line in self.lines[self.index_at(start) :]:
            if line.start >= end:
                break
            if line.role != Role.BLANK and line.end > start:
                yield line

    def blocks_at(
        self, offset: int, kind: Literal["list", "table", "section"] | None = None
    ) -> list[Block]:
        """The blocks that hold a place, innermost first; ``kind`` leaves only its own."""
        found = [
            block
            for block in self.blocks
            if block.start <= offset < block.end and kind in (None, block.kind)
        ]
        return sorted(found, key=lambda block: block.end - block.start)

    def section_at(self, offset: int) -> Block | None:
        """The innermost section that holds a place, its heading included; None without any."""
        return next(iter(self.blocks_at(offset, "section")), None)

    def text_of(self, place: tuple[int, int] | None) -> str:
        """What stands at a place; nothing for None."""
        return self.text[slice(*place)] if place else ""

    def slice(self, start: int, end: int) -> Layout:
        """The layout of ``text[start:end]``, as the whole text has it, with places relative to it.

        Lines, items and cells that are cut keep the part inside. Raises IndexError outside the text.
        """
        first, last = self.index_at(start), self.index_at(max(start, end))
        kept = self.lines[first : last + 1]
        return Layout(
            self.text[start:end],
            tuple(line.clipped(start, end, self.text) for line in kept),
            tuple(
                block.clipped(start, end, self.text)
                for block in self.blocks
                if block.start < end and start < block.end
            ),
            self.above[first : last + 1],
        )

    def below(self, path: tuple[str, ...], heading: str, article: str) -> Layout:
        """The same layout under the headings that stand above its text."""

        def joined(above: Above) -> Above:
            own = above.path[1:] if path[-1:] == above.path[:1] else above.path
            return replace(
                above,
                path=(*path, *own),
                heading=above.heading or heading,
                article=above.article or article,
            )

        return replace(self, above=tuple(map(joined, self.above)))
