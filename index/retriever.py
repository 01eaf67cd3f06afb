"""Both searches for candidates, then a closer look at each of them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wenju.corpus.document import Passage
from wenju.corpus.script import to_traditional
from wenju.index.embedded_indexes import EmbeddedIndexes
from wenju.index.encoder import Encoder
from wenju.index.hit import Hit
from wenju.index.indexes import Indexes
from wenju.index.library import Library
from wenju.index.passage_features import REMEMBERED, FeatureExtractor
from wenju.index.query import Query, expand_query
from wenju.index.similarity_baseline import SimilarityBaseline, remembered_baseline
from wenju.index.variants import Variants
from wenju.index.weights import Features, bundled_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray


_REMEMBERED = 256  # questions whose vectors are kept


@dataclass(frozen=True, slots=True)
class Search:
    """How passages are searched for and weighed.

    ``pool`` passages of each search are looked at again; ``weights`` are those of the features;
    ``variants`` say what words are also called. None stands for those that come with Wenju.
    """

    pool: int = 50
    weights: Features | None = None
    variants: Variants | None = None


class HybridRetriever:
    """Dense and lexical search over one library; safe for use from several threads.

    Every search first looks whether the library has changed, by this or another process, and
    brings the indexes up to it.
    """

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        indexes: Indexes | Path,
        search: Search | None = None,
    ) -> None:
        """``indexes`` find the candidates; a path stands for those in the folder there."""
        if isinstance(indexes, Path):
            indexes = EmbeddedIndexes(library, encoder, indexes)
        self._library = library
        self._encoder = encoder
        self._indexes = indexes
        search = search or Search()
        self._pool = search.pool
        self._weights = search.weights or bundled_weights()
        self._variants = search.variants or Variants.load()
        self._lock = threading.RLock()
        self._passages: dict[int, Passage] = {}
        # a question is often searched and then asked, and asked again
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._baseline: SimilarityBaseline | None = None

    def sync(self) -> None:
        """Bring the indexes up to the library; costs nothing when they are."""
        with self._lock:
            if self._indexes.sync():
                # a passage's number is never used again, but what stands above it may change
                self._passages.clear()

    def committed(self) -> None:
        """Passages were stored, and more may follow."""
        self._indexes.committed()

    def close(self) -> None:
        """Let go of the indexes; nothing can be found afterwards."""
        self._indexes.close()

    def _read(self, numbers: Collection[int]) -> dict[int, Passage]:
        """Number to passage, from memory where an earlier question read it."""
        new = [n for n in numbers if n not in self._passages]
        if len(self._passages) + len(new) > REMEMBERED:
            self._passages.clear()
            new = list(numbers)
        self._passages |= self._library.passages(new)
        return {n: self._passages[n] for n in numbers if n in self._passages}

    def search(
        self, query: Query, k: int, document_ids: Collection[str] | None = None
    ) -> list[Hit]:
        """The best ``k`` hits, best first; ties break by passage id.

        ``document_ids`` names the only documents to look in, None for all of them.
        """
        lexical = self._weights.without("similarity")
        candidates = self.candidates(query, k, document_ids)
        found = [(features.score(self._weights), p, features) for p, features in candidates]
        found.sort(key=lambda row: (-row[0], row[1].id))
        return [
            Hit(passage, score, rank, features.similarity, features.score(lexical))
            for rank, (score, passage, features) in enumerate(found[:k], start=1)
        ]

    def candidates(
        self, query: Query, k: int = 0, document_ids: Collection[str] | None = None
    ) -> list[tuple[Passage, Features]]:
        """The passages that either search finds, ``k`` of each at least, with their features.

        Where ``document_ids`` names documents, it is of their passages only: all of them, unless they
        are very many.
        """
        if self._library.is_empty:  # no model is loaded to find nothing
            return []
        # outside the lock: several questions may be encoded at once
        vector = self._query_vector(query.simplified)
        with self._lock:
            self.sync()
            query = self._expanded(query)
            numbers, cosines = self._indexes.found(query, vector, max(k, self._pool), document_ids)
            passages = self._read(numbers)
            documents = self._indexes.shares(query, {p.document_id for p in passages.values()})
            han = self._indexes.in_han(passages)
            values = self._indexes.values_in(passages, query)
            extractor = FeatureExtractor(query, self._indexes.counts(query))
            baseline = self._baseline = self._baseline or remembered_baseline(
                self._library, self._encoder
            )
        similarity = {n: baseline.above(cosines[n], query.han, n in han) for n in cosines}
        return [
            (
                passage,
                replace(
                    extractor.features(passage.folded, han=n in han, values=values[n]),
                    # an encoder may not have seen all passages yet
                    similarity=similarity.get(n, 0.0),
                    document=documents[passage.document_id],
                ),
            )
            for n, passage in passages.items()
        ]

    def _expanded(self, query: Query) -> Query:
        """The query with variants, and translations where passages are in another language."""
        across = self._indexes.has_language(han=not query.han)
        return expand_query(query, self._variants, across=across)

    def usage(self, folded: str, jurisdictions: Sequence[str]) -> dict[str, float]:
        """How much rather each jurisdiction's documents speak as a folded text does, in nats."""
        with self._lock:
            self.sync()
            return self._indexes.usage(folded, jurisdictions)

    def _query_vector(self, simplified: str) -> NDArray[np.float32]:
        """The mean of the question's vectors in both scripts, so that its own script plays no part.

        Shape (dimension,), unit length.
        """
        known = self._vectors.get(simplified)
        if known is not None:
            return known
        scripts = list(dict.fromkeys([simplified, to_traditional(simplified)]))
        mean = self._encoder.encode(scripts, query=True).mean(axis=0)
        vector = np.asarray(mean / max(1e-12, float(np.linalg.norm(mean))), dtype=np.float32)
        with self._lock:
            while len(self._vectors) >= _REMEMBERED:
                self._vectors.pop(next(iter(self._vectors)), None)
            self._vectors[simplified] = vector
        return vector
