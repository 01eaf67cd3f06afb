"""Hit: a passage that a search found, and the Retriever seam that finds it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from wenju.corpus.document import Passage
from wenju.index.query import Query


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, its fused score and rank (from 1), and what went into the score.

    ``dense_score`` is what the cosine exceeds the encoder's baseline by, as a share of what is left
    to 1 (1 is the same text, 0 or less is nothing in common); ``lexical_score`` is the weighted
    sum of all other features (:class:`index.weights.Features`). Higher is better.
    """

    passage: Passage
    score: float
    rank: int
    dense_score: float
    lexical_score: float


class Retriever(Protocol):
    """Finds the passages that a question is about."""

    def search(
        self, query: Query, k: int, document_ids: Collection[str] | None = None
    ) -> list[Hit]:
        """The best ``k`` hits, best first; ties break by passage id.

        ``document_ids`` names the only documents to look in, None for all of them.
        """
        ...
