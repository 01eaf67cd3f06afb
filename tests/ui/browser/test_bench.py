"""What the page's bench measures, and that it says so where it cannot."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser

import wenju.eval.benchmarks.page


def test_times_are_those_of_the_page(browser: Browser, address: str) -> None:
    started = time.perf_counter()
    usable, seen, later = wenju.eval.benchmarks.page.once(browser, address)
    whole = time.perf_counter() - started
    assert 0 < usable < whole
    assert 0 < seen < whole
    # what the page adds is what the engine did not take; it tells hundredths
    assert -0.005 <= later <= seen


def test_without_a_browser_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    wenju.eval.benchmarks.page.main([])
    out, err = capsys.readouterr()
    assert out == ""
    assert "chromium" in err
