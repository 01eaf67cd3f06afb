"""Stand-ins for the heavy parts that still behave like them: deterministic, never random."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wenju.corpus.allowance import Allowance
from wenju.corpus.worker.jobs import Job
from wenju.corpus.worker.pool import Workers

_Result = TypeVar("_Result")


class WorkersHere(Workers):
    """Workers that do their jobs in this process, where a test can put something in the place of a part."""

    def run(self, job: Job[_Result], allowance: Allowance) -> _Result:
        return job.here()


class FakeEncoder:
    """An Encoder without a model: lower-cased character bigrams, hashed into 64 places.

    Texts that share bigrams are alike; queries and passages live in one space. A text without any
    character has a fixed vector of its own.
    """

    def __init__(self, name: str = "fake:1", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), float32, of unit length."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for place in self._places(text):
                row[place] += 1
            row /= np.linalg.norm(row)
        return vectors

    def _places(self, text: str) -> list[int]:
        """Where each bigram falls; the ends of the text count as characters."""
        folded = f"\x02{text.lower()}\x03"
        bigrams = (a + b for a, b in pairwise(folded))
        return [_hash(bigram) % self.dimension for bigram in bigrams]


def _hash(text: str) -> int:
    """The same number in every process, which ``hash`` is not."""
    return int.from_bytes(hashlib.md5(text.encode("utf-8", "surrogatepass")).digest()[:8], "little")
