"""What Wenju's search is measured against: each of its parts alone, and their plain sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from wenju.corpus.script import to_traditional
from wenju.index.dense import DenseIndex
from wenju.index.encoder import Encoder
from wenju.index.hit import Hit
from wenju.index.inverted import all_of, any_of
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library
from wenju.index.passage_features import rarity
from wenju.index.query import Query
from wenju.index.similarity_baseline import is_han_text, remembered_baseline
from wenju.index.variants import Variants

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_VARIANTS = Variants({})
SUM_FIELDS = {"characters": 1.0, "bigrams": 1.0, "words": 0.5, "head": 0.4}
"""The fields of the plain sum with their weights; ``head`` is what stands above a passage."""
SUM_POOL = 50
"""So many passages of either search are given a sum, or as many as are asked for."""

Fields = Mapping[str, float]
"""The weight of each field of the lexical index that is searched."""


class Searcher(Protocol):
    """What a row is asked for: a search of the whole library."""

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best ``k`` hits, best first; ties break by passage id."""
        ...


class FieldIndex(LexicalIndex):
    """The library's own lexical index, asked in fields of one's choice."""

    def best(self, query: Query, fields: Fields, k: int) -> list[tuple[int, float]]:
        """The best ``k`` passage numbers with their BM25, best first."""
        return self._best(any_of(self._weighed(query, fields)), k)

    def scores(self, query: Query, fields: Fields, numbers: Sequence[int]) -> dict[int, float]:
        """The BM25 of the given passages; one without any of the terms is left out."""
        wanted = any_of(self._weighed(query, fields))
        if wanted is None or not numbers:
            return {}
        return dict(self._best(all_of([self._only("number", numbers), wanted]), len(numbers)))

    def ideal(self, query: Query, fields: Fields) -> float:
        """About what a passage would get that holds each of the terms once; 0 without terms."""
        total = self.total
        return sum(
            weight * rarity(self.having(field, term), total)
            for field, weight in fields.items()
            for term in terms_in(query, field)
        )

    def _weighed(self, query: Query, fields: Fields) -> Iterator[Any]:
        for field, weight in fields.items():
            yield from (self._term(field, term, weight) for term in terms_in(query, field))


class Words:
    """BM25 of the passages' own text in some fields, in its raw order."""

    def __init__(self, library: Library, index: FieldIndex, fields: Fields) -> None:
        self._library = library
        self._index = index
        self._fields = fields

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best ``k`` passages that have any of the question's terms."""
        found = self._index.best(query, self._fields, k)
        return hits(self._library, found, k)


class Vectors:
    """The cosine of question and passage, and nothing else."""

    def __init__(self, library: Library, encoder: Encoder, index: DenseIndex) -> None:
        self._library = library
        self._encoder = encoder
        self._index = index

    def search(self, query: Query, k: int) -> list[Hit]:
        """The ``k`` passages nearest to the question."""
        found = self._index.search(question_vector(self._encoder, query), k)
        return hits(self._library, found, k)


class PlainSum:
    """``similarity + BM25 / ideal BM25`` of what either search finds."""

    def __init__(
        self, library: Library, encoder: Encoder, dense: DenseIndex, lexical: FieldIndex
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._dense = dense
        self._lexical = lexical

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best ``k`` hits; every passage is scored by both searches."""
        pool = max(k, SUM_POOL)
        vector = question_vector(self._encoder, query)
        cosines = dict(self._dense.search(vector, pool))
        scores = dict(self._lexical.best(query, SUM_FIELDS, pool))
        cosines |= self._dense.scores(vector, sorted(set(scores) - set(cosines)))
        scores |= self._lexical.scores(query, SUM_FIELDS, sorted(set(cosines) - set(scores)))
        similar = self._similarities(query, cosines)
        ideal = self._lexical.ideal(query, SUM_FIELDS) or 1.0
        numbers = sorted({*similar, *scores})
        sums = [(n, similar.get(n, 0.0) + scores.get(n, 0.0) / ideal) for n in numbers]
        return hits(self._library, sums, k)

    def _similarities(self, query: Query, cosines: Mapping[int, float]) -> dict[int, float]:
        """What each cosine exceeds the encoder's nothing by, as the product computes it."""
        baseline = remembered_baseline(self._library, self._encoder)
        return {
            n: baseline.above(cosines[n], query.han, is_han_text(passage.text))
            for n, passage in self._library.passages(sorted(cosines)).items()
        }


def terms_in(query: Query, field: str) -> Sequence[str]:
    """The query's terms that a field is asked for."""
    terms = query.terms
    by_field: dict[str, Sequence[str]] = {
        "characters": terms.characters,
        "bigrams": terms.bigrams,
        "words": terms.words,
        "head": query.subject,
    }
    return by_field[field]


def question_vector(encoder: Encoder, query: Query) -> NDArray[np.float32]:
    """The mean of the question's vectors in both scripts as in the product, (dim,), unit length."""
    import numpy as np

    scripts = list(dict.fromkeys([query.simplified, to_traditional(query.simplified)]))
    mean = encoder.encode(scripts, query=True).mean(axis=0)
    return np.asarray(mean / max(1e-12, float(np.linalg.norm(mean))), dtype=np.float32)


def hits(library: Library, scores: Iterable[tuple[int, float]], k: int) -> list[Hit]:
    """The best ``k`` by score; ties break by passage id."""
    found = dict(scores)
    passages = library.passages(sorted(found))
    rows = [(found[n], passage) for n, passage in passages.items()]
    rows.sort(key=lambda row: (-row[0], row[1].id))
    return [
        Hit(passage, score, rank, 0.0, 0.0)
        for rank, (score, passage) in enumerate(rows[:k], start=1)
    ]
