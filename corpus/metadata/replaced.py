"""The documents that a document repeals or takes the place of: 《…》同時廢止."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenju.corpus.lexicon import phrase
from wenju.corpus.metadata.facts import Fact, Parts, sentences_with

_TITLE = re.compile("《((?:[^《》\n]|《[^《》\n]{0,120}》){2,120})》")


def replaces(parts: Parts) -> list[Fact]:
    """The titles, with their places, in the order of the text and each once.

    Only whole documents count: 《甲办法》第三条同时废止 leaves the rest of it in force.
    """
    found: dict[str, Fact] = {}
    for fact in _titles(parts):
        found.setdefault(fact.value, fact)
    return sorted(found.values(), key=lambda fact: fact.start)


def _titles(parts: Parts) -> Iterator[Fact]:
    for place in sentences_with(parts.folded, "act_repeals"):
        for name in ("replaces_behind", "replaces_before"):
            for match in phrase(name, "metadata").finditer(parts.folded, *place):
                yield from _quoted(parts, *match.span("names"))
        for match in phrase("replaces_bare", "metadata").finditer(parts.folded, *place):
            start, end = match.span("name")
            yield Fact(parts.text[start:end], start, end)


def _quoted(parts: Parts, start: int, end: int) -> Iterator[Fact]:
    whole = phrase("not_whole", "metadata")
    for match in _TITLE.finditer(parts.folded, start, end):
        behind = parts.folded[match.end() : end]
        if not whole.match(behind):
            yield Fact(parts.text[slice(*match.span(1))], *match.span(1))
