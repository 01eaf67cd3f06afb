from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.ui.browser.driving import NEWEST, QUESTION, ask, came, opened, welcomed
from tests.ui.conftest import make_engine
from wenju.qa.engine import Engine
from wenju.ui.server import background_server
from wenju.ui.texts import EN, ZH_HANS, ZH_HANT, Texts

pytestmark = pytest.mark.slow


def test_the_answer_is_read_with_its_sentence_and_its_source(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(f"{NEWEST} .wj-answer").inner_text()
    assert answer == "1000萬元"
    sentence = page.locator(f"{NEWEST} .wj-sentence")
    assert "任務型聯合體最高支持500萬元" in sentence.inner_text()
    assert sentence.locator("mark").inner_text() == answer
    cited = page.locator("#wj-cite-1-1")
    assert cited.locator("mark").inner_text() == answer
    assert "press.txt" in cited.inner_text()
    lit = cited.locator("mark").evaluate("e => getComputedStyle(e).backgroundColor")
    assert lit != "rgba(0, 0, 0, 0)"


def test_the_citation_stands_beside_the_answer(page: Page) -> None:
    ask(page, QUESTION)
    answer = page.locator(f"{NEWEST} .wj-card").bounding_box()
    citation = page.locator("#wj-cite-1-1").bounding_box()
    assert answer and citation
    assert citation["x"] >= answer["x"] + answer["width"]


def test_a_suggested_question_is_asked_by_a_click_and_answered(page: Page) -> None:
    chip = page.locator(".wj-chip").first
    question = chip.inner_text()
    chip.click()
    came(page, 1)
    assert page.locator(f"{NEWEST} .wj-question").inner_text() == question
    assert page.locator(f"{NEWEST} .wj-answer").is_visible()


def test_not_answered_looks_different_and_offers_what_is_near(page: Page) -> None:
    ask(page, "今天台北天氣如何")
    turn = page.locator(NEWEST)
    assert ZH_HANT.not_answered in turn.inner_text()
    assert ZH_HANT.reasons["not_supported"] in turn.inner_text()
    assert turn.locator(".wj-card").count() == 0
    side = page.locator("#wj-side .wj-panel:visible")
    assert ZH_HANT.nearest_hint in side.inner_text()
    assert side.locator("mark").count() == 0
    page.wait_for_selector(f"{NEWEST} .wj-chip")
    page.locator(f"{NEWEST} .wj-chip").first.click()
    came(page, 2)
    assert page.locator(f"{NEWEST} .wj-answer").is_visible()


def test_a_follow_up_shows_what_it_was_completed_to_and_can_be_edited(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "那任務型呢")
    assert page.locator(f"{NEWEST} .wj-question").inner_text() == "那任務型呢"
    assert page.locator(f"{NEWEST} .wj-answer").inner_text() == "500萬元"
    completed = "任務型聯合體最高支持多少"
    understood = page.locator(f"{NEWEST} .wj-understood")
    assert completed in understood.inner_text()
    understood.get_by_role("button", name=ZH_HANT.edit).click()
    box = page.get_by_placeholder(ZH_HANT.placeholder)
    assert box.input_value() == completed
    box.press("End")
    box.press("Enter")
    came(page, 3)
    assert page.locator(f"{NEWEST} .wj-understood").count() == 0
    assert page.locator(f"{NEWEST} .wj-answer").inner_text() == "500萬元"


def test_clearing_starts_anew(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name=ZH_HANT.clear).click()
    welcomed(page)
    ask(page, "那任務型呢")
    assert page.locator(f"{NEWEST} .wj-understood").count() == 0


def test_the_newest_question_is_in_sight(page: Page) -> None:
    for _ in range(4):
        ask(page, QUESTION)
    box = page.locator("#wj-ask").bounding_box()
    newest = page.locator(f"{NEWEST} .wj-card").bounding_box()
    assert box and newest
    page.wait_for_function(f"document.querySelector('{NEWEST}').getBoundingClientRect().top >= 0")
    assert newest["y"] + newest["height"] <= box["y"]


def test_a_failure_is_a_sentence(
    page: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Engine, question: str, **_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(Engine, "ask", broken)
    ask(page, "任何問題")
    assert ZH_HANT.unexpected in page.locator(f"{NEWEST} .wj-trouble").inner_text()
    assert "secret" not in page.content()
    assert "secret detail" in caplog.text


def test_an_address_with_a_question_asks_it(browser: Browser, address: str) -> None:
    with opened(browser, address, f"?q={QUESTION}") as page:
        came(page, 1)
        assert page.locator(f"{NEWEST} .wj-answer").inner_text() == "1000萬元"


def test_answers_and_links_are_copied(browser: Browser, address: str) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with opened(browser, address, permissions=permissions) as page:
        welcomed(page)
        ask(page, QUESTION)
        page.get_by_role("button", name=ZH_HANT.copy).click()
        page.wait_for_selector(".wj-toast")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("「1000萬元」\n《創新聯合體新聞發布會實錄》（2024-05-16）")
        page.get_by_role("button", name=ZH_HANT.link).click()
        page.wait_for_function("navigator.clipboard.readText().then(t => t.includes('?q='))")
        link = page.evaluate("navigator.clipboard.readText()")
        page.goto(link)
        came(page, 1)
        assert page.locator(f"{NEWEST} .wj-question").inner_text() == QUESTION


@pytest.mark.parametrize(
    ("locale", "texts"), [("zh-TW", ZH_HANT), ("zh-CN", ZH_HANS), ("en-GB", EN)]
)
def test_the_page_speaks_the_language_of_the_browser(
    browser: Browser, address: str, locale: str, texts: Texts
) -> None:
    with opened(browser, address, locale=locale) as page:
        page.get_by_placeholder(texts.placeholder).wait_for()
        welcomed(page)
        assert page.locator("html").get_attribute("lang") == texts.lang
        assert texts.tagline in page.locator(".wj-header").inner_text()


def test_the_language_is_switched_and_kept(page: Page, address: str) -> None:
    page.get_by_role("link", name=EN.language).click()
    page.get_by_placeholder(EN.placeholder).wait_for()
    welcomed(page)
    ask(page, QUESTION, EN)
    shown = page.locator(NEWEST).inner_text()
    assert EN.from_source in shown
    assert "1000萬元" in shown  # documents are never translated or converted
    page.goto(address)
    page.get_by_placeholder(EN.placeholder).wait_for()
    came(page, 1)
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_newest_question_goes_along_to_another_language(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("link", name=EN.language).click()
    page.get_by_placeholder(EN.placeholder).wait_for()
    came(page, 1)
    shown = page.locator(NEWEST).inner_text()
    assert QUESTION in shown and EN.from_source in shown


def test_the_api_and_its_documentation_share_the_process(page: Page, address: str) -> None:
    response = page.request.post(f"{address}/api/v1/ask", data={"question": QUESTION})
    assert response.json()["answer"] == "1000萬元"
    assert page.request.get(f"{address}/api/nothing").status == 404
    page.goto(f"{address}/docs")
    assert "/api/v1/ask" in page.locator("main").inner_text()


def test_an_empty_library_says_how_to_fill_it(browser: Browser, tmp_path: Path) -> None:
    with (
        make_engine(tmp_path) as engine,
        background_server(engine) as address,
        opened(browser, address) as page,
    ):
        welcomed(page)
        assert "wenju add" in page.locator(".wj-welcome").inner_text()
        assert page.locator(".wj-chip").count() == 0
