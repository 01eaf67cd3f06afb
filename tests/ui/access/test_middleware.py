from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.access.conftest import OURS, READ, WRITE, Open
from tests.ui.api.test_routes import Files, problem
from wenju.ui.access.keys import key_ring
from wenju.ui.access.policy import Limits, Policy

KEYS = key_ring([READ], [WRITE])
SMALL = Policy(limits=Limits(body_bytes=1000, upload_bytes=4000))
ASK = {"question": "生態型聯合體最高支持多少"}
FILE: Files = [("files", ("planted.txt", b"planted", "text/plain"))]
FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "http://localhost:3000"},  # another port
    {"origin": "http://127.0.0.1:8000"},  # another name of the same machine
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": OURS, "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "made up"},
]


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_pages_of_other_origins_change_and_read_nothing(
    opened: Open, headers: dict[str, str]
) -> None:
    client = opened()
    problem(client.post("/api/v1/documents", files=FILE, headers=headers), 403)
    problem(client.post("/api/v1/ask", json=ASK, headers=headers), 403)
    problem(client.post("/sign-in", data={"key": "x"}, headers=headers), 403)
    said = {"question": "x", "verdict": "wrong"}
    problem(client.post("/api/v1/feedback", json=said, headers=headers), 403)
    problem(client.get("/api/v1/documents", headers=headers), 403)
    problem(client.get("/library", headers=headers), 403)
    problem(client.post("/transcript/md", json={"turns": []}, headers=headers), 403)
    assert client.get("/api/v1/documents").json()["documents"] == []
    assert client.get("/api/v1/feedback").json()["total"] == 0


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": OURS}, {"origin": OURS, "sec-fetch-site": "same-origin"}],
    ids=["curl", "page", "browser"],
)
def test_our_page_and_programs_of_this_machine_may(opened: Open, headers: dict[str, str]) -> None:
    client = opened()
    assert client.post("/api/v1/documents", files=FILE, headers=headers).status_code == 200
    assert client.post("/api/v1/ask", json=ASK, headers=headers).status_code == 200


def test_a_link_from_another_site_opens_a_page_and_no_frame(opened: Open) -> None:
    client = opened()
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    page = client.get("/library", headers=link | {"sec-fetch-dest": "document"})
    assert page.status_code == 200
    for inside in ("iframe", "object", "embed"):
        problem(client.get("/library", headers=link | {"sec-fetch-dest": inside}), 403)
    form = link | {"sec-fetch-dest": "document"}
    problem(client.post("/api/v1/documents", files=FILE, headers=form), 403)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "evil.example:8000", "10.1.2.3", "", "a b", "x@y"],
)
def test_another_name_is_not_answered_and_not_repeated(opened: Open, host: str) -> None:
    client = opened()
    for path in ("/", "/docs", "/api/v1/health", "/zh-hant/", "/nowhere"):
        response = client.get(path, headers={"host": host})
        said = problem(response, 421)
        assert "--allow-host" in said["detail"]
        assert not host or host not in response.text + str(response.headers)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:9", "wenju.example"])
def test_own_and_allowed_names_are_answered(opened: Open, host: str) -> None:
    client = opened(Policy(hosts=frozenset({"wenju.example"})))
    assert client.get("/api/v1/health", headers={"host": host}).status_code == 200


def test_nothing_of_how_a_request_came_is_repeated(opened: Open) -> None:
    client = opened()
    marked = {
        "x-forwarded-host": "marked.example",
        "x-forwarded-proto": "https",
        "x-forwarded-prefix": "/marked.example",
        "forwarded": "host=marked.example",
        "x-gradio-server": "http://marked.example",
    }
    for path in ("/", "/docs", "/docs/", "/openapi.json", "/library", "/sign-in", "/api/v1/x"):
        response = client.get(path, headers=marked)
        assert "marked.example" not in response.text + str(response.headers)
        assert "://" not in response.headers.get("location", "")


def test_two_hosts_and_two_origins_are_refused(opened: Open) -> None:
    client = opened()
    for name in ("host", "origin", "content-length"):
        twice: Any = [(name, "localhost"), (name, "localhost")]
        problem(client.get("/api/v1/health", headers=twice), 400)


