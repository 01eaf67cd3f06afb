from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from wenju.ui.access.surface import needed_role

QUESTION = "生態型聯合體最高支持多少"


@pytest.fixture
def client(filled_client: TestClient) -> TestClient:
    return filled_client


def test_an_answer_is_checked_again_as_it_was_sent(client: TestClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert answer["provenance"]["revision"] > 0
    said = client.post("/api/v1/verify", json=answer).json()
    assert (said["status"], said["answer_stands"]) == ("unchanged", True)
    assert said["revision"] == answer["provenance"]["revision"]
    answer["citations"][0]["quote"] = "最高9元"
    said = client.post("/api/v1/verify", json=answer).json()
    assert said["status"] == "gone" and said["citations"][0]["reason"]


@pytest.mark.parametrize("body", [{}, [], {"answered": True, "answer": "x", "citations": [{}]}])
def test_what_is_no_answer_is_a_422(client: TestClient, body: object) -> None:
    said = client.post("/api/v1/verify", json=body)
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"


def test_halves_of_characters_are_refused(client: TestClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    answer["citations"][0]["document_id"] = "X"
    raw = __import__("json").dumps(answer).replace('"X"', '"\\ud800"')
    said = client.post("/api/v1/verify", content=raw, headers={"content-type": "application/json"})
    assert said.status_code == 422


def test_checking_needs_no_right_to_write() -> None:
    assert needed_role("POST", "/api/v1/verify") == "read"
    assert needed_role("GET", "/metrics") == needed_role("GET", "/ready") == "read"
