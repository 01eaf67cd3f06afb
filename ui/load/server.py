"""The server, which stops in order."""

from __future__ import annotations

import socket
import sys

import uvicorn

from wenju.ui.load.shutdown import Shutdown

_SWITCH = 0.001  # seconds after which a thread that computes lets others, by default 0.005


class Server(uvicorn.Server):
    """uvicorn's server, which answers what has begun before it ends.

    While it does, it still listens, so that whoever comes is told 503 and not that nobody is there. A
    second Ctrl-C ends it at once. ``finished`` says afterwards whether everything was answered.
    """

    def __init__(
        self, config: uvicorn.Config, shutdown: Shutdown, seconds: float, grace: float
    ) -> None:
        """It takes at most ``seconds`` to answer, and twice ``grace`` to let go of open pages."""
        super().__init__(config)
        self._shutdown, self._seconds, self._grace = shutdown, seconds, grace
        self.finished = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, so that the event loop does not wait long for threads that compute."""
        sys.setswitchinterval(_SWITCH)
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what has begun, refuse what comes, and end."""
        self.finished = await self._shutdown.drain(
            self._seconds, self._grace, lambda: self.force_exit
        )
        await super().shutdown(sockets)
