"""The real server, spoken to byte by byte."""

from __future__ import annotations

import json
import re
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.ui.conftest import make_engine
from wenju.qa.engine import Engine
from wenju.ui import serializers
from wenju.ui.access.keys import key_ring
from wenju.ui.access.policy import MEGABYTE, Limits, Policy
from wenju.ui.server import background_server

pytestmark = pytest.mark.slow
PATIENT = 60  # seconds after which a test gives up; none asserts a time
SOON = Policy(limits=Limits(request_seconds=1, upload_seconds=2))
WRITE = "w" * 20
PART = b'--b\r\ncontent-disposition: form-data; name="files"; filename="planted.bin"\r\n\r\nx'
JOIN = "/zh-hant/gradio_api/queue/join"


@pytest.fixture(scope="module")
def engine_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with make_engine(tmp_path_factory.mktemp("connections")) as engine:
        yield engine


@pytest.fixture(scope="module")
def address(engine_of_module: Engine) -> Iterator[str]:
    """A server that waits for no request longer than a second or two."""
    with background_server(engine_of_module, SOON) as address:
        yield address


@contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    assert parts.hostname and parts.port
    with socket.create_connection((parts.hostname, parts.port), PATIENT) as opened:
        yield opened


def head(method: str, path: str, **more: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def answer(opened: socket.socket) -> bytes:
    """Everything until the server closes the connection."""
    pieces = []
    try:
        while piece := opened.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def status(said: bytes) -> int:
    return int(said.split(b" ", 2)[1])


def first_status(opened: socket.socket) -> int:
    return status(opened.recv(65536))


def asked(address: str, sent: bytes) -> bytes:
    with connected(address) as opened:
        opened.sendall(sent)
        return answer(opened)


def test_a_connection_on_which_nothing_comes_is_closed(address: str) -> None:
    assert asked(address, b"") == b""


@pytest.mark.parametrize(
    "sent", [b"G", b"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nX-Long: "]
)
def test_a_head_that_was_half_sent_times_out(address: str, sent: bytes) -> None:
    assert status(asked(address, sent)) == 408


def test_a_head_that_comes_byte_by_byte_times_out(address: str) -> None:
    with connected(address) as opened:
        opened.settimeout(0.1)
        said = b""
        for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 10 * PATIENT:
            try:
                opened.send(bytes([byte]))
                said = opened.recv(1000)
            except TimeoutError:
                continue
            except OSError:
                break
            break
        assert status(said) == 408


@pytest.mark.parametrize("path", ["/api/v1/ask", JOIN, "/api/v1/documents", "/sign-in"])
def test_a_body_that_was_half_sent_times_out(address: str, path: str) -> None:
    form = path.endswith("documents")
    kind = "multipart/form-data; boundary=b" if form else "application/json"
    sent = head("POST", path, Content_Length="500", Content_Type=kind)
    said = asked(address, sent + (PART if form else b'{"question'))
    assert status(said) == 408
    assert b"WENJU_REQUEST_TIMEOUT" in said


def test_a_second_request_on_a_connection_times_out_too(address: str) -> None:
    with connected(address) as opened:
        opened.sendall(head("GET", "/api/v1/health"))
        assert first_status(opened) == 200
        opened.sendall(b"GET /api/v1/he")
        assert status(answer(opened)) == 408


def test_what_is_left_of_a_body_nobody_reads_times_out(address: str) -> None:
    sent = head("POST", "/zh-hant/gradio_api/upload", Content_Length=str(MEGABYTE))
    with connected(address) as opened:
        opened.sendall(sent + b"x" * 1000)
        assert first_status(opened) == 404
        opened.sendall(b"x")  # and no more
        answer(opened)  # ends when the server closes the connection


def test_an_answer_that_takes_longer_than_a_request_may_is_given(
    engine_of_module: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> dict[str, Any]:
        time.sleep(1)
        return {"question": "x", "hits": []}

    monkeypatch.setattr(serializers, "search_object", slow)
    policy = Policy(limits=Limits(request_seconds=0.5))
    body = json.dumps({"question": "x"}).encode()
    sent = head("POST", "/api/v1/search", Content_Length=str(len(body)), Connection="close")
    sent = sent.replace(b"Host", b"Content-Type: application/json\r\nHost")
    with background_server(engine_of_module, policy) as address:
        assert status(asked(address, sent + body)) == 200


@pytest.mark.parametrize("path", [JOIN, "/api/v1/ask", "/api/v1/nothing", "/sign-in"])
def test_60_mb_of_json_are_not_even_taken(address: str, path: str) -> None:
    declared = head("POST", path, Content_Length=str(60 * MEGABYTE))
    with connected(address) as opened:
        opened.sendall(declared)  # refused before a byte of it has come
        assert first_status(opened) == 413


def test_60_mb_of_json_in_pieces_are_not_kept(address: str) -> None:
    """The server says no after one of them, and what comes then is not kept."""
    chunk = b"%x\r\n" % 65536 + b"x" * 65536 + b"\r\n"
    with connected(address) as opened:
        opened.sendall(head("POST", JOIN, Transfer_Encoding="chunked"))
        sent = 0
        try:
            while sent < 2 * MEGABYTE:
                opened.sendall(chunk)
                sent += 65536
        except OSError:
            pass
        assert first_status(opened) == 413


def test_files_do_not_reach_gradio(address: str) -> None:
    body = PART + b"\r\n--b--\r\n"
    sent = head("POST", "/zh-hant/gradio_api/upload", Content_Length=str(len(body)))
    sent = sent.replace(b"Host", b"Content-Type: multipart/form-data; boundary=b\r\nHost")
    with connected(address) as opened:
        opened.sendall(sent + body)
        assert first_status(opened) == 404
    assert not [*Path(tempfile.gettempdir(), "gradio").glob("*/planted.bin")]


@pytest.mark.parametrize("size", [20_000, 200_000])
def test_a_head_above_the_limit_is_refused(address: str, size: int) -> None:
    sent = head("GET", "/api/v1/health", X_Long="x" * size, Connection="close")
    assert status(asked(address, sent)) in (400, 431)


def test_websockets_are_not_spoken(address: str) -> None:
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    with connected(address) as opened:
        opened.sendall(head("GET", "/zh-hant/gradio_api/queue/data", **upgrade))
        assert first_status(opened) != 101


def test_the_page_is_the_same_whatever_is_sent(address: str) -> None:
    marked = {
        "X_Forwarded_Host": "marked.example",
        "X_Forwarded_Proto": "https",
        "X_Gradio_Server": "http://marked.example",
    }
    plain = asked(address, head("GET", "/zh-hant/", Connection="close"))
    other = head("GET", "/zh-hant/?deep_link=x&marked.example", Connection="close", **marked)
    other = asked(address, other.replace(b"localhost", b"127.0.0.1:1"))
    assert status(plain) == 200
    own = re.compile(rb"(?:date|x-request-id): [^\r]*\r\n", re.I)
    assert own.sub(b"", plain) == own.sub(b"", other)
    assert b"marked.example" not in other and b"wenju.invalid" not in other
    assert b"server:" not in plain.lower().split(b"\r\n\r\n")[0]


def test_a_redirection_names_no_host(address: str) -> None:
    for path in ("/", "/zh-hant", "/library/", "/en"):
        sent = head("GET", path, Connection="close", X_Forwarded_Host="marked.example")
        said = asked(address, sent)
        (location,) = re.findall(rb"location: ([^\r]*)", said, re.I)
        assert b"//" not in location and b"localhost" not in location, path


def test_every_mount_asks_for_the_key(engine_of_module: Engine) -> None:
    with background_server(engine_of_module, Policy(keys=key_ring([], [WRITE]))) as address:
        closed = {"Connection": "close"}
        for path in ("/zh-hant/", "/en/theme.css", "/zh-hans/gradio_api/app_id", "/docs"):
            assert status(asked(address, head("GET", path, **closed))) == 401, path
            keyed = head("GET", path, Authorization=f"Bearer {WRITE}", **closed)
            assert status(asked(address, keyed)) == 200, path
        assert status(asked(address, head("POST", JOIN, Content_Length="0", **closed))) == 401


def test_more_connections_than_are_held_are_told_so(engine_of_module: Engine) -> None:
    policy = Policy(limits=Limits(connections=3))
    with background_server(engine_of_module, policy) as address, ExitStack() as stack:
        for _ in range(3):
            kept = stack.enter_context(connected(address))
            kept.sendall(head("GET", "/api/v1/health"))
            assert first_status(kept) == 200
        with connected(address) as refused:
            said = answer(refused)
        assert status(said) == 503 and b"retry-after: 2" in said.lower()
        body = json.loads(said.partition(b"\r\n\r\n")[2])
        assert body["status"] == 503 and "connections" in body["detail"]
        stack.close()  # and when one is closed, the next is taken
        for _ in range(PATIENT * 10):
            if status(asked(address, head("GET", "/ready", Connection="close"))) == 200:
                return
            time.sleep(0.1)
        raise AssertionError("no connection was taken again")


def test_what_is_refused_before_any_route_is_counted_and_has_an_id(
    engine_of_module: Engine,
) -> None:
    with background_server(engine_of_module) as address:
        foreign = head("GET", "/api/v1/health", Origin="http://evil.example", Connection="close")
        nowhere = head("GET", "/zh-hant/gradio_api/upload", Connection="close")
        other = head("GET", "/ready", Connection="close").replace(b"localhost", b"evil.example")
        for sent, expected in ((foreign, 403), (nowhere, 404), (other, 421)):
            said = asked(address, sent)
            assert status(said) == expected and b"x-request-id: " in said.lower()
            assert b"x-content-type-options: nosniff" in said.lower()
        asked(address, head("GET", "/api/v1/documents/x", Connection="close"))
        counted = asked(address, head("GET", "/metrics", Connection="close")).decode()
    for expected in (403, 404, 421):
        assert f'{{method="GET",route="other",status="{expected}"}} 1.0' in counted
    assert 'route="/api/v1/documents/{document_id}",status="404"} 1.0' in counted
