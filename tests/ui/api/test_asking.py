"""Many questions at once, texts that are sent along, passages beside an answer, names for clients."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.making import NOTICES
from tests.ui.api.test_routes import problem
from wenju.corpus.document import Source
from wenju.qa.engine import Engine

QUESTION = "生態型聯合體最高支持多少"


@pytest.fixture
def client(filled_client: TestClient) -> TestClient:
    return filled_client


def test_passages_come_along_if_asked_for(client: TestClient) -> None:
    plain = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert plain["answered"] and plain["passages"] == []
    more = client.post("/api/v1/ask", json={"question": QUESTION, "passages": 2}).json()
    found = client.post("/api/v1/search", json={"question": QUESTION, "k": 2}).json()["hits"]
    assert more["passages"] == found and more["answer"] == plain["answer"]
    none = client.post("/api/v1/ask", json={"question": "月球上有幾隻兔子", "passages": 1}).json()
    assert not none["answered"] and len(none["passages"]) == 1


def test_whole_articles_come_along_if_asked_for(client: TestClient, engine: Engine) -> None:
    paid = "第二條　延長工作時間者，雇主應給付工資。\n　前項工資依下列標準：\n　一、二小時以內者，加給三分之一。\n"
    text = f"勞動辦法\n第一條　本辦法自公布日施行。\n{paid}第三條　雇主違反者，處罰鍰二萬元。\n"
    engine.add_sources([Source("labour.txt", "labour", text)])
    body = {"question": "延長工作時間二小時以內加給多少", "passages": 3, "articles": True}
    said = client.post("/api/v1/ask", json=body).json()
    (first, *rest) = said["articles"]
    assert (first["title"], first["article"]) == ("勞動辦法", "第二條")
    assert first["text"].strip() == paid.strip()
    assert text[first["start"] : first["end"]] == first["text"]
    assert len({one["article"] for one in said["articles"]}) == len(said["articles"])
    plain = client.post("/api/v1/ask", json=body | {"articles": False, "reword": False}).json()
    assert plain["articles"] == [] and plain["answer"] == said["answer"]


def test_many_questions_are_answered_in_their_order(client: TestClient) -> None:
    asked = [{"question": QUESTION}, {"question": "培訓費用為每人多少元"}, {"question": QUESTION}]
    answers = client.post("/api/v1/ask/batch", json={"questions": asked}).json()["answers"]
    assert ["1000" in a["answer"] for a in answers] == [True, False, True]
    assert "300" in answers[1]["answer"]
    bad = client.post("/api/v1/ask/batch", json={"questions": [*asked, {"question": ""}]})
    assert "questions.3" in problem(bad, 422)["detail"]
    for questions in ([], asked * 40):
        problem(client.post("/api/v1/ask/batch", json={"questions": questions}), 422)


def test_texts_that_are_sent_along_are_answered_from_and_not_kept(client: TestClient) -> None:
    named = {"text": NOTICES[1], "name": "library.txt", "title": "公告"}
    body = {"question": "圖書館周幾閉館", "texts": [NOTICES[0], named]}
    answer = client.post("/api/v1/read", json=body).json()
    (cited, *_) = answer["citations"]
    assert cited["source"] == "library.txt"
    assert NOTICES[1][cited["start"] : cited["end"]] == cited["original"]
    assert client.get("/api/v1/health").json()["documents"] == 2
    problem(client.post("/api/v1/read", json=body | {"texts": [" "]}), 422)
    problem(client.post("/api/v1/read", json=body | {"texts": []}), 422)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("ask", {"question": QUESTION, "docments": ["x"]}),
        ("ask", {"question": QUESTION, "conversation": [{"question": "x", "reply": "y"}]}),
        ("search", {"question": QUESTION, "top": 3}),
        ("read", {"question": QUESTION, "texts": ["x"], "k": 3}),
    ],
)
def test_unknown_fields_are_named(client: TestClient, path: str, body: dict[str, object]) -> None:
    said = problem(client.post(f"/api/v1/{path}", json=body), 422)
    assert any(name in said["detail"] for name in ("docments", "reply", "top", "k:"))


def test_clients_can_be_made_from_its_names(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    assert spec["info"]["title"].isascii()
    names = [
        operation["operationId"] for path in spec["paths"].values() for operation in path.values()
    ]
    assert len(set(names)) == len(names) and all(name.isidentifier() for name in names)
    assert {"ask", "ask_batch", "read", "search", "documents", "upload", "verify"} <= {*names}


def test_a_path_for_another_method_says_which(client: TestClient) -> None:
    for path in ("ask", "verify", "read", "documents/x/places"):
        response = client.put(f"/api/v1/{path}", json={})
        problem(response, 405)
        assert response.headers["allow"]
