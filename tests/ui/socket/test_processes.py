"""A server and commands in processes of their own: what is loaded, where paths are, Ctrl-C, a server that dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.test_architecture import ROOT
from wenju.ui.cli.errors import INTERRUPTED
from wenju.ui.socket import place

pytestmark = pytest.mark.slow
PATIENT = 120  # seconds after which a test gives up; none asserts a time
ASKED = "生態型聯合體最高支持多少"
_SERVER = """
import sys, time
from pathlib import Path
from tests.fakes import FakeEncoder
from tests.ui.conftest import PRESS
from wenju.corpus.document import Source
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.access.policy import Policy
from wenju.ui.cli.server import serve_until_stopped
from wenju.ui.server import listen

marks = Path(sys.argv[1])

class Held(FakeEncoder):
    def encode(self, texts, **given):
        if any("held" in text for text in texts):
            (marks / "begun").touch()
            while not (marks / "go").exists():
                time.sleep(0.01)
        return super().encode(texts, **given)

with listen("127.0.0.1", 0) as bound, Engine.open(Settings(), encoder=Held()) as engine:
    engine.add_sources([Source("press.txt", "press", PRESS)])
    try:
        serve_until_stopped(engine, bound, Policy())
    except BaseException:
        pass
"""
_COMMAND = """
import sys
from wenju.ui.cli.commands import main
try:
    main()
finally:
    heavy = {"numpy", "jieba", "onnxruntime", "faiss", "tantivy", "lxml", "torch", "gradio", "fastapi", "uvicorn"}
    assert heavy.isdisjoint(sys.modules), heavy & set(sys.modules)
"""


def _until(holds: Callable[[], object]) -> None:
    for _ in range(PATIENT * 50):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it never came to this")


def _process(code: str, *arguments: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _command(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    process = _process(_COMMAND, *arguments, cwd=cwd)
    said, told = process.communicate(timeout=PATIENT)
    return process.returncode, said, told


@contextmanager
def _served(home: Path, marks: Path) -> Iterator[subprocess.Popen[str]]:
    process = _process(_SERVER, str(marks), cwd=marks)
    try:

        def is_there() -> bool:
            assert process.poll() is None, process.communicate()
            try:
                place.connect(home).close()
            except place.SocketError:
                return False
            return True

        _until(is_there)
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_dead_servers_socket_is_no_trap_and_a_living_ones_does_the_work(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_READER", "lexical")
    (tmp_path / "站.txt").write_text("站前分館週三閉館。", encoding="utf-8")
    many = tmp_path / "many"
    many.mkdir()
    for number in range(150):  # more than are committed at once
        text = f"held 第{number}號公告自公布日施行。"
        (many / f"{number}.txt").write_text(text, encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as left:  # of a server that was killed
        left.bind(str(place.path_of(home)))
    code, said, told = _command("list", "--json", cwd=tmp_path)
    assert json.loads(said) == {"documents": []}
    assert "AssertionError" in told  # it had to load what it needs, and did the work itself
    with _served(home, tmp_path) as server:
        code, said, told = _command("ask", ASKED, cwd=tmp_path)
        assert code == 0 and "1000萬元" in said.splitlines()[0], told
        assert json.loads(_command("add", "站.txt", "--json", cwd=tmp_path)[1])["added"] == 1
        adding = _process(_COMMAND, "add", "many", cwd=tmp_path)
        _until((tmp_path / "begun").exists)
        adding.send_signal(signal.SIGINT)
        time.sleep(0.5)
        (tmp_path / "go").touch()
        said, told = adding.communicate(timeout=PATIENT)
        assert adding.returncode == INTERRUPTED, told
        assert "Interrupted; 128 more documents (128 passages) are in the library" in told
        assert _command("remove", "站.txt", cwd=tmp_path)[0] == 0
        code, said, told = _command("list", "--json", cwd=tmp_path)
        assert len(json.loads(said)["documents"]) == 129 and not told
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENT)
    assert not place.path_of(home).exists()
