"""Where a document holds: the path of places, CN/江苏省/无锡市, from names and never from the script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from wenju.corpus.alternation import any_of
from wenju.corpus.lexicon import phrase, rows
from wenju.corpus.metadata.acts import Event
from wenju.corpus.metadata.facts import Fact, Parts
from wenju.corpus.script import fold

_SURE = 5  # times as many words of one country as of the other
_OPENS = ' 《"“(['


@cache
def _places() -> dict[str, str]:
    """Folded name to path."""
    found = {}
    for name, path, *inside in rows("places"):
        found[name] = path
        for place in " ".join(inside).split():
            found.setdefault(fold(place), f"{path}/{place}")
    return found


@cache
def _name() -> re.Pattern[str]:
    return re.compile(any_of(" ".join(sorted(_places(), key=lambda name: (-len(name), name)))))


def jurisdiction_of(parts: Parts, events: Sequence[Event]) -> Fact | None:
    """The place that the title begins with, the issuer's, or that of the body of the first act.

    The words of the text decide the country where the names tell none or another one. A fact that
    stands outside the text has the place ``(0, 0)``.
    """
    told = next(_named(parts, events), None)
    country = _country(parts.folded)
    if told is None:
        return country
    if country and told.value.partition("/")[0] != country.value and country.value != "CN":
        return country
    return told


def known_places() -> tuple[str, ...]:
    """The paths of all provinces, cities and counties that have a name here, sorted."""
    return tuple(sorted({path for path in _places().values() if "/" in path}))


def places_in(folded: str) -> frozenset[str]:
    """The paths of the provinces, cities and counties that a folded text names, not of countries."""
    paths = (_places()[m[0]] for m in _name().finditer(folded))
    return frozenset(path for path in paths if "/" in path)


def _named(parts: Parts, events: Sequence[Event]) -> Iterator[Fact]:
    """What the title, the issuer, the lines at the top and the acts name, in this order."""
    for words in (parts.title, parts.issuer):
        if path := _path(words.lstrip(_OPENS)):
            at = parts.folded.find(words) if words else -1
            yield _fact(path, words, at)
    for line in parts.head[:3]:
        if (path := _path(line.folded.lstrip(_OPENS))) and len(line.folded) < 60:
            yield _fact(path, line.folded, line.start)
    for event in events:
        lead = len(event.words) - len(event.words.lstrip())
        words = event.words[lead:]
        begins = event.day.end + lead
        if path := _path(words):
            yield _fact(path, words, begins)


def _fact(path: str, words: str, at: int) -> Fact:
    if at < 0:
        return Fact(path, 0, 0)
    lead = len(words) - len(words.lstrip(_OPENS))
    match = _name().match(words, lead)
    end = match.end() if match else lead
    return Fact(path, at + lead, at + end)


def _path(words: str) -> str:
    """The path of the names that words begin with: 江苏省无锡市 leads into the province."""
    match = _name().match(words)
    if not match:
        return ""
    path = _places()[match[0]]
    inner = _name().match(words, match.end())
    if inner and _places()[inner[0]].startswith(path + "/"):
        return _places()[inner[0]]
    return path


def _country(folded: str) -> Fact | None:
    """The country whose words stand in the text, where it has them alone or nearly so."""
    found = {
        code: list(phrase(name, "metadata").finditer(folded))
        for code, name in (("CN", "country_cn"), ("TW", "country_tw"))
    }
    more, less = sorted(found, key=lambda code: -len(found[code]))
    if not found[more] or len(found[more]) < _SURE * len(found[less]):
        return None
    first = found[more][0]
    return Fact(more, first.start(), first.end())
