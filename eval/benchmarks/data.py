"""Where the published sets are that measure: ``WENJU_DATA``, or beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[3] / "shared"


def data_folder() -> Path:
    """The folder with ``train/``, ``dev/`` and ``scale/``; it need not be there."""
    return Path(os.environ.get("WENJU_DATA", _BESIDE / "data"))


def seeds_folder() -> Path:
    """The folder of the two damaged documents; it need not be there."""
    return Path(os.environ.get("WENJU_SEEDS", _BESIDE / "seeds"))
