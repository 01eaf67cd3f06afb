"""What was learned on top of the embedded model: small changes of its upper layers' matrices.

How it was trained: ``wenju.eval.training.encoder.command`` and docs/retrieval.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wenju.corpus.errors import ReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUNDLED = Path(__file__).with_name("adapter.safetensors")


@cache
def digest() -> str:
    """The beginning of the bundled file's SHA-256, by which adapted models differ.

    Raises ReadError where it is missing.
    """
    try:
        content = BUNDLED.read_bytes()
    except OSError as error:
        raise ReadError(
            f"The encoder's adapter {BUNDLED} cannot be read ({error}); install Wenju again, or set "
            "the encoder to 'embedded-plain'."
        ) from None
    return hashlib.sha256(content).hexdigest()[:12]


def adapted(
    weights: Iterable[tuple[str, NDArray[np.floating[Any]]]],
) -> Iterator[tuple[str, NDArray[np.floating[Any]]]]:
    """The model's weights, those with a change changed; all others pass as they are."""
    from safetensors.numpy import load_file

    changes = load_file(BUNDLED)
    for name, weight in weights:
        if f"{name}.up" in changes:
            up, down = (changes[f"{name}.{side}"].astype(np.float32) for side in ("up", "down"))
            yield name, weight.astype(np.float32) + up @ down
        else:
            yield name, weight


def save(
    changes: Iterable[tuple[str, NDArray[Any], NDArray[Any]]],
    path: Path,
    about: Mapping[str, str],
) -> None:
    """Write changes, each a matrix's name and the two factors, with how they came about."""
    from safetensors.numpy import save_file

    factors = {
        f"{name}.{side}": np.ascontiguousarray(factor)
        for name, up, down in changes
        for side, factor in (("up", up), ("down", down))
    }
    save_file(factors, path, dict(about))
