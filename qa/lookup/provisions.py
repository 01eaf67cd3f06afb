"""The provisions of one document: those that a question names, and those that hold a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wenju.corpus.document import Document
from wenju.corpus.layout.numerals import number_of
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.corpus.statutes import DIVISIONS, Provision, Statute
from wenju.corpus.statutes.parts import parts_of
from wenju.qa.lookup.mention import Mention, Part
from wenju.qa.lookup.numbering import Numbering, numbering_of

_BRACKET = re.compile("[(（]")
_SAMPLE = 100  # articles that tell how a statute numbers
_PARTS = ("paragraph", "item", "subitem")


@dataclass(frozen=True)
class Provisions:
    """A document with its divisions and articles."""

    document: Document
    statute: Statute

    @cached_property
    def numbering(self) -> Numbering:
        """How it calls and writes its articles and their parts."""
        return numbering_of(
            [self.text(article) for article in self.articles[:_SAMPLE]],
            self.document.metadata.jurisdiction,
        )

    @cached_property
    def articles(self) -> list[Provision]:
        """Its articles, in order."""
        return self.statute.articles

    def text(self, provision: Provision) -> str:
        """What stands in a provision."""
        return self.document.text[provision.start : provision.end]

    def parts(self, article: Provision) -> list[Provision]:
        """The paragraphs, items and subitems of an article, as places in the document."""
        if article.start not in self._parts:
            self._parts[article.start] = [
                replace(p, start=p.start + article.start, end=p.end + article.start)
                for p in parts_of(self.text(article))
            ]
        return self._parts[article.start]

    @cached_property
    def _parts(self) -> dict[int, list[Provision]]:
        """Parts that have been read, by where their article begins."""
        return {}

    def path(self, start: int, end: int) -> list[Provision]:
        """The provisions that hold all of a place, outermost first; one of each kind.

        A place that begins above an article, with its chapter's heading, is in the first article.
        """
        at = start
        if not any(article.holds(start) for article in self.articles):
            at = next((a.start for a in self.articles if start <= a.start < end), start)
        found = [p for p in self.statute.path(at) if p.end >= end or p.kind in DIVISIONS]
        article = next((p for p in reversed(found) if p.kind == "article"), None)
        if article is not None and at == start:
            found += [p for p in self.parts(article) if p.start <= start and end <= p.end]
        return list({p.kind: p for p in found}.values())

    def has_one_paragraph(self, article: Provision) -> bool:
        """Whether its paragraphs need no number."""
        return sum(p.kind == "paragraph" for p in self.parts(article)) < 2

    def named(self, mention: Mention) -> list[list[Provision]]:
        """The provisions of a number: of each the article, or a chapter, and the parts below it.

        Empty where there is none of that number. A document that holds several statutes may have
        several.
        """
        if mention.divisions:
            return [[p] for p in self._divisions(mention.divisions)]
        return [
            [article, *parts]
            for article in self.statute.numbered("article", mention.article)
            for parts in self._below(article, self.wanted(mention, article))
        ]

    def wanted(self, mention: Mention, article: Provision) -> list[Part]:
        """The parts of an article that are asked for, by their kinds.

        12(2) is the item (2) where the article has items so marked, else its second paragraph.
        """
        marked = any(p.kind == "item" and _BRACKET.match(p.label) for p in self.parts(article))
        by_place = _PARTS[1:] if marked else _PARTS
        return [
            Part(self.numbering.kind_of(p.unit) or by_place[min(at, len(by_place) - 1)], p.number)
            for at, p in enumerate(mention.parts)
        ]

    def _below(self, article: Provision, wanted: Sequence[Part]) -> Iterator[list[Provision]]:
        if not wanted:
            yield []
            return
        first, *rest = wanted
        if first.unit not in _PARTS:
            return
        yield from _chains(self.parts(article), article, [first, *rest])

    def _divisions(self, named: Sequence[tuple[int, str]]) -> list[Provision]:
        inside: list[Provision] = []
        for number, unit in named:
            found = [p for p in self.statute.provisions if _is(p, number, unit)]
            inside = [p for p in found if not inside or any(_holds(o, p) for o in inside)]
        return inside

    def called(self, unit: str) -> list[Provision]:
        """All divisions that are called by a folded unit: 章."""
        named = phrase("division", "lookups")
        found = ((p, named.match(fold(p.label))) for p in self.statute.provisions)
        return [p for p, m in found if p.kind in DIVISIONS and m and m["unit"] == unit]

    def articles_of(self, division: Provision) -> list[Provision]:
        """The articles of a chapter or the like."""
        return self.statute.inside(division, "article")


def _chains(
    parts: Sequence[Provision], outer: Provision, wanted: Sequence[Part]
) -> Iterator[list[Provision]]:
    """Ways down from a provision along numbers: 第1項 → 第2款."""
    first, *rest = wanted
    for part in parts:
        if part.kind == first.unit and part.number[:1] == (first.number,) and _holds(outer, part):
            if rest:
                yield from ([part, *below] for below in _chains(parts, part, rest))
            else:
                yield [part]


def _holds(outer: Provision, inner: Provision) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is(provision: Provision, number: int, unit: str) -> bool:
    """Whether a division bears a number and is called by a folded unit."""
    if provision.kind not in DIVISIONS:
        return False
    found = phrase("division", "lookups").match(fold(provision.label))
    return bool(found and found["unit"] == unit and number_of(found["number"]) == number)
