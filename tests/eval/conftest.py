"""Where the published sets are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def data_folder() -> Path:
    """The folder of published sets; the test is skipped where it is absent."""
    folder = Path(os.environ.get("WENJU_DATA", _BESIDE))
    if not folder.is_dir():
        pytest.skip(f"no published sets at {folder}; WENJU_DATA names their folder")
    return folder
