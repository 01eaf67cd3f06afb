"""What ships of the reader: changes of the base's weights, and the heads, in 4 bits and floats.

A change of a matrix is kept in blocks of 32 weights that share a scale, as the base itself is
(Q4_0, see :mod:`index.q4`); biases and norms are kept as float16, the heads as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from wenju.corpus.errors import WenjuError
from wenju.index.embedded import BIN_SHA256, file_sha256
from wenju.index.q4 import BLOCK

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUNDLED: Final = Path(__file__).with_name("reader.safetensors")
HEADS: Final = "heads."
_HALF, _MOST = 8, 15
_NIBBLES, _SCALES = ".nibbles", ".scales"


class ReaderError(WenjuError):
    """The trained reader cannot be had; the sentence says why and what to do."""


def pack(change: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """A change's numbers in 4 bits: bytes (blocks, 16) and scales (blocks).

    A number is ``(nibble - 8) x scale``; byte j holds number j of its block low and j + 16 high.
    The number of a block that is farthest from 0 becomes -8; one as far on the other side 7.
    """
    blocks = change.reshape(-1, BLOCK)
    at = np.abs(blocks).argmax(1)
    scales = (blocks[np.arange(len(blocks)), at] / -_HALF).astype(np.float16)
    divisor = np.where(scales == 0, 1, scales).astype(np.float32)[:, None]
    quants = np.clip(np.rint(blocks / divisor) + _HALF, 0, _MOST).astype(np.uint8)
    quants[scales == 0] = _HALF
    return quants[:, : BLOCK // 2] | (quants[:, BLOCK // 2 :] << 4), scales


def unpack(nibbles: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """What ``pack`` packed, flat, to within half a scale; to one where 8 became 7."""
    quants = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - _HALF
    return (quants * scales.astype(np.float32)[:, None]).reshape(-1)


def save(
    changes: Mapping[str, NDArray[np.float32]],
    heads: Mapping[str, NDArray[np.float32]],
    path: Path,
    about: Mapping[str, Any],
) -> None:
    """Write changes and heads with how they came about, and the file's hash beside it."""
    from safetensors.numpy import save_file

    tensors: dict[str, NDArray[Any]] = {}
    for name, change in changes.items():
        if change.ndim == 2:
            nibbles, scales = pack(change)
            tensors |= {name + _NIBBLES: nibbles, name + _SCALES: scales}
        else:
            tensors[name] = change.astype(np.float16)
    tensors |= {HEADS + name: np.ascontiguousarray(head) for name, head in heads.items()}
    told = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in about.items()
    }
    save_file(tensors, path, {"base": BIN_SHA256, **told})
    path.chmod(0o644)
    path.with_suffix(".sha256").write_text(file_sha256(path) + "\n", encoding="ascii")


@cache
def digest(path: Path = BUNDLED) -> str:
    """The hash of a file of changes, checked; raises ReaderError where it is not what it was."""
    try:
        expected = path.with_suffix(".sha256").read_text(encoding="ascii").strip()
        found = file_sha256(path)
    except (OSError, ValueError) as error:
        raise ReaderError(
            f"The trained reader {path} cannot be read ({error}); install Wenju again, or set the "
            "reader to lexical."
        ) from None
    if found != expected:
        raise ReaderError(
            f"{path} has SHA-256 {found[:12]}…, expected {expected[:12]}…: install Wenju again, or "
            "set the reader to lexical."
        )
    return found


def load(
    weights: Mapping[str, NDArray[np.float32]], path: Path = BUNDLED
) -> tuple[dict[str, NDArray[np.float32]], dict[str, NDArray[np.float32]]]:
    """The base's weights with the changes made, and the heads; raises ReaderError."""
    from safetensors import safe_open

    digest(path)
    with safe_open(path, "numpy") as file:
        if (file.metadata() or {}).get("base") != BIN_SHA256:
            raise ReaderError(f"{path} was trained on another base; install Wenju again.")
        held = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    changed = dict(weights)
    for name, weight in weights.items():
        if name in held:
            changed[name] = weight + held[name].astype(np.float32)
        elif name + _NIBBLES in held:
            change = unpack(held[name + _NIBBLES], held[name + _SCALES])
            changed[name] = weight + change.reshape(weight.shape)
    heads = {
        name.removeprefix(HEADS): values.astype(np.float32)
        for name, values in held.items()
        if name.startswith(HEADS)
    }
    return changed, heads
