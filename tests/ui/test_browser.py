from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from corpus.document import Source
from qa.engine import Engine
from tests.ui.conftest import HOSTILE, PRESS, make_engine
from ui.app import create_app
from ui.texts import ZH_HANT

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
QUESTION = "生態型聯合體最高支持多少"
NEWEST = ".wj-turn:last-child"


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    """The whole application on a free port, for as long as the block lasts."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(engine), log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.05)
            assert server.started
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with make_engine(tmp_path_factory.mktemp("browser")) as engine:
        engine.add_sources(
            [Source("press.txt", "press", PRESS), Source("</div>.txt", "handbook", HOSTILE)]
        )
        with serving(engine) as address:
            yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The open page; whatever went wrong in it, or was asked of another host, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    # an alert nobody dismisses would hold the page; playwright dismisses what is not listened to
    opened.add_init_script("window.alert = (words) => { throw new Error(words); }")
    opened.on("request", lambda request: wrong.extend(_elsewhere(request.url, address)))
    opened.goto(address)
    opened.wait_for_selector(".wj-welcome")
    yield opened
    context.close()
    assert wrong == []


def _elsewhere(url: str, address: str) -> list[str]:
    parts = urlsplit(url)
    local = parts.scheme in ("data", "blob") or parts.netloc == urlsplit(address).netloc
    return [] if local else [url]


def ask(page: Page, question: str) -> None:
    before = page.locator(".wj-turn").count()
    page.get_by_placeholder(ZH_HANT.placeholder).fill(question)
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.wj-turn').length === {before + 1}")
    page.wait_for_selector(f"{NEWEST} .wj-card, {NEWEST} .wj-note")


def test_the_lit_text_is_the_answer(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(f"{NEWEST} .wj-answer").inner_text()
    lit = page.locator("#wj-cite-1-1 mark")
    assert "1000萬元" in answer
    assert lit.inner_text() == answer
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert "press.txt" in page.locator("#wj-cite-1-1").inner_text()


def test_the_citation_stands_beside_the_answer(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(f"{NEWEST} .wj-card").bounding_box()
    citation = page.locator("#wj-cite-1-1").bounding_box()
    assert answer and citation
    assert citation["x"] >= answer["x"] + answer["width"]
    page.locator(f"{NEWEST} .wj-ref").first.click()
    assert page.evaluate("document.activeElement.id") == "wj-cite-1-1"


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.get_by_role("button", name=ZH_HANT.examples[0]).click()
    page.wait_for_selector(f"{NEWEST} .wj-card")
    assert page.locator(f"{NEWEST} .wj-question").inner_text() == ZH_HANT.examples[0]
    assert "1000萬元" in page.locator(f"{NEWEST} .wj-answer").inner_text()


def test_not_answered_shows_the_nearest_passages_as_such(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "今天台北天氣如何")
    assert ZH_HANT.not_answered in page.locator(NEWEST).inner_text()
    side = page.locator("#wj-side .wj-panel:visible")
    assert side.count() == 1
    assert ZH_HANT.nearest in side.inner_text()
    assert side.locator("mark").count() == 0
    page.locator(".wj-turn:first-child .wj-ref").first.click()
    assert page.locator("#wj-cite-1-1 mark").is_visible()
    assert not page.locator(".wj-nearest").is_visible()
    page.get_by_role("button", name=ZH_HANT.clear).click()
    page.wait_for_selector(".wj-welcome")


def test_a_hostile_document_is_text_and_runs_nothing(page: Page) -> None:
    ask(page, "培訓費用每人多少元")
    ask(page, "<img src=x onerror='window.ran = 4'> 的培訓費用每人多少元 $y$")
    shown = page.locator("#wj-side").inner_text()
    for words in ("</div>.txt", "300元", "**三月**", "$x^2$", "{{value}}", "${window.ran = 3}"):
        assert words in shown
    assert "$y$" in page.locator(f"{NEWEST} .wj-question").inner_text()
    assert page.evaluate("window.ran") is None
    assert page.locator("#wj-side script, #wj-side img, #wj-talk img").count() == 0


def test_a_failure_is_a_sentence(
    page: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Engine, question: str) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(Engine, "ask", broken)
    ask(page, "任何問題")
    said = page.locator(f"{NEWEST} .wj-trouble").inner_text()
    assert ZH_HANT.unexpected in said
    assert "secret" not in page.content()
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_width_has_no_sideways_scrolling(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 375, "height": 700}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".wj-welcome")
    ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    answer = page.locator(f"{NEWEST} .wj-card").bounding_box()
    citation = page.locator("#wj-cite-1-1").bounding_box()
    assert answer and citation and citation["y"] > answer["y"] + answer["height"]
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    context.close()


def test_the_api_and_its_documentation_share_the_process(page: Page, address: str) -> None:
    response = page.request.post(f"{address}/api/v1/ask", data={"question": QUESTION})
    assert "1000萬元" in response.json()["answer"]
    assert page.request.get(f"{address}/api/nothing").status == 404
    page.goto(f"{address}/docs")
    assert "/api/v1/ask" in page.locator("main").inner_text()


def test_an_empty_library_says_how_to_fill_it(browser: Browser, tmp_path: Path) -> None:
    with make_engine(tmp_path) as engine, serving(engine) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector(".wj-welcome")
        assert "wenju add" in page.locator(".wj-welcome").inner_text()
        page.close()
