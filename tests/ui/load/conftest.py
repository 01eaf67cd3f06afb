"""What the tests of a busy server share: an engine whose answers wait until they are let go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.fakes import FakeEncoder
from tests.ui.conftest import PRESS
from wenju.corpus.document import Source
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.server import background_server

PATIENT = 300  # seconds after which a test gives up; none asserts a time
QUESTION = "生態型聯合體最高支持多少"


class Held:
    """Holds questions back until they are let go."""

    def __init__(self, engine: Engine) -> None:
        self.begun, self.go = threading.Semaphore(0), threading.Event()
        self._ask, self.asked = engine.ask, 0

    def ask(self, question: str, **given: object) -> Answer:
        self.asked += 1
        self.begun.release()
        assert self.go.wait(PATIENT)
        return self._ask(question, **given)  # type: ignore[arg-type]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Engine]:
    """An engine whose server answers one question at a time, and lets one wait."""
    home = tmp_path / "home"
    settings = Settings(
        home=home, cache=home / "cache", ask_workers=1, ask_queue=1, change_workers=1
    )
    with Engine.open(settings, encoder=FakeEncoder()) as opened:
        opened.add_sources([Source("press.txt", "press", PRESS)])
        yield opened


@pytest.fixture
def held(small: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    made = Held(small)
    monkeypatch.setattr(small, "ask", made.ask)
    yield made
    made.go.set()


@pytest.fixture
def client(small: Engine) -> Iterator[httpx2.Client]:
    """Talks to a server of that engine."""
    with (
        background_server(small) as address,
        httpx2.Client(base_url=address, timeout=PATIENT) as client,
    ):
        yield client
