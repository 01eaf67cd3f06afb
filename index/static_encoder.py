"""Texts to vectors by averaging token vectors: a folder of sentence-transformers' ``StaticEmbedding``."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from wenju.corpus.errors import ReadError
from wenju.corpus.script import fold, to_simplified
from wenju.index.windows import unbroken

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

BUNDLED: Final = Path(__file__).with_name("static")
_FORMAT: Final = 1
_BATCH = 1024


class StaticEncoder:
    """The table of token vectors that comes with Wenju; safe for use from several threads.

    Hundreds of times as fast as the embedded model, and blind to the order of words. Texts are folded
    first, so that both scripts have one vector.
    """

    def __init__(self, folder: Path = BUNDLED) -> None:
        """Nothing is loaded yet."""
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, NDArray[np.float32]] | None = None

    @cached_property
    def name(self) -> str:
        """The hash of the table, and this module's version; raises ReadError where it is missing."""
        try:
            content = (self._folder / "model.safetensors").read_bytes()
        except OSError as error:
            raise ReadError(
                f"The static encoder {self._folder} cannot be read ({error}); install Wenju again, or "
                "set the encoder to embedded."
            ) from None
        return f"static:{hashlib.sha256(content).hexdigest()[:12]}/v{_FORMAT}"

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._parts()[1].shape[1])

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        on_batch: Callable[[int], None] | None = None,
    ) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), float32, of unit length, in the order of the texts.

        That of a text without tokens is the first axis. ``query`` makes no difference. ``on_batch`` is told
        after each batch how many more texts are done.
        """
        del query
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        rest, done = iter(texts), 0
        while batch := list(islice(rest, _BATCH)):
            vectors[done : done + len(batch)] = self._means(batch)
            done += len(batch)
            if on_batch is not None:
                on_batch(len(batch))
        vectors[~vectors.any(axis=1), 0] = 1
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _means(self, texts: list[str]) -> NDArray[np.float32]:
        """The sums of the texts' token vectors; only their direction counts."""
        tokenizer, table = self._parts()
        clean = [fold(to_simplified(unbroken(text))) for text in texts]
        found = [e.ids for e in tokenizer.encode_batch_fast(clean, add_special_tokens=False)]
        sums = np.zeros((len(texts), table.shape[1]), np.float32)
        for row, ids in enumerate(found):
            if ids:
                sums[row] = table[ids].sum(axis=0)
        return sums

    def _parts(self) -> tuple[Tokenizer, NDArray[np.float32]]:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        with self._lock:
            if self._loaded is None:
                tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
                tokenizer.no_padding()
                tokenizer.no_truncation()
                table = load_file(self._folder / "model.safetensors")["embedding.weight"]
                self._loaded = tokenizer, table.astype(np.float32)
            return self._loaded
