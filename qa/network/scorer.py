"""The Scorer seam: inputs in, the network's scores out; and the network behind it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from wenju.index.base import Base
from wenju.index.inference import Transformer, give_back, side_by_side
from wenju.index.quantization import Precision
from wenju.qa.network import checkpoint as changes
from wenju.qa.network.inputs import Input, Reads

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PRECISION: Final[Precision] = "float32"


class Network:
    """The base's layers with what training changed of them, and one linear map of their states.

    The three numbers of a piece are how well an answer begins there, how well it ends there, and
    how much the piece belongs to a sentence that answers; those of the first piece, which lies
    before all text, say the first two of no answer at all. Higher is better.
    """

    def __init__(self, base: Base, path: Path = changes.BUNDLED) -> None:
        """Take a file of changes; raises ReaderError."""
        weights, heads = changes.load(base.weights(), path)
        self._base = base
        self._transformer = Transformer(weights, _PRECISION)
        self._matrix, self._bias = heads["weight"].T, heads["bias"]

    def scores(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """Scores of shape (pieces, 3)."""
        states = self._transformer.states(self._base.words(pieces))
        found: NDArray[np.float32] = states @ self._matrix + self._bias
        return found


class Scorer(Protocol):
    """Reads questions and passages together."""

    @property
    def reads(self) -> Reads:
        """Makes the inputs that are scored."""

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        """Scores of each input's pieces, shape (pieces, 3); see ``Network``."""


class NetworkScorer:
    """The bundled network, loaded when it is first needed; safe for use from several threads."""

    def __init__(self, path: Path = changes.BUNDLED) -> None:
        """Check the file of changes; raises ReaderError where it is missing or damaged."""
        self.digest = changes.digest(path)
        self._path = path
        self._lock = threading.Lock()
        self._loaded: tuple[Network, Reads] | None = None

    @property
    def reads(self) -> Reads:
        """Makes the inputs that are scored."""
        return self._parts()[1]

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        """Scores of each input's pieces, shape (pieces, 3), computed side by side."""
        self._parts()
        return side_by_side(self._score, inputs)

    def _score(self, read: Input) -> NDArray[np.float32]:
        network, _ = self._parts()
        return network.scores(read.pieces)

    def _parts(self) -> tuple[Network, Reads]:
        with self._lock:
            if self._loaded is None:
                base = Base.shared()
                self._loaded = Network(base, self._path), Reads(base.tokenizer)
                give_back()
            return self._loaded
