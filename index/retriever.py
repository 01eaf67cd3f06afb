"""Both searches for candidates, then a closer look at each of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock

from wenju.corpus.document import Passage
from wenju.corpus.script import to_traditional
from wenju.index.dense import DenseIndex
from wenju.index.derived import Contents
from wenju.index.documents import DocumentIndex
from wenju.index.encoder import Encoder
from wenju.index.hit import Hit
from wenju.index.index_storage import UNSTORED, temporary_places, unusable
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library
from wenju.index.passage_features import REMEMBERED, FeatureExtractor
from wenju.index.query import Query, expand_query
from wenju.index.similarity_baseline import SimilarityBaseline, remembered_baseline
from wenju.index.variants import Variants
from wenju.index.weights import Features, bundled_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray


_LOG = logging.getLogger(__name__)
_ALL_READ = 2000  # passages of chosen documents that are all looked at
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
        self, library: Library, encoder: Encoder, folder: Path, search: Search | None = None
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._folder = folder
        search = search or Search()
        self._pool = search.pool
        self._weights = search.weights or bundled_weights()
        self._variants = search.variants or Variants.load()
        self._is_moved = self._is_fixed = False
        self._open_in(folder)
        self._lock = threading.RLock()
        self._revision = -1
        self._passages: dict[int, Passage] = {}
        # a question is often searched and then asked, and asked again
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._baseline: SimilarityBaseline | None = None

    def _open_in(self, folder: Path) -> None:
        self._folder = folder
        self._dense = DenseIndex(folder / "dense", self._encoder)
        self._lexical = LexicalIndex(folder / "lexical")
        self._documents = DocumentIndex(folder / "documents")

    def sync(self) -> None:
        """Bring the indexes up to the library; costs nothing when they are.

        Where their folder cannot be written, they are kept in a temporary one as long as this retriever
        lives; where there is none either, what was indexed before is searched; the log says so. Raises
        IndexStorageError where nothing was.
        """
        with self._lock:
            revision = self._library.revision
            if self._revision == revision:
                return
            if self._is_fixed:
                self._passages.clear()  # some may be gone
                self._revision = revision
                return
            try:
                self._bring_up()
            except UNSTORED as error:
                self._bring_up_elsewhere(error)

    def _bring_up_elsewhere(self, error: Exception) -> None:
        before = (self._folder, self._dense, self._lexical, self._documents)
        for place in temporary_places(self, self._folder, error) if not self._is_moved else ():
            self._open_in(place)
            self._is_moved = True
            try:
                self._bring_up()
                return
            except UNSTORED as another:
                error = another
        self._folder, self._dense, self._lexical, self._documents = before
        if self._revision < 0:
            self._is_moved = False
            raise unusable(self._folder, error) from error
        # what an index holds in memory is whole until it is written again
        self._is_fixed = True
        _LOG.warning(
            "%s Answers go on from what was indexed before.", unusable(self._folder, error)
        )

    def _bring_up(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        # two processes must not write one index
        with FileLock(self._folder / ".lock"):
            contents = Contents.of(self._library)
            for index in (self._dense, self._lexical, self._documents):
                index.sync(self._library, contents)
            # a passage's number is never used again, but what stands above it may change
            self._passages.clear()
            self._revision = contents.revision

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
            if document_ids is None:
                numbers, cosines = self._found(query, vector, max(k, self._pool))
            else:
                numbers = self._library.numbers_of(sorted(set(document_ids)))
                if len(numbers) > _ALL_READ:
                    numbers, cosines = self._found(query, vector, max(k, self._pool), numbers)
                else:
                    cosines = self._dense.scores(vector, numbers)
            passages = self._read(numbers)
            documents = self._documents.shares(query, {p.document_id for p in passages.values()})
            han = self._lexical.in_han(passages)
            values = self._lexical.values_in(passages, query)
            extractor = FeatureExtractor(query, self._lexical)
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

    def _found(
        self,
        query: Query,
        vector: NDArray[np.float32],
        pool: int,
        among: Sequence[int] | None = None,
    ) -> tuple[list[int], dict[int, float]]:
        """The numbers of what either search finds, ascending, and their cosines."""
        near = dict(self._dense.search(vector, pool, among))
        lexical = [*self._lexical.search(query, pool, among)]
        if among is None:
            lexical += self._lexical.search_translated(query, pool)
        unseen = sorted({n for n, _ in lexical} - set(near))
        return sorted({*near, *unseen}), near | self._dense.scores(vector, unseen)

    def _expanded(self, query: Query) -> Query:
        """The query with variants, and translations where passages are in another language."""
        across = self._lexical.has_language(han=not query.han)
        return expand_query(query, self._variants, across=across)

    def usage(self, folded: str, jurisdictions: Sequence[str]) -> dict[str, float]:
        """How much rather each jurisdiction's documents speak as a folded text does, in nats."""
        with self._lock:
            self.sync()
            return self._documents.usage(folded, jurisdictions)

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
