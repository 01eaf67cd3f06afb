"""Texts to vectors: the Encoder seam and its sentence-transformers adapter."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from wenju.index import embedded
from wenju.index.embedded import EncoderError
from wenju.index.embedded_encoder import EmbeddedEncoder
from wenju.index.model import (
    CPU,
    Precision,
    checked_spec,
    identity_of,
    native_precision,
    open_model,
    prompts_of,
)
from wenju.index.static_encoder import StaticEncoder
from wenju.index.windows import Window, batches, cut, unbroken

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["EMBEDDED", "Encoder", "EncoderError", "SentenceTransformerEncoder", "load_encoder"]

EMBEDDED: Final = "embedded"
PLAIN: Final = "embedded-plain"  # without the adapter
STATIC: Final = "static"
# raise it when this module gives the same text another vector
_FORMAT: Final = 1

_log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into vectors whose inner product says how alike they are."""

    @property
    def name(self) -> str:
        """The model, its version and precision: vectors of another name are never compared."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), float32, of unit length, in the order of the texts.

        ``query`` says that the texts are searched for rather than searched in.
        """


class SentenceTransformerEncoder:
    """Any sentence-transformers model, loaded when it is first needed.

    A text longer than the model's limit is cut into windows and nothing of it is dropped: its
    vector is the mean of the windows' vectors, weighted by their tokens; only the first window has
    the prompt. Safe to use from several
    threads at once.
    """

    def __init__(
        self,
        model: str,
        *,
        batch_size: int = 32,
        precision: Precision | None = None,
        device: str = CPU,
    ) -> None:
        """Take a hub name or a folder; nothing is loaded yet.

        ``device`` is what PyTorch calls it: ``cpu``, ``cuda``, ``cuda:1``, ``mps``.

        ``precision`` is that of passages, by default bfloat16 where the processor computes in it
        (2.5 to 3 times as fast, cosine .99999 to float32); queries are always float32.
        """
        self._spec = model
        self._identity: str | None = None
        self._dimension: int | None = None
        self._batch_size = batch_size
        self._precision = precision or native_precision(device)
        self._device = device
        self._model: SentenceTransformer | None = None
        self._prompts = ("", "")
        self._loading = threading.Lock()
        # a fast tokenizer keeps its padding and truncation as state
        self._tokenizing = threading.Lock()

    @property
    def name(self) -> str:
        """The model and its content's hash where known, this module's version, the precision."""
        if self._identity is None:
            self._identity = identity_of(self._spec)
        return f"{self._identity}/v{_FORMAT}/{self._precision}"

    @property
    def dimension(self) -> int:
        """Numbers in a vector; loads the model where it is not known otherwise."""
        if self._dimension is None:
            window = Window(0, "", 1, first=True)
            self._dimension = self._forward(self._load(), [window], query=True).shape[1]
        return self._dimension

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        on_batch: Callable[[int], None] | None = None,
    ) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), float32, of unit length, in the order of the texts.

        Texts of like length are computed together, so many at once is faster than a few at a time.
        ``on_batch`` is told after each batch how many more texts it began. Raises EncoderError
        when the model cannot be loaded.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return vectors
        model = self._load()
        for batch in batches(self._windows(model, texts, query), self._batch_size):
            weights = np.array([w.tokens for w in batch], dtype=np.float32)
            found = self._forward(model, batch, query=query)
            np.add.at(vectors, [w.text_index for w in batch], weights[:, None] * found)
            if on_batch is not None:
                on_batch(sum(w.first for w in batch))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
        return unit

    def _windows(
        self, model: SentenceTransformer, texts: Sequence[str], query: bool
    ) -> Iterator[Window]:
        """The texts, those too long for the model in pieces that fit it."""
        rooms = self._rooms(model, query)
        for start in range(0, len(texts), self._batch_size):
            batch = [unbroken(t) for t in texts[start : start + self._batch_size]]
            spans_of = self._token_spans(model, batch)
            for i, (text, spans) in enumerate(zip(batch, spans_of, strict=True), start):
                yield from cut(i, text, spans, *rooms)

    def _rooms(self, model: SentenceTransformer, query: bool) -> tuple[int, int]:
        """How many of a text's tokens fit behind its prompt, and where no prompt stands."""
        limit = _limit(model)
        if limit is None:
            return sys.maxsize, sys.maxsize
        prompt = self._token_spans(model, [self._prompts[0 if query else 1]])[0]
        # one token more is kept free: a piece on its own may begin with a token of its own
        room = limit - model.tokenizer.num_special_tokens_to_add() - 1
        return max(room + 1 - len(prompt), 1), max(room, 1)

    def _token_spans(
        self, model: SentenceTransformer, texts: list[str]
    ) -> list[list[tuple[int, int]]]:
        """Each token's place in its text; characters instead where the tokenizer cannot tell."""
        if _limit(model) is None:
            return [[(0, len(text))] for text in texts]
        with self._tokenizing:
            encoded = model.tokenizer(
                texts,
                add_special_tokens=False,
                return_offsets_mapping=True,
                truncation=False,
                verbose=False,
            )
        spans: list[list[tuple[int, int]]] = encoded["offset_mapping"]
        return spans

    def _forward(
        self, model: SentenceTransformer, batch: list[Window], *, query: bool
    ) -> NDArray[np.float32]:
        """One pass through the model: (len(batch), dimension)."""
        import torch
        from sentence_transformers.util import batch_to_device

        prompt = self._prompts[0 if query else 1] if batch[0].first else ""
        with self._tokenizing:
            features = model.preprocess([w.text for w in batch], prompt=prompt)
        half = self._precision == "bfloat16" and not query
        kind = torch.device(self._device).type
        with torch.inference_mode(), torch.autocast(kind, torch.bfloat16, enabled=half):
            found = model(batch_to_device(features, model.device))["sentence_embedding"]
        vectors: NDArray[np.float32] = found.float().cpu().numpy()
        return vectors

    def _load(self) -> SentenceTransformer:
        """The model, loaded by the first thread that needs it."""
        with self._loading:
            if self._model is None:
                model = open_model(self._spec, self._device)
                self._prompts = prompts_of(model, self._spec)
                self._model = model
            return self._model


