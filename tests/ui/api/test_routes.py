from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from tests.ui.conftest import PRESS
from wenju.qa.engine import Engine
from wenju.ui.api.problems import MEDIA_TYPE
from wenju.ui.api.routes import create_api
from wenju.ui.api.schemas import MAX_HITS, MAX_TURN_CHARACTERS, MAX_TURNS
from wenju.ui.csp import HEADER, inline_scripts, inline_styles, page_policy

if TYPE_CHECKING:
    from httpx2 import Response

QUESTION = "生態型聯合體最高支持多少"
Files = list[tuple[str, tuple[str, bytes, str]]]


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_api(engine), raise_server_exceptions=False) as opened:
        yield opened


def upload(client: TestClient, **files: bytes | str) -> Response:
    parts: Files = [
        ("files", (name.replace("_", "."), body.encode() if isinstance(body, str) else body, ""))
        for name, body in files.items()
    ]
    return client.post("/api/v1/documents", files=parts)


def problem(response: Response, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == MEDIA_TYPE
    said: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail"} <= set(said)
    assert said["status"] == status
    assert "Traceback" not in response.text and said["detail"].endswith((".", "？"))
    return said


def test_an_upload_says_what_was_found_and_citations_how_it_was_read(client: TestClient) -> None:
    rows = "".join(f"<tr><td>{n}檔</td><td>補貼{n}000元</td></tr>" for n in range(1, 4))
    page = (
        "<h1>農機補貼辦法</h1><table><tr><th>檔次</th><th>額度</th></tr>"
        f"{rows}<tr><td>圖</td><td><img src='a.png'>見圖</td></tr></table>"
    )
    (done,) = upload(client, a_html=page).json()["files"]
    (file,) = done["files"]
    assert (file["name"], done["failed"], done["notes"]) == ("a.html", [], [])
    held = file["inventory"]
    assert (held["tables"], held["images"], held["pages"]) == (1, 1, 0)
    (summary,) = client.get("/api/v1/documents").json()["documents"]
    assert summary["inventory"] == held
    document = client.get(f"/api/v1/documents/{summary['id']}").json()
    (region,) = document["regions"]
    assert document["text"][region["start"] : region["end"]].startswith("檔次：1檔")
    assert document["inventory"] == held
    assert {passage["read_as"] for passage in document["passages"]} == {"table"}
    said = client.post("/api/v1/ask", json={"question": "2檔補貼多少"}).json()
    cited = said["citations"] or said["nearest"]
    assert [citation["read_as"] for citation in cited] == ["table"]


def test_upload_ask_and_check_the_citation(client: TestClient) -> None:
    done = upload(client, press_txt=PRESS).json()["files"]
    assert [(f["name"], f["added"], f["failed"]) for f in done] == [("press.txt", 1, [])]
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert answer["answered"] and "1000萬元" in answer["answer"]
    citation = answer["citations"][0]
    document = client.get(f"/api/v1/documents/{citation['document_id']}").json()
    assert document["source_text"] == PRESS
    assert document["source_text"][citation["start"] : citation["end"]] == citation["original"]
    start, end = citation["highlight"][0]
    assert citation["quote"][start:end] == answer["answer"]
    assert citation["passage_id"] in [p["id"] for p in document["passages"]]


def test_not_answered_is_an_answer_too(client: TestClient) -> None:
    said = client.post("/api/v1/ask", json={"question": "今天天氣如何"})
    assert said.status_code == 200
    assert said.json()["answered"] is False and said.json()["reason"]


def test_a_follow_up_is_rewritten_from_the_conversation(client: TestClient) -> None:
    upload(client, press_txt=PRESS)
    first = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert first["asked"] == ""
    conversation = [{"question": QUESTION, "answer": first["answer"]}]
    body = {"question": "那任务型呢", "conversation": conversation}
    said = client.post("/api/v1/ask", json=body).json()
    assert (said["question"], said["asked"]) == ("那任务型呢", "任务型联合体最高支持多少")
    assert "500萬元" in said["answer"]


def test_a_conversation_has_an_end(client: TestClient) -> None:
    turn = {"question": QUESTION}
    full = {"question": QUESTION, "conversation": [turn] * MAX_TURNS}
    assert client.post("/api/v1/ask", json=full).status_code == 200
    for wrong in (
        [turn] * (MAX_TURNS + 1),
        [{"question": "長" * (MAX_TURN_CHARACTERS + 1)}],
        [{"answer": "1000萬元"}],
    ):
        body = {"question": QUESTION, "conversation": wrong}
        said = problem(client.post("/api/v1/ask", json=body), 422)
        assert "conversation" in said["detail"]


def test_search_by_body_and_by_address_agree(client: TestClient) -> None:
    upload(client, press_txt=PRESS)
    body = client.post("/api/v1/search", json={"question": QUESTION, "k": 2}).json()
    address = client.get("/api/v1/search", params={"question": QUESTION, "k": 2}).json()
    assert body == address
    assert [hit["rank"] for hit in body["hits"]] == [1, 2][: len(body["hits"])]
    assert body["hits"]


def test_documents_come_and_go(client: TestClient) -> None:
    upload(client, press_txt=PRESS, other_txt="另一份文件說明停車費用每小時30元。")
    listed = client.get("/api/v1/documents").json()["documents"]
    assert [d["name"] for d in listed] == ["other.txt", "press.txt"]
    assert "origin" not in listed[0]
    press = listed[1]["id"]
    removed = client.delete(f"/api/v1/documents/{press}").json()["removed"]
    assert [d["id"] for d in removed] == [press]
    assert [d["name"] for d in client.get("/api/v1/documents").json()["documents"]] == ["other.txt"]
    problem(client.get(f"/api/v1/documents/{press}"), 404)
    problem(client.delete(f"/api/v1/documents/{press}"), 404)


def test_uploading_a_name_again_replaces_it(client: TestClient) -> None:
    upload(client, press_txt=PRESS)
    assert upload(client, press_txt=PRESS).json()["files"][0]["unchanged"] == 1
    changed = upload(client, press_txt=PRESS.replace("1000", "2000")).json()["files"][0]
    assert (changed["added"], changed["updated"]) == (0, 1)
    answer = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert "2000萬元" in answer["answer"]


def test_each_file_has_its_own_result(client: TestClient) -> None:
    said = upload(client, good_txt=PRESS, bad_exe=b"MZ\x00", broken_pdf=b"%PDF-nothing")
    assert said.status_code == 200
    results = {f["name"]: f for f in said.json()["files"]}
    assert results["good.txt"]["added"] == 1
    for name in ("bad.exe", "broken.pdf"):
        assert results[name]["added"] == 0
        assert name in results[name]["failed"][0]["reason"]
        assert "/tmp" not in json.dumps(results[name])


def test_nothing_readable_is_a_problem(client: TestClient) -> None:
    said = problem(upload(client, bad_exe=b"MZ"), 422)
    assert said["files"][0]["failed"]


@pytest.mark.parametrize("name", ["../../etc/evil.txt", "C:\\docs\\evil.txt", "/abs/evil.txt"])
def test_an_upload_is_known_by_the_last_part_of_its_name(client: TestClient, name: str) -> None:
    part = ("files", (name, PRESS.encode(), "text/plain"))
    assert client.post("/api/v1/documents", files=[part]).json()["files"][0]["name"] == "evil.txt"


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "question"), ({"question": 5}, "question"), ({"question": "x", "k": 0}, "k")],
)
def test_a_wrong_body_is_a_problem_that_names_the_field(
    client: TestClient, body: dict[str, Any], field: str
) -> None:
    said = problem(client.post("/api/v1/search", json=body), 422)
    assert said["errors"][0]["field"] == field
    assert field in said["detail"]