def test_every_response_has_the_security_headers(opened: Open) -> None:
    client = opened(Policy(keys=KEYS))
    responses = [
        client.get("/api/v1/health", headers=bearer(READ)),
        client.get("/docs", headers=bearer(READ)),
        client.get("/api/v1/nothing", headers=bearer(READ)),
        client.get("/library", headers={"accept": "text/html"}),
        client.get("/sign-in"),
        client.post("/api/v1/ask", json=ASK),
        client.get("/", headers={"host": "evil.example"}),
        client.get("/zh-hant/config", headers=bearer(READ)),
    ]
    assert [r.status_code for r in responses] == [200, 200, 404, 303, 200, 401, 421, 404]
    for response in responses:
        headers = response.headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not any(name.startswith("access-control") for name in headers)
    assert responses[0].headers["cache-control"] == "no-store"


def test_with_keys_nothing_is_read_without_one(opened: Open) -> None:
    client = opened(Policy(keys=KEYS))
    for path in ("/api/v1/health", "/docs", "/openapi.json", "/library", "/document/x", "/"):
        response = client.get(path)
        problem(response, 401)
        assert response.headers["www-authenticate"] == "Bearer"
    for wrong in ("", "x" * 20, READ[:-1], READ + "r", "密鑰"):
        headers: Any = [("authorization", f"Bearer {wrong}".encode())]
        problem(client.get("/api/v1/health", headers=headers), 401)
    problem(client.get("/api/v1/health", headers={"authorization": f"Basic {READ}"}), 401)
    problem(client.get(f"/api/v1/health?key={READ}"), 401)


def test_who_may_read_may_not_write(opened: Open) -> None:
    client = opened(Policy(keys=KEYS))
    read, write = bearer(READ), bearer(WRITE)
    assert client.get("/api/v1/documents", headers=read).json()["documents"] == []
    assert client.post("/api/v1/ask", json=ASK, headers=read).status_code == 200
    refused = client.post("/api/v1/documents", files=FILE, headers=read)
    assert "may write" in problem(refused, 403)["detail"]
    problem(client.get("/api/v1/feedback", headers=read), 403)
    problem(client.delete("/api/v1/documents/x", headers=read), 403)
    assert client.post("/api/v1/documents", files=FILE, headers=write).status_code == 200
    assert client.get("/api/v1/feedback", headers=write).status_code == 200
    assert len(client.get("/api/v1/documents", headers=read).json()["documents"]) == 1


def test_a_key_counts_only_with_our_origin_or_with_none(opened: Open) -> None:
    client = opened(Policy(keys=KEYS))
    evil = {"origin": "http://evil.example"}
    problem(client.post("/api/v1/ask", json=ASK, headers=bearer(WRITE) | evil), 403)


def test_the_page_asks_for_the_key_once(opened: Open) -> None:
    client = opened(Policy(keys=KEYS))
    page = {"accept": "text/html,*/*", "sec-fetch-site": "none"}
    asked = client.get("/document/x?lang=en&a=%E6%A8%99", headers=page)
    assert asked.status_code == 303
    assert asked.headers["location"].startswith("../sign-in?next=document%2Fx")
    there = client.get(asked.headers["location"].removeprefix(".."), headers=page)
    assert 'value="document/x?lang=en&amp;a=%E6%A8%99"' in there.text
    ours = {"origin": OURS}
    wrong = client.post("/sign-in", data={"key": "x" * 20}, headers=ours)
    assert wrong.status_code == 401 and "set-cookie" not in wrong.headers
    form = {"key": READ, "next": "document/x?lang=en&a=%E6%A8%99"}
    right = client.post("/sign-in", data=form, headers=ours)
    assert (right.status_code, right.headers["location"]) == (
        303,
        "./document/x?lang=en&a=%E6%A8%99",
    )
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and READ not in cookie
    assert "Secure" not in cookie
    assert client.get("/library", headers=page).status_code == 200
    assert client.post("/api/v1/ask", json=ASK, headers=ours).status_code == 200
    problem(client.post("/api/v1/documents", files=FILE, headers=ours), 403)


def test_a_session_changes_nothing_where_no_browser_says_who_asks(opened: Open) -> None:
    client = opened(Policy(keys=KEYS, origins=frozenset({"http://localhost:3000"})))
    client.post("/sign-in", data={"key": WRITE}, headers={"origin": OURS})
    assert client.get("/api/v1/documents").status_code == 200
    problem(client.post("/api/v1/documents", files=FILE), 401)
    # a page that may call the API has to have a key of its own
    other = {"origin": "http://localhost:3000"}
    problem(client.post("/api/v1/documents", files=FILE, headers=other), 401)
    assert client.post("/api/v1/documents", files=FILE, headers={"origin": OURS}).is_success


