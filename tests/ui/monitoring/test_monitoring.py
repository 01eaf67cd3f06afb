"""Metrics, readiness, and a log that holds no question unless it is asked to."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from tests.fakes import FakeEncoder
from tests.ui.conftest import PRESS
from wenju.corpus.document import Source
from wenju.index.database import LibraryError
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.api.routes import create_api
from wenju.ui.monitoring.logs import JsonLines, configure_logs

QUESTION = "生態型聯合體最高支持多少"


@pytest.fixture
def client(filled: Engine) -> Iterator[TestClient]:
    with TestClient(create_api(filled), raise_server_exceptions=False) as made:
        yield made


def measured(client: TestClient) -> dict[tuple[str, tuple[str, ...]], float]:
    """Each sample's value by its name and the values of its labels, as Prometheus reads them."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_questions_and_their_answers_are_counted(client: TestClient, filled: Engine) -> None:
    before = measured(client)
    assert before["wenju_library_documents", ()] == 2
    assert before["wenju_library_passages", ()] == filled.library.count()[1]
    assert before["wenju_library_bytes", ()] > 0
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    client.post("/api/v1/ask", json={"question": "火星上有水嗎"})
    client.post("/api/v1/ask", json={})
    client.get("/api/v1/suggestions")
    after = measured(client)
    assert after["wenju_questions_total", ("yes", "")] == 1
    assert sum(v for (n, _), v in after.items() if n == "wenju_questions_total") == 2
    assert after["wenju_answers_total", (answer["granularity"],)] == 1
    assert after["wenju_answer_characters_sum", ()] == len(answer["answer"])
    assert after["wenju_question_seconds_count", ()] == 2
    asked = "wenju_http_requests_total"
    assert after[asked, ("POST", "/api/v1/ask", "200")] == 2
    assert after[asked, ("POST", "/api/v1/ask", "422")] == 1


def test_addresses_do_not_become_labels(client: TestClient) -> None:
    for n in range(5):
        client.get(f"/api/v1/documents/{n}")
        client.get(f"/nowhere/{n}")
    names = {labels for name, labels in measured(client) if name == "wenju_http_requests_total"}
    assert ("GET", "/api/v1/documents/{document_id}", "404") in names
    assert not any(label.endswith("/3") for labels in names for label in labels)


def test_two_servers_count_apart(filled: Engine) -> None:
    with TestClient(create_api(filled)) as one, TestClient(create_api(filled)) as other:
        one.get("/api/v1/health")
        key = ("wenju_http_requests_total", ("GET", "/api/v1/health", "200"))
        assert measured(one)[key] == 1
        assert key not in measured(other)


def test_ready_says_why_it_is_not(
    client: TestClient, filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/ready").json() == {"status": "ready"}
    client.app.state.readiness.checks.append(lambda: "It is stopping.")  # type: ignore[attr-defined]
    stopping = client.get("/ready")
    assert stopping.status_code == 503 and "stopping" in stopping.json()["detail"]

    def broken(*given: object) -> list[Any]:
        raise LibraryError("The library is damaged.")

    monkeypatch.setattr(filled.library, "rows", broken)
    assert "damaged" in client.get("/ready").json()["detail"]


def test_every_response_has_the_id_of_its_request(client: TestClient) -> None:
    given = client.get("/api/v1/health", headers={"x-request-id": "abc-1"})
    assert given.headers["x-request-id"] == "abc-1"
    for bad in ("a b", "x" * 65, '"}', ""):
        made = client.get("/api/v1/health", headers={"x-request-id": bad}).headers["x-request-id"]
        assert made != bad and len(made) == 32


@pytest.fixture
def lines() -> Iterator[None]:
    """The process may log as JSON lines, and does not afterwards."""
    root = logging.getLogger()
    kept = root.handlers
    yield
    root.handlers = kept
    for name in ("wenju.requests", "wenju.questions"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def served(home: Path, *, with_text: bool) -> Engine:
    settings = Settings(home=home, cache=home / "cache", log="json", log_questions=with_text)
    engine = Engine.open(settings, encoder=FakeEncoder())
    engine.add_sources([Source("press.txt", "press", PRESS)])
    configure_logs(settings)
    return engine


@pytest.mark.parametrize("with_text", [False, True])
def test_the_log_holds_a_question_only_where_that_is_wanted(
    lines: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    with_text: bool,
) -> None:
    with served(tmp_path, with_text=with_text) as engine:
        with TestClient(create_api(engine), raise_server_exceptions=False) as client:
            asked = {"x-request-id": "ask-1"}
            client.post("/api/v1/ask", json={"question": QUESTION}, headers=asked)
            client.get("/api/v1/search", params={"question": QUESTION})

            def broken(question: str, **given: object) -> None:
                raise ZeroDivisionError(question)

            monkeypatch.setattr(engine, "ask", broken)
            failing = client.post("/api/v1/ask", json={"question": QUESTION})
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (QUESTION in json.dumps(told, ensure_ascii=False)) == with_text
    by_message = {(one["message"], one.get("path")): one for one in told}
    assert by_message["request", "/api/v1/ask"]["status"] in (200, 500)
    question = next(one for one in told if one["message"] == "question")
    assert question["request_id"] == "ask-1" and question["answered"]
    assert ("question" in question) == with_text
    failed = next(one for one in told if one.get("error") == "ZeroDivisionError")
    assert failed["request_id"] == failing.headers["x-request-id"] and failed["trace"]
    assert all(one["time"] and one["level"] for one in told)


def test_without_the_setting_the_logs_stay_as_they_are(tmp_path: Path) -> None:
    before = logging.getLogger().handlers
    configure_logs(Settings(home=tmp_path))
    assert logging.getLogger().handlers is before


def test_a_record_is_one_line() -> None:
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "two\nlines %s", ("\u2028",), None)
    line = JsonLines(with_text=False).format(record)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == "two\nlines \u2028"
