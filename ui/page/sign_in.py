"""The page that asks for the key, once for each browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from wenju.ui import csp
from wenju.ui.access.middleware import COOKIE, client_of
from wenju.ui.access.policy import Policy
from wenju.ui.access.surface import SIGN_IN
from wenju.ui.page.markup import render
from wenju.ui.page.views import language_of

_STYLES = Path(__file__).parent / "styles"
_SHEETS = ("page.css", "sign_in.css")
_KEPT = 30 * 24 * 3600  # seconds for which a browser is not asked again
_LONGEST = 2000  # characters of an address to go on to
# an address below this server: no scheme, no name of another
_BELOW = re.compile(r"[\w-]+(?:/[\w-][\w.~-]*)*/?(?:\?[^\\#\s]*)?")


def sign_in_router(policy: Policy) -> APIRouter:
    """The form, and what it is sent to; with no keys both go on to the page."""
    keys, attempts = policy.keys, policy.attempts
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    def ask(request: Request, next: str = "") -> Response:  # noqa: A002 - the name in the address
        if not keys:
            return _to("")
        return _form(request, next, 200)

    @router.post(SIGN_IN)
    def take(
        request: Request,
        key: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "",  # noqa: A002
    ) -> Response:
        if not keys:
            return _to("")
        if wait := attempts.wait(client_of(request.scope)):
            return _form(request, next, 429, wait)
        session = keys.session_for(key.strip())
        if session is None:
            attempts.failed(client_of(request.scope))
            return _form(request, next, 401)
        answer = _to(next)
        secure = request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, session, max_age=_KEPT, httponly=True, samesite="lax", secure=secure
        )
        return answer

    return router


def _form(request: Request, there: str, status: int, wait: int = 0) -> HTMLResponse:
    texts = language_of(request)
    said = texts.sign_in["wrong"] if status == 401 else ""
    if wait:
        said = texts.sign_in["throttled"].format(seconds=wait)
    style = "".join((_STYLES / name).read_text(encoding="utf-8") for name in _SHEETS)
    page = render(
        "sign_in",
        texts=texts,
        style=style,
        there=there[:_LONGEST].encode("utf-8", "replace").decode(),
        failed=said,
    )
    policy = csp.page_policy(styles=[style], form="'self'")
    headers = {csp.HEADER: policy} | ({"Retry-After": str(wait)} if wait else {})
    return HTMLResponse(page, status, headers=headers)


def _to(there: str) -> RedirectResponse:
    """On to where the browser was going, to the front page if that is elsewhere."""
    below = _BELOW.fullmatch(there[:_LONGEST]) is not None
    return RedirectResponse(f"./{there}" if below else "./", 303)