def test_bad_questions_and_broken_json_are_problems(client: TestClient) -> None:
    problem(client.post("/api/v1/ask", json={"question": "  "}), 422)
    problem(client.post("/api/v1/ask", json={"question": "長" * 100_000}), 422)
    problem(
        client.post("/api/v1/ask", content=b"{", headers={"content-type": "application/json"}), 422
    )
    problem(client.get("/api/v1/search", params={"question": "x", "k": MAX_HITS + 1}), 422)


def test_unknown_paths_and_methods_are_problems(client: TestClient) -> None:
    problem(client.get("/api/v1/nothing"), 404)
    response = client.put("/api/v1/ask", json={})
    problem(response, 405)
    assert response.headers["allow"] == "POST"


def test_an_unexpected_error_shows_no_traceback(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(question: str, **options: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(engine, "ask", broken)
    response = client.post("/api/v1/ask", json={"question": "x"})
    problem(response, 500)
    assert "secret" not in response.text


def test_health_counts(client: TestClient) -> None:
    upload(client, press_txt=PRESS)
    said = client.get("/api/v1/health").json()
    assert (said["status"], said["documents"]) == ("ok", 1)
    assert said["passages"] > 0 and said["version"]


def test_the_description_has_examples_and_problems(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    ask = spec["paths"]["/api/v1/ask"]["post"]
    assert "Problem" in json.dumps(ask["responses"]["422"])
    answer = spec["components"]["schemas"]["AnswerOut"]["examples"][0]
    citation = answer["citations"][0]
    start, end = citation["highlight"][0]
    assert citation["quote"][start:end] == answer["answer"]
    assert len(citation["quote"]) == citation["end"] - citation["start"]


def test_the_documentation_needs_no_network(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page.text
    assert "最高1000萬元" in page.text
    assert "http" not in page.text.replace("openapi", "") and " src=" not in page.text
    [script] = inline_scripts(page.text)
    # what it runs is this one, and it asks this server alone
    policy = page.headers[HEADER]
    assert page_policy([script], inline_styles(page.text)) == policy
    assert "connect-src 'self'" in policy


def test_what_is_tried_has_what_it_needs_and_no_more(client: TestClient) -> None:
    page = client.get("/docs").text
    bodies = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert {"question": QUESTION} in [json.loads(unescape(body)) for body in bodies]
    for body in map(json.loads, map(unescape, bodies)):
        assert "as_of" not in body
    changing = re.findall(r'data-method="(\w+)" data-path="([^"]+)"><p class="note">', page)
    assert set(changing) == {
        ("post", "/api/v1/documents"),
        ("delete", "/api/v1/documents"),
        ("patch", "/api/v1/documents/{document_id}"),
        ("delete", "/api/v1/documents/{document_id}"),
    }


def test_within_documents_nothing_else_is_found(client: TestClient) -> None:
    upload(client, press_txt=PRESS, other_txt="停車場公告\n停車費用每小時30元，最高支持月租。")
    listed = client.get("/api/v1/documents").json()["documents"]
    ids = {d["name"]: d["id"] for d in listed}
    ours, other = [ids["press.txt"]], [ids["other.txt"]]
    asked = client.post("/api/v1/ask", json={"question": QUESTION, "documents": ours}).json()
    assert "1000萬元" in asked["answer"]
    asked = client.post("/api/v1/ask", json={"question": QUESTION, "documents": other}).json()
    assert {c["document_id"] for c in [*asked["citations"], *asked["nearest"]]} == {*other}
    body = {"question": QUESTION, "documents": other}
    found = client.post("/api/v1/search", json=body).json()
    assert {hit["passage"]["document_id"] for hit in found["hits"]} == {*other}
    address = {"question": QUESTION, "document": other}
    assert client.get("/api/v1/search", params=address).json() == found
    both = {"question": QUESTION, "document": [*ours, *other]}
    everything = client.get("/api/v1/search", params={"question": QUESTION}).json()
    assert client.get("/api/v1/search", params=both).json() == everything


def test_an_unknown_document_is_named(client: TestClient) -> None:
    upload(client, press_txt=PRESS)
    for path in ("ask", "search"):
        body = {"question": QUESTION, "documents": ["nowhere"]}
        assert "'nowhere'" in problem(client.post(f"/api/v1/{path}", json=body), 404)["detail"]
    address = {"question": QUESTION, "document": "nowhere"}
    assert "'nowhere'" in problem(client.get("/api/v1/search", params=address), 404)["detail"]


def test_what_is_suggested_is_answered(client: TestClient) -> None:
    assert client.get("/api/v1/suggestions").json() == {"questions": []}
    upload(client, press_txt=PRESS)
    questions = client.get("/api/v1/suggestions", params={"count": 1}).json()["questions"]
    assert questions == ["生態型聯合體最高支持多少？"]
    answer = client.post("/api/v1/ask", json={"question": questions[0]}).json()
    assert "1000萬元" in answer["answer"]
    for count in (0, 21):
        problem(client.get("/api/v1/suggestions", params={"count": count}), 422)


def test_a_document_is_corrected(client: TestClient) -> None:
    upload(client, press_txt=PRESS)
    (document,) = client.get("/api/v1/documents").json()["documents"]
    address = f"/api/v1/documents/{document['id']}"
    changed = client.patch(address, json={"issued": "2024-05-16", "repealed": True}).json()
    assert (changed["metadata"]["issued"], changed["metadata"]["repealed"]) == ("2024-05-16", "yes")
    assert client.get(address).json()["metadata"] == changed["metadata"]
    back = client.patch(address, json={"issued": None, "repealed": None}).json()
    assert back == document
    assert (
        "no field 'colour'" in problem(client.patch(address, json={"colour": "red"}), 422)["detail"]
    )
    assert "YYYY-MM-DD" in problem(client.patch(address, json={"date": "soon"}), 422)["detail"]
    problem(client.patch(address, json=["date"]), 422)
    problem(client.patch("/api/v1/documents/x", json={"kind": "law"}), 404)