def test_over_tls_the_session_stays_there(opened: Open) -> None:
    client = opened(Policy(keys=KEYS, hosts=frozenset({"wenju.example"})))
    headers = {"host": "wenju.example", "origin": "https://wenju.example"}
    right = client.post("/sign-in", data={"key": READ}, headers=headers)
    assert "Secure" in right.headers["set-cookie"]


@pytest.mark.parametrize(
    "there",
    [
        *("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"),
        *("http:evil.example", "a/../../x", "x\r\nset-cookie: a=b", "?x"),
    ],
)
def test_after_the_key_nobody_is_sent_elsewhere(opened: Open, there: str) -> None:
    client = opened(Policy(keys=KEYS))
    right = client.post("/sign-in", data={"key": READ, "next": there}, headers={"origin": OURS})
    assert (right.status_code, right.headers["location"]) == (303, "./")


def test_without_keys_there_is_nothing_to_sign_in_to(opened: Open) -> None:
    client = opened()
    assert client.get("/sign-in").headers["location"] == "./"
    sent = client.post("/sign-in", data={"key": "x"})
    assert sent.headers["location"] == "./" and "set-cookie" not in sent.headers


def test_an_origin_that_is_allowed_may_call_the_api_and_nothing_else(opened: Open) -> None:
    origin = "https://portal.example"
    client = opened(Policy(origins=frozenset({origin}), keys=KEYS))
    ask = {"origin": origin, "access-control-request-method": "POST"}
    before = client.options("/api/v1/ask", headers=ask | {"sec-fetch-site": "cross-site"})
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == origin
    assert "access-control-allow-credentials" not in before.headers
    theirs = {"origin": origin, "sec-fetch-site": "cross-site"}
    answered = client.post("/api/v1/ask", json=ASK, headers=theirs | bearer(READ))
    assert answered.status_code == 200
    assert answered.headers["access-control-allow-origin"] == origin
    problem(client.post("/api/v1/ask", json=ASK, headers=theirs), 401)
    problem(client.get("/library", headers=theirs | bearer(READ)), 403)
    other = {"origin": "https://other.example", "access-control-request-method": "POST"}
    problem(client.options("/api/v1/ask", headers=other), 403)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_above_the_limit_is_refused(opened: Open, chunked: bool) -> None:
    client = opened(SMALL)
    body = b'{"question": "' + b"x" * 2000 + b'"}'

    def pieces(whole: bytes) -> Iterator[bytes]:
        yield from (whole[i : i + 100] for i in range(0, len(whole), 100))

    headers = {"content-type": "application/json"}
    for path in ("/api/v1/ask", "/sign-in", "/api/v1/nothing"):
        content = pieces(body) if chunked else body
        said = problem(client.post(path, content=content, headers=headers), 413)
        assert "wenju add" in said["detail"]
    assert client.post("/api/v1/ask", json={"question": "x"}).status_code == 200
    files: Files = [("files", ("big.txt", b"x" * 5000, "text/plain"))]
    problem(client.post("/api/v1/documents", files=files), 413)
    assert client.get("/api/v1/documents").json()["documents"] == []
    fits: Files = [("files", ("fits.txt", b"some words " * 200, "text/plain"))]
    assert client.post("/api/v1/documents", files=fits).status_code == 200


def test_an_upload_in_pieces_above_the_limit_is_refused(opened: Open) -> None:
    client = opened(SMALL)
    head = b'--b\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'

    def endless() -> Iterator[bytes]:
        yield head
        yield from (b"x" * 500 for _ in range(100))

    headers = {"content-type": "multipart/form-data; boundary=b"}
    problem(client.post("/api/v1/documents", content=endless(), headers=headers), 413)
    assert client.get("/api/v1/documents").json()["documents"] == []


def test_a_length_that_is_no_number_is_refused(opened: Open) -> None:
    client = opened()
    for length in ("-1", "1e3", "9" * 30, "1,2"):
        headers = {"content-length": length}
        problem(client.post("/api/v1/ask", content=json.dumps(ASK), headers=headers), 400)


def test_a_head_above_the_limit_is_refused(opened: Open) -> None:
    client = opened()
    problem(client.get("/api/v1/health", headers={"x-long": "x" * 20_000}), 431)
    problem(client.get("/api/v1/health?q=" + "x" * 20_000), 431)
    many = {f"x-{i}": "y" for i in range(3000)}
    problem(client.get("/api/v1/health", headers=many), 431)
    assert client.get("/api/v1/health?q=" + "x" * 4000).status_code == 200
