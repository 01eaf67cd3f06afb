"""Filters, as a person sets them on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.making import ASKED_OF_VERSIONS, VERSIONS
from tests.ui.browser.driving import NEWEST, ask, opened, welcomed
from wenju.corpus.document import Source
from wenju.qa.engine import Engine
from wenju.ui.server import background_server
from wenju.ui.texts import ZH_HANT

pytestmark = pytest.mark.slow
SAID = ZH_HANT.filters


def test_a_filter_is_seen_and_decides(browser: Browser, engine: Engine) -> None:
    engine.add_sources(Source(name, name, text) for name, text in VERSIONS.items())
    with background_server(engine) as address, opened(browser, address) as page:
        welcomed(page)
        ask(page, ASKED_OF_VERSIONS)
        answer = page.locator(f"{NEWEST} .wj-answer")
        expect(answer).to_have_text("百分之七十")
        beside = page.locator(f"{NEWEST} .wj-beside")
        expect(beside).to_contain_text(ZH_HANT.differences["version"])
        expect(beside).to_contain_text(ZH_HANT.standings["superseded"])
        summary = page.locator("#wj-filters > summary")
        summary.click()
        page.get_by_label(SAID["as_of"]).fill("2021-05-01")
        expect(page.locator("#wj-filters.wj-on")).to_be_visible()
        expect(page.locator(".wj-filtered")).to_have_text(f"{SAID['as_of']}：2021-05-01")
        ask(page, ASKED_OF_VERSIONS)
        expect(answer).to_have_text("百分之六十")
        page.get_by_role("button", name=SAID["clear"]).click()
        page.get_by_label(SAID["kind"]).select_option("form")
        ask(page, ASKED_OF_VERSIONS)
        expect(page.locator(f"{NEWEST} .wj-unanswered")).to_contain_text(
            ZH_HANT.reasons["nothing_in_scope"]
        )
        page.get_by_role("button", name=SAID["clear"]).click()
        expect(page.locator(".wj-filtered")).to_be_hidden()
