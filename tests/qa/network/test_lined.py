"""Labelled lines as answers: of what the title names, and for no more than the label says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.qa.reading import hit
from wenju.index.hit import Hit
from wenju.qa.question import parse
from wenju.qa.trained.lined import lined

LINES = (
    "臨澤市新聞發布會\n時間：2024年5月16日上午10:00\n地點：臨澤市民中心三樓\n"
    "發布日期：2024年5月20日\n- 出席領導：科技局段以恆、工信局池雪嵐\n記錄：甘棠\n"
)
BRIEFING = hit(LINES, title="臨澤市新聞發布會")
OTHER = hit("时间：2024年6月20日14:30\n地点：\n", rank=2, title="青原市新闻发布会")


def found(question: str, *hits: Hit) -> list[str]:
    return [span.text for span in lined(parse(question), hits)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("發布會是什麼時候開的", "2024年5月16日上午10:00"),
        ("新闻发布会几点开始", "2024年5月16日上午10:00"),
        ("臨澤市新聞發布會在哪裡舉行", "臨澤市民中心三樓"),
        ("誰出席了新聞發布會", "科技局段以恆、工信局池雪嵐"),
        ("新聞發布會是誰記錄的", "甘棠"),
    ],
)
def test_the_line_is_the_answer(question: str, answer: str) -> None:
    assert found(question, BRIEFING) == [answer]


@pytest.mark.parametrize(
    "question",
    [
        "發布會什麼時候公布名單",  # more than when it was
        "誰主持了新聞發布會",  # another did
        "是什麼時候開的",  # of what?
        "培訓是什麼時候開的",  # another thing
        "新聞發布會有多少人",  # no such label
    ],
)
def test_other_questions_are_not_answered_by_a_line(question: str) -> None:
    assert found(question, BRIEFING) == []


def test_what_documents_say_differently_is_given_of_each() -> None:
    question = "新聞發布會是什麼時候開的"
    assert found(question, BRIEFING, OTHER) == ["2024年5月16日上午10:00", "2024年6月20日14:30"]
    assert found(question, OTHER, BRIEFING)[0] == "2024年6月20日14:30"
    again = replace(BRIEFING, passage=replace(BRIEFING.passage, document_id="copy"))
    assert found(question, BRIEFING, again) == ["2024年5月16日上午10:00"]
    assert found("新聞發布會在哪裡開", OTHER) == []
