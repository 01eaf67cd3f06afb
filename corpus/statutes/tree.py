"""The divisions and articles of a document, read off its layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenju.corpus.layout import Block, Layout, Line, article_number
from wenju.corpus.sentences import trim
from wenju.corpus.statutes.provision import Provision


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


def provisions_of(layout: Layout) -> list[Provision]:
    """The divisions and articles of a document; none where it is no statute."""
    return list(_articles(layout))


def _articles(layout: Layout) -> Iterator[Provision]:
    for block in layout.blocks:
        if block.kind == "section" and block.heading and block.heading.article:
            yield _article(layout.text, block, block.heading)


def _article(text: str, block: Block, line: Line) -> Provision:
    start, end = trim(text, block.start, block.end)
    number = tuple(int(n) for n in article_number(line.article).split("-"))
    return Provision("article", number, line.article, "", start, end)
