"""An encoder inside another: what benchmarks put around the product's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from wenju.index.encoder import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray


class EncoderProxy:
    """Another encoder, under its own name; subclasses change how it encodes."""

    def __init__(self, encoder: Encoder) -> None:
        self.inner = encoder

    @property
    def name(self) -> str:
        """The inner encoder's own."""
        return self.inner.name

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self.inner.dimension

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """The inner encoder's vectors, shape (n, dimension)."""
        return self.inner.encode(texts, query=query)
