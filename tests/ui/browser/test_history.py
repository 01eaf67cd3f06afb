"""Conversations last: what the browser keeps of them, and what can be done with them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.browser.driving import NEWEST, QUESTION, ask, came, opened, welcomed
from tests.ui.conftest import PRESS
from wenju.ui.texts import EN, ZH_HANT

pytestmark = pytest.mark.slow
FOLLOW_UP = "那任務型呢"


def answers(page: Page) -> list[str]:
    shown = page.locator(".wj-turn .wj-answer")
    words = "all => all.map(one => (one.querySelector('mark') ?? one).innerText)"
    return list(shown.evaluate_all(words))


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as coming:
        page.locator("#wj-history .wj-past").first.get_by_role("button", name=name).click()
    return Path(coming.value.path()).read_bytes()


def test_a_conversation_outlives_reloads_languages_and_going_back(page: Page, address: str) -> None:
    ask(page, QUESTION)
    ask(page, FOLLOW_UP)
    both = ["1000萬元", "500萬元"]
    assert answers(page) == both
    page.wait_for_url("**/zh-hant/?q=*")
    page.reload()
    came(page, 2)
    assert answers(page) == both
    expect(page.locator("#wj-side .wj-panel:visible mark")).to_have_text("500萬元")
    page.get_by_role("link", name=EN.language).click()
    page.get_by_placeholder(EN.placeholder).wait_for()
    came(page, 2)
    assert EN.from_source in page.locator(NEWEST).inner_text()
    page.goto(f"{address}/docs")
    page.go_back()
    came(page, 2)
    # the server knows the conversation again
    ask(page, "平臺型呢", EN)
    expect(page.locator(f"{NEWEST} .wj-understood")).to_contain_text("平臺型聯合體")
    box = page.get_by_placeholder(EN.placeholder)
    box.press("ArrowUp")
    assert box.input_value() == "平臺型呢"
    box.press("ArrowUp")
    assert box.input_value() == FOLLOW_UP


def test_past_conversations_are_opened_exported_and_deleted(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name=ZH_HANT.clear).click()
    welcomed(page)
    assert page.url.endswith("/zh-hant/")
    ask(page, "圖書館每週幾閉館")
    page.get_by_role("button", name=ZH_HANT.history["title"]).click()
    past = page.locator("#wj-history .wj-past")
    expect(past).to_have_count(2)
    past.filter(has_text=QUESTION).locator(".wj-title").click()
    page.wait_for_function("document.querySelector('.wj-answer')?.innerText.includes('1000萬元')")
    ask(page, FOLLOW_UP)
    assert answers(page) == ["1000萬元", "500萬元"]
    page.get_by_role("button", name=ZH_HANT.history["title"]).click()
    expect(past.first).to_contain_text(ZH_HANT.script["turns"].partition("·")[0].format(count=2))
    _are_exported(page)
    delete = past.last.get_by_role("button", name=ZH_HANT.script["forget"])
    delete.click()
    expect(past).to_have_count(2)
    past.last.get_by_role("button", name=ZH_HANT.script["sure"]).click()
    expect(past).to_have_count(1)
    everything = page.locator("#wj-history [data-forget-all]")
    everything.click()
    everything.click()
    expect(past).to_have_count(0)
    page.get_by_role("button", name=ZH_HANT.history["close"]).click()
    welcomed(page)
    page.reload()
    welcomed(page)


def _are_exported(page: Page) -> None:
    said = json.loads(downloaded(page, "JSON"))
    assert [turn["answer"]["answer"] for turn in said["turns"]] == ["1000萬元", "500萬元"]
    markdown = downloaded(page, "Markdown").decode()
    word = "\n".join(p.text for p in docx.Document(BytesIO(downloaded(page, "Word"))).paragraphs)
    start = PRESS.index("1000萬元")
    for text in (markdown, word):
        assert "創新聯合體新聞發布會實錄" in text and "2024-05-16" in text
        assert f"{start}–{start + len('1000萬元')}" in text
        assert ZH_HANT.understood.partition("{")[0] in text


def test_an_address_asks_the_same_again_over_the_same_documents(
    browser: Browser, page: Page, address: str
) -> None:
    page.locator("#wj-filters > summary").click()
    page.locator("#wj-find").press_sequentially("青年公寓")
    page.locator("#wj-found .wj-chip").first.click()
    page.get_by_label(ZH_HANT.filters["issued_from"]).fill("2023-01-01")
    page.get_by_label(ZH_HANT.filters["as_of"]).fill("2024-01-01")
    limits = page.locator("#wj-limits .wj-limit")
    expect(limits).to_have_count(3)
    ask(page, "青年公寓的月租金是多少")
    [answer] = answers(page)
    page.wait_for_url("**as_of=2024-01-01#documents=*")
    with opened(browser, address) as other:
        other.goto(page.url)
        came(other, 1)
        assert answers(other) == [answer]
        expect(other.locator("#wj-limits .wj-limit")).to_have_count(3)
        expect(other.locator("#wj-limits")).to_contain_text("青年公寓租金公告")
        other.reload()
        came(other, 1)
        expect(other.locator("#wj-limits .wj-limit")).to_have_count(3)
    for _ in range(3):
        limits.first.get_by_role("button").click()
    expect(page.locator("#wj-limits")).to_be_hidden()
    ask(page, QUESTION)
    page.wait_for_function("!location.href.includes('as_of')")


def test_what_was_being_asked_is_asked_again_after_a_reload(page: Page) -> None:
    page.get_by_placeholder(ZH_HANT.placeholder).fill(QUESTION)
    page.evaluate("window.wenju.waiting('圖書館每週幾閉館')")
    page.reload()
    came(page, 1)
    assert page.locator(f"{NEWEST} .wj-question").inner_text() == "圖書館每週幾閉館"
