"""The pictures in ``docs/images``, taken of the real page: ``python docs/screenshots.py``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from wenju.eval.benchmarks.page import FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).parent / "images"
LAWS = Path(__file__).parent / "laws"  # excerpts of statutes, which have no copyright
ANSWERED, FOLLOWED, UNANSWERED = "生態型聯合體最高支持多少", "那任務型呢", "今天台北天氣如何"
LOOKED_UP = "勞基法第24條第1項第2款規定什麼"
REVISED = "雇主應保存勞工出勤紀錄幾年"
OF_BOTH_SIDES = "勞工每日工作時間不得超過幾小時"
NEWEST = ".wj-turn:last-child"
DESK, PHONE = (1280, 800), (375, 812)
PATIENCE = 120_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Picture:
    """What is done before a picture is taken, over which documents, and how the page looks."""

    act: Callable[[Page], None]
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"
    library: Literal["samples", "laws"] = "samples"
    locale: str = "zh-TW"


def ask(page: Page, *questions: str) -> None:
    """Ask one question after the other, and wait until each is dealt with."""
    for number, question in enumerate(questions, page.locator(".wj-turn").count() + 1):
        page.locator("#wj-ask textarea").fill(question)
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.querySelectorAll('.wj-turn').length === {number}")
        page.wait_for_selector(f"{NEWEST} :is(.wj-card, .wj-note)")


def chat(page: Page) -> None:
    """A question and its follow-up."""
    ask(page, ANSWERED, FOLLOWED)


def source(page: Page) -> None:
    """The document that an answer was copied from."""
    ask(page, ANSWERED)
    page.locator(f"{NEWEST} .wj-from .wj-ref").first.click()
    page.wait_for_selector("#wj-source mark")
    page.mouse.move(0, 0)


def unanswered(page: Page) -> None:
    """A question that the documents do not answer."""
    ask(page, UNANSWERED)
    page.wait_for_selector(f"{NEWEST} .wj-chip")


def library(page: Page) -> None:
    """The documents."""
    page.get_by_role("tab").nth(1).click()
    page.wait_for_selector(".wj-table")


def filters(page: Page) -> None:
    """The filters open: what an older version says, asked as of a day when it was in force."""
    page.locator("#wj-filters > summary").click()
    page.locator("[data-filter=as_of]").fill("2014-07-01")
    page.locator("[data-filter=jurisdictions]").fill("Taiwan")
    ask(page, REVISED)


PICTURES = {
    "chat": Picture(chat),
    "source": Picture(source),
    "unanswered": Picture(unanswered),
    "library": Picture(library),
    "dark": Picture(chat, scheme="dark"),
    "phone": Picture(lambda page: ask(page, ANSWERED), size=PHONE),
    "lookup": Picture(lambda page: ask(page, LOOKED_UP), library="laws"),
    "versions": Picture(lambda page: ask(page, REVISED), library="laws"),
    "jurisdictions": Picture(lambda page: ask(page, OF_BOTH_SIDES), library="laws"),
    # in English, as chromium without its packs of languages writes days
    "filters": Picture(filters, library="laws", locale="en-US"),
}


@contextmanager
def serving(home: Path, library: str) -> Iterator[str]:
    """The application over the bundled samples or the statutes; gives its address."""
    wenju = str(Path(sys.executable).with_name("wenju"))
    environment = {**os.environ, "WENJU_HOME": str(home)}
    command = [wenju, "serve", "--port", "0"]
    if library == "samples":
        command.append("--samples")
    else:
        subprocess.run([wenju, "add", str(LAWS)], env=environment, check=True)
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = (re.search(r"http://\S+/", line) for line in server.stderr)
            yield next(found.group() for found in said if found)
        finally:
            server.terminate()


def taken(browser: Browser, address: str, picture: Picture) -> bytes:
    """The page once everything was done that is to be seen, as PNG."""
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        device_scale_factor=2 if picture.size == PHONE else 1,
        locale=picture.locale,
    )
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector(
        ".wj-welcome .wj-chip" if picture.library == "samples" else ".wj-welcome"
    )
    picture.act(page)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.evaluate("() => document.activeElement.blur()")
    image = page.screenshot(animations="disabled")
    page.close()
    return image


def main(wanted: list[str]) -> None:
    """Take those that are named, or all."""
    if shutil.which("chromium") is None:
        sys.exit("The pictures are taken with chromium, which is not installed.")
    if unknown := set(wanted) - PICTURES.keys():
        sys.exit(f"There is no picture {min(unknown)!r}; there are {', '.join(PICTURES)}.")
    IMAGES.mkdir(exist_ok=True)
    for library in ("samples", "laws"):
        take([name for name in wanted or PICTURES if PICTURES[name].library == library], library)


def take(names: list[str], library: str) -> None:
    """Take these pictures, all of one library."""
    from playwright.sync_api import sync_playwright

    if not names:
        return
    with (
        TemporaryDirectory() as home,
        serving(Path(home), library) as address,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in names:
            (IMAGES / f"{name}.png").write_bytes(taken(browser, address, PICTURES[name]))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
