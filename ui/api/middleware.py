"""What is refused before a route is reached: bodies that are too large, other sites' pages."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wenju.ui.api.problems import problem

MAX_BODY_BYTES = 50 * 1024 * 1024
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """ASGI middleware for everything under ``prefix``; the rest passes through.

    Answers 413 to a body above ``limit`` bytes, by its declared length or as it arrives, and 403
    to a change asked for by a page of another site (a server on one's own machine can be reached
    by every page one opens).
    """

    def __init__(self, app: ASGIApp, prefix: str = "/api/", limit: int = MAX_BODY_BYTES) -> None:
        self.app, self.prefix, self.limit = app, prefix, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(self.prefix):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] not in _SAFE and headers.get("sec-fetch-site") == "cross-site":
            refusal = problem(HTTPStatus.FORBIDDEN, "Pages of other sites may not change anything.")
            await refusal(scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self.limit:
            refusal = problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large())
            await refusal(scope, receive, send)
            return
        await self.app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        total = 0

        async def counting() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self.limit:
                # an HTTPException passes through whatever is reading the body
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large())
            return message

        return counting

    def _too_large(self) -> str:
        return (
            f"The request is larger than {self.limit / 1024 / 1024:g} MB, the most that is taken "
            "at once. Send fewer or smaller files, or add them with `wenju add`."
        )
