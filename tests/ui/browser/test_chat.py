from __future__ import annotations

import json
import re
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.ui.browser.driving import (
    NEWEST,
    PATIENCE,
    QUESTION,
    answer_of,
    ask,
    came,
    is_on_screen,
    opened,
    welcomed,
)
from tests.ui.conftest import make_engine
from wenju.corpus import cancellation
from wenju.qa.engine import Engine
from wenju.qa.steps import Step, Tell
from wenju.ui.server import background_server
from wenju.ui.texts import EN, ZH_HANS, ZH_HANT, Texts

pytestmark = pytest.mark.slow


def test_the_sentence_stands_large_with_the_answer_lit_in_it(page: Page) -> None:
    ask(page, QUESTION)
    assert answer_of(page) == "1000萬元"
    large = page.locator(f"{NEWEST} .wj-answer")
    assert "任務型聯合體最高支持500萬元" in large.inner_text()
    cited = page.locator("#wj-cite-1-1")
    assert cited.locator("mark").inner_text() == "1000萬元"
    assert "press.txt" in cited.inner_text()
    for lit in (large.locator("mark"), cited.locator("mark")):
        color = lit.evaluate("e => getComputedStyle(e).backgroundColor")
        assert color != "rgba(0, 0, 0, 0)"


def test_how_sure_it_is_is_a_word_and_the_numbers_are_for_who_wants_them(page: Page) -> None:
    ask(page, QUESTION)
    sure = page.locator(f"{NEWEST} .wj-certainty")
    number = sure.get_attribute("title") or ""
    assert sure.evaluate("e => e.firstChild.textContent") in ZH_HANT.certainty.values()
    assert re.fullmatch(r"把握 \d+%", number)
    # read out though it is not shown
    heard = sure.locator(".wj-heard")
    box = heard.bounding_box()
    assert number in sure.aria_snapshot() and box and box["width"] <= 1
    scores = page.locator("#wj-cite-1-1 .wj-scores")
    assert not scores.get_by_text(ZH_HANT.details["retrieval"]).is_visible()
    scores.get_by_text(ZH_HANT.details["title"]).click()
    assert scores.get_by_text(ZH_HANT.details["retrieval"]).is_visible()
    assert number in scores.inner_text()
    # written as the reader reads
    assert page.locator(".wj-converted").count() == 0


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


def test_greetings_words_and_what_may_answer_are_called_what_they_are(page: Page) -> None:
    ask(page, "你好")
    greeted = page.locator(NEWEST)
    assert ZH_HANT.titles["overview"] in greeted.inner_text()
    assert "創新聯合體新聞發布會實錄" in greeted.locator(".wj-holdings").inner_text()
    page.wait_for_selector(f"{NEWEST} .wj-chip")
    ask(page, "為什麼？")  # a greeting is no topic
    assert page.locator(f"{NEWEST} .wj-understood").count() == 0
    ask(page, "租金")
    word = page.locator(NEWEST)
    assert ZH_HANT.titles["word"] in word.inner_text()
    assert "青年公寓的月租金是每間1500元。" in word.inner_text()  # and no title
    side = page.locator("#wj-side .wj-panel:visible")
    assert ZH_HANT.mentioned["title"] in side.inner_text()
    lit = side.locator("mark")
    assert lit.count() and all("租金" in text for text in lit.all_inner_texts())


def test_a_follow_up_shows_what_it_was_completed_to_and_can_be_edited(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "那任務型呢")
    assert page.locator(f"{NEWEST} .wj-question").inner_text() == "那任務型呢"
    assert answer_of(page) == "500萬元"
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
    assert answer_of(page) == "500萬元"


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


def test_the_steps_are_shown_and_stop_ends_them(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def endless(self: Engine, question: str, *, tell: Tell, **_: object) -> None:
        try:
            while True:
                tell(Step("reading", 2, 6))
                time.sleep(0.05)
                cancellation.check()
        finally:
            ended.set()

    progress = ZH_HANT.progress
    stop = page.get_by_role("button", name=progress["stop"])
    assert not stop.is_visible()
    with monkeypatch.context() as patched:
        patched.setattr(Engine, "ask", endless)
        page.get_by_placeholder(ZH_HANT.placeholder).fill(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(
            has_text=progress["reading"].format(done=2, of=6)
        ).wait_for()
        assert is_on_screen(page, stop)
        stop.click()
        came(page, 1)
        assert ended.wait(PATIENCE / 1000)
    assert progress["stopped"] in page.locator(NEWEST).inner_text()
    stop.wait_for(state="hidden")
    page.get_by_role("button", name=progress["again"]).click()
    came(page, 2)
    assert answer_of(page) == "1000萬元"


def test_an_address_with_a_question_asks_it(browser: Browser, address: str) -> None:
    with opened(browser, address, f"?q={QUESTION}") as page:
        came(page, 1)
        assert answer_of(page) == "1000萬元"


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
    for path, wanted in (
        ("/api/v1/ask", '"answer": "1000萬元"'),
        ("/api/v1/ask/stream", "event: answer"),
    ):
        form = page.locator(f'form[data-method=post][data-path="{path}"]')
        form.locator("xpath=..").locator("summary").click()
        form.get_by_label("Body").fill(json.dumps({"question": QUESTION}))
        form.get_by_role("button", name="Send").click()
        form.locator("[data-shown=body]", has_text=wanted).wait_for()
        assert form.get_by_role("status").inner_text().startswith("200")
        assert form.locator("[data-shown=command]").inner_text().startswith("curl -s -X POST")
    form = page.locator("form[data-method=get][data-path='/api/v1/suggestions']")
    form.locator("xpath=..").locator("summary").click()
    form.get_by_label("count").fill("999")
    form.get_by_role("button", name="Send").click()
    form.get_by_role("status").filter(has_text="422").wait_for()
    assert "count" in form.locator("[data-shown=body]").inner_text()


def test_an_empty_library_says_how_to_fill_it(browser: Browser, tmp_path: Path) -> None:
    with (
        make_engine(tmp_path) as engine,
        background_server(engine) as address,
        opened(browser, address) as page,
    ):
        welcomed(page)
        assert "wenju add" in page.locator(".wj-welcome").inner_text()
        assert page.locator(".wj-chip").count() == 0
