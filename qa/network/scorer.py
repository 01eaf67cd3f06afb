"""The Scorer seam: inputs in, the network's scores out; and the network behind it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from wenju.index.model import native_precision
from wenju.qa.network import checkpoint as changes
from wenju.qa.network.inputs import Input, Reads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wenju.qa.network.base import Base


class Scorer(Protocol):
    """Reads questions and passages together."""

    @property
    def reads(self) -> Reads:
        """Makes the inputs that are scored."""

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        """Scores of each input's pieces, shape (pieces, 3); see ``wenju.qa.network.model.Network``."""


class NetworkScorer:
    """The bundled network, loaded when it is first needed; safe for use from several threads."""

    def __init__(self, path: Path = changes.BUNDLED) -> None:
        """Check the file of changes; raises ReaderError where it is missing or damaged."""
        self.digest = changes.digest(path)
        self._path = path
        self._lock = threading.Lock()
        self._loaded: tuple[Base, Any, Reads] | None = None

    @property
    def reads(self) -> Reads:
        """Makes the inputs that are scored."""
        return self._parts()[2]

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        """Scores of each input's pieces, shape (pieces, 3), computed together."""
        import torch

        base, network, _ = self._parts()
        longest = max(len(i.pieces) for i in inputs)
        pieces = np.ones((len(inputs), longest), np.int64)
        mask = np.zeros((len(inputs), longest), np.float32)
        for row, read in enumerate(inputs):
            pieces[row, : len(read.pieces)] = read.pieces
            mask[row, : len(read.pieces)] = 1
        vectors = base.words(pieces.ravel()).reshape(*pieces.shape, -1)
        fast = native_precision() == "bfloat16"
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=fast):
            scores = network(torch.from_numpy(vectors), torch.from_numpy(mask)).float().numpy()
        return [scores[row, : len(read.pieces)] for row, read in enumerate(inputs)]

    def _parts(self) -> tuple[Base, Any, Reads]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._path)
            return self._loaded


def _load(path: Path) -> tuple[Base, Any, Reads]:
    from wenju.qa.network.base import Base
    from wenju.qa.network.model import load_network

    base = Base.open()
    return base, load_network(base, path).eval(), Reads(base.tokenizer)
