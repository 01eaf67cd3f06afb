"""Driving the page as a person does: opening it, asking, and what must hold meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from wenju.ui.texts import ZH_HANT, Texts

CHROMIUM = shutil.which("chromium")
QUESTION = "生態型聯合體最高支持多少"
NEWEST = ".wj-turn:last-child"
LIT = "#wj-source mark"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 700}
PATIENCE = 120_000  # milliseconds; no test asserts a time


@contextmanager
def opened(browser: Browser, address: str, path: str = "", **context: Any) -> Iterator[Page]:  # noqa: ANN401
    """A page of its own; what goes wrong in it, or is asked of another host, fails the test."""
    settings = {"viewport": DESK, "locale": "zh-TW"} | context
    within = browser.new_context(**settings)
    within.set_default_timeout(PATIENCE)
    page = within.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.extend(_errors(said)))
    page.on("request", lambda request: wrong.extend(_elsewhere(request.url, address)))
    # an alert nobody dismisses would hold the page; playwright dismisses what is not listened to
    page.add_init_script("window.alert = (words) => { throw new Error(words); }")
    page.goto(f"{address}/{path}")
    yield page
    within.close()
    assert wrong == [], wrong


def _errors(said: ConsoleMessage) -> list[str]:
    # a file that cannot be read is refused, which browsers note down as an error of their own
    grave = said.type == "error" and "status of 422" not in said.text
    return [f"{said.text} {said.location['url']}"] if grave else []


def _elsewhere(url: str, address: str) -> list[str]:
    parts = urlsplit(url)
    local = parts.scheme in ("data", "blob") or parts.netloc == urlsplit(address).netloc
    return [] if local else [url]


def welcomed(page: Page) -> None:
    """Wait until the page can be used."""
    page.wait_for_selector(".wj-welcome")


def ask(page: Page, question: str, texts: Texts = ZH_HANT) -> None:
    """Type a question, and wait for what comes of it."""
    before = page.locator(".wj-turn").count()
    page.get_by_placeholder(texts.placeholder).fill(question)
    page.keyboard.press("Enter")
    came(page, before + 1)


def came(page: Page, turns: int) -> None:
    """Wait until so many turns are there, and the newest is dealt with."""
    page.wait_for_function(f"document.querySelectorAll('.wj-turn').length === {turns}")
    page.wait_for_selector(f"{NEWEST} :is(.wj-card, .wj-note)")


def answer_of(page: Page, turn: str = NEWEST) -> str:
    """The words that answer: those that are lit in the sentence that stands large, or all of it."""
    large = page.locator(f"{turn} .wj-answer")
    lit = large.locator("mark")
    return (lit.first if lit.count() else large).inner_text()


def open_source(page: Page, number: int = 1, turn: str = NEWEST) -> None:
    """Click on a citation's number, and wait for the document."""
    page.locator(f"{turn} .wj-from .wj-ref").nth(number - 1).click()
    page.wait_for_selector(LIT)


def is_on_screen(page: Page, place: Locator) -> bool:
    """Whether the whole of an element lies inside the window."""
    box, size = place.bounding_box(), page.viewport_size
    if box is None or size is None:
        return False
    across = 0 <= box["x"] and box["x"] + box["width"] <= size["width"]
    return across and 0 <= box["y"] and box["y"] + box["height"] <= size["height"]
