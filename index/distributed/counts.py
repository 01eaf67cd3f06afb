"""How many passages and documents have a term, counted in PostgreSQL for all that ask."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

from wenju.index.passage_features import rarity
from wenju.index.query import Query, pieces_of
from wenju.index.terms import query_terms, subject_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wenju.index.library import Library

_K1, _B = 1.2, 0.75  # of BM25, as Tantivy has them
_EXACT = 24  # lengths below are not rounded


@lru_cache(maxsize=200_000)
def key(field: str, term: str = "") -> int:
    """The number that a term is counted under, the same everywhere: 64 bits of a hash, signed."""
    digest = blake2b(f"{field}\0{term}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


PASSAGES: Final = key("passages")
DOCUMENTS: Final = key("documents")
LENGTH: Final = key("length")
"""The lengths of all documents together, in terms."""


def of_place(place: str, term: int) -> int:
    """The number that a term of a country's documents is counted under."""
    return key("place", place) ^ term


class SharedCounts:
    """Counts as they were last brought up; read once for each term until :meth:`forget`."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[int, int] = {}

    def forget(self) -> None:
        """Read everything anew, for it may have changed."""
        self._known.clear()

    def read(self, keys: Iterable[int]) -> None:
        """Read many counts in one query."""
        if new := [k for k in dict.fromkeys(keys) if k not in self._known]:
            sql = "SELECT term, holding FROM counts WHERE term = ANY(?)"
            held = dict(self._library.rows(sql, (new,)))
            self._known |= {k: int(held.get(k, 0)) for k in new}

    def count(self, wanted: int) -> int:
        """How many passages or documents are counted under a number."""
        self.read([wanted])
        return self._known[wanted]

    @property
    def total(self) -> int:
        """How many passages there are."""
        return self.count(PASSAGES)

    def having(self, field: str, term: str) -> int:
        """How many passages have the term in the field."""
        return self.count(key(field, term))

    def read_query(self, query: Query) -> None:
        """Read the counts of all that a query is weighed by."""
        translations = [
            pieces_of(other)
            for t in query.translations
            for other in (t.words, *(name for name, _ in t.alternatives))
        ]
        found = query.terms
        fields: list[tuple[str, Sequence[str]]] = [
            ("characters", found.characters),
            ("bigrams", found.bigrams),
            ("words", found.words),
            ("values", query.values),
            ("text", query.subject),
            *translations,
        ]
        self.read([PASSAGES, DOCUMENTS, LENGTH, *(key(f, t) for f, ts in fields for t in ts)])

    def shares(self, query: Query, document_ids: Iterable[str]) -> dict[str, float]:
        """Each document's BM25, as a share of what one that has each term once would get.

        0 or more; about 1 where everything fits.
        """
        ids, keys = sorted(set(document_ids)), [key("text", term) for term in query.subject]
        self.read([DOCUMENTS, LENGTH, *keys])
        documents = self.count(DOCUMENTS)
        weights = np.array([rarity(self.count(k), documents) for k in keys])
        ideal, shares = float(weights.sum()), dict.fromkeys(ids, 0.0)
        if not ids or not ideal:
            return shares
        usual = self.count(LENGTH) / max(1, documents)
        sql = "SELECT document_id, length, terms, times FROM subjects WHERE document_id = ANY(?)"
        for document_id, length, terms, times in self._library.rows(sql, (ids,)):
            often = _times(np.array(keys, dtype="<i8"), terms, times)
            damped = often + _K1 * (1 - _B + _B * _rounded(length) / usual)
            shares[document_id] = float((weights * (_K1 + 1) * often / damped).sum()) / ideal
        return shares

    def usage(self, folded: str, jurisdictions: Sequence[str]) -> dict[str, float]:
        """How much rather each country's documents speak as a folded text does, in nats.

        A document has a word where it has the word's parts. How many have them all is taken to be how many
        have the rarest, which is never too few.
        """
        words = [
            [key("text", part) for part in dict.fromkeys(subject_terms(word))]
            for word in query_terms(folded).words
        ]
        sizes_at = {place: key("jurisdiction", place) for place in jurisdictions}
        parts_at = [of_place(place, part) for place in jurisdictions for w in words for part in w]
        self.read([*sizes_at.values(), *parts_at])
        sizes = {place: self.count(at) for place, at in sizes_at.items()}
        found = dict.fromkeys(jurisdictions, 0.0)
        for word in words:
            holding = {
                place: min((self.count(of_place(place, part)) for part in word), default=0)
                for place in jurisdictions
            }
            usual = sum(holding.values()) / max(1, sum(sizes.values()))
            for place, count in holding.items():
                found[place] += math.log((count + 1) / (usual * sizes[place] + 1))
        return found


def _times(keys: NDArray[np.int64], held: bytes, times: bytes) -> NDArray[np.float64]:
    """How often a document has each of the terms, shape (n,)."""
    terms, often = np.frombuffer(held, dtype="<i8"), np.frombuffer(times, dtype="<u4")
    if not len(terms):
        return np.zeros(len(keys))
    at = np.minimum(np.searchsorted(terms, keys), len(terms) - 1)
    return np.where(terms[at] == keys, often[at], 0).astype(np.float64)


def _rounded(length: int) -> int:
    """A length with four significant bits, as Tantivy keeps it, so that both stores weigh alike."""
    over = max(0, length - _EXACT)
    lost = max(0, over.bit_length() - 4)
    return length - over + (over >> lost << lost)
