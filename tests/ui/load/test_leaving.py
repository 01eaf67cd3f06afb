"""Clients that go while what they sent is read, built and cut, by the real workers of a real server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.corpus.worker.test_worker import is_there
from tests.fakes import FakeEncoder
from tests.ui.access.test_connections import connected, head
from tests.ui.load.conftest import PATIENT
from wenju.corpus.worker.pool import WORKERS
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.server import background_server

pytestmark = pytest.mark.slow
_LINE = "第一條 甲方應於期限內辦理，逾期另計三千元。\n"
# a reading and a building that take longer than the test waits to see them
LONG = {
    "long.jsonl": (json.dumps({"text": _LINE}) + "\n").encode() * 200_000,
    "long.txt": _LINE.encode() * 300_000,
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """One whose server changes its library in two threads."""
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache", change_workers=2)
    with Engine.open(settings, encoder=FakeEncoder()) as opened:
        yield opened


@pytest.fixture
def client(engine: Engine) -> Iterator[httpx2.Client]:
    WORKERS.close()  # of other tests
    with (
        background_server(engine) as address,
        httpx2.Client(base_url=address, timeout=PATIENT) as client,
    ):
        yield client


def until(holds: Callable[[], bool]) -> None:
    for _ in range(PATIENT * 50):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it never came to this")


def upload(client: httpx2.Client, name: str, content: bytes) -> httpx2.Response:
    return client.post("/api/v1/documents", files={"files": (name, content)})


def upload_of(name: str, content: bytes) -> bytes:
    """A whole request, as a client sends it that goes before it is answered."""
    said = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = b"--b\r\n" + said.encode() + content + b"\r\n--b--\r\n"
    typed = {"Content_Type": "multipart/form-data; boundary=b", "Content_Length": str(len(body))}
    return head("POST", "/api/v1/documents", **typed) + body


@pytest.mark.parametrize("name", LONG)
def test_what_is_made_of_a_file_ends_with_its_client_and_costs_no_other(
    client: httpx2.Client, name: str
) -> None:
    with ThreadPoolExecutor(1) as threads, connected(str(client.base_url)) as leaving:
        leaving.sendall(upload_of(name, LONG[name]))
        until(lambda: len(WORKERS._busy) == 1)
        (taken,) = WORKERS.pids()
        stays = threads.submit(upload, client, "stays.txt", _LINE.encode() * 20_000)
        until(lambda: len(WORKERS._busy) == 2)
        time.sleep(1)  # until what takes long has begun
        leaving.close()
        until(lambda: not is_there(taken))
        (added,) = stays.result().json()["files"]
    assert added["added"] == 1 and added["failed"] == []
    assert upload(client, "next.md", "# 公告\n\n會議在下午舉行。".encode()).json()["files"][0][
        "added"
    ]
    names = {d["name"] for d in client.get("/api/v1/documents").json()["documents"]}
    assert names == {"stays.txt", "next.md"}
    assert 'route="/api/v1/documents",status="499"' in client.get("/metrics").text
