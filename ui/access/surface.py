"""The attack surface: which paths can be reached, with which role, with how large a body.

What is not named here is closed or needs the right to write, so that a path that comes with a new
version of a library below is not open by chance.
"""

from __future__ import annotations

import re

from wenju.ui.access.keys import Role
from wenju.ui.texts import LANGUAGES

SIGN_IN = "/sign-in"
_API = re.compile(r"/(?:api|v1)/|/mcp(?:/|$)")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PAGES = "|".join(map(re.escape, LANGUAGES))
_PAGE = re.compile(rf"/({_PAGES})(?:/(.*))?", re.S)
# what the page asks of gradio; everything else that gradio has (uploads, files, proxies, its own
# API, recordings, monitoring, editing) is closed
_GRADIO = {
    "GET": re.compile(
        r"|theme\.css|(?:assets|static)/[\w./-]+"
        r"|gradio_api/(?:app_id|queue/data|heartbeat/\w+)"
    ),
    "POST": re.compile(r"gradio_api/queue/join"),
}
# requests that change nothing anybody else sees, though they have a body; what people say of
# answers belongs to asking
_READING = re.compile(
    r"/api/v1/(?:ask|ask/batch|ask/stream|read|search|verify|feedback)|/v1/chat/completions|/mcp"
    r"|/transcript/\w+"
    rf"|/(?:{_PAGES})/gradio_api/queue/join"
)
# what others asked and said
_WRITING = re.compile(r"/api/v1/feedback/?")
_STREAM = re.compile(r"gradio_api/(?:queue/data|heartbeat/\w+)")
_LARGE = re.compile(r"/api/v1/documents/?|/transcript/\w+")
_OPEN = frozenset({SIGN_IN, "/favicon.ico"})
_ODD = re.compile(r"(?:^|/)\.\.?(?:/|$)|//|[\\\x00-\x1f\x7f]")


def is_api(path: str) -> bool:
    """Whether a path is for programs: of the API, of what is like other APIs, of the MCP server."""
    return _API.match(path) is not None


def is_reachable(method: str, path: str) -> bool:
    """Whether a path is one that the page or the API has; those of the API answer for themselves."""
    if _ODD.search(path):
        return False
    page = _PAGE.fullmatch(path)
    if page is None:
        return True
    allowed = _GRADIO.get("GET" if method == "HEAD" else method)
    return allowed is not None and allowed.fullmatch(page[2] or "") is not None


def is_change(method: str) -> bool:
    """Whether a request of this method may change something."""
    return method not in _SAFE


def needed_role(method: str, path: str) -> Role | None:
    """The role that a request needs where there are keys; None where it needs no key."""
    if path in _OPEN:
        return None
    if is_change(method):
        return "read" if method == "POST" and _READING.fullmatch(path) else "write"
    return "write" if _WRITING.fullmatch(path) else "read"


def is_upload(method: str, path: str) -> bool:
    """Whether a request brings files, or a whole conversation."""
    return method == "POST" and _LARGE.fullmatch(path) is not None


def is_stream(path: str) -> bool:
    """Whether a request of this path lasts as long as a page is open."""
    page = _PAGE.fullmatch(path)
    return page is not None and _STREAM.fullmatch(page[2] or "") is not None


def is_asset(path: str) -> bool:
    """Whether a path is a file of the page itself, which holds nothing of the library."""
    page = _PAGE.fullmatch(path)
    return page is not None and (page[2] or "").startswith(("assets/", "static/"))
