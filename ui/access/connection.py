"""Connections that end when a request does not arrive: half-sent heads, bodies nobody reads."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_LOG = logging.getLogger(__name__)
_SAID = (
    b'{"type":"about:blank","title":"Service Unavailable","status":503,'
    b'"detail":"The server has as many connections as it holds. Come again in a moment."}'
)
_TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
    b"Content-Length: %d\r\nRetry-After: 2\r\nConnection: close\r\n"
    b"X-Content-Type-Options: nosniff\r\n\r\n%s" % (len(_SAID), _SAID)
)
_TIMED_OUT = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n"
    b"X-Content-Type-Options: nosniff\r\n\r\n"
)


class TimedProtocol(H11Protocol):
    """The protocol of uvicorn with bounds on connections and on the time a request's head may take.

    Without it a head that began is waited for without end. The bound also holds for what is left
    of a body after the answer was given. Bodies that are read have their own (``bodies``).
    """

    seconds: ClassVar[float] = 30
    most: ClassVar[int] = 512

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **options)
        self._waiting: asyncio.TimerHandle | None = None
        self._begun = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a head from now on; one connection too many is told so and closed."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            _LOG.warning("more than %d connections: one was refused", self.most)
            transport.write(_TOO_MANY)
            transport.close()
            return
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take the bytes, and wait on where they end within a head."""
        if self.transport.is_closing():
            return
        self._begun = True
        super().data_received(data)
        if self._is_owed():
            self._watch()
        else:
            self._unwatch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._unwatch()
        super().connection_lost(exc)

    def _is_owed(self) -> bool:
        """Whether more must come from the client before anything can go on."""
        theirs, ours = self.conn.their_state, self.conn.our_state
        if theirs is h11.SEND_BODY:
            return ours in (h11.DONE, h11.MUST_CLOSE)
        return theirs is h11.IDLE

    def _watch(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(self.seconds, self._give_up)

    def _unwatch(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if self.transport.is_closing():
            return
        if self._begun and self.conn.our_state is h11.IDLE:
            self.transport.write(_TIMED_OUT)
        self.transport.close()


def timed_protocol(seconds: float, connections: int) -> type[TimedProtocol]:
    """The protocol with these bounds, for ``uvicorn.Config(http=…)``."""
    return type("Timed", (TimedProtocol,), {"seconds": seconds, "most": connections})
