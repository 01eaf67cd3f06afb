"""A page that was opened before takes its files from the browser, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.slow
_FILES = """() => performance.getEntriesByType('resource').map((entry) =>
  [new URL(entry.name).pathname, entry.transferSize])"""


def test_what_is_named_by_its_content_is_loaded_once(page: Page) -> None:
    asked: list[Any] = []
    page.on("response", lambda answer: asked.append((answer.url, answer.all_headers())))
    page.reload()
    page.wait_for_selector(".wj-welcome")
    took = dict(page.evaluate(_FILES))
    files = {path: size for path, size in took.items() if "/assets/" in path}
    assert len(files) > 10 and set(files.values()) == {0}, files
    documents = [headers for url, headers in asked if url == page.url]
    assert [headers["cache-control"] for headers in documents] == ["private, no-cache"]
