"""A passage as it is read for an answer: folded, cut into statements, its layout read, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wenju.corpus.document import Passage
from wenju.corpus.layout import Block, Layout, Line, Role, passage_layout
from wenju.corpus.metadata.jurisdictions import places_in
from wenju.corpus.script import fold
from wenju.corpus.sentences import sentence_spans
from wenju.index.lexical import head
from wenju.qa.enumeration import Enumeration, enumerations

Place = tuple[int, int]

_PART = re.compile("[；;]")
_MARKS = "。；;！？!? \n"
_QUESTION_MARK = re.compile(r"[?？][\"”」』]?\s*$")
_ASKED = re.compile("[?？]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VIEWS = 4096  # passages that are remembered


@dataclass(frozen=True, slots=True)
class Statement:
    """``folded[start:end]`` of a passage: a sentence, or a part of one up to a semicolon.

    ``stop`` is its end without the marks behind it. ``asks``: it is a question; ``heads``: it is a
    title, a heading, or a table's header; ``page``: a line that tells of the page (發布時間),
    folded, empty where it is none; ``dated``: it stands in the signature under a document;
    ``line`` is the line that it begins in.
    """

    start: int
    end: int
    stop: int
    asks: bool
    heads: bool
    page: str
    dated: bool
    line: Line

    @property
    def row(self) -> bool:
        """Whether it is a table's row."""
        return bool(self.line.cells) and self.line.role != Role.HEADER

    @property
    def labelled(self) -> bool:
        """Whether it stands in a labelled line."""
        return bool(self.line.fields)

    @property
    def item(self) -> bool:
        """Whether it opens with a list's mark."""
        return any(self.start <= mark.start < self.start + 2 for mark in self.line.marks)


class PassageView:
    """What is read off a passage whatever is asked."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.folded = passage.folded
        self.head = fold(head(passage))

    @cached_property
    def layout(self) -> Layout:
        """Its lines and blocks."""
        return passage_layout(self.passage)

    @cached_property
    def sentences(self) -> list[Place]:
        """Places of its sentences."""
        return sentence_spans(self.folded)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Its statements, in order."""
        titles = {fold(t) for t in (self.passage.title, *self.passage.headings)}
        return tuple(self._statement(a, b, titles) for a, b in self._pieces())

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that it, its head or its date names."""
        return frozenset(_YEAR.findall(f"{self.folded} {self.head} {self.passage.date}"))

    @cached_property
    def places(self) -> frozenset[str]:
        """The paths of the places that it, its head or its issuer names."""
        return places_in(f"{self.folded} {self.head} {fold(self.passage.issuer)}")

    @cached_property
    def section(self) -> tuple[str, Place] | None:
        """The folded heading that it opens with and the place of its body; None without either."""
        opening = next((line for line in self.layout.lines if line.role != Role.BLANK), None)
        if opening is None or opening.role not in (Role.HEADING, Role.QUESTION):
            return None
        title = self.folded[opening.start : opening.end].strip()
        start = (
            opening.end + len(self.folded[opening.end :]) - len(self.folded[opening.end :].lstrip())
        )
        end = len(self.folded.rstrip())
        return (title, (start, end)) if start < end and title != fold(self.passage.title) else None

    @cached_property
    def lists(self) -> tuple[Block, ...]:
        """Its lists of items that have marks of their own."""
        return tuple(b for b in self.layout.blocks if b.kind == "list" and b.items)

    @cached_property
    def enumerations(self) -> tuple[Enumeration, ...]:
        """What its statements enumerate, and its lists, with places in the passage."""
        found = []
        for s in self.statements:
            found += [e.moved(s.start) for e in enumerations(self.folded[s.start : s.end])]
        return (*found, *(listed(block) for block in self.lists if len(block.items) > 1))

    def around(self, place: Place) -> Place:
        """The whole of the statements that a place touches."""
        held = self.touched(place)
        return (held[0].start, held[-1].end) if held else place

    def touched(self, place: Place) -> list[Statement]:
        """The statements that a place lies in."""
        return [s for s in self.statements if s.start < place[1] and place[0] < s.stop]

    def _pieces(self) -> Iterator[Place]:
        """Sentences, parted at semicolons."""
        for start, end in self.sentences:
            at = start
            cuts = (m.end() for m in _PART.finditer(self.folded, start, end))
            for cut in [*cuts, end]:
                if self.folded[at:cut].strip():
                    yield at, cut
                at = cut

    def _statement(self, start: int, end: int, titles: set[str]) -> Statement:
        text = self.folded[start:end]
        line = self.layout.line_at(start + len(text) - len(text.lstrip()))
        whole = self.folded[line.start : line.end].strip() in titles
        return Statement(
            start=start,
            end=end,
            stop=start + len(text.rstrip(_MARKS)),
            asks=bool(_QUESTION_MARK.search(text)) or self._goes_on_asking(start, line),
            heads=whole or line.role in (Role.HEADING, Role.HEADER),
            page=text if line.role == Role.FURNITURE else "",
            dated=line.role == Role.SIGNATURE,
            line=line,
        )

    def _goes_on_asking(self, start: int, line: Line) -> bool:
        """Whether a place of a line belongs to its question, not to a reply in the same line."""
        return line.role == Role.QUESTION and not _ASKED.search(self.folded, line.start, start)


@lru_cache(maxsize=_VIEWS)
def view_of(passage: Passage) -> PassageView:
    """The view of a passage, made once."""
    return PassageView(passage)


def listed(block: Block) -> Enumeration:
    """A list as an enumeration of its items."""
    items = tuple(item.place for item in block.items)
    return Enumeration(items[0][0], items[-1][1], items, 0)


def with_mark(view: PassageView, place: Place) -> Place:
    """A list of several lines with the mark of its first item, as the others have theirs."""
    start, end = place
    if "\n" in view.folded[start:end]:
        for item in (item for block in view.lists for item in block.items):
            if item.start == start:
                return item.mark.start, end
    return place
