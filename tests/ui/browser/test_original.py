"""A document's pages as they look: framed where the answer stands, turned, enlarged, left for the text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.corpus.test_read import pdf
from tests.fakes import FakeEncoder
from tests.ui.browser.driving import NEWEST, PHONE, ask, is_on_screen, opened, welcomed
from wenju.corpus.read import read
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.server import background_server
from wenju.ui.texts import EN, ZH_HANT

pytestmark = pytest.mark.slow
QUESTION = "逾期每日每冊收取多少元"
PAGES = [
    ["甲市圖書館借閱規則", "借閱證每人以一張為限，不得轉借他人使用。"],
    ["逾期每日每冊收取新臺幣2元。", "本館每週一休館。"],
    ["本規則自公布日施行。"],
]
FRAME = "#wj-source .wj-frame"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("original")
    (home / "rules.pdf").write_bytes(pdf(PAGES))
    settings = Settings(home=home / "home", cache=home / "cache", reader="lexical")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources(read(home / "rules.pdf").sources)
        engine.ask("誰？")  # loads what the first question loads, as the server does
        with background_server(engine) as address:
            yield address


def cited(page: Page) -> None:
    """Ask, open the citation, and wait for the picture of its page."""
    welcomed(page)
    ask(page, QUESTION)
    page.locator(f"{NEWEST} .wj-from .wj-ref").first.click()
    page.wait_for_selector(FRAME)
    page.wait_for_function("document.querySelector('#wj-source img').naturalWidth > 0")


def test_a_citation_opens_its_page_with_the_place_framed(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        cited(page)
        source = page.locator("#wj-source")
        assert source.locator(".wj-page").get_attribute("data-page") == "2"
        alt = source.locator("img").get_attribute("alt") or ""
        assert ZH_HANT.sheet["picture"].format(title="甲市圖書館借閱規則", number=2) == alt
        frame = source.locator(".wj-frame").first
        assert is_on_screen(page, frame)
        box, paper = frame.bounding_box(), source.locator("img").bounding_box()
        assert box and paper
        # the first line of the page, of 10 points 62 below its top
        assert abs((box["y"] - paper["y"]) / paper["height"] - 53 / 842) < 0.01
        assert not source.locator(".wj-text").is_visible()
        page.get_by_role("button", name=ZH_HANT.sheet["text"], exact=True).click()
        source.locator(".wj-text mark").wait_for()
        assert not source.locator("img").is_visible()
        page.get_by_role("button", name=ZH_HANT.sheet["page"], exact=True).click()
        assert source.locator("img").is_visible() and is_on_screen(page, frame)


def test_pages_are_turned_and_enlarged_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        cited(page)
        page.get_by_role("button", name=ZH_HANT.sheet["following"]).focus()
        page.keyboard.press("Enter")
        page.locator("#wj-source .wj-page[data-page='3']").wait_for()
        assert page.locator(FRAME).count() == 0
        assert page.locator("#wj-source .wj-hint").count() == 0
        page.wait_for_function("document.activeElement.classList.contains('wj-sheet')")
        assert page.get_by_role("button", name=ZH_HANT.sheet["following"]).is_disabled()
        page.get_by_role("button", name=ZH_HANT.sheet["previous"]).focus()
        page.keyboard.press("Enter")
        page.locator(FRAME).first.wait_for()
        page.wait_for_function("document.activeElement.dataset.turn === '1'")
        before = page.locator("#wj-source .wj-paper").bounding_box()
        page.get_by_role("button", name=ZH_HANT.sheet["larger"]).press("Enter")
        after = page.locator("#wj-source .wj-paper").bounding_box()
        assert before and after and after["width"] > 2 * before["width"]
        assert is_on_screen(page, page.locator(FRAME).first)
        page.keyboard.press("Escape")
        page.locator("#wj-source").wait_for(state="hidden")


def test_the_choice_of_the_text_is_kept(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        cited(page)
        page.get_by_role("button", name=ZH_HANT.sheet["text"], exact=True).click()
        page.keyboard.press("Escape")
        page.locator(f"{NEWEST} .wj-from .wj-ref").first.click()
        page.locator("#wj-source .wj-text mark").wait_for()
        assert page.locator("#wj-source .wj-text").is_visible()


def test_an_answer_is_corrected_in_the_text(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        welcomed(page)
        ask(page, QUESTION)
        page.get_by_role("button", name=ZH_HANT.wrong).click()
        page.locator("#wj-source .wj-text mark").wait_for()
        page.wait_for_timeout(500)
        assert page.locator("#wj-source .wj-text").is_visible()


def test_on_a_phone_at_night(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport=PHONE, color_scheme="dark") as page:
        cited(page)
        assert is_on_screen(page, page.locator(FRAME).first)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        paper = page.locator("#wj-source img").bounding_box()
        assert paper and paper["width"] <= PHONE["width"]


def test_a_documents_own_page_shows_its_page(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        cited(page)
        link = page.locator("#wj-source .wj-ways a").get_attribute("href") or ""
    with opened(browser, address, link.removeprefix("../"), locale="en-GB") as page:
        page.wait_for_selector(".wj-document .wj-frame")
        assert is_on_screen(page, page.locator(".wj-frame").first)
        assert page.get_by_role("button", name=EN.sheet["page"], exact=True).is_visible()
