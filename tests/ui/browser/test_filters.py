"""Filters, as a person sets them on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.making import ASKED_OF_VERSIONS, VERSIONS
from tests.ui.browser.driving import NEWEST, ask, is_on_screen, opened, welcomed
from wenju.corpus.document import Source
from wenju.qa.engine import Engine
from wenju.ui.server import background_server
from wenju.ui.texts import ZH_HANT

pytestmark = pytest.mark.slow
SAID = ZH_HANT.filters


def test_a_filter_is_seen_and_decides(browser: Browser, engine: Engine) -> None:
    engine.add_sources(Source(name, name, text) for name, text in VERSIONS.items())
    engine.add_sources([Source("hours.txt", "hours", "圖書館開放時間\n圖書館週一閉館。\n")])
    hours = next(d.id for d in engine.library.documents() if d.name == "hours.txt")
    engine.correct(hours, {"issuer": "臺北市文化局", "jurisdiction": "TW/臺北市"})
    with background_server(engine) as address, opened(browser, address) as page:
        welcomed(page)
        ask(page, ASKED_OF_VERSIONS)
        answer = page.locator(f"{NEWEST} .wj-answer")
        expect(answer).to_contain_text("百分之七十")
        beside = page.locator(f"{NEWEST} .wj-beside")
        expect(beside).to_contain_text(ZH_HANT.differences["version"])
        expect(beside).to_contain_text(ZH_HANT.standings["superseded"])
        limits = page.locator("#wj-limits .wj-limit")
        expect(limits).to_have_count(0)
        page.locator("#wj-filters > summary").click()
        page.get_by_label(SAID["as_of"]).fill("2021-05-01")
        expect(limits).to_have_text(f"{SAID['as_of']}：2021-05-01×")
        page.locator("#wj-filters > summary").click()
        assert is_on_screen(page, limits)  # beside the box, whether or not the fields are open
        ask(page, ASKED_OF_VERSIONS)
        expect(answer).to_contain_text("百分之六十")
        limits.get_by_role("button").click()
        ask(page, ASKED_OF_VERSIONS)
        expect(answer).to_contain_text("百分之七十")
        page.locator("#wj-filters > summary").click()
        page.get_by_label(SAID["kinds"]).select_option("form")
        place, body = (page.get_by_label(SAID[name]) for name in ("jurisdictions", "issuers"))
        offered = page.locator("#wj-offered option")
        expect(offered).to_have_text(["臺灣 (1)", "臺灣/臺北市 (1)", "臺北市文化局 (1)"])
        place.fill("Taiwan")
        body.fill("市政府、財政局")
        body.press("Tab")
        expect(limits).to_have_count(4)
        ask(page, ASKED_OF_VERSIONS)
        expect(page.locator(f"{NEWEST} .wj-unanswered")).to_contain_text(
            ZH_HANT.reasons["nothing_in_scope"]
        )
        page.get_by_role("button", name=ZH_HANT.script["all"]).click()
        expect(page.locator("#wj-limits")).to_be_hidden()
