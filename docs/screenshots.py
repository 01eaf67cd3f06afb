"""The pictures in ``docs/images``, taken of the real page: ``python docs/screenshots.py``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).parent / "images"
ANSWERED, UNANSWERED = "生態型聯合體最高支持多少", "今天台北天氣如何"
DESK, PHONE = (1280, 800), (390, 844)


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The application over the bundled samples; gives its address."""
    command = [str(Path(sys.executable).with_name("wenju")), "serve", "--samples", "--port", "0"]
    environment = {**os.environ, "WENJU_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = (re.search(r"http://\S+/", line) for line in server.stderr)
            yield next(found.group() for found in said if found)
        finally:
            server.terminate()


def picture(browser: Browser, address: str, size: tuple[int, int], question: str) -> bytes:
    """The page once it has dealt with the question, as PNG."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-TW")
    page.goto(address)
    page.wait_for_selector(".wj-welcome")
    page.locator("#wj-ask textarea").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".wj-turn .wj-card, .wj-turn .wj-note")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.evaluate("() => document.activeElement.blur()")
    taken = page.screenshot(full_page=size == PHONE, animations="disabled")
    page.close()
    return taken


def main() -> None:
    """Take all three."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("The pictures are taken with chromium, which is not installed.")
    IMAGES.mkdir(exist_ok=True)
    wanted = {
        "chat.png": (DESK, ANSWERED),
        "unanswered.png": (DESK, UNANSWERED),
        "phone.png": (PHONE, ANSWERED),
    }
    with TemporaryDirectory() as home, serving(Path(home)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (size, question) in wanted.items():
            (IMAGES / name).write_bytes(picture(browser, address, size, question))
        browser.close()


if __name__ == "__main__":
    main()
