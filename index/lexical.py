"""BM25 of passages: their characters, bigrams, words, values, and what stands above them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.corpus.document import Passage
from wenju.corpus.values import terms as value_terms
from wenju.index.inverted import Entry, InvertedIndex, all_of, any_of
from wenju.index.query import Query, pieces_of
from wenju.index.similarity_baseline import is_han_text
from wenju.index.terms import TERMS_VERSION, Terms, subject_terms, terms_of

if TYPE_CHECKING:
    from wenju.index.glossary import Translation
    from wenju.index.library import Library

_FORMAT = "lexical-3"
_HAN, _OTHER = "han", "other"  # what a passage is written in

# BM25 of one term in one field, times the field's weight, summed: good enough to find the
# passages that are looked at again (docs/retrieval.md).
WEIGHTS = {"characters": 1.0, "bigrams": 1.0, "words": 0.5, "values": 0.5, "head": 0.4}
_OTHERS = 0.5  # what another name of a word weighs beside the word


class LexicalIndex(InvertedIndex):
    """A passage's terms stand in several fields, each with its weight."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, f"{_FORMAT}/terms-{TERMS_VERSION}", [*WEIGHTS, "language"])

    def search(
        self, query: Query, k: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The best ``k`` passage numbers with their scores, best first; none where no term fits.

        ``among`` are the numbers of the only passages to find, None for all of them.
        """
        wanted = any_of([*self._clauses(query), *self._other_clauses(query)])
        if wanted is not None and among is not None:
            wanted = all_of([self._only("number", among), wanted])
        return self._best(wanted, k)

    def search_translated(self, query: Query, k: int) -> list[tuple[int, float]]:
        """The same by the translations of the query's words, each counted once."""
        return self._best(any_of(filter(None, map(self._either, query.translations))), k)

    def has_language(self, *, han: bool) -> bool:
        """Whether any passage is written in Chinese, or any in another language."""
        return self.having("language", _HAN if han else _OTHER) > 0

    def in_han(self, numbers: Collection[int]) -> set[int]:
        """Those of the passages that are written in Chinese."""
        if not self.has_language(han=False):
            return set(numbers)
        return self.holders("language", _HAN, numbers)

    def values_in(self, numbers: Collection[int], query: Query) -> dict[int, set[str]]:
        """Which of the query's values stand in each of the passages."""
        found: dict[int, set[str]] = {number: set() for number in numbers}
        for value in query.values:
            for number in self.holders("values", value, numbers):
                found[number].add(value)
        return found

    def _clauses(self, query: Query) -> Iterator[Any]:
        found = query.terms
        by_field: dict[str, Sequence[str]] = {
            "characters": found.characters,
            "bigrams": found.bigrams,
            "words": found.words,
            "values": query.values,
            "head": query.subject,
        }
        for field, wanted in by_field.items():
            yield from (self._term(field, t, WEIGHTS[field]) for t in wanted)

    def _other_clauses(self, query: Query) -> Iterator[Any]:
        """What the query's words are also called, so that it is found as well."""
        others = query.others
        for field, wanted in (("bigrams", others.bigrams), ("words", others.words)):
            yield from (self._term(field, t, WEIGHTS[field] * _OTHERS) for t in wanted)

    def _either(self, translation: Translation) -> Any:  # noqa: ANN401  (tantivy ships no types)
        """Passages with any of the alternatives, scored by the best of them; None for none."""
        import tantivy

        found = []
        for alternative, weight in [*translation.alternatives, (translation.words, 1.0)]:
            field, parts = pieces_of(alternative)
            if all(self.having(field, part) for part in parts):
                whole = all_of(self._term(field, part) for part in parts)
                found.append(tantivy.Query.boost_query(whole, weight / len(parts)))
        return tantivy.Query.disjunction_max_query(found) if found else None

    def _entries(self, library: Library, numbers: list[int]) -> Iterator[Entry]:
        passages = library.passages(numbers)
        bodies = terms_of([passage.folded for passage in passages.values()])
        for (number, passage), body in zip(passages.items(), bodies, strict=True):
            yield number, list(_fields(passage, body))


def head(passage: Passage) -> str:
    """What stands above a passage: title, issuer and heading path."""
    return " ".join(filter(None, [passage.title, passage.issuer, *passage.headings]))


@lru_cache(maxsize=1000)  # passages of one section have one
def _head_terms(above: str) -> list[str]:
    return subject_terms(above)


def _fields(passage: Passage, body: Terms) -> Iterator[tuple[str, Sequence[str]]]:
    yield "characters", body.characters
    yield "bigrams", body.bigrams
    yield "words", body.words
    yield "values", value_terms(passage.folded)
    yield "head", _head_terms(head(passage))
    yield "language", [_HAN if is_han_text(passage.text) else _OTHER]
