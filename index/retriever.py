"""Both searches, their scores fused."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock

from corpus.document import Passage
from corpus.script import to_simplified, to_traditional
from index.dense import DenseIndex
from index.encoder import Encoder
from index.floor import Floors, is_han_text, remembered_floors
from index.hit import Hit
from index.lexical import LexicalIndex
from index.library import Library

if TYPE_CHECKING:
    from numpy.typing import NDArray


_REMEMBERED = 256  # questions whose vectors are kept


@dataclass(frozen=True, slots=True)
class Fusion:
    """``score = dense_weight * similarity + lexical_weight * BM25 / ideal BM25 of the question``.

    Both parts mean the same in a library of thirty passages and of a quarter million, and a
    question whose words the library does not have (one in another language, say) is left to the
    vectors. ``similarity`` is the cosine above the encoder's floor (:mod:`index.floor`), 0 for a passage
    that the encoder has not seen. Scores are fused, not ranks. ``pool`` passages of each search are
    compared, and each of them is scored by both. The weights were chosen on DRCD dev and half
    A of CMRC dev (docs/retrieval.md).
    """

    dense_weight: float = 1.0
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
        # a question is often searched and then asked, and asked again
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._floors: Floors | None = None

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
            ideal = self._lexical.ideal(question)
            floors = self._floors = self._floors or remembered_floors(self._library, self._encoder)
        passages = self._library.passages(numbers)
        han = is_han_text(question)
        similarity = {
            n: floors.above(dense[n], han, is_han_text(p.text)) if n in dense else 0.0
            for n, p in passages.items()
        }
        return self._fuse(passages, similarity, {n: s / ideal for n, s in lexical.items()})[:k]

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

    def _fuse(
        self,
        passages: Mapping[int, Passage],
        similarity: Mapping[int, float],
        lexical: Mapping[int, float],
    ) -> list[Hit]:
        dense_weight, lexical_weight = self._fusion.dense_weight, self._fusion.lexical_weight
        scored = [(dense_weight * similarity[n] + lexical_weight * lexical[n], n) for n in passages]
        scored.sort(key=lambda pair: (-pair[0], passages[pair[1]].id))
        return [
            Hit(passages[n], score, rank, similarity[n], lexical[n])
            for rank, (score, n) in enumerate(scored, start=1)
        ]
