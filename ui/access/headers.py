"""Security headers: what every response tells browsers, and what no response repeats."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from wenju.ui import csp
from wenju.ui.access import surface

# Referrer-Policy: with `no-referrer` browsers send forms with the Origin `null`
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# gradio's build names a file by its content (``Index-reaEz31n.js``): another content has another name
_HASHED = re.compile(r"/assets/[^/]+-[\w-]{8,}\.\w+\Z")
_FOR_GOOD = "public, max-age=31536000, immutable"  # a year, as long as HTTP/1.1 lets it be
# what proxies say of the way a request came; anybody can send them, and gradio would put them into
# its page. Gradio also answers any Origin as if it were allowed.
_NOT_HANDED_ON = frozenset(
    {
        *(b"forwarded", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-for"),
        *(b"x-forwarded-port", b"x-forwarded-prefix", b"x-gradio-server", b"origin"),
    }
)


def handed_on(scope: Scope) -> Scope:
    """The request as the application sees it, without what it must not repeat.

    Its scheme is the one that the browser's page was loaded by, which a proxy may have changed.
    """
    headers = [(name, value) for name, value in scope["headers"] if name not in _NOT_HANDED_ON]
    origin = dict(scope["headers"]).get(b"origin", b"")
    scheme = "https" if origin.startswith(b"https://") else scope["scheme"]
    return {**scope, "headers": headers, "scheme": scheme}


def secured(send: Send, path: str) -> Send:
    """The same ``send`` with the headers that every response has."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers[name] = value
            headers.setdefault(csp.HEADER, csp.NOTHING)
            headers.setdefault("Cache-Control", _caching(path))
            if "location" in headers:
                headers["location"] = _within(headers["location"])
        await send(message)

    return sending


def _caching(path: str) -> str:
    if surface.is_api(path):
        return "no-store"
    if surface.is_asset(path):
        return _FOR_GOOD if _HASHED.search(path) else "no-cache"
    return "private, no-cache"


def _within(location: str) -> str:
    """A redirection without the name of the server, which the client already knows."""
    parts = urlsplit(location)
    return location if not parts.netloc else parts._replace(scheme="", netloc="").geturl() or "/"
