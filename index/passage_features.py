"""How much of a query a passage has: a look at the passages themselves, once a search found them."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from wenju.corpus.sentences import sentence_spans
from wenju.index.glossary import Translation
from wenju.index.query import Query, pieces_of
from wenju.index.terms import is_han_term, latin_terms
from wenju.index.weights import Features

REMEMBERED: Final = 10_000  # passages that are kept as they were read

_LATIN = re.compile("[a-z0-9]")


class Counts(Protocol):
    """How many passages there are, and how many of them have a term in a field."""

    @property
    def total(self) -> int:
        """All passages."""

    def having(self, field: str, term: str) -> int:
        """The passages with the term."""


def rarity(having: int, total: int) -> float:
    """Inverse document frequency as in BM25, ``ln(1 + (N - n + 0.5) / (n + 0.5))``.

    Robertson and Zaragoza 2009, The Probabilistic Relevance Framework.
    """
    # the index counts what was removed until it tidies up, and nothing weighs less than nothing
    having = min(having, total)
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


class _Term(NamedTuple):
    """A term, whether it is Chinese, and how rare it is."""

    text: str
    han: bool
    weight: float


class FeatureExtractor:
    """Computes a query's coverage by one passage after another."""

    def __init__(self, query: Query, counts: Counts) -> None:
        """``counts`` are asked once for each term."""
        self._query = query
        self._counts = counts
        self._total = counts.total
        self._names = [(word, _any_name(others)) for word, others in query.variants]
        self._characters = self._weighed("characters", query.terms.characters)
        self._bigrams = self._weighed("bigrams", query.terms.bigrams)
        self._words = self._weighed("words", query.terms.words)
        self._values = self._weighed("values", query.values)
        self._translations = [(_Translated(t), self._rarity_of(t)) for t in query.translations]

    def _weighed(self, field: str, terms: Sequence[str]) -> _Terms:
        having, total = self._counts.having, self._total
        return _Terms([_Term(t, is_han_term(t), rarity(having(field, t), total)) for t in terms])

    def _rarity_of(self, translation: Translation) -> float:
        """Of a passage with any of the alternatives; 0 where the library has none of them."""
        having = 0
        for alternative in [translation.words, *(other for other, _ in translation.alternatives)]:
            field, terms = pieces_of(alternative)
            having += min((self._counts.having(field, t) for t in terms), default=0)
        return rarity(having, self._total) if having else 0.0

    def features(self, folded: str, *, han: bool, values: Container[str] = ()) -> Features:
        """What a passage with that folded text has of the query, as far as it can be read off it.

        ``han`` says that it is mostly Chinese, ``values`` which values stand in it; both were
        determined when it was indexed.
        """
        whole = _View(folded, self._names)
        return Features(
            characters=self._characters.share(whole),
            bigrams=self._bigrams.share(whole),
            sentence=self._in_one_sentence(folded, whole),
            values=self._values.part([t for t in self._values.terms if t.text in values]),
            translation=0.0 if han == self._query.han else self._translated(whole),
        )

    def _in_one_sentence(self, folded: str, whole: _View) -> float:
        """The share of the words that one sentence has; of the sentence that has most."""
        held = whole.held(self._words.terms)
        if not held:
            return 0.0
        views = (_View(folded[a:b], self._names) for a, b in _sentences(folded))
        return max(self._words.part(view.held(held)) for view in views)

    def _translated(self, view: _View) -> float:
        """The share of the words of which a passage in the other language has a translation."""
        total = sum(weight for _, weight in self._translations)
        held = sum(weight * t.best(view) for t, weight in self._translations)
        return held / total if total else 0.0


@lru_cache(maxsize=REMEMBERED)
def _sentences(folded: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(folded))


class _Terms:
    """Terms of one kind."""

    def __init__(self, terms: Sequence[_Term]) -> None:
        self.terms = terms
        self._total = sum(term.weight for term in terms)

    def share(self, view: _View) -> float:
        """The share of them, by weight, that a text has."""
        return self.part(view.held(self.terms))

    def part(self, held: Sequence[_Term]) -> float:
        return sum([weight for *_, weight in held]) / self._total if held else 0.0


class _Translated:
    """A word of the query, and the terms of what may stand for it."""

    def __init__(self, translation: Translation) -> None:
        # the best first, so that the first one found is it
        ordered = sorted(translation.alternatives, key=lambda pair: -pair[1])
        self._ways = [
            (weight, [_Term(t, is_han_term(t), 1.0) for t in other.split()])
            for other, weight in [*ordered, (translation.words, 1.0)]
        ]

    def best(self, view: _View) -> float:
        """The weight of the best alternative in a text; 1 for the word as it is, if none is."""
        found = (weight for weight, terms in self._ways if len(view.held(terms)) == len(terms))
        return next(found, 0.0)


def _any_name(names: Sequence[str]) -> re.Pattern[str]:
    """What finds any of the names; one in Latin letters is none in the midst of a word."""
    starts = (r"(?<![a-z0-9])" if _LATIN.match(name[0]) else "" for name in names)
    ends = (r"(?![a-z0-9])" if _LATIN.match(name[-1]) else "" for name in names)
    found = zip(starts, map(re.escape, names), ends, strict=True)
    return re.compile("|".join(map("".join, found)))


class _View:
    """A folded text, asked which terms it has."""

    __slots__ = ("_latin", "_text")

    def __init__(self, text: str, names: Sequence[tuple[str, re.Pattern[str]]]) -> None:
        # a text that has another name for a word of the query counts as having the word
        named = [word for word, name in names if name.search(text)]
        self._text = "\n".join([text, *named]) if named else text
        self._latin: frozenset[str] | None = None

    @property
    def latin(self) -> frozenset[str]:
        """Its Latin terms, looked for when they are first asked for."""
        if self._latin is None:
            self._latin = latin_terms(self._text)
        return self._latin

    def held(self, terms: Sequence[_Term]) -> list[_Term]:
        """Those of the terms that it has, in order."""
        text = self._text
        return [t for t in terms if (t[0] in text if t[1] else t[0] in self.latin)]
