"""The divisions and articles of a document, read off its layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wenju.corpus.layout import BARE_LEVEL, Division, Layout, Line, Role, division_of, numbers_of
from wenju.corpus.sentences import trim
from wenju.corpus.statutes.provision import DIVISIONS, Provision

_RANKS = {kind: rank for rank, kind in enumerate(("annex", *DIVISIONS, "article"))}
_LONGEST_TITLE = 30


@dataclass(frozen=True)
class Statute:
    """The divisions and articles of one document, in its order, outer ones before what is in them."""

    provisions: tuple[Provision, ...]

    @property
    def articles(self) -> list[Provision]:
        """Its articles, in order. A document that holds several statutes has numbers twice."""
        return [p for p in self.provisions if p.kind == "article"]

    def numbered(self, kind: str, number: tuple[int, ...]) -> list[Provision]:
        """The provisions of a kind that bear a number."""
        return [p for p in self.provisions if p.kind == kind and p.number == number]

    def path(self, offset: int) -> list[Provision]:
        """The provisions that hold a place, outermost first."""
        return [p for p in self.provisions if p.holds(offset)]

    def inside(self, outer: Provision, kind: str) -> list[Provision]:
        """The provisions of a kind inside another."""
        return [
            p
            for p in self.provisions
            if p.kind == kind and outer.start <= p.start and p.end <= outer.end and p is not outer
        ]


@dataclass(slots=True)
class _Open:
    """A provision whose end is not known yet; ``level`` is that of its heading in the layout."""

    rank: int
    level: int
    kind: str
    number: tuple[int, ...]
    label: str
    title: str
    start: int
    end: int = field(default=0)

    def done(self, text: str) -> Provision:
        start, end = trim(text, self.start, self.end)
        return Provision(self.kind, self.number, self.label, self.title, start, end)


def provisions_of(layout: Layout) -> list[Provision]:
    """The divisions and articles of a document; none where it is no statute."""
    found: list[_Open] = []
    stack: list[_Open] = []
    told = [line for line in layout.lines if line.role != Role.BLANK]
    last = 0
    for i, line in enumerate(told):
        if line.level is not None and line.level < BARE_LEVEL:
            opened = _opened(layout.text, line, told[i + 1] if i + 1 < len(told) else None)
            for closed in _closed(stack, opened, line.level):
                closed.end = last
            if opened:
                stack.append(opened)
                found.append(opened)
        last = line.end
    for left in stack:
        left.end = last
    if not any(p.kind == "article" for p in found):
        return []
    return [p.done(layout.text) for p in found]


def _opened(text: str, line: Line, after: Line | None) -> _Open | None:
    """The division or article that a line opens."""
    level = line.level or 0
    if line.article:
        number = numbers_of(line.article)
        return _Open(_RANKS["article"], level, "article", number, line.article, "", line.start)
    division = division_of(text[line.start : line.end])
    if not division or not division.kind:
        return None
    title = division.title or _title_below(text, after)
    rank = _rank(division)
    return _Open(rank, level, division.kind, division.number, division.label, title, line.start)


def _rank(division: Division) -> int:
    """Its place among the kinds, the outermost first; 附則 closes all chapters and books."""
    return _RANKS[division.kind] if division.number or division.kind == "annex" else 1


def _title_below(text: str, after: Line | None) -> str:
    """The title of a division whose number has a line of its own."""
    if after is None or after.article or after.role not in (Role.HEADING, Role.TEXT):
        return ""
    title = text[slice(*after.body)]
    ends = title.endswith(tuple("。；：，！？"))
    return "" if ends or len(title) > _LONGEST_TITLE or division_of(title) else title


def _closed(stack: list[_Open], opened: _Open | None, level: int) -> Iterator[_Open]:
    """Take off the stack what a heading ends: what is not outside it."""
    while stack:
        inner = stack[-1]
        ends = inner.rank >= opened.rank if opened else inner.level >= level
        if not ends:
            return
        yield stack.pop()
