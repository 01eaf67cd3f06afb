"""A server of which more is asked than it can answer, spoken to over real connections."""

from __future__ import annotations

import asyncio
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.ui.access.test_connections import connected, head
from tests.ui.load.conftest import PATIENT, QUESTION, Held
from wenju.qa.engine import Engine
from wenju.ui.load.pool import Pool
from wenju.ui.page import events
from wenju.ui.texts import LANGUAGES, Texts

pytestmark = pytest.mark.slow
ASK = {"question": QUESTION}


def waiting(client: httpx2.Client) -> int:
    said = client.get("/metrics").text
    (found,) = re.findall(r'wenju_pool_waiting\{pool="asks"\} (\d+)', said)
    return int(found)


def until_waiting(client: httpx2.Client, number: int) -> None:
    for _ in range(PATIENT * 50):
        if waiting(client) == number:
            return
        time.sleep(0.02)
    raise AssertionError(f"never {number} questions waited")


def test_past_the_queue_it_is_429_and_everything_else_answers(
    client: httpx2.Client, held: Held
) -> None:
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(client.post, "/api/v1/ask", json=ASK) for _ in range(2)]
        assert held.begun.acquire(timeout=PATIENT)
        until_waiting(client, 1)
        for path in ("/api/v1/ask", "/api/v1/search"):
            refused = client.post(path, json=ASK)
            assert refused.status_code == 429
            assert refused.headers["content-type"] == "application/problem+json"
            assert int(refused.headers["retry-after"]) >= 1
            assert "busy" in refused.json()["detail"]
        for path in ("/api/v1/health", "/ready", "/metrics", "/zh-hant/", "/library"):
            assert client.get(path).status_code == 200, path
        added = {"files": ("b.txt", "停車費用每小時30元。".encode(), "text/plain")}
        assert client.post("/api/v1/documents", files=added).status_code == 200
        held.go.set()
        assert [one.result().status_code for one in asked] == [200, 200]
    assert client.post("/api/v1/ask", json=ASK).status_code == 200


def test_a_client_that_leaves_frees_its_place(client: httpx2.Client, held: Held) -> None:
    body = json.dumps(ASK).encode()
    sent = head("POST", "/api/v1/ask", Content_Length=str(len(body)))
    sent = sent.replace(b"Host", b"Content-Type: application/json\r\nHost") + body
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(client.post, "/api/v1/ask", json=ASK)
        assert held.begun.acquire(timeout=PATIENT)
        with connected(str(client.base_url)) as leaving:
            leaving.sendall(sent)
            until_waiting(client, 1)
        until_waiting(client, 0)
        second = threads.submit(client.post, "/api/v1/ask", json=ASK)
        until_waiting(client, 1)
        held.go.set()
        assert (first.result().status_code, second.result().status_code) == (200, 200)
    assert held.asked == 2  # nobody was answered who had gone
    counted = client.get("/metrics").text
    assert 'route="/api/v1/ask",status="499"' in counted


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_the_page_says_in_words_that_it_is_busy(small: Engine, held: Held, texts: Texts) -> None:
    async def ask() -> str:
        pool = Pool("asks", 1, 0)
        first = asyncio.create_task(pool.run(lambda: held.ask(QUESTION)))
        await asyncio.to_thread(held.begun.acquire)
        shown = [state async for state in events.ask(small, texts, pool, QUESTION, [])]
        held.go.set()
        await first
        pool.stop()
        shown += [state async for state in events.ask(small, texts, pool, QUESTION, [])]
        return shown[1][2] + shown[-1][2]

    said = asyncio.run(ask())
    assert texts.busy in said and texts.stopping in said


def test_a_page_that_is_left_frees_its_place(client: httpx2.Client, held: Held) -> None:
    """As a browser does it: a question joins the queue of the page, and its stream is closed."""
    config = client.get("/zh-hant/").text
    found = re.search(r'"id":\s*(\d+),\s*"targets":\s*\[\[\d+,\s*"submit"\]\]', config)
    assert found
    join = {"data": [QUESTION, None, ""], "fn_index": int(found[1]), "session_hash": "leaving"}
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(client.post, "/api/v1/ask", json=ASK)
        assert held.begun.acquire(timeout=PATIENT)
        assert client.post("/zh-hant/gradio_api/queue/join", json=join).status_code == 200
        stream = "/zh-hant/gradio_api/queue/data?session_hash=leaving"
        with client.stream("GET", stream) as opened:
            assert opened.status_code == 200
            until_waiting(client, 1)
        until_waiting(client, 0)
        held.go.set()
        assert first.result().status_code == 200
    assert held.asked == 1
