"""What of a passage is encoded, how many at a time, and vectors for those that have none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wenju.corpus.document import Passage
from wenju.index.encoder import Encoder
from wenju.index.lexical import head
from wenju.index.library import Library

BATCH: Final = 128
"""Passages encoded before they are stored: what an interruption can cost, unless one document has more."""

Progress = Callable[[int, int, str], None]
"""Called with passages done, passages known so far, and the name of the file at hand."""


def encoded_text(passage: Passage) -> str:
    """What the encoder is given for a passage: what stands above it, then its text."""
    above = head(passage)
    return f"{above}\n{passage.text}" if above else passage.text


def encode_missing(library: Library, encoder: Encoder, progress: Progress | None = None) -> int:
    """Give every passage a vector of this encoder; returns how many were missing."""
    revision, key = str(library.revision), f"encoded/{encoder.name}"
    if library.remembered(key) == revision:
        return 0  # it takes a while to look for none among very many
    missing = library.without_vector(encoder.name)
    for first in range(0, len(missing), BATCH):
        passages = library.passages(missing[first : first + BATCH])
        vectors = encoder.encode([encoded_text(p) for p in passages.values()])
        library.add_vectors(encoder.name, list(passages), vectors)
        if progress:
            progress(min(first + BATCH, len(missing)), len(missing), encoder.name)
    if not missing:
        library.remember(key, revision)
    return len(missing)
