"""People, bodies, places and things called by name, in folded text. Jieba's tags help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import chain
from typing import Any

from wenju.corpus.lexicon import group, phrase
from wenju.index.words import load_jieba

Place = tuple[int, int]

QUOTED = re.compile(r"“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"|《[^》\n]{1,60}》")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?:[ -](?:[A-Z]\.|de|van|von|[A-Z][a-z]+))+")
# first letters of jieba's tags: a run of nouns opens with a noun or an abbreviation, and goes on
# with numbers, measures, attributes, places and the like
_OPENS, _GOES_ON = frozenset("nj"), frozenset("nmjbqfal")
_phrase = partial(phrase, of="names")


def people(folded: str, real: str) -> Iterator[Place]:
    """Names of people; ``real`` tells Latin capitals."""
    foreign = [m.span() for m in _phrase("foreign").finditer(folded)]
    yield from foreign
    yield from (m.span() for m in _LATIN_NAME.finditer(real))
    tagged_names = [
        (at, at + len(word))
        for word, tag, at in tagged(folded)
        if _is_name(word, tag) and not any(a <= at < b for a, b in foreign)
    ]
    yield from tagged_names
    yield from (m.span(1) for m in _phrase("before_title").finditer(folded))
    for match in _phrase("after_title").finditer(folded):
        start, end = match.span(1)
        known = any(a < end and start < b for a, b in tagged_names)
        compound = folded[start : start + 2] in group("compound_surname")
        family = compound or folded[start] in group("surname")
        if family and not known:
            yield start, end - (end - start > 2 and folded[end - 1] in group("after_name"))


def _is_name(word: str, tag: str) -> bool:
    long_enough = len(word) > 2 or (len(word) == 2 and word[0] in group("surname"))
    return tag.startswith("nr") and long_enough


def is_generic_body(folded: str) -> bool:
    """Whether a text is no more than a body that no one can find: 主管機關, 有關單位."""
    return bool(_phrase("generic_body").fullmatch(folded))


def bodies(folded: str) -> Iterator[Place]:
    """Agencies, companies and the like, by their own names."""
    for start, end in _noun_runs(folded, _phrase("body"), "nt"):
        named = not _phrase("generic_body").fullmatch(folded, start, end)
        if named and not folded.endswith((*group("no_body"),), start, end):
            yield start, end


def places(folded: str) -> Iterator[Place]:
    """Places and addresses."""
    return _noun_runs(folded, _phrase("place"), "ns")


def titles(folded: str) -> Iterator[Place]:
    """What is quoted, and what something is said to be called."""
    yield from (m.span() for m in QUOTED.finditer(folded))
    yield from (m.span(1) for m in _phrase("called").finditer(folded))


def _noun_runs(folded: str, suffix: re.Pattern[str], flag: str) -> Iterator[Place]:
    """Runs of nouns, each up to its last word that is tagged or ends like the thing asked for."""
    start = last = -1
    for word, tag, at in chain(tagged(folded), [("", "end", len(folded))]):
        if tag[0] not in (_OPENS if start < 0 else _GOES_ON):
            if last > 0:
                yield start, last
            start = last = -1
            continue
        start, end = (at if start < 0 else start), at + len(word)
        if tag.startswith(flag) or suffix.search(folded[start:end]):
            last = end


@cache
def _tagger() -> Any:  # noqa: ANN401  (jieba ships no types)
    load_jieba()
    import jieba.posseg

    return jieba.posseg


def tagged(folded: str) -> Iterator[tuple[str, str, int]]:
    """Jieba's words with their part of speech and place."""
    at = 0
    for pair in _tagger().cut(folded):
        yield pair.word, pair.flag, at
        at += len(pair.word)
