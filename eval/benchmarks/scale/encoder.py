"""Vectors for libraries that the real encoder would take hours to encode: made up, alike where texts are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COMMON: Final = 0.8  # of each vector is the same, as it is with e5: nothing has a cosine near 0
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


class HashedEncoder:
    """An encoder without a model: character bigrams, hashed with a sign into 384 places.

    Texts of one statute, with its words and its title above each, lie near each other, and a question near
    the texts that have its words. The same text has the same vector everywhere.
    """

    name = "hashed-bigrams:1"
    dimension = 384

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Vectors of shape (n, 384), float32, of unit length."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row += self._hashed(text)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors *= np.sqrt(1 - _COMMON) / np.maximum(lengths, 1e-9)
        vectors += np.float32(np.sqrt(_COMMON / self.dimension))
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _hashed(self, text: str) -> NDArray[np.float64]:
        codes = np.frombuffer(f"\x02{text}\x03".encode("utf-32-le", "replace"), dtype="<u4")
        pairs = codes[:-1].astype(np.uint64) << np.uint64(32) | codes[1:]
        hashes = pairs * _FACTOR >> np.uint64(32)
        places = (hashes % np.uint64(self.dimension)).astype(np.intp)
        signs = np.where(hashes >> np.uint64(31), 1.0, -1.0)
        return np.bincount(places, signs, self.dimension).astype(np.float64)
