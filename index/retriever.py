"""Both searches, their scores fused."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock

from corpus.script import to_simplified, to_traditional
from index.dense import DenseIndex
from index.encoder import Encoder
from index.floor import remembered_floor
from index.hit import Hit
from index.lexical import LexicalIndex
from index.library import Library

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Fusion:
    """``score = dense_weight * similarity + lexical_weight * BM25 / best BM25 of this search``.

    ``similarity`` is the cosine above the encoder's floor (:mod:`index.floor`), 0 for a passage
    that the encoder has not seen. Scores are fused, not ranks. ``pool`` passages of each search are
    compared, and each of them is scored by both. The weights were learned on DRCD dev and CMRC
    trial (docs/retrieval.md).
    """

    dense_weight: float = 1.4
    lexical_weight: float = 1.0
    pool: int = 50


class HybridRetriever:
    """Dense and lexical search over one library; safe for use from several threads.

    Every search first looks whether the library has changed, by this or another process, and
    brings the indexes up to it.
    """

    def __init__(
        self, library: Library, encoder: Encoder, folder: Path, fusion: Fusion | None = None
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._folder = folder
        self._fusion = fusion or Fusion()
        self._dense = DenseIndex(folder / "dense", encoder)
        self._lexical = LexicalIndex(folder / "lexical")
        self._lock = threading.RLock()
        self._revision = -1
        self._floor: float | None = None

    def sync(self) -> None:
        """Bring both indexes up to the library; costs nothing when they are."""
        with self._lock:
            if self._revision == self._library.revision:
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            # two processes must not write one index
            with FileLock(self._folder / ".lock"):
                revision = self._library.revision
                self._dense.sync(self._library)
                self._lexical.sync(self._library)
                self._revision = revision

    def search(self, question: str, k: int) -> list[Hit]:
        """The best ``k`` hits, best first; ties break by passage id."""
        question = to_simplified(question)
        vector = self._query_vector(question)
        pool = max(k, self._fusion.pool)
        with self._lock:
            self.sync()
            dense = dict(self._dense.search(vector, pool))
            lexical = dict(self._lexical.search(question, pool))
            numbers = sorted({*dense, *lexical})
            dense |= self._dense.scores(vector, [n for n in numbers if n not in dense])
            lexical |= self._lexical.scores(question, [n for n in numbers if n not in lexical])
            if self._floor is None:
                self._floor = remembered_floor(self._library, self._encoder)
        similarity = {n: (s - self._floor) / (1.0 - self._floor) for n, s in dense.items()}
        return self._fuse(similarity, lexical)[:k]

    def _query_vector(self, simplified: str) -> NDArray[np.float32]:
        """The mean of the question's vectors in both scripts, so that its own script plays no part.

        Shape (dimension,), unit length.
        """
        scripts = list(dict.fromkeys([simplified, to_traditional(simplified)]))
        mean = self._encoder.encode(scripts, query=True).mean(axis=0)
        return np.asarray(mean / max(1e-12, float(np.linalg.norm(mean))), dtype=np.float32)

    def _fuse(self, dense: Mapping[int, float], lexical: Mapping[int, float]) -> list[Hit]:
        passages = self._library.passages(sorted(lexical))
        best = max(lexical.values(), default=0.0) or 1.0
        weights = self._fusion
        scored = [
            (weights.dense_weight * dense.get(n, 0.0) + weights.lexical_weight * lexical[n] / best, n)
            for n in passages
        ]
        scored.sort(key=lambda pair: (-pair[0], passages[pair[1]].id))
        return [
            Hit(passages[n], score, rank, dense.get(n, 0.0), lexical[n] / best)
            for rank, (score, n) in enumerate(scored, start=1)
        ]
