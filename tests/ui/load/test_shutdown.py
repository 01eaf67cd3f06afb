"""A server in a process of its own that is told to stop: what it has begun is answered, and then it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.ui.load.conftest import PATIENT, QUESTION

pytestmark = pytest.mark.slow
_SERVER = """
import os, sys, time
from pathlib import Path
from tests.fakes import FakeEncoder
from tests.ui.conftest import PRESS
from wenju.corpus.document import Source
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.access.policy import Policy
from wenju.ui.cli.errors import error_boundary
from wenju.ui.cli.server import serve_until_stopped
from wenju.ui.server import listen

home = Path(sys.argv[1])

@error_boundary
def main():
    with listen("127.0.0.1", 0) as bound:
        with Engine.open(Settings(home=home, cache=home / "cache"), encoder=FakeEncoder()) as engine:
            engine.add_sources([Source("press.txt", "press", PRESS)])
            ask = engine.ask
            def slow(question, **given):
                (home / f"begun-{time.monotonic_ns()}").touch()
                while not (home / "go").exists():
                    time.sleep(0.01)
                return ask(question, **given)
            engine.ask = slow
            serve_until_stopped(engine, bound, Policy())

try:
    main()
except BaseException as error:
    sys.exit(getattr(error, "exit_code", 0))
"""


class Served:
    """A server that holds questions back until it is let go, and the clients that ask it."""

    def __init__(self, home: Path, process: subprocess.Popen[str], address: str) -> None:
        self.home, self.process = home, process
        self.client = httpx2.Client(base_url=address, timeout=PATIENT)
        self._threads = ThreadPoolExecutor(8)

    def ask(self) -> Future[httpx2.Response]:
        body = {"question": QUESTION}
        return self._threads.submit(self.client.post, "/api/v1/ask", json=body)

    def close(self) -> None:
        self._threads.shutdown()
        self.client.close()

    def begun(self, number: int) -> None:
        self._until(lambda: len([*self.home.glob("begun-*")]) == number)

    def stopping(self) -> None:
        self._until(lambda: self.client.get("/ready").status_code == 503)

    def go(self) -> None:
        (self.home / "go").touch()

    def said(self) -> str:
        """What it wrote until its end."""
        return self.process.communicate(timeout=PATIENT)[1]

    def _until(self, holds: object) -> None:
        assert callable(holds)
        for _ in range(PATIENT * 50):
            if holds():
                return
            time.sleep(0.02)
        raise AssertionError("it never came to this")


@contextmanager
def served(home: Path, **settings: str) -> Iterator[Served]:
    home.mkdir()
    environment = {**os.environ, "WENJU_READER": "lexical", "WENJU_ASK_WORKERS": "2", **settings}
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(home)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    server: Served | None = None
    try:
        said = ""
        while not (found := re.search(r"http://\S+?(?=/)", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        server = Served(home, process, found[0])
        yield server
    finally:
        process.kill()
        process.communicate()
        if server:
            server.close()


@pytest.mark.parametrize(
    ("told", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)], ids=["SIGTERM", "SIGINT"]
)
def test_what_has_begun_is_answered_and_what_comes_is_503(
    tmp_path: Path, told: signal.Signals, code: int
) -> None:
    with served(tmp_path / "home") as server:
        asked = [server.ask() for _ in range(6)]
        server.begun(2)
        with server.client.stream("GET", "/zh-hant/gradio_api/heartbeat/open") as page:
            assert page.status_code == 200  # a page that nobody closes
            server.process.send_signal(told)
            server.stopping()
            for path in ("/api/v1/documents", "/zh-hant/"):
                refused = server.client.get(path)
                assert refused.status_code == 503 and "retry-after" in refused.headers
                assert refused.headers["connection"] == "close"
            late = server.ask().result()
            assert late.status_code == 503 and "stop" in late.json()["detail"]
            assert server.client.get("/api/v1/health").status_code == 200
            server.go()
            answers = [one.result() for one in asked]
            said = server.said()
        assert [answer.status_code for answer in answers] == [200] * 6
        assert all("1000" in answer.json()["answer"] for answer in answers)
        assert server.process.returncode == code
        assert "Traceback" not in said and "Error" not in said and "rror:" not in said
        assert "is kept in" in said


def test_it_ends_within_its_bound_whatever_is_being_worked_on(tmp_path: Path) -> None:
    with served(tmp_path / "home", WENJU_STOP_TIMEOUT="1") as server:
        asked = [server.ask() for _ in range(3)]
        server.begun(2)
        server.process.send_signal(signal.SIGTERM)
        answers = [one.result() for one in asked]
        said = server.said()
        assert [answer.status_code for answer in answers] == [503] * 3
        assert server.process.returncode == 1
        assert "Traceback" not in said and "before all" in said
