"""Any bytes anywhere are answered with what was asked for or with a sentence, never with a 500."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import cases
from tests.ui.api.test_routes import problem, upload
from tests.ui.conftest import PRESS, make_engine
from wenju.ui.api.bodies import lone_surrogate
from wenju.ui.api.routes import create_api

HALF = "\ud800"
ASK = {"question": "生態型聯合體最高支持多少"}
ANSWER = {"answered": True, "answer": "x", "citations": [], "nearest": []}
BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("ask", {"question": HALF + "x"}, "question"),
    ("ask", ASK | {"as_of": HALF}, "as_of"),
    ("ask", ASK | {"documents": ["a", HALF]}, "documents.1"),
    ("ask", ASK | {"issuers": [HALF]}, "issuers.0"),
    ("ask", ASK | {"jurisdictions": [HALF]}, "jurisdictions.0"),
    ("ask", ASK | {"issued_from": HALF}, "issued_from"),
    ("ask", ASK | {"conversation": [{"question": HALF}]}, "conversation.0.question"),
    ("ask", ASK | {"conversation": [{"question": "x", "answer": HALF}]}, "conversation.0.answer"),
    ("ask", ASK | {HALF: "x"}, "The body"),
    ("search", {"question": HALF}, "question"),
    ("feedback", {"question": "x", "verdict": "right", "comment": HALF}, "comment"),
    ("feedback", {"question": "x", "verdict": HALF}, "verdict"),
    ("feedback", {"question": "x", "verdict": "wrong", "correct": HALF}, "correct"),
    ("verify", ANSWER | {"answer": HALF}, "answer"),
]
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = {
    "ask": ("question", "as_of", "documents", "kinds", "issuers", "issued_from", "conversation"),
    "search": ("question", "k", "jurisdictions", "issued_until"),
    "feedback": ("question", "verdict", "answer", "correct", "document_id", "start", "end"),
    "verify": ("answered", "answer", "citations", "nearest", "items", "alternatives"),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with make_engine(tmp_path_factory.mktemp("input")) as engine:
        with TestClient(create_api(engine), raise_server_exceptions=False) as opened:
            upload(opened, press_txt=PRESS)
            yield opened


def post(client: TestClient, path: str, body: bytes) -> Any:  # noqa: ANN401 - a response
    headers = {"content-type": "application/json"}
    return client.post(f"/api/v1/{path}", content=body, headers=headers)


@pytest.mark.parametrize(("path", "body", "place"), BROKEN, ids=str)
def test_half_a_character_is_refused_where_it_stands(
    client: TestClient, path: str, body: dict[str, Any], place: str
) -> None:
    for sent in (json.dumps(body).encode(), _bytes_of(body)):
        said = problem(post(client, path, sent), 422)
        assert said["detail"].startswith(place + " ") and "half a character" in said["detail"]


def _bytes_of(body: dict[str, Any]) -> bytes:
    """The body as bytes that hold the surrogate itself, which JSON readers let pass."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")


def test_a_document_cannot_be_given_half_a_character(client: TestClient) -> None:
    (document,) = client.get("/api/v1/documents").json()["documents"]
    for body in ({"title": HALF}, {"replaces": ["x", HALF]}, {HALF: "x"}):
        sent = json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        address = f"/api/v1/documents/{document['id']}"
        problem(client.patch(address, content=sent, headers=headers), 422)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"question": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"question": "x", "k": ' + b"9" * 5000 + b"}",
        b'{"question": "\xff\xfe"}',
        b"\xff\xfe\x00",
        b'{"question": NaN}',
        b'{"question": 1e999}',
        b"\x00" * 100,
        b"",
    ],
    ids=lambda body: repr(body[:16]),
)
def test_bodies_that_are_no_request(client: TestClient, body: bytes) -> None:
    for path in FIELDS:
        response = post(client, path, body)
        problem(response, response.status_code)
        assert response.status_code in (400, 422)


@pytest.mark.parametrize("path", FIELDS)
@cases(25)
@given(data=st.data())
def test_any_value_of_any_field_is_answered(
    client: TestClient, path: str, data: st.DataObject
) -> None:
    body: dict[str, Any] = {"question": "停車費用多少", "verdict": "right"}
    names = data.draw(st.lists(st.sampled_from(FIELDS[path]), unique=True, min_size=1))
    body |= {name: data.draw(ANY) for name in names}
    response = post(client, path, json.dumps(body).encode())
    assert response.status_code in (200, 201, 400, 404, 422), response.text


@pytest.mark.parametrize(
    "name",
    [
        "長" * 300 + ".txt",
        "a." + "漢" * 300,
        "." * 300,
        "x" * 5000,
        "\x00a.txt",
        "a\r\nb.txt",
        "/",
        "",
    ],
)
def test_names_of_any_length_and_any_characters(client: TestClient, name: str) -> None:
    form = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="'
        + name.encode()
        + b'"\r\n\r\n'
        + PRESS.encode()
        + b"\r\n--b--\r\n"
    )
    for kind in ("multipart/form-data; boundary=b", "multipart/form-data; boundary=b; charset=hex"):
        response = client.post("/api/v1/documents", content=form, headers={"content-type": kind})
        assert response.status_code in (200, 400, 422), response.text


def test_places_beyond_all_numbers(client: TestClient) -> None:
    (document, *_) = client.get("/api/v1/documents").json()["documents"]
    most = 10**30
    address = f"/api/v1/documents/{document['id']}"
    problem(client.get(f"{address}/places", params={"start": -most, "end": most}), 422)
    problem(client.get(f"{address}/pages/{most}"), 422)
    problem(client.get("/api/v1/feedback", params={"offset": most}), 422)
    problem(client.get("/api/v1/documents/%00%ff%ed%a0%80"), 404)
    said = {"question": "x", "verdict": "right", "document_id": document["id"], "start": most}
    problem(client.post("/api/v1/feedback", json=said), 422)


def test_where_half_a_character_stands() -> None:
    assert lone_surrogate({"a": [1, {"b": HALF}]}) == "a.1.b"
    assert lone_surrogate({"a": {HALF: 1}}) == "a"
    assert lone_surrogate(HALF) == ""
    assert lone_surrogate({"a": ["𠮷", None, 1.5, True]}) is None
    deep: Any = HALF
    for _ in range(5000):
        deep = [deep]
    assert lone_surrogate(deep) is not None


def test_every_status_and_content_type_is_described(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    operations = [
        (f"{method} {path}", operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    ]
    for name, operation in operations:
        responses = operation["responses"]
        assert {"400", "401", "403", "408", "421", "429", "431", "503"} <= responses.keys(), name
        for status, said in responses.items():
            if int(status) >= 400:
                assert [*said["content"]] == ["application/problem+json"], (name, status)
                assert said["description"].endswith("."), (name, status)
        for status in ("429", "503"):
            assert "Retry-After" in responses[status]["headers"]
    assert "HTTPValidationError" not in json.dumps(spec)
