"""An engine over the small statutes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes import FakeEncoder
from tests.qa.lookup.statutes import statutes
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings


@pytest.fixture(scope="session")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("laws")
    settings = Settings(home=folder / "home", cache=folder / "cache")
    with Engine.open(settings, encoder=FakeEncoder()) as opened:
        opened.add_sources(statutes())
        yield opened
