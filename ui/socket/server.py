"""The server's end of the socket: what commands ask is done in the pools, as what comes over HTTP is."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from wenju.corpus import cancellation
from wenju.ui.cli.errors import ending, is_foreseen
from wenju.ui.load.pool import Left, Pool, Refused
from wenju.ui.socket.likeness import difference, likeness
from wenju.ui.socket.operations import OPERATIONS
from wenju.ui.socket.place import Listening, SocketError, is_of_owner

if TYPE_CHECKING:
    from wenju.qa.engine import Engine
    from wenju.ui.load.pools import Pools

_LOG = logging.getLogger(__name__)
_LONGEST = 64 * 1024 * 1024  # bytes of a request: as many paths as a system lets a command have
_PATIENCE = 5  # seconds in which commands take in what they were answered when the server stops
_POOLS: Final = {
    "ask": "asks",
    "search": "asks",
    "add": "changes",
    "remove": "changes",
    "list": "views",
}
Send = Callable[[str, Any], None]


class SocketServer:
    """Carries out the commands of this user; opened and closed with the server of the page."""

    def __init__(self, engine: Engine, pools: Pools) -> None:
        self._engine, self._pools = engine, pools
        self._like = likeness(engine.settings)
        self._listening: Listening | None = None
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen in the home folder; where that cannot be, commands go on to do their work themselves."""
        try:
            self._listening = Listening(self._engine.settings.home)
        except SocketError as error:
            _LOG.info("commands do not use this server: %s", error)
            return
        self._server = await asyncio.start_unix_server(
            self._connected, sock=self._listening.socket, limit=_LONGEST
        )

    async def close(self) -> None:
        """Listen no more; what was answered is sent."""
        if self._server:
            self._server.close()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_PATIENCE)
        if self._listening:
            self._listening.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            if is_of_owner(writer.get_extra_info("socket")):
                await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the command has gone
        except (ValueError, KeyError, TypeError, AttributeError):
            _LOG.info("what came over the socket is no command of this version")
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = json.loads(await reader.readuntil())
        loop, left = asyncio.get_running_loop(), threading.Event()

        def send(event: str, said: object) -> None:
            line = json.dumps({event: said}).encode() + b"\n"
            loop.call_soon_threadsafe(_written, writer, line)

        gone = asyncio.ensure_future(reader.read(1))
        gone.add_done_callback(lambda _: left.set())
        try:
            await self._answer(request, send, left)
            await asyncio.sleep(0)  # until what was sent is written
            await writer.drain()
        finally:
            left.set()
            gone.cancel()

    async def _answer(self, request: dict[str, Any], send: Send, left: threading.Event) -> None:
        name = request["name"]
        if why := difference(self._like, request["like"], reads_files=name == "add"):
            send("declined", why)
            return
        send("accepted", True)
        pool: Pool = getattr(self._pools, _POOLS[name])
        try:
            await pool.run(partial(self._carry_out, name, request["asked"], send, left))
        except Refused:  # it is busy or about to stop
            send("declined", "")

    def _carry_out(
        self, name: str, asked: dict[str, Any], send: Send, left: threading.Event
    ) -> None:
        """Do it, in a thread of a pool; the last that is sent is what came of it."""

        def check() -> None:
            if left.is_set():
                raise Left("The command has gone.")

        cancellation.end_by(check)
        try:
            check()
            done = OPERATIONS[name](self._engine, asked, _Sender(send))
        except Exception as error:  # noqa: BLE001 - it is told at the other end
            if not is_foreseen(error):
                _LOG.error("wenju %s failed", name, exc_info=error)
            send("ended", ending(error))
        else:
            send("done", done)


class _Sender:
    """Tells a command at the other end."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def say(self, sentence: str) -> None:
        self._send("say", sentence)

    def progress(self, done: int, total: int, label: str) -> None:
        self._send("progress", [done, total, label])


def _written(writer: asyncio.StreamWriter, line: bytes) -> None:
    if not writer.is_closing():
        writer.write(line)
