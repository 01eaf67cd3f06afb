"""What axe-core finds, the width of a telephone, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.ui.browser.driving import (
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
from wenju.ui.texts import LANGUAGES, ZH_HANT, Texts

pytestmark = pytest.mark.slow
GRAVE = ("serious", "critical")
# a colour that is on its way to another has no contrast of its own
_STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"


def grave(page: Page) -> list[str]:
    """Each serious violation, with the elements it was found in."""
    page.add_style_tag(content=_STILL)
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


@pytest.fixture(params=["light", "dark"])
def lit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page in both schemes; its policy is set aside for the style that stops what moves."""
    with opened(browser, address, color_scheme=request.param, bypass_csp=True) as page:
        welcomed(page)
        dark = page.evaluate("document.body.classList.contains('dark')")
        assert dark == (request.param == "dark")
        yield page


def test_the_check_finds_what_is_grave(lit: Page) -> None:
    lit.evaluate("document.querySelector('.wj-header p').style.color = 'rgb(128 128 128 / 30%)'")
    assert any(found.startswith("color-contrast") for found in grave(lit))


def test_nothing_grave_is_found_in_the_conversation(lit: Page) -> None:
    lit.wait_for_selector(".wj-chip")
    assert grave(lit) == []
    ask(lit, QUESTION)
    ask(lit, "那任務型呢")
    assert grave(lit) == []
    open_source(lit)
    assert grave(lit) == []
    lit.keyboard.press("Escape")
    lit.locator(".wj-scores:visible summary").first.click()
    # what is refused, what there is, what mentions a word
    for asked in ("今天台北天氣如何", "你好", "租金"):
        ask(lit, asked)
        assert grave(lit) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "texts"), LANGUAGES.items(), ids=LANGUAGES)
def test_nothing_grave_is_found_on_a_phone_in_any_language(
    browser: Browser, address: str, path: str, texts: Texts, scheme: str
) -> None:
    look = {"viewport": PHONE, "color_scheme": scheme, "bypass_csp": True}
    with opened(browser, address, f"{path}/", **look) as page:
        welcomed(page)
        assert page.locator("html").get_attribute("lang") == texts.lang
        ask(page, QUESTION, texts)
        assert grave(page) == []
        page.locator("#wj-filters summary").first.click()
        assert grave(page) == []
        page.get_by_role("tab", name=texts.library).click()
        page.locator(".wj-table").wait_for()
        assert grave(page) == []


def test_nothing_grave_is_found_where_the_api_is_tried(lit: Page, address: str) -> None:
    lit.goto(f"{address}/docs")
    lit.locator("summary").evaluate_all("all => all.forEach((one) => one.click())")
    form = lit.locator("form[data-path='/api/v1/health']")
    form.get_by_role("button").click()
    form.get_by_role("status").filter(has_text="200").wait_for()
    assert grave(lit) == []


def test_nothing_grave_is_found_in_the_library(lit: Page, address: str) -> None:
    lit.get_by_role("tab", name=ZH_HANT.library).click()
    lit.locator(".wj-table").wait_for()
    assert grave(lit) == []
    link = lit.locator(".wj-table a").first.get_attribute("href") or ""
    lit.goto(f"{address}/{link.removeprefix('../')}#0-8")
    lit.wait_for_selector("mark")
    assert grave(lit) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_width_has_no_sideways_scrolling(browser: Browser, address: str, scheme: str) -> None:
    with opened(browser, address, viewport=PHONE, color_scheme=scheme) as page:
        welcomed(page)
        ask(page, QUESTION)
        assert _width(page) <= PHONE["width"]
        answer = page.locator(f"{NEWEST} .wj-card").bounding_box()
        citation = page.locator("#wj-cite-1-1").bounding_box()
        assert answer and citation and citation["y"] > answer["y"] + answer["height"]
        assert is_on_screen(page, page.locator(f"{NEWEST} .wj-answer"))
        for _ in range(2):
            ask(page, QUESTION)
            assert is_on_screen(page, page.locator("#wj-ask"))
        page.get_by_role("tab", name=ZH_HANT.library).click()
        page.locator(".wj-table").wait_for()
        assert _width(page) <= PHONE["width"]
        page.goto(page.locator(".wj-table a").first.evaluate("a => a.href"))
        assert _width(page) <= PHONE["width"]


def _width(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def test_everything_is_done_by_keyboard(page: Page) -> None:
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    came(page, 1)
    page.locator(f"{NEWEST} .wj-from .wj-ref").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(f"{NEWEST} .wj-from .wj-tip").is_visible()
    outlined = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outlined) == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector("#wj-source mark")
    assert page.evaluate("document.activeElement.className") == "wj-text"
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.placeholder") == ZH_HANT.placeholder
