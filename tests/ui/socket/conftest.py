"""A server over a home whose path is short enough for a socket, and commands over the same home."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.ui.conftest import PRESS, Run, make_engine
from wenju.corpus.document import Source
from wenju.index.encoding import Progress
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.cli import commands, session
from wenju.ui.load.pools import Pools, pools_of
from wenju.ui.socket.server import SocketServer


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="wenju-"))
    monkeypatch.setenv("WENJU_HOME", str(folder))
    monkeypatch.setenv("WENJU_CACHE", str(folder / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("WENJU_DEBUG", raising=False)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def opened(engine: Engine) -> Iterator[Pools]:
    """What a server opens for commands, without its page: in a thread, for as long as the block lasts."""
    pools, begun, done = pools_of(engine.settings), threading.Event(), threading.Event()

    async def served() -> None:
        socket = SocketServer(engine, pools)
        await socket.open()
        begun.set()
        await asyncio.to_thread(done.wait)
        await socket.close()

    thread = threading.Thread(target=asyncio.run, args=(served(),))
    thread.start()
    assert begun.wait(60)
    try:
        yield pools
    finally:
        done.set()
        thread.join()


@pytest.fixture
def server(home: Path) -> Iterator[Engine]:
    """The engine of a server that commands may ask."""
    with make_engine(home) as engine:
        engine.add_sources([Source("press.txt", "press", PRESS)])
        with opened(engine):
            yield engine


class Alone:
    """Opens the engines of commands that do their work themselves, and counts them."""

    def __init__(self) -> None:
        self.opened = 0

    def open_engine(self, settings: Settings, progress: Progress | None = None) -> Engine:
        self.opened += 1
        return make_engine(settings.home)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Alone:
    made = Alone()
    monkeypatch.setattr(session, "open_engine", made.open_engine)
    return made


@pytest.fixture
def command(home: Path, alone: Alone) -> Run:
    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(commands.app, [str(a) for a in arguments])

    return run
