"""A passage as it is read for an answer: folded, cut into statements, its lists found, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wenju.corpus.document import Passage
from wenju.corpus.script import fold
from wenju.corpus.sentences import sentence_spans
from wenju.index.lexical import head
from wenju.qa.enumeration import Enumeration, enumerations, numbered_lists
from wenju.qa.patterns import DATE, LABELLED, ORDINAL_MARK
from wenju.qa.signs import BAR, asks, is_heading, is_table_head, page_label

Place = tuple[int, int]

_PART = re.compile("[；;]")
_MARKS = "。；;！？!? \n"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_HEADING = 20
_VIEWS = 4096  # passages that are remembered


@dataclass(frozen=True, slots=True)
class Statement:
    """``folded[start:end]`` of a passage: a sentence, or a part of one up to a semicolon.

    ``stop`` is its end without the marks behind it. ``asks``: it is a question; ``heads``: it is a
    title, a heading, or a table's header; ``page``: the label of a line that tells of the page
    (發布時間), empty where it is none; ``dated``: it is the date under a document; ``label`` and
    ``value``: of a labelled line; ``row``: it is a table's row; ``item``: it opens with a mark.
    """

    start: int
    end: int
    stop: int
    asks: bool
    heads: bool
    page: str
    dated: bool
    label: str
    value: Place | None
    row: bool
    item: bool


class PassageView:
    """What is read off a passage whatever is asked."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.folded = fold(passage.text)
        self.head = fold(head(passage))

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
    def heading(self) -> str:
        """Its first line, where that is a heading of its own; else empty."""
        title, _, body = self.folded.partition("\n")
        own = fold(self.passage.title) != title.strip() and len(title) <= _LONGEST_HEADING
        return title if own and "。" not in title and body.strip() else ""

    @cached_property
    def lists(self) -> tuple[Enumeration, ...]:
        """Its lists of parts that number themselves."""
        return tuple(numbered_lists(self.folded))

    @cached_property
    def enumerations(self) -> tuple[Enumeration, ...]:
        """What its statements enumerate, with places in the passage."""
        found = []
        for s in self.statements:
            found += [_moved(e, s.start) for e in enumerations(self.folded[s.start : s.end])]
        return tuple(found)

    @cached_property
    def announcements(self) -> tuple[tuple[Place, Enumeration], ...]:
        """Places of what ends in a colon right before numbered parts, and these parts."""
        return tuple(_announcements(self.folded, self.sentences))

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
        folded, text = self.folded, self.folded[start:end]
        line = LABELLED.match(text)
        heads = text.strip() in titles or is_heading(folded, start, end)
        last = start > 0 and not folded[end:].strip()
        return Statement(
            start=start,
            end=end,
            stop=start + len(text.rstrip(_MARKS)),
            asks=asks(text),
            heads=heads or is_table_head(folded, start),
            page=page_label(text),
            dated=last and bool(DATE.fullmatch(text.strip())),
            label=line["label"] if line else "",
            value=(start + line.start("value"), start + line.end("value")) if line else None,
            row=BAR in text,
            item=bool(ORDINAL_MARK.match(text)),
        )


@lru_cache(maxsize=_VIEWS)
def view_of(passage: Passage) -> PassageView:
    """The view of a passage, made once."""
    return PassageView(passage)


def with_mark(folded: str, place: Place) -> Place:
    """A list of several lines with the mark of its first part, as the others have theirs."""
    start, end = place
    if "\n" in folded[start:end]:
        marks = (m for m in ORDINAL_MARK.finditer(folded) if not folded[m.end() : start].strip())
        marks = (m for m in marks if m.end() <= start)
        start = next((m.end() - len(m[0].lstrip()) for m in marks), start)
    return start, end


def _moved(found: Enumeration, by: int) -> Enumeration:
    items = tuple((a + by, b + by) for a, b in found.items)
    return Enumeration(found.start + by, found.end + by, items, found.tally)


def _announcements(folded: str, sentences: list[Place]) -> Iterator[tuple[Place, Enumeration]]:
    for start, end in _clauses(folded, sentences):
        text = folded[start:end].rstrip()
        shift = start + len(text)
        if text.endswith(":") and ORDINAL_MARK.match(folded, shift):
            if parts := next(iter(numbered_lists(folded[shift:])), None):
                yield (start, shift), _moved(parts, shift)


def _clauses(folded: str, sentences: list[Place]) -> Iterator[Place]:
    """Pieces of sentences, each up to a colon or to the sentence's end."""
    for start, end in sentences:
        at = start
        while (colon := folded.find(":", at, end)) >= 0:
            yield at, colon + 1
            at = colon + 1
