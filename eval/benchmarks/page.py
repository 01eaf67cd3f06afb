"""How soon the page can be used, and how late an answer is seen: ``python -m wenju.eval.benchmarks.page``.

Measured in a browser over the bundled samples. Measures, never asserts.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import time
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from wenju.eval.benchmarks.speed import Row, report
from wenju.ui.server import background_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TIMES = 5
_QUESTION = "生態型聯合體最高支持多少"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
"""With these, chromium runs anywhere and speaks to nobody of its own accord."""

_USABLE = ".wj-welcome"
# Milliseconds from asking to the frame that shows the answer, by the browser's clock.
_ASK = """() => new Promise((answered) => {
  const card = () => document.querySelector('.wj-turn:last-child .wj-card');
  let asked;
  new MutationObserver((_, watching) => {
    if (asked === undefined || !card()) return;
    watching.disconnect();
    requestAnimationFrame(() => setTimeout(() => answered(performance.now() - asked)));
  }).observe(document.querySelector('#wj-conversation'), { childList: true, subtree: true });
  asked = performance.now();
  document.querySelector('#wj-submit').click();
})"""


def measure(home: Path, encoder: str, chromium: str) -> list[Row]:
    """Medians of the time to a usable page, to an answer, and of what the page adds to the answer."""
    from playwright.sync_api import sync_playwright

    from wenju.qa.engine import Engine
    from wenju.qa.settings import Settings

    with Engine.open(Settings(home=home, encoder=encoder)) as engine:
        engine.add_paths([Path(str(files("wenju.corpus.samples")))])
        engine.ask(_QUESTION)
        with background_server(engine) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
            once(browser, address)  # so that the server is warm
            runs = [once(browser, address) for _ in range(TIMES)]
            browser.close()
    usable, seen, later = (median(column) for column in zip(*runs, strict=True))
    return [
        ("page: load to usable", usable, "s"),
        ("page: question to answer on screen", seen, "s"),
        ("page: later than the engine", later, "s"),
    ]


def once(browser: Browser, address: str) -> tuple[float, float, float]:
    """Seconds from load to usable, from question to answer, and how many of these are the page's.

    The browser has loaded the page once before, as that of whoever uses it has.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page.goto(address)
    page.wait_for_selector(_USABLE)
    started = time.perf_counter()
    page.reload()
    page.wait_for_selector(_USABLE)
    usable = time.perf_counter() - started
    page.locator("#wj-ask textarea").fill(_QUESTION)
    seen = page.evaluate(_ASK) / 1000
    took = re.search(r"([\d.]+) s", page.locator(".wj-took").inner_text())
    page.close()
    return usable, seen, seen - float(took[1] if took else "nan")


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, and print a table or one JSON object; without a browser, say so."""
    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.page", description=__doc__
    )
    options.add_argument("--encoder", default="embedded", help="a model's hub name or folder")
    options.add_argument("--json", action="store_true", help="print one object and nothing else")
    chosen = options.parse_args(argv)
    chromium = shutil.which("chromium")
    if chromium is None or find_spec("playwright") is None:
        sys.stderr.write("The page is not measured: that takes chromium and playwright.\n")
        return
    with TemporaryDirectory(prefix="wenju-bench-") as folder:
        rows = measure(Path(folder), chosen.encoder, chromium)
    report(rows, as_json=chosen.json)


if __name__ == "__main__":
    main()
