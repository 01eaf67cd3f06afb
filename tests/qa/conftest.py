"""What the tests of answering share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    with Engine.open(settings, encoder=FakeEncoder()) as opened:
        yield opened
