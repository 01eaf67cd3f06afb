"""What a retriever finds candidates with: the seam between a closer look and the indexes below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from wenju.corpus.document import Passage
from wenju.index.passage_features import Counts
from wenju.index.query import Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALL_READ = 2000
"""Passages of chosen documents that are all looked at."""


class Indexes(Protocol):
    """Vectors, BM25 of passages and of whole documents over one library.

    All but :meth:`sync` answer from what the last one brought up.
    """

    def sync(self) -> bool:
        """Bring the indexes up to the library; whether anything may have changed since the last time."""

    def committed(self) -> None:
        """Passages were stored, and more may follow: what is best brought up at once."""

    def found(
        self,
        query: Query,
        vector: NDArray[np.float32],
        pool: int,
        document_ids: Collection[str] | None,
    ) -> tuple[list[int], dict[int, float]]:
        """The passages that either search finds, ``pool`` of each, ascending, and their cosines.

        Where ``document_ids`` names documents, those of their passages only: all of them, unless they
        are very many. ``vector`` is (dimension,), of unit length.
        """

    def counts(self, query: Query) -> Counts:
        """How many passages have the query's terms."""

    def has_language(self, *, han: bool) -> bool:
        """Whether any passage is written in Chinese, or any in another language."""

    def in_han(self, passages: Mapping[int, Passage]) -> set[int]:
        """The numbers of those that are written in Chinese."""

    def values_in(self, passages: Mapping[int, Passage], query: Query) -> dict[int, set[str]]:
        """Which of the query's values stand in each of the passages."""

    def shares(self, query: Query, document_ids: Iterable[str]) -> dict[str, float]:
        """Each document's BM25, as a share of what one that has each term once would get."""

    def usage(self, folded: str, jurisdictions: Sequence[str]) -> dict[str, float]:
        """How much rather each jurisdiction's documents speak as a folded text does, in nats."""

    def close(self) -> None:
        """Let go of what is open; nothing can be found afterwards."""
