"""Every request has an id, is counted and, where the log wants it, told in a line without its content."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from wenju.ui.monitoring.context import HEADER, id_of, request_id

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from wenju.ui.monitoring.metrics import Metrics

_LOG = logging.getLogger("wenju.requests")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FAILED = 500


class RequestLog:
    """ASGI middleware around the application. The address is logged without what is behind its ``?``."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with an id that its response has too."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), _FAILED
        given = id_of(Headers(scope=scope).get(HEADER, ""))
        # a request has a task of its own, and what is logged of it later shall have its id, too
        request_id.set(given)

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = given
            await send(message)

        try:
            await self._app(scope, receive, told)
        finally:
            self._tell(scope, status, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = getattr(scope.get("route"), "path", "other")
        self._metrics.responded(method, route, status, seconds)
        fields = {"method": method, "path": route, "status": status, "ms": round(seconds * 1000, 1)}
        _LOG.info("request", extra={"fields": fields})
