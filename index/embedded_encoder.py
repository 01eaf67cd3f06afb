"""Texts to vectors by the embedded model, in 8 bits, without PyTorch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from wenju.index import adapter, embedded
from wenju.index.base import Base
from wenju.index.inference import Transformer, cores, give_back, side_by_side
from wenju.index.windows import unbroken

if TYPE_CHECKING:
    from numpy.typing import NDArray

# raise it when this module or the graphs give the same text another vector
_FORMAT: Final = 1
_QUERY, _PASSAGE = "query: ", "passage: "
_PER_CORE = 16  # texts between two reports of progress


class EmbeddedEncoder:
    """The model that comes with Wenju, loaded when it is first needed; safe for several threads.

    A text longer than the model's limit is cut into windows and nothing of it is dropped: its vector is the
    mean of the windows' vectors, weighted by their tokens; only the first window has the prompt.
    """

    dimension: Final = embedded.DIMENSION

    def __init__(self, *, plain: bool = False) -> None:
        """``plain`` leaves the adapter out. Nothing is loaded yet."""
        self._plain = plain
        self._loading = threading.Lock()
        self._loaded: tuple[Base, Transformer] | None = None

    @property
    def name(self) -> str:
        """The weights, the adapter's hash unless it is left out, this module's version, the precision."""
        return f"{embedded.model_name(plain=self._plain)}/o{_FORMAT}/int8"

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        on_batch: Callable[[int], None] | None = None,
    ) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), float32, of unit length, in the order of the texts.

        ``on_batch`` is told now and then how many more texts are done. Raises EncoderError when the
        model cannot be loaded.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        if not texts:
            return vectors
        prompt = _QUERY if query else _PASSAGE
        # long ones first, so that all cores are done at about the same time
        order = iter(sorted(range(len(texts)), key=lambda i: -len(texts[i])))
        while chosen := list(islice(order, _PER_CORE * cores())):
            vectors[chosen] = self._encoded([prompt + texts[i] for i in chosen])
            if on_batch is not None:
                on_batch(len(chosen))
        return vectors

    def _encoded(self, texts: list[str]) -> NDArray[np.float32]:
        tokenizer = self._parts()[0].tokenizer
        clean = [unbroken(text) for text in texts]
        pieces = [e.ids for e in tokenizer.encode_batch(clean, add_special_tokens=False)]
        return np.stack(side_by_side(self._vector, pieces))

    def _vector(self, pieces: list[int]) -> NDArray[np.float32]:
        base, transformer = self._parts()
        unigram = base.model.tokenizer
        total = np.zeros(self.dimension, np.float32)
        for window in _windows(pieces, base.model.sizes.positions - 2):
            marked = [unigram.bos, *window, unigram.eos]
            mean = transformer.states(base.words(marked)).mean(axis=0)
            total += len(window) * mean / np.linalg.norm(mean)
        unit: NDArray[np.float32] = total / np.linalg.norm(total)
        return unit

    def _parts(self) -> tuple[Base, Transformer]:
        with self._loading:
            if self._loaded is None:
                base = Base.shared()
                weights = base.weights()
                if not self._plain:
                    weights = {
                        name: weight.astype(np.float32, copy=False)
                        for name, weight in adapter.adapted(weights.items())
                    }
                self._loaded = base, Transformer(weights, "int8")
                del weights
                give_back()
            return self._loaded


def _windows(pieces: list[int], room: int) -> Iterator[list[int]]:
    for start in range(0, len(pieces), room):
        yield pieces[start : start + room]
