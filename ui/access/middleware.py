"""Access control before every route: names, origins, paths, keys, sizes, in this order."""

from __future__ import annotations

import logging
from collections import Counter
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from wenju.ui.access import surface
from wenju.ui.access.bodies import Body, BodyError, declared, too_large
from wenju.ui.access.headers import handed_on, secured
from wenju.ui.access.hosts import is_own, parse_authority, same_origin
from wenju.ui.access.keys import Role
from wenju.ui.access.policy import Policy
from wenju.ui.api.problems import problem

COOKIE = "wenju_session"
_METHODS = ("GET", "POST", "PATCH", "DELETE")
_OURS = frozenset({"same-origin", "none"})
_LOG = logging.getLogger(__name__)


class AccessControl:
    """ASGI middleware around the whole application, whatever is mounted in it."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self._app, self._policy = app, policy
        self._shared = CORSMiddleware(
            self._keyed,
            allow_origins=sorted(policy.origins),
            allow_methods=_METHODS,
            allow_headers=("authorization", "content-type"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks WebSocket
            await send({"type": "websocket.close", "code": 1008})
            return
        send = secured(send, scope["path"])
        refusal = self._misdirected(scope) or self._foreign(scope) or self._unreachable(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif self._is_shared(scope):
            await self._shared(scope, receive, send)
        else:
            await self._keyed(scope, receive, send)

    def _misdirected(self, scope: Scope) -> Response | None:
        """A head that is too large, or that names no server or another one."""
        size = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        size += len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if size > self._policy.limits.head_bytes:
            detail = f"Address and headers have more than {self._policy.limits.head_bytes} bytes."
            return problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)
        often = Counter(name for name, _ in scope["headers"])
        if any(often[name] > 1 for name in (b"host", b"origin", b"content-length")):
            detail = "Host, Origin and Content-Length may be sent once."
            return problem(HTTPStatus.BAD_REQUEST, detail)
        host = parse_authority(Headers(scope=scope).get("host", ""))
        reached = str((scope.get("server") or ("",))[0])
        if host is None or not is_own(host[0], reached, self._policy.hosts):
            detail = (
                "This server does not answer under the name that the Host header has. If it is "
                "meant to, start it with --allow-host and that name."
            )
            return problem(HTTPStatus.MISDIRECTED_REQUEST, detail)
        return None

    def _foreign(self, scope: Scope) -> Response | None:
        """What a page of another origin asks for, opening a page by a link excepted.

        Two signs, since neither is always there: the Origin header, and what browsers say of who
        asks (Sec-Fetch-Site, to HTTPS and loopback only).
        """
        headers = Headers(scope=scope)
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        host = parse_authority(headers.get("host", ""))
        if self._is_shared(scope):
            return None
        followed = not surface.is_change(scope["method"]) and (
            headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest") == "document"
        )
        ours = origin is None or (host is not None and same_origin(origin, host))
        if ours and (site is None or site in _OURS or followed):
            return None
        return problem(
            HTTPStatus.FORBIDDEN,
            "Pages of other sites may ask nothing and change nothing here. To let one call the "
            "API, name its origin in WENJU_ALLOWED_ORIGINS.",
        )

    def _is_shared(self, scope: Scope) -> bool:
        """Whether a page asks that was allowed to, for the API."""
        origin = Headers(scope=scope).get("origin", "")
        return origin in self._policy.origins and surface.is_api(scope["path"])

    def _unreachable(self, scope: Scope) -> Response | None:
        if surface.is_reachable(scope["method"], scope["path"]):
            return None
        return problem(HTTPStatus.NOT_FOUND, "There is nothing at this address. See /docs.")

    async def _keyed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in who has the key, with a body within its bounds."""
        refusal = self._locked(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        try:
            receive = await self._bounded(scope, receive)
        except BodyError as error:
            refusal = problem(error.status_code, error.detail, error.headers)
            await refusal(scope, receive, send)
            return
        inner = handed_on(scope)
        try:
            await self._app(inner, receive, send)
        finally:
            if "route" in inner:  # for the log of requests, which stands before
                scope["route"] = inner["route"]

    def _locked(self, scope: Scope) -> Response | None:
        """The refusal for want of a key, None where it fits or none is needed."""
        needed = surface.needed_role(scope["method"], scope["path"])
        if not self._policy.keys or needed is None:
            return None
        if refusal := self._throttled(scope):
            return refusal
        role = self._role(scope)
        if role == "write" or role == needed:
            return None
        if role == "read":
            detail = (
                "This key may ask and read. Adding, changing and removing documents, and listing "
                "feedback, need a key that may write."
            )
            return problem(HTTPStatus.FORBIDDEN, detail)
        return _sign_in(scope)

    def _throttled(self, scope: Scope) -> Response | None:
        """The refusal of a key, right or wrong, from where too many wrong ones came."""
        if "authorization" not in Headers(scope=scope):
            return None
        wait = self._policy.attempts.wait(client_of(scope))
        if not wait:
            return None
        detail = f"Too many wrong keys came from this address. Try again in {wait} seconds."
        return problem(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": str(wait)})

    def _role(self, scope: Scope) -> Role | None:
        """The role by the key that was sent, else by the session of a browser.

        A session counts for our own pages only, and for a change where the browser says so.
        """
        headers = Headers(scope=scope)
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            role = self._policy.keys.role_of(key.strip())
            if role is None:
                _LOG.warning("an unknown key was sent from %s", client_of(scope))
                self._policy.attempts.failed(client_of(scope))
            return role
        from_page = "origin" in headers or headers.get("sec-fetch-site") in _OURS
        if self._is_shared(scope) or (surface.is_change(scope["method"]) and not from_page):
            return None
        return self._policy.keys.role_of_session(_cookie(headers, COOKIE))

    async def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """Small bodies are taken whole; of an upload the application reads piece by piece."""
        limits, length = self._policy.limits, declared(dict(scope["headers"]))
        if length == 0:
            return receive
        upload = surface.is_upload(scope["method"], scope["path"])
        limit = limits.upload_bytes if upload else limits.body_bytes
        if length is not None and length > limit:
            raise too_large(limit)
        body = Body(receive, limit, limits.upload_seconds if upload else limits.request_seconds)
        return body.receive if upload else await body.read()


def client_of(scope: Scope) -> str:
    """The address that a request comes from, as the connection has it."""
    return str((scope.get("client") or ("?",))[0])


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _sign_in(scope: Scope) -> Response:
    """To the page that asks for the key, for who opens a page; else what a program understands."""
    headers, path = Headers(scope=scope), scope["path"]
    is_page = "text/html" in headers.get("accept", "") and not surface.is_api(path)
    if scope["method"] == "GET" and is_page:
        # relative, so that it also holds below a prefix that a proxy takes away
        up = "../" * (path.count("/") - 1) or "./"
        there = path[1:] + ("?" + scope["query_string"].decode("latin-1")) * bool(
            scope["query_string"]
        )
        return RedirectResponse(f"{up}{surface.SIGN_IN[1:]}?next={quote(there, safe='')}", 303)
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "A key is needed: send it in the header `Authorization: Bearer KEY`, or open the page, "
        "which asks for it.",
        {"WWW-Authenticate": "Bearer"},
    )
