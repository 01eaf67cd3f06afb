"""``/ask/stream``: a real server tells a real client the steps, then the answer, and notices that it goes."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx2
import pytest

from tests.ui.load.conftest import PATIENT, QUESTION
from tests.ui.load.test_busy import until_waiting
from wenju.corpus import cancellation
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.steps import Step, Tell
from wenju.ui.load.pool import Left

STREAM = "/api/v1/ask/stream"
ASK = {"question": QUESTION}


def events_in(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, each with its object."""
    found = []
    for event in text.strip().split("\n\n"):
        kind, data = event.split("\n")
        found.append((kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_the_steps_come_and_then_what_ask_answers(client: httpx2.Client) -> None:
    response = client.post(STREAM, json=ASK | {"passages": 1})
    assert response.headers["content-type"].startswith("text/event-stream")
    *steps, (kind, answer) = events_in(response.text)
    assert kind == "answer" and {kind for kind, _ in steps} == {"progress"}
    assert {step["stage"] for _, step in steps} <= {"searching", "reading"}
    plain = client.post("/api/v1/ask", json=ASK | {"passages": 1}).json()
    assert answer | {"took_ms": 0} == plain | {"took_ms": 0}


def test_what_is_refused_at_once_is_refused_like_any_request(client: httpx2.Client) -> None:
    for body in ({"question": " "}, {"question": QUESTION, "as_of": "soon"}, {"asks": "x"}):
        refused = client.post(STREAM, json=body)
        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json() == client.post("/api/v1/ask", json=body).json()


def test_what_goes_wrong_later_is_an_event_in_a_sentence(
    client: httpx2.Client, small: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(question: str, *, tell: Tell, **_: object) -> Answer:
        tell(Step("searching"))
        taken.wait(PATIENT)
        raise ZeroDivisionError("secret detail")

    taken = threading.Event()
    monkeypatch.setattr(small, "ask", broken)
    with client.stream("POST", STREAM, json=ASK) as stream:
        lines = stream.iter_lines()
        assert [next(lines), next(lines)][0] == "event: progress"
        taken.set()
        rest = "\n".join(lines)
    [(kind, problem)] = events_in(rest)
    assert kind == "error" and problem["status"] == 500
    assert "secret" not in rest and "log has the details" in problem["detail"]


def test_a_client_that_goes_ends_the_reading_and_frees_its_place(
    client: httpx2.Client, small: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    ask = small.ask

    def endless(question: str, *, tell: Tell, **_: object) -> Answer:
        tell(Step("reading", 2, 6))
        try:
            while True:
                cancellation.check()
        except Left:
            ended.set()
            raise

    monkeypatch.setattr(small, "ask", endless)
    with client.stream("POST", STREAM, json=ASK) as stream:
        assert next(stream.iter_lines()) == "event: progress"
    assert ended.wait(PATIENT)
    monkeypatch.setattr(small, "ask", ask)
    until_waiting(client, 0)
    assert client.post("/api/v1/ask", json=ASK).json()["answered"]
