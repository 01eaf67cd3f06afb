"""Requests that come in at the same moment are taken in one after the other.

An event loop serves whatever is ready before it looks at its connections again: hundreds of requests that
come at once, as from clients that were all told to come again in two seconds, would hold up everybody else
for as long as they all take.
"""

from __future__ import annotations

import asyncio
from collections import deque


class Turnstile:
    """Lets one through in each round of the event loop, in the order in which they came."""

    def __init__(self) -> None:
        self._line: deque[asyncio.Future[None]] = deque()

    async def turn(self) -> None:
        """Wait until it is one's turn."""
        loop = asyncio.get_running_loop()
        place = loop.create_future()
        self._line.append(place)
        if len(self._line) == 1:
            loop.call_soon(self._next, loop)
        await place

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        place = self._line.popleft()
        if not place.done():  # else its client has gone
            place.set_result(None)
        if self._line:
            loop.call_soon(self._next, loop)