def load_encoder(spec: str, device: str = CPU) -> Encoder:
    """The encoder a setting names: ``embedded``, ``embedded-plain``, ``static``, a hub name, or a folder.

    Nothing heavy is loaded before the first ``encode``. Models with prompts of their own get them, other e5 models "query: " and "passage: ".
    ``device`` is where PyTorch computes; the encoders that come with Wenju do without it. Raises EncoderError
    for a folder that is not there, and for a device that the encoder cannot use.
    """
    spec = spec.strip()
    if device != CPU and spec in (EMBEDDED, PLAIN, STATIC):
        raise EncoderError(
            f"The encoder {spec!r} is computed by the processor, and the device is {device!r}: unset "
            f"WENJU_DEVICE, or set WENJU_ENCODER to a model for it, such as {embedded.HUB_NAME}."
        )
    if spec == STATIC:
        return StaticEncoder()
    if spec not in (EMBEDDED, PLAIN):
        return SentenceTransformerEncoder(checked_spec(spec), device=device)
    if embedded.find_bin() is None:
        _log.warning(
            "The embedded model is not available on this system; the model it was made from, %s, "
            "is taken from the hub instead.",
            embedded.HUB_NAME,
        )
        return SentenceTransformerEncoder(embedded.HUB_NAME, device=device)
    return EmbeddedEncoder(plain=spec == PLAIN)


def _limit(model: SentenceTransformer) -> int | None:
    """Tokens a model takes; None where it takes any number, or cannot tell where they stand."""
    limit: int | None = model.max_seq_length
    return limit if getattr(model.tokenizer, "is_fast", False) else None
