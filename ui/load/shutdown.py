"""A server that stops: what has begun is answered, what comes is refused, and then it ends, in a bounded time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wenju.ui.access import surface
from wenju.ui.api.problems import problem
from wenju.ui.load.pool import stopping

if TYPE_CHECKING:
    from wenju.ui.load.pools import Pools

_OPEN = frozenset({"/api/v1/health", "/ready", "/metrics"})  # how the server is, until it ends
_TICK = 0.05


class Shutdown:
    """Whether a server is about to stop, and what it still has to answer."""

    def __init__(self, pools: Pools) -> None:
        self._pools = pools
        self._requests = self._streams = 0
        self._ended: asyncio.Event | None = None
        self.has_begun = False

    def reason(self) -> str:
        """A check of readiness: why nothing is answered any more; empty as long as it is."""
        return str(stopping()) if self.has_begun else ""

    def begin(self) -> None:
        """Refuse from now on what comes."""
        self.has_begun = True
        self._pools.stop()

    async def drain(self, seconds: float, grace: float, hurry: Callable[[], bool]) -> bool:
        """Wait until all that has begun is answered, and then let go of open pages.

        It takes no longer than ``seconds``, and ``grace`` for the pages; ``hurry`` says that it shall end
        now. Returns whether everything was answered.
        """
        self.begin()
        ends = time.monotonic() + seconds

        def is_over() -> bool:
            return hurry() or time.monotonic() > ends

        while not is_over() and (self._requests or not self._pools.are_idle):
            await asyncio.sleep(_TICK)
        answered = not self._requests and self._pools.are_idle
        self._pools.abort()
        ends = time.monotonic() + grace
        while not is_over() and (self._requests or self._streams):
            await asyncio.sleep(_TICK)
        self._end().set()
        ends = time.monotonic() + grace
        while not is_over() and self._streams:
            await asyncio.sleep(_TICK)
        return answered

    def _end(self) -> asyncio.Event:
        """When what pages hold open is let go; of the event loop that serves."""
        if self._ended is None:
            self._ended = asyncio.Event()
        return self._ended

    async def request(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that ends by itself."""
        self._requests += 1
        try:
            await app(scope, receive, send)
        finally:
            self._requests -= 1

    async def stream(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of a page that lasts as long as the page is open."""
        self._streams += 1
        complete = False
        begun = False

        async def sending(message: Message) -> None:
            nonlocal complete, begun
            begun = True
            complete = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        try:
            await app(scope, self._until_end(receive), sending)
            if begun and not complete:
                self._pools.asks.leave(_session(scope))
            if begun and not complete and self.has_begun:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._streams -= 1

    def _until_end(self, receive: Receive) -> Receive:
        """The same ``receive``, for which the client has gone once the server ends."""

        async def receiving() -> Message:
            received = asyncio.ensure_future(receive())
            ended = asyncio.ensure_future(self._end().wait())
            try:
                await asyncio.wait({received, ended}, return_when=asyncio.FIRST_COMPLETED)
                return received.result() if received.done() else {"type": "http.disconnect"}
            finally:
                received.cancel()
                ended.cancel()
                await asyncio.gather(received, ended, return_exceptions=True)

        return receiving


def _session(scope: Scope) -> str:
    """Whose page a stream belongs to, as gradio names it."""
    return QueryParams(scope["query_string"].decode("latin-1")).get("session_hash", "")


class Intake:
    """ASGI middleware around everything that answers: takes requests in until the server stops."""

    def __init__(self, app: ASGIApp, shutdown: Shutdown) -> None:
        self._app, self._shutdown = app, shutdown

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 503."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._shutdown.has_begun and scope["path"] not in _OPEN:
            refusal = stopping()
            headers = {"Retry-After": str(refusal.retry_after), "Connection": "close"}
            answer = problem(HTTPStatus.SERVICE_UNAVAILABLE, str(refusal), headers)
            await answer(scope, receive, send)
        elif surface.is_stream(scope["path"]):
            await self._shutdown.stream(self._app, scope, receive, send)
        else:
            await self._shutdown.request(self._app, scope, receive, send)
