"""A server that stops: what has begun is answered, what comes is refused, and then it ends, in a bounded time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wenju.ui.access import surface
from wenju.ui.api.problems import problem
from wenju.ui.load.pool import stopping
from wenju.ui.load.turnstile import Turnstile

if TYPE_CHECKING:
    from wenju.ui.load.pools import Pools

_OPEN = frozenset({"/api/v1/health", "/ready", "/metrics"})  # how the server is, until it ends
_TICK = 0.05


class Shutdown:
    """Whether a server is about to stop, and what it still has to answer."""

    def __init__(self, pools: Pools) -> None:
        self._pools = pools
        self._requests = 0
        self._streams: set[asyncio.Task[Any]] = set()
        self._has_let_go = False
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
        self._has_let_go = True
        for task in [*self._streams]:
            task.cancel()
        ends = time.monotonic() + grace
        while not is_over() and self._streams:
            await asyncio.sleep(_TICK)
        return answered

    async def request(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that ends by itself."""
        self._requests += 1
        try:
            await app(scope, receive, send)
        finally:
            self._requests -= 1

    async def stream(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of a page that lasts as long as the page is open, or until it is let go."""
        task = asyncio.current_task()
        assert task
        last: Message = {}

        async def sending(message: Message) -> None:
            nonlocal last
            last = message
            await send(message)

        self._streams.add(task)
        try:
            await app(scope, receive, sending)
        except asyncio.CancelledError:
            if not self._has_let_go:
                raise
            task.uncancel()
        finally:
            self._streams.discard(task)
        if last.get("more_body") or last.get("type") == "http.response.start":
            self._pools.asks.leave(_session(scope))  # the page is closed
            if self._has_let_go:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        elif not last:
            await refusal()(scope, receive, send)


def refusal() -> Response:
    """What a server answers that is about to stop."""
    said = stopping()
    headers = {"Retry-After": str(said.retry_after), "Connection": "close"}
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(said), headers)


def _session(scope: Scope) -> str:
    """Whose page a stream belongs to, as gradio names it."""
    return QueryParams(scope["query_string"].decode("latin-1")).get("session_hash", "")


class Intake:
    """ASGI middleware around everything that answers: takes requests in until the server stops."""

    def __init__(self, app: ASGIApp, shutdown: Shutdown) -> None:
        self._app, self._shutdown = app, shutdown
        self._questions, self._looks = Turnstile(), Turnstile()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on in its turn, or refuse it with 503.

        How the server is can be asked at any time, and whoever looks at pages waits for no questions.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] not in _OPEN:
            is_look = scope["method"] in ("GET", "HEAD")
            await (self._looks if is_look else self._questions).turn()
        if self._shutdown.has_begun and scope["path"] not in _OPEN:
            await refusal()(scope, receive, send)
        elif surface.is_stream(scope["path"]):
            await self._shutdown.stream(self._app, scope, receive, send)
        else:
            await self._shutdown.request(self._app, scope, receive, send)
