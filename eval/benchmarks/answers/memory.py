"""What the networks computed before, kept on disk: a second dump costs a fraction of the first."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wenju.eval.benchmarks.encoders import EncoderProxy
from wenju.index.encoder import Encoder
from wenju.qa.network.inputs import Input, Reads
from wenju.qa.network.scorer import NetworkScorer

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Memory:
    """Arrays of float32 by key, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, check_same_thread=False, timeout=60)
        self._database.execute("CREATE TABLE IF NOT EXISTS array (key BLOB PRIMARY KEY, data BLOB)")

    def arrays(
        self, keys: Sequence[bytes], make: Callable[[list[int]], Sequence[NDArray[np.float32]]]
    ) -> list[NDArray[np.float32]]:
        """The array of each key, flat; ``make`` gives those that are missing, by their places."""
        found = [self._get(key) for key in keys]
        missing = [i for i, array in enumerate(found) if array is None]
        if missing:
            for i, made in zip(missing, make(missing), strict=True):
                array = np.asarray(made, np.float32).ravel()
                found[i] = array
                self._database.execute(
                    "INSERT OR REPLACE INTO array VALUES (?, ?)", (keys[i], array.tobytes())
                )
            self._database.commit()
        return [array for array in found if array is not None]

    def _get(self, key: bytes) -> NDArray[np.float32] | None:
        row = self._database.execute("SELECT data FROM array WHERE key = ?", (key,)).fetchone()
        return np.frombuffer(row[0], np.float32) if row else None


class RememberedEncoder(EncoderProxy):
    """An encoder that computes no vector twice."""

    def __init__(self, encoder: Encoder, memory: Memory) -> None:
        super().__init__(encoder)
        self._memory = memory

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), as the encoder gives them."""
        if not texts:
            return super().encode(texts, query=query)
        keys = [_key(self.name, str(query), text) for text in texts]
        found = self._memory.arrays(
            keys,
            lambda missing: list(self.inner.encode([texts[i] for i in missing], query=query)),
        )
        return np.stack(found).astype(np.float32)


class RememberedScorer:
    """A scorer that reads no question and passage twice."""

    def __init__(self, scorer: NetworkScorer, memory: Memory) -> None:
        self._scorer = scorer
        self._memory = memory

    @property
    def reads(self) -> Reads:
        """Makes the inputs that are scored."""
        return self._scorer.reads

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        """Scores of each input's pieces, as the network gives them."""
        keys = [_key(self._scorer.digest, *map(str, read.pieces)) for read in inputs]
        found = self._memory.arrays(
            keys, lambda missing: self._scorer.score([inputs[i] for i in missing])
        )
        return [
            array.reshape(len(read.pieces), -1) for array, read in zip(found, inputs, strict=True)
        ]


def _key(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
