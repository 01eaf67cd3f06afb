"""Where the published sets are that measure: ``WENJU_DATA``, or beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[3] / "shared"


def data_folder() -> Path:
    """The folder with ``train/``, ``dev/`` and ``scale/``; it need not be there."""
    return Path(os.environ.get("WENJU_DATA", _BESIDE / "data"))


def seeds_folder(data: Path | None = None) -> Path:
    """The folder of the two damaged documents, ``WENJU_SEEDS`` or beside ``data``; it need not be there."""
    return Path(os.environ.get("WENJU_SEEDS", (data or data_folder()).parent / "seeds"))
