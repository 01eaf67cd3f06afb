from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.ui.browser.driving import (
    LIT,
    NEWEST,
    PHONE,
    QUESTION,
    answer_of,
    ask,
    is_on_screen,
    open_source,
    opened,
    welcomed,
)
from wenju.ui.texts import ZH_HANT

pytestmark = pytest.mark.slow
FAR_DOWN = "圖書館每週幾閉館"
NUMBER = f"{NEWEST} .wj-from .wj-ref"


def test_a_click_opens_the_source_where_the_lit_text_is_the_answer(page: Page) -> None:
    ask(page, FAR_DOWN)
    answer = answer_of(page)
    assert answer == "每週三"
    open_source(page)
    lit = page.locator(LIT)
    assert lit.all_inner_texts() == [answer]
    page.wait_for_function("document.querySelector('#wj-side').scrollTop > 0")
    assert is_on_screen(page, lit)
    assert "第六十一條" in page.locator("#wj-source .wj-text").inner_text()
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_hovering_shows_the_quotation(page: Page) -> None:
    ask(page, QUESTION)
    tip = page.locator(f"{NEWEST} .wj-from .wj-tip")
    assert not tip.is_visible()
    page.locator(NUMBER).hover()
    tip.wait_for(state="visible")
    assert tip.locator("mark").inner_text() == answer_of(page)
    assert is_on_screen(page, tip)
    page.locator(NUMBER).click()
    page.wait_for_selector(LIT)
    assert not tip.is_visible()


def test_escape_goes_back_to_the_number(page: Page) -> None:
    ask(page, QUESTION)
    open_source(page)
    page.keyboard.press("Escape")
    page.locator("#wj-source").wait_for(state="hidden")
    assert page.locator("#wj-cite-1-1").is_visible()
    assert page.evaluate("document.activeElement.dataset.cite") == "wj-cite-1-1"


def test_sources_are_stepped_through_by_keyboard(page: Page) -> None:
    ask(page, "今天台北天氣如何")
    opening = page.locator("#wj-side .wj-citation .wj-look button")
    names = page.locator("#wj-side .wj-citation h3").all_inner_texts()
    assert len(names) > 1
    opening.first.click()
    heading = page.locator("#wj-source h2")
    heading.filter(has_text=names[0]).wait_for()
    before = page.locator("#wj-source").get_attribute("data-number")
    page.keyboard.press("n")
    page.locator("#wj-source[data-number='1']").wait_for()
    assert heading.inner_text() == names[1]
    page.keyboard.press("p")
    page.locator("#wj-source[data-number='0']").wait_for()
    assert (before, heading.inner_text()) == ("0", names[0])


def test_an_earlier_answer_opens_its_own_source(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, FAR_DOWN)
    open_source(page, turn=".wj-turn:first-child")
    assert page.locator(LIT).inner_text() == "1000萬元"
    page.keyboard.press("Escape")
    assert page.locator("#wj-cite-1-1").is_visible()
    assert not page.locator("#wj-cite-2-1").is_visible()


def test_what_was_repaired_is_marked_and_tells_what_stood_there(page: Page) -> None:
    ask(page, "評審費用每件多少元")
    open_source(page)
    assert page.locator(LIT).inner_text() == answer_of(page)
    marked = page.locator("#wj-source .wj-repaired")
    assert marked.count() == 3
    assert "創(chuàng)" in (marked.first.get_attribute("title") or "")
    assert "(chuàng)" not in page.locator("#wj-source .wj-text").inner_text()


def test_a_permalink_lights_its_place(browser: Browser, address: str, page: Page) -> None:
    ask(page, FAR_DOWN)
    open_source(page)
    link = page.locator("#wj-source .wj-ways a").get_attribute("href") or ""
    with opened(browser, address, link.removeprefix("../")) as document:
        document.wait_for_selector(".wj-document mark")
        lit = document.locator("mark")
        assert lit.all_inner_texts() == ["每週三"]
        document.wait_for_function("scrollY > 0")
        assert is_on_screen(document, lit)
        whole = document.locator(".wj-text").inner_text()
        document.evaluate("location.hash = '#0-4'")
        document.locator("mark", has_text="圖書館服").wait_for()
        assert document.locator(".wj-text").inner_text() == whole


def test_on_a_phone_the_source_covers_the_conversation(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport=PHONE) as page:
        welcomed(page)
        ask(page, FAR_DOWN)
        open_source(page)
        assert is_on_screen(page, page.locator(LIT))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.locator("#wj-source .wj-ways").get_by_text(ZH_HANT.back).click()
        page.locator("#wj-source").wait_for(state="hidden")


def test_a_hostile_document_is_text_and_runs_nothing(page: Page) -> None:
    ask(page, "培訓費用每人多少元")
    quoted = ("300元", "**三月**", "$x^2$", "{{value}}", "${window.ran = 3}", "</div>.txt")
    side = page.locator("#wj-side").inner_text()
    assert [words for words in quoted if words not in side] == []
    open_source(page)
    whole = page.locator("#wj-source").inner_text()
    more = ("<script>window.ran = 1</script>", "<img src=x onerror=", "</div></section>")
    assert [words for words in (*quoted, *more) if words not in whole] == []
    ask(page, "<img src=x onerror='window.ran = 4'> 的培訓費用每人多少元 $y$")
    assert "$y$" in page.locator(f"{NEWEST} .wj-question").inner_text()
    assert page.evaluate("window.ran") is None
    assert page.locator("#wj-side :is(script, img), #wj-talk img").count() == 0


def test_a_hostile_document_is_text_on_its_own_page(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        documents = page.request.get(f"{address}/api/v1/documents").json()["documents"]
        hostile = next(d["id"] for d in documents if d["name"] == "</div>.txt")
        page.goto(f"{address}/document/{hostile}#0-60")
        page.wait_for_selector("mark")
        assert "<script>window.ran = 1</script>" in page.locator(".wj-text").inner_text()
        assert page.locator(".wj-document :is(script, img)").count() == 0
        assert page.evaluate("window.ran") is None


def test_an_older_answer_is_corrected_in_its_own_source(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, FAR_DOWN)
    page.locator(".wj-turn:first-child").get_by_role("button", name=ZH_HANT.wrong).click()
    page.wait_for_selector(LIT)
    assert page.locator(LIT).inner_text() == "1000萬元"
