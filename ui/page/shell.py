"""The page as gradio makes it, kept as one text: the same for everybody, whatever they send."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wenju.ui import csp

# stands in for the name of the server, which gradio takes from the request; never looked up
_HOST = "wenju.invalid"


class Shell:
    """ASGI application that answers with the page of a mounted gradio application.

    It is asked once, with a request of our own making, so that nothing of anybody's request (Host,
    query, headers) is in the page, and the hashes of its scripts are those of what gradio wrote.
    """

    def __init__(self, gradio: ASGIApp, path: str) -> None:
        self._gradio, self._path = gradio, path
        self._page = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the page and the policy that fits it."""
        if not self._page:
            self._page = await self._made(scope, receive)
        headers = {csp.HEADER: csp.gradio_policy(self._page)}
        await HTMLResponse(self._page, headers=headers)(scope, receive, send)

    async def _made(self, scope: Scope, receive: Receive) -> str:
        pieces: list[bytes] = []
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value

        async def keep(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            pieces.append(message.get("body", b""))

        asked: Scope = {
            "type": "http",
            "asgi": scope["asgi"],
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "server": (_HOST, 80),
            "client": None,
            "root_path": self._path,
            "path": f"{self._path}/",
            "raw_path": f"{self._path}/".encode(),
            "query_string": b"",
            "headers": [(b"host", _HOST.encode())],
            "state": {},
        }
        await self._gradio(asked, receive, keep)
        if status != HTTPStatus.OK:
            raise RuntimeError(f"gradio answered {status} instead of its page")
        return b"".join(pieces).decode().replace(f"http://{_HOST}", "")
