"""A browser, and the page over a small pile of documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.ui.browser.driving import CHROMIUM, opened, welcomed
from tests.ui.conftest import HOSTILE, PRESS, make_engine
from wenju.corpus.document import Source
from wenju.eval.benchmarks.page import FLAGS
from wenju.ui.server import background_server

_FILLING = "第{number}條 本館各項服務事項依照本規則辦理，讀者應當愛護書刊。\n\n"
LONG = (
    "圖書館服務規則\n\n"
    + "".join(_FILLING.format(number=n) for n in range(1, 61))
    + "第六十一條 圖書館每週三閉館，其餘各日上午九時開放。\n\n"
    + "".join(_FILLING.format(number=n) for n in range(62, 120))
)
REPAIRED = (
    "創(chuàng)新聯(lián)合體評審(shěn)辦法\n評審費用為每件2500元，由申請人在評審(shěn)前繳納。\n"
)
DISAGREEING = (
    ("housing-2023.txt", "青年公寓租金公告\n時間：2023年3月1日\n青年公寓的月租金是每間1200元。\n"),
    ("housing-2024.txt", "青年公寓租金公告\n時間：2024年3月1日\n青年公寓的月租金是每間1500元。\n"),
)
SOURCES = [
    Source("press.txt", "press", PRESS),
    Source("</div>.txt", "handbook", HOSTILE),
    Source("library.txt", "library", LONG),
    Source("repaired.txt", "repaired", REPAIRED),
    *(Source(name, name, text) for name, text in DISAGREEING),
]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """One for all: a second one in the same process does not start."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served, over documents that no test changes."""
    with make_engine(tmp_path_factory.mktemp("browser")) as engine:
        engine.add_sources(SOURCES)
        engine.ask("誰？")  # loads what the first question loads, as the server does
        with background_server(engine) as address:
            yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        welcomed(page)
        yield page
