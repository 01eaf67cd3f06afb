"""Reading ``e5-small-q4.bin``: a little-endian file of tokenizer pieces and 4-bit tensors.

Layout, in order: magic ``E5S1``, version, model sizes; SentencePiece unigram pieces and scores;
a map of normalised code points; a directory of tensors with absolute offsets; the tensors,
each float32 or Q4_0 (blocks of 32 weights that share one float16 scale).
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from mmap import mmap
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MAGIC: Final = b"E5S1"
BLOCK: Final = 32
_Q4_0 = 1
_Q4_0_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])

_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_TABLES = {"word": "word", "pos": "position", "type": "token_type"}
_PARTS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class Sizes:
    """The model's hyperparameters, in the file's order."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Unigram:
    """A SentencePiece unigram tokenizer: ``pieces[i]`` has log probability ``scores[i]``.

    ``normalized`` maps a character to what it is read as (one or more characters, or none).
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unknown: int
    normalized: dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a tensor lies in the file, in bytes, and how many numbers it holds."""

    kind: int
    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Q4Model:
    """A parsed file; tensors are decoded when asked for."""

    sizes: Sizes
    tokenizer: Unigram
    entries: dict[str, Entry]
    data: bytes | mmap

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The tensor's numbers, flat; raises KeyError for an unknown name."""
        entry = self.entries[name]
        raw = self.data[entry.offset : entry.offset + entry.size]
        values = decode_q4_0(raw) if entry.kind == _Q4_0 else np.frombuffer(raw, "<f4")
        if values.size != entry.elements:
            raise ValueError(f"tensor {name}: expected {entry.elements} numbers, got {values.size}")
        return values.astype(np.float32, copy=False)

    def rows(self, name: str, chosen: NDArray[np.int64], width: int) -> NDArray[np.float32]:
        """Rows of a 4-bit table, shape (n, width); no others are read."""
        entry, blocks = self.entries[name], width // BLOCK
        table = np.frombuffer(self.data, _Q4_0_BLOCK, entry.elements // BLOCK, entry.offset)
        return decode_q4_0(table.reshape(-1, blocks)[chosen].reshape(-1)).reshape(-1, width)


class _Cursor:
    """Reads packed values one after another."""

    def __init__(self, data: bytes | mmap, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, layout: str) -> tuple[Any, ...]:
        """The values of a little-endian ``struct`` layout."""
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take_bytes(self, size: int) -> bytes:
        """The next ``size`` bytes."""
        self.at += size
        return self.data[self.at - size : self.at]


def decode_q4_0(raw: bytes | NDArray[np.void]) -> NDArray[np.float32]:
    """Q4_0 blocks to float32, flat.

    A block is a float16 scale and 16 bytes: byte j holds weight j in its low nibble and weight
    j + 16 in its high one; a weight is (nibble - 8) x scale.
    """
    blocks = np.frombuffer(raw, _Q4_0_BLOCK)
    nibbles = blocks["nibbles"]
    quants = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8
    weights: NDArray[np.float32] = quants * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def parse(data: bytes | mmap) -> Q4Model:
    """Read a whole file; raises ValueError where it is of another format."""
    if data[:4] != MAGIC:
        raise ValueError(f"expected a file that begins with {MAGIC!r}, got {data[:4]!r}")
    cursor = _Cursor(data, len(MAGIC))
    version, *sizes = cursor.take("I7if")
    (block,) = cursor.take("i")
    if (version, block) != (1, BLOCK):
        raise ValueError(f"expected version 1 with blocks of {BLOCK}, got {version} with {block}")
    tokenizer = _tokenizer(cursor)
    return Q4Model(Sizes(*sizes), tokenizer, _directory(cursor), data)


def _tokenizer(cursor: _Cursor) -> Unigram:
    count, bos, eos, pad, unknown = cursor.take("5i")
    (blob_size,) = cursor.take("Q")
    offsets = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = cursor.take_bytes(blob_size)
    ends = zip(offsets, offsets[1:], strict=False)
    pieces = tuple(blob[start:end].decode("utf-8") for start, end in ends)
    return Unigram(pieces, scores, bos, eos, pad, unknown, _normalized(cursor))


def _normalized(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.take("iI")
    normalized = {}
    for _ in range(count):
        code, length = cursor.take("IB")
        normalized[chr(code)] = "".join(map(chr, cursor.take(f"{length}I")))
    return normalized


def _directory(cursor: _Cursor) -> dict[str, Entry]:
    (count,) = cursor.take("i")
    entries = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.take_bytes(length).decode("ascii")
        entries[name] = Entry(*cursor.take("BIQQ"))
    return entries


def bert_weights(
    model: Q4Model, without: Collection[str] = ()
) -> Iterator[tuple[str, NDArray[np.floating[Any]]]]:
    """The tensors under the names and in the shapes of a Hugging Face ``BertModel``.

    4-bit tensors come as float16, the others as float32; linear weights are [out, in].
    """
    hidden = model.sizes.hidden
    for name, entry in model.entries.items():
        if name in without:
            continue
        values = model.tensor(name)
        if entry.kind == _Q4_0:
            values = values.astype(np.float16)
        if not (name.endswith(".b") or "ln." in name):
            width = model.sizes.feed_forward if ".fo." in name else hidden
            values = values.reshape(-1, width)
        yield _bert_name(name), values
    # never used, but a missing pooler would be filled with random numbers and reported
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float16)
    yield "pooler.dense.bias", np.zeros(hidden, np.float16)


def _bert_name(name: str) -> str:
    first, part, *rest = name.split(".")
    if part in _TABLES:
        return f"embeddings.{_TABLES[part]}_embeddings.weight"
    place = (
        "embeddings.LayerNorm" if first == "emb" else f"encoder.layer.{first[1:]}.{_LINEAR[part]}"
    )
    return f"{place}.{_PARTS[rest[0]]}"
