"""Texts that share a question's words and do not answer it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from wenju.index.encoder import Encoder

_BATCH = 256


class Near:
    """Texts by their character bigrams, weighted by rarity."""

    def __init__(self, texts: Sequence[str]) -> None:
        bigrams = [Counter(_bigrams(text)) for text in texts]
        self._number = {b: i for i, b in enumerate(dict.fromkeys(b for c in bigrams for b in c))}
        counts = self._matrix([c.keys() for c in bigrams])
        held = np.asarray(counts.sum(0)).ravel()
        self._weight = np.log((len(texts) + 1) / (held + 1))
        self._counts = counts.T.tocsr()

    def nearest(self, questions: Sequence[str], k: int) -> list[NDArray[np.int64]]:
        """The numbers of the ``k`` texts that share most with each question, best first."""
        found: list[NDArray[np.int64]] = []
        for first in range(0, len(questions), _BATCH):
            asked = self._matrix([set(_bigrams(q)) for q in questions[first : first + _BATCH]])
            shared = (asked.multiply(self._weight).tocsr() @ self._counts).toarray()
            found += list(_best(shared, k))
        return found

    def _matrix(self, rows: Sequence[Any]) -> Any:  # noqa: ANN401  (SciPy ships no types)
        from scipy.sparse import csr_matrix

        known = [sorted(self._number[b] for b in row if b in self._number) for row in rows]
        where = np.repeat(np.arange(len(known)), [len(row) for row in known])
        columns = np.array([c for row in known for c in row], np.int64)
        shape = (len(known), len(self._number))
        return csr_matrix((np.ones(len(columns), np.float32), (where, columns)), shape=shape)


def by_vectors(
    questions: Sequence[str], texts: Sequence[str], k: int, encoder: Encoder
) -> NDArray[np.int64]:
    """The numbers of the ``k`` texts nearest in meaning to each question, best first, shape (n, k)."""
    asked, held = encoder.encode(questions, query=True), encoder.encode(texts)
    parts = range(0, len(questions), _BATCH)
    return np.vstack([_best(asked[at : at + _BATCH] @ held.T, k) for at in parts])


def _best(scores: NDArray[np.floating[Any]], k: int) -> NDArray[np.int64]:
    """The places of the ``k`` highest scores of each row, best first, in an array of their own."""
    return np.argsort(-scores, axis=1, kind="stable")[:, :k].copy()


def shared(text: str, other: str) -> float:
    """The share of a text's character bigrams that another has too, between 0 and 1."""
    own = set(_bigrams(text))
    return len(own.intersection(_bigrams(other))) / max(1, len(own))


def _bigrams(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1) if not text[i : i + 2].isspace()]
