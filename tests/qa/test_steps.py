"""Whoever waits for an answer is told its steps, and whoever leaves ends it between passages."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.making import NOTICES
from wenju.corpus import cancellation
from wenju.corpus.document import Source
from wenju.qa.engine import Engine
from wenju.qa.reader import RankedReader
from wenju.qa.settings import Settings
from wenju.qa.steps import Step

UNANSWERED = "月球上有幾隻兔子"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """One that reads without a network, and a few passages at a time as with one."""
    monkeypatch.setattr("wenju.qa.reader._at_once", lambda scorer, hits: 2)
    settings = Settings(home=tmp_path, cache=tmp_path / "cache", reader="lexical")
    with Engine.open(settings, encoder=FakeEncoder()) as opened:
        opened.add_sources(Source(f"{n}.txt", str(n), text) for n, text in enumerate(NOTICES))
        yield opened


def test_steps_are_told_in_their_order(engine: Engine) -> None:
    told: list[Step] = []
    answer = engine.ask(UNANSWERED, tell=told.append)
    assert not answer.answered
    assert told[0] == Step("searching")
    read = [step for step in told if step.stage == "reading"]
    count = read[0].of
    assert count > 2
    assert read[: (count + 1) // 2] == [Step("reading", n, count) for n in range(0, count, 2)]


class LeftError(Exception):
    """Nobody waits any more."""


@pytest.mark.parametrize("stage", ["searching", "reading"])
def test_what_nobody_waits_for_ends_between_passages(engine: Engine, stage: str) -> None:
    told: list[Step] = []

    def check() -> None:
        if told and (told[-1].stage == stage):
            raise LeftError

    def asked() -> None:
        cancellation.end_by(check)
        engine.ask(UNANSWERED, tell=told.append)

    assert isinstance(engine.reader, RankedReader)
    with pytest.raises(LeftError):
        copy_context().run(asked)
    assert [step.stage for step in told].count("reading") == (stage == "reading")
