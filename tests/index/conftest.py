"""What the tests of the indexes share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from wenju.index.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()
