"""The server, which stops in order."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import uvicorn

from wenju.ui.load.shutdown import Shutdown

if TYPE_CHECKING:
    from wenju.ui.socket.server import SocketServer

_SWITCH = 0.001  # seconds after which a thread that computes lets others, by default 0.005


class Server(uvicorn.Server):
    """uvicorn's server, which answers what has begun before it ends.

    While it does, it still listens, so that whoever comes is told 503 and not that nobody is there. A
    second Ctrl-C ends it at once. ``finished`` says afterwards whether everything was answered.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        shutdown: Shutdown,
        seconds: float,
        grace: float,
        beside: SocketServer | None = None,
    ) -> None:
        """It takes at most ``seconds`` to answer, and twice ``grace`` to let go of open pages.

        ``beside`` is opened and closed with it.
        """
        super().__init__(config)
        self._shutdown, self._seconds, self._grace = shutdown, seconds, grace
        self._beside = beside
        self.finished = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, so that the event loop does not wait long for threads that compute."""
        sys.setswitchinterval(_SWITCH)
        await super().startup(sockets)
        if self._beside:
            await self._beside.open()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what has begun, refuse what comes, and end."""
        self.finished = await self._shutdown.drain(
            self._seconds, self._grace, lambda: self.force_exit
        )
        if self._beside:
            await self._beside.close()
        await super().shutdown(sockets)
