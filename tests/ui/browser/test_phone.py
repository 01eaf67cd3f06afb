"""The page on a phone: what is in reach there, and what Back does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.browser.driving import (
    LIT,
    NEWEST,
    PHONE,
    QUESTION,
    ask,
    came,
    is_on_screen,
    open_source,
    opened,
    welcomed,
)
from wenju.ui.texts import ZH_HANT

pytestmark = pytest.mark.slow


def test_on_a_phone_the_box_is_at_the_bottom_and_back_closes_a_document(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, viewport=PHONE, has_touch=True) as page:
        welcomed(page)
        dock, begin = page.locator("#wj-dock"), page.get_by_role("button", name=ZH_HANT.clear)

        def is_at_the_bottom() -> bool:
            box = dock.bounding_box()
            assert box and is_on_screen(page, page.locator("#wj-ask")) and is_on_screen(page, begin)
            return round(box["y"] + box["height"]) == PHONE["height"]

        assert is_at_the_bottom()
        ask(page, QUESTION)
        ask(page, "那任務型呢")
        assert is_at_the_bottom()
        page.mouse.wheel(0, 5000)  # to the sources below the conversation
        assert is_at_the_bottom()
        last = page.locator("#wj-side .wj-panel:visible .wj-citation").last
        last.scroll_into_view_if_needed()
        open_source(page)
        there = page.url
        page.go_back()
        expect(page.locator("#wj-source")).to_be_hidden()
        assert page.url == there and page.locator(".wj-turn").count() == 2
        open_source(page)
        page.get_by_role("button", name=ZH_HANT.back).click()
        expect(page.locator("#wj-source")).to_be_hidden()
        page.wait_for_function("!history.state?.source")
        # what is asked while a document is open has its address, too
        open_source(page)
        page.evaluate("document.querySelector('#wj-ask textarea').value = ''")
        ask(page, "圖書館每週幾閉館")
        expect(page.locator(LIT)).to_have_count(0)
        page.wait_for_function(
            "new URLSearchParams(location.search).get('q') === '圖書館每週幾閉館'"
        )
        page.reload()
        came(page, 3)
        begin.click()
        welcomed(page)
        assert page.locator(NEWEST).count() == 0
