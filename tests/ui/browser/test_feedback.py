from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.fakes import FakeEncoder
from tests.ui.browser.driving import LIT, NEWEST, QUESTION, ask, opened, welcomed
from tests.ui.conftest import Run, object_of
from wenju.qa.engine import Engine
from wenju.ui.server import background_server
from wenju.ui.texts import ZH_HANT

pytestmark = pytest.mark.slow
_WHERE = """words => {
  const text = document.createTreeWalker(document.querySelector('#wj-source .wj-text'), 4);
  while (text.nextNode()) {
    const at = text.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(text.currentNode, at);
    range.setEnd(text.currentNode, at + words.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return [left, right, (top + bottom) / 2];
  }
}"""


def select(page: Page, words: str) -> None:
    """Drag the mouse over words of the source."""
    left, right, middle = page.evaluate(_WHERE, words)
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right - 1, middle, steps=5)
    page.mouse.up()


def thanked(page: Page, turns: int) -> None:
    thanks = page.locator(".wj-judge .wj-thanks")
    page.wait_for_function(f"document.querySelectorAll('.wj-thanks').length === {turns}")
    assert thanks.first.inner_text() == ZH_HANT.script["thanks"]


def judge(page: Page, verdict: str) -> None:
    page.locator(NEWEST).get_by_role("button", name=verdict, exact=True).click()


def test_what_is_said_of_answers_becomes_gold_that_is_evaluated(
    browser: Browser, filled: Engine, wenju: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with background_server(filled) as address, opened(browser, address) as page:
        welcomed(page)
        ask(page, QUESTION)
        judge(page, ZH_HANT.wrong)
        page.wait_for_selector(LIT)
        select(page, "市財政")
        assert page.locator(".wj-chosen").inner_text() == "市財政"
        select(page, "領軍企業")
        assert page.locator(".wj-chosen").inner_text() == "領軍企業"
        page.get_by_role("button", name=ZH_HANT.script["send"]).click()
        thanked(page, 1)
        ask(page, "培訓費用每人多少元")
        judge(page, ZH_HANT.right)
        thanked(page, 2)
        ask(page, "任務型聯合體最高支持多少")
        judge(page, ZH_HANT.should_not)
        thanked(page, 3)
    gold = tmp_path / "gold.jsonl"
    exported = object_of(wenju("feedback", "export", gold, "--documents", "--json"))
    assert (exported["questions"], exported["unanswerable"]) == (3, 1)
    _, first, *_ = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    assert (first["question"], first["answers"]) == (QUESTION, ["領軍企業"])
    monkeypatch.setattr("wenju.eval.preparation.load_encoder", lambda *named: FakeEncoder())
    report = object_of(wenju("eval", gold, "--json"))
    assert (report["questions"], report["documents"]) == (3, 2)


def test_a_wrong_answer_can_be_said_without_the_right_one(browser: Browser, filled: Engine) -> None:
    with background_server(filled) as address, opened(browser, address) as page:
        welcomed(page)
        ask(page, QUESTION)
        judge(page, ZH_HANT.wrong)
        page.get_by_role("button", name=ZH_HANT.script["send"]).click()
        thanked(page, 1)
    [said] = filled.feedback.read()
    assert (said.verdict, said.answer, said.correct) == ("wrong", "1000萬元", "")
    assert said.place == (63, 69)
