from __future__ import annotations

import re
from typing import Any

import pytest

from wenju.qa.engine import Engine
from wenju.ui.access.surface import is_asset, is_reachable, is_upload, needed_role
from wenju.ui.server import create_app
from wenju.ui.texts import LANGUAGES

PAGE = "/zh-hant"
USED = [
    ("GET", ""),
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/theme.css"),
    ("GET", "/assets/index-DphvyggB.js"),
    ("GET", "/static/js/iframeResizer.contentWindow.min.js"),
    ("GET", "/gradio_api/app_id"),
    ("GET", "/gradio_api/heartbeat/tyhy2zt65co"),
    ("GET", "/gradio_api/queue/data"),
    ("POST", "/gradio_api/queue/join"),
]
CLOSED = [
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/upload_progress"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/proxy=https://example.org"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/call/predict"),
    ("POST", "/gradio_api/cancel"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/process_recording"),
    ("POST", "/gradio_api/vibe-edit"),
    ("GET", "/gradio_api/vibe-code"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/queue/status"),
    ("GET", "/gradio_api/runs"),
    ("GET", "/config"),
    ("GET", "/monitoring"),
    ("GET", "/manifest.json"),
    ("POST", "/login"),
    ("POST", "/theme.css"),
    ("POST", "/"),
    ("DELETE", "/"),
    ("GET", "/assets/../config"),
    ("GET", "/assets/%2e%2e"),
    ("GET", "/gradio_api/queue/data/"),
    ("GET", "/gradio_api/heartbeat/a/b"),
    ("POST", "/gradio_api/queue/join\n"),
]


@pytest.mark.parametrize(("method", "path"), USED)
def test_what_the_page_uses_is_reachable(method: str, path: str) -> None:
    assert all(is_reachable(method, f"/{name}{path}") for name in LANGUAGES)


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_what_the_page_does_not_use_is_closed(method: str, path: str) -> None:
    assert not any(is_reachable(method, f"/{name}{path}") for name in LANGUAGES)


@pytest.mark.parametrize(
    "path", ["//evil.example", "/docs//", "/a/../docs", "/./docs", "/docs\\", "/a\x00", "/\r\n"]
)
def test_odd_paths_are_closed(path: str) -> None:
    assert not is_reachable("GET", path)


def test_a_new_version_of_gradio_opens_nothing(engine: Engine) -> None:
    """Of everything that is mounted, in whatever version, just what is used can be reached."""
    app = create_app(engine)
    mounted: Any = next(r for r in app.routes if getattr(r, "path", "") == PAGE)
    used = {"/", "/theme.css", "/assets/{}", "/static/{}"}
    used |= {f"/gradio_api/{name}" for name in ("app_id", "heartbeat/{}", "queue/data")}
    found = {
        (method, re.sub(r"\{[^}]*\}", "{}", path))
        for path, methods in _routes(mounted.app)
        for method in methods
        if is_reachable(method, PAGE + re.sub(r"\{[^}]*\}", "x", path))
    }
    assert ("POST", "/gradio_api/queue/join") in found and len(found) > 5
    found.remove(("POST", "/gradio_api/queue/join"))
    assert {path for _, path in found} <= used
    assert {method for method, _ in found} <= {"GET", "HEAD"}


def _routes(app: Any) -> list[tuple[str, set[str]]]:  # noqa: ANN401
    """Paths and methods of an application, those of included routers too."""
    found: list[tuple[str, set[str]]] = []
    for route in app.router.routes if hasattr(app, "router") else app.routes:
        if getattr(route, "methods", None):
            found.append((route.path, set(route.methods)))
        inner = getattr(route, "original_router", None)
        if inner is not None:
            found += _routes(inner)
    return found


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [
        ("GET", "/", "read"),
        ("GET", "/zh-hant/", "read"),
        ("GET", "/zh-hant/assets/x.js", "read"),
        ("POST", "/zh-hant/gradio_api/queue/join", "read"),
        ("GET", "/document/x", "read"),
        ("GET", "/library", "read"),
        ("GET", "/docs", "read"),
        ("GET", "/openapi.json", "read"),
        ("GET", "/api/v1/health", "read"),
        ("GET", "/api/v1/documents", "read"),
        ("POST", "/api/v1/ask", "read"),
        ("POST", "/api/v1/search", "read"),
        ("POST", "/api/v1/feedback", "read"),
        ("GET", "/api/v1/feedback", "write"),
        ("HEAD", "/api/v1/feedback", "write"),
        ("POST", "/api/v1/documents", "write"),
        ("PATCH", "/api/v1/documents/x", "write"),
        ("DELETE", "/api/v1/documents/x", "write"),
        ("DELETE", "/api/v1/ask", "write"),
        ("POST", "/api/v1/ask/x", "write"),
        ("POST", "/anything/new", "write"),
        ("GET", "/sign-in", None),
        ("POST", "/sign-in", None),
        ("GET", "/favicon.ico", None),
        ("GET", "/sign-in/x", "read"),
    ],
)
def test_which_role_a_request_needs(method: str, path: str, role: str | None) -> None:
    assert needed_role(method, path) == role


def test_uploads_and_assets_are_told_apart() -> None:
    assert is_upload("POST", "/api/v1/documents") and is_upload("POST", "/api/v1/documents/")
    assert is_upload("POST", "/transcript/md") and needed_role("POST", "/transcript/md") == "read"
    assert not is_upload("POST", "/api/v1/ask") and not is_upload("GET", "/api/v1/documents")
    assert is_asset("/en/assets/x.css") and not is_asset("/en/") and not is_asset("/assets/x")
