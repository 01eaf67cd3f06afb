"""How much of a query a passage has: a look at the passages themselves, once a search found them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

from corpus.script import fold, is_han
from corpus.sentences import sentence_spans
from index.floor import is_han_text
from index.glossary import Translation
from index.query import Query, pieces_of
from index.terms import latin_terms
from index.values import values
from index.weights import Signs


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
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


class Reckoner:
    """Reckons a query's coverage by one passage after another."""

    def __init__(self, query: Query, counts: Counts) -> None:
        """``counts`` are asked once for each term."""
        self._query = query
        self._counts = counts
        self._characters = self._weighed("characters", query.terms.characters)
        self._bigrams = self._weighed("bigrams", query.terms.bigrams)
        self._words = self._weighed("words", query.terms.words)
        self._values = self._weighed("values", query.values)
        self._translations = [(t, self._rarity_of(t)) for t in query.translations]

    def _weighed(self, field: str, terms: Sequence[str]) -> dict[str, float]:
        counts = self._counts
        return {t: rarity(counts.having(field, t), counts.total) for t in terms}

    def _rarity_of(self, translation: Translation) -> float:
        """Of a passage with any of the alternatives; 0 where the library has none of them."""
        having = 0
        for alternative in [translation.words, *(other for other, _ in translation.alternatives)]:
            field, terms = pieces_of(alternative)
            having += min((self._counts.having(field, t) for t in terms), default=0)
        total = self._counts.total
        return rarity(min(having, total), total) if having else 0.0

    def signs(self, text: str) -> Signs:
        """What a passage's text has of the query: the signs that can be read off it."""
        folded = fold(text)
        whole = _View(folded, self._query.variants)
        sentences = (folded[start:end] for start, end in sentence_spans(folded))
        return Signs(
            characters=_share(self._characters, whole),
            bigrams=_share(self._bigrams, whole),
            sentence=max((self._of_sentence(s) for s in sentences), default=0.0),
            values=_part(self._values, set(values(folded))) if self._values else 0.0,
            translation=self._translated(whole) if self._translations else 0.0,
        )

    def _of_sentence(self, sentence: str) -> float:
        return _share(self._words, _View(sentence, self._query.variants))

    def _translated(self, view: _View) -> float:
        """The share of the words whose translation stands in a passage of the other language."""
        if is_han_text(view.text) == self._query.han:
            return 0.0
        total = sum(weight for _, weight in self._translations)
        held = sum(weight * _best(t, view) for t, weight in self._translations)
        return held / total if total else 0.0


class _View:
    """A folded text, asked whether it has a term."""

    def __init__(self, text: str, variants: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        # a text that has another name for a word of the query counts as having the word
        named = [word for word, others in variants if any(other in text for other in others)]
        self.text = "\n".join([text, *named])

    @cached_property
    def latin(self) -> frozenset[str]:
        return frozenset(latin_terms(self.text))

    def has(self, term: str) -> bool:
        return term in self.text if is_han(term[0]) else term in self.latin


def _share(weights: Mapping[str, float], view: _View) -> float:
    return _part(weights, {term for term in weights if view.has(term)})


def _part(weights: Mapping[str, float], held: set[str]) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def _best(translation: Translation, view: _View) -> float:
    """The weight of the best alternative that stands in the text."""
    found = (w for other, w in translation.alternatives if all(map(view.has, other.split())))
    return max(found, default=float(view.has(translation.words)))
