"""Feedback over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.ui.api.test_routes import problem
from tests.ui.conftest import PRESS

ASKED = "生態型聯合體最高支持多少"


@pytest.fixture
def client(filled_client: TestClient) -> TestClient:
    return filled_client


def give(client: TestClient, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    response = client.post("/api/v1/feedback", json={"question": ASKED, **said})
    assert response.status_code == 201, response.text
    kept: dict[str, Any] = response.json()
    return kept


def test_an_answer_is_called_right_with_what_the_answer_says(client: TestClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": ASKED}).json()
    citation = answer["citations"][0]
    start, end = citation["source_highlight"][0]
    place = {"document_id": citation["document_id"], "start": start, "end": end}
    kept = give(client, verdict="right", answer=answer["answer"], **place)
    assert PRESS[start:end] == answer["answer"]
    assert kept.items() >= {"question": ASKED, "correct": "", **place}.items()
    assert client.get("/api/v1/feedback").json() == {"total": 1, "feedback": [kept]}


def test_the_newest_come_first_and_in_pages(client: TestClient) -> None:
    for number in range(5):
        give(client, verdict="wrong", comment=str(number))
    page = client.get("/api/v1/feedback", params={"limit": 2, "offset": 1}).json()
    assert page["total"] == 5
    assert [one["comment"] for one in page["feedback"]] == ["3", "2"]
    problem(client.get("/api/v1/feedback", params={"limit": 0}), 422)


@pytest.mark.parametrize(
    ("said", "status", "named"),
    [
        ({}, 422, "verdict"),
        ({"verdict": "perhaps"}, 422, "verdict"),
        ({"verdict": "wrong", "corect": "500萬元"}, 422, "corect"),
        ({"verdict": "wrong", "correct": "900萬元"}, 422, "900萬元"),
        ({"verdict": "wrong", "comment": "長" * 10_000}, 422, "comment"),
        ({"verdict": "wrong", "question": " "}, 422, "empty"),
        ({"verdict": "wrong", "correct": "500萬元", "document_id": "x"}, 404, "'x'"),
    ],
)
def test_what_does_not_fit_is_a_problem(
    client: TestClient, said: dict[str, Any], status: int, named: str
) -> None:
    body = {"question": ASKED, **said}
    assert named in problem(client.post("/api/v1/feedback", json=body), status)["detail"]
    assert client.get("/api/v1/feedback").json()["total"] == 0
