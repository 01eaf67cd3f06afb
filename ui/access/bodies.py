"""Bodies of requests within their bounds: so many bytes, in so much time."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

_CLOSE = {"Connection": "close"}


class BodyError(HTTPException):
    """A body that is too large, too slow or cut off; passes through whatever is reading it."""


def declared(headers: dict[bytes, bytes]) -> int | None:
    """How many bytes a request says that its body has: 0 for none, None where it does not say.

    Raises BodyError where the length is no number.
    """
    if b"transfer-encoding" in headers:
        return None
    length = headers.get(b"content-length", b"0")
    if not (length.isdigit() and len(length) <= 18):
        raise BodyError(HTTPStatus.BAD_REQUEST, "The Content-Length header is not a number.")
    return int(length)


class Body:
    """The body of one request as it arrives; raises BodyError where it goes beyond its bounds."""

    def __init__(self, receive: Receive, limit: int, seconds: float) -> None:
        self._receive, self._limit, self._seconds = receive, limit, seconds
        self._total = 0
        self._ends = asyncio.get_running_loop().time() + seconds
        self._complete = False

    async def receive(self) -> Message:
        """The next message, an ASGI ``receive``. After the body it waits as long as it is let."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._receive()
        except TimeoutError:
            raise BodyError(HTTPStatus.REQUEST_TIMEOUT, self._too_slow(), _CLOSE) from None
        self._total += len(message.get("body", b""))
        if self._total > self._limit:
            raise too_large(self._limit)
        self._complete = not message.get("more_body", False)
        return message

    async def read(self) -> Receive:
        """Take the whole body, and give a ``receive`` that hands it on in one piece."""
        pieces: list[bytes] = []
        while not self._complete:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise BodyError(HTTPStatus.BAD_REQUEST, "The request was cut off.")
            pieces.append(message.get("body", b""))
        whole: Message = {"type": "http.request", "body": b"".join(pieces), "more_body": False}
        waiting = [whole]

        async def replay() -> Message:
            return waiting.pop() if waiting else await self._receive()

        return replay

    def _too_slow(self) -> str:
        return (
            f"The request had not arrived after {self._seconds:g} seconds. Send it in one go, or "
            "raise WENJU_REQUEST_TIMEOUT or, for files, WENJU_UPLOAD_TIMEOUT."
        )


def too_large(limit: int) -> BodyError:
    """The refusal of a body above the limit."""
    return BodyError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The request is larger than {limit / 1024 / 1024:g} MB, the most that is taken here at "
        "once. Send fewer or smaller files, or add them with `wenju add`.",
    )
