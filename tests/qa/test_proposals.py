"""Sections whose heading is what is asked, of the document that is asked about, and no others."""

from __future__ import annotations

import pytest

from tests.qa.reading import hit
from wenju.index.hit import Hit
from wenju.qa.question import parse
from wenju.qa.reader import Span
from wenju.qa.trained.headed import headed, is_on_another

GUIDE = "托育补贴办事指南"
PAPERS = hit(
    "三、需要哪些材料\n1. 身份证件；\n2. 入托证明。\n逾期不补。", title=GUIDE, rank=2, dense=0.4
)
WAY = hit("申请流程\n到社区窗口交表，当场受理。", title=GUIDE, rank=3, dense=0.4)
WHO = hit("补贴对象\n孩子未满3周岁的家庭。", title=GUIDE, rank=4, dense=0.4)
HOURS = hit("开放时间\n星期二至星期六9时至21时。", title="图书馆规则", dense=0.4)


def found(question: str, *hits: Hit) -> Span | None:
    return headed(parse(question), hits)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("申請托育補貼要哪些文件", "1. 身份证件；\n2. 入托证明"),
        ("托育补贴怎么申请", "到社区窗口交表，当场受理。"),
        ("托育补贴的申请流程", "到社区窗口交表，当场受理。"),
        ("谁可以申请托育补贴", "孩子未满3周岁的家庭。"),
        ("圖書館幾點關門", "星期二至星期六9时至21时。"),
    ],
)
def test_the_section_is_the_answer(question: str, answer: str) -> None:
    span = found(question, PAPERS, WAY, WHO, HOURS)
    assert span is not None
    assert span.text == answer


def test_its_list_has_items() -> None:
    span = found("托育补贴要什么材料", PAPERS)
    assert span is not None
    assert [PAPERS.passage.text[a:b] for a, b in span.parts] == ["身份证件", "入托证明"]


@pytest.mark.parametrize(
    "question",
    [
        "护照的申请流程",  # of something else
        "结婚登记要什么材料",
        "托育补贴一个月多少钱",  # no section is written on it
        "托育补贴的开放时间",  # the section speaks of another thing
        "报名需要什么材料",  # of what?
        "今天天气如何",
    ],
)
def test_other_questions_are_not_answered_by_a_heading(question: str) -> None:
    assert found(question, PAPERS, WAY, WHO, HOURS) is None


def test_a_title_is_no_heading_and_a_heading_needs_words_below() -> None:
    title = hit("申请流程说明\n发布单位：市政府", title="申请流程说明")
    assert found("申请流程", title) is None
    assert found("托育补贴的申请流程", hit("托育补贴申请流程", title=GUIDE)) is None
    assert found("托育补贴的申请流程") is None


def test_what_is_called_otherwise_is_known_by_its_meaning() -> None:
    text, title = "申请流程\n到窗口交表。", "公共租赁住房指南"
    assert found("公租房的申请流程", hit(text, title=title, dense=0.3)) is None
    assert found("公租房的申请流程", hit(text, title=title, dense=0.6)) is not None


def test_of_a_long_section_the_first_sentence_is_shown() -> None:
    text = "申请流程\n到社区窗口交表。" + "另外说明其他事项。" * 40
    span = found("托育补贴的申请流程", hit(text, title=GUIDE))
    assert span is not None
    assert span.text == "到社区窗口交表。"


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("怎样申请托育补贴", "二、申请条件\n住满一年。", True),
        ("怎样申请托育补贴", "办理流程\n到窗口交表。", False),
        ("怎样申请托育补贴", "咨询\n到窗口问。", False),  # no aspect has that name
        ("怎样申请托育补贴", "申请条件是住满一年。", False),  # no heading
        ("托育补贴是多少", "申请条件\n住满一年。", False),  # no aspect is asked for
    ],
)
def test_sections_on_another_aspect(question: str, text: str, *, another: bool) -> None:
    assert is_on_another(parse(question), hit(text)) is another
