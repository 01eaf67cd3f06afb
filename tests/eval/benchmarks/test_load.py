"""The benchmark of a server under load, run small: it finds nothing wrong, and would say so."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from wenju.corpus.document import Source
from wenju.eval.benchmarks.load import kills, schema
from wenju.eval.benchmarks.load.clients import measure
from wenju.eval.benchmarks.load.served import HashedEncoder, served
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

QUESTIONS = ["停車費用每小時多少元", "補助多少"]


@pytest.mark.slow
def test_clients_are_answered_and_the_server_says_how_it_is(tmp_path: Path) -> None:
    with served(tmp_path / "home") as server:
        found = asyncio.run(measure(server.port, 3, 2, QUESTIONS))
        assert server.memory() > 0
    assert found.statuses.keys() == {"200"}
    assert found.per_second > 0 and found.p50 <= found.p95 <= found.p99
    assert server.process.returncode == 0


@pytest.mark.slow
def test_kills_leave_what_was_confirmed(tmp_path: Path) -> None:
    (found,) = kills.run(tmp_path / "home", 5)
    assert found["kills"] == dict.fromkeys(("add", "remove", "index", "upload", "export"), 1)
    assert found["wrong"] == []


def test_what_is_not_as_it_was_confirmed_is_said(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", reader="lexical")
    with Engine.open(settings, encoder=HashedEncoder()) as engine:
        engine.add_sources([Source("a.txt", "a", "停車費用每小時30元。")])
    assert kills._checked(settings, {"a.txt"}) == ({"a.txt"}, [])
    assert "confirmed" in kills._checked(settings, {"a.txt", "b.txt", "c.txt"})[1][0]
    with Engine.open(settings, encoder=HashedEncoder()) as engine:
        engine.library.write("DELETE FROM passages", ())
        engine.library.changed()
    assert any("not whole" in one for one in kills._checked(settings, {"a.txt"})[1])


@pytest.mark.slow
def test_any_request_is_answered_as_it_is_described(tmp_path: Path) -> None:
    if schema.program() is None:
        pytest.skip("schemathesis is not installed")
    found = schema.run(tmp_path / "home", 500)
    assert found["exit_code"] == 0, found["said"]
