"""What documents say of themselves, asked for: answered in their own words, or left to the search."""

from __future__ import annotations

import pytest

from tests.making import source
from wenju.corpus.script import to_simplified, to_traditional
from wenju.qa.engine import Engine

TAIWAN = (
    "勞動基準法\n修正日期：民國 113 年 07 月 31 日\n第 1 條\n為規定勞動條件最低標準，特制定本法。\n"
    "第 86 條\n本法自公布日施行。\n"
)
MAINLAND = (
    "中华人民共和国劳动合同法\n2007年6月29日第十届全国人民代表大会常务委员会第二十八次会议通过\n"
    "2012年12月28日修正\n第一条 为了完善劳动合同制度，制定本法。\n第九十八条 本法自2008年1月1日起施行。\n"
)
NOTICE = (
    "青原市人民政府办公室关于推进供水改造的通知\n青政办发〔2024〕12号\n各区人民政府：\n现就有关事项通知如下。\n"
    "本通知自2024年6月1日起施行，有效期至2029年5月31日。\n青原市人民政府办公室\n2024年5月20日\n"
)
TITLE = "青原市人民政府办公室关于推进供水改造的通知"


@pytest.fixture
def told(engine: Engine) -> Engine:
    texts = (TAIWAN, MAINLAND, NOTICE)
    engine.add_sources([source(text, f"{i}.txt") for i, text in enumerate(texts)])
    return engine


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("劳动合同法什么时候施行？", "2008年1月1日"),
        ("請問劳动合同法的施行日期是", "2008年1月1日"),
        ("勞基法最近一次修正是什麼時候", "民國 113 年 07 月 31 日"),
        (f"{TITLE}的文号是什么", "青政办发〔2024〕12号"),
        ("供水改造通知的文号是什么", "青政办发〔2024〕12号"),
        (f"{TITLE}有效期到什么时候", "2029年5月31日"),
        ("关于推进供水改造的通知是哪天发布的", "2024年5月20日"),
        ("关于推进供水改造的通知是哪个单位印发的？", "青原市人民政府办公室"),
        (f"{TITLE}由誰發布", "青原市人民政府办公室"),
        ("关于推进供水改造的通知的发文机关是", "青原市人民政府办公室"),
    ],
)
def test_a_fact_is_answered_where_it_stands(told: Engine, question: str, expected: str) -> None:
    for script in (to_simplified, to_traditional):
        answer = told.ask(script(question))
        assert (answer.answer, answer.confidence) == (expected, None)
        first = answer.citations[0]
        ((start, end),) = first.highlight
        assert first.quote[start:end] == expected


@pytest.mark.parametrize(
    "question",
    [
        "劳动合同法规定的补偿什么时候发布标准",
        "什么时候施行",  # of three documents
        "勞基法什麼時候發布",  # which it does not say
        "劳动合同法是谁发布的",  # nor does this
        "关于推进供水改造的通知要求哪个单位公布进度",
    ],
)
def test_what_asks_for_more_or_is_not_said_is_searched_for(told: Engine, question: str) -> None:
    assert told.ask(question).confidence is not None


def test_a_question_on_an_article_is_none_on_the_statutes_day(told: Engine) -> None:
    answer = told.ask("劳动合同法第十九条的试用期什么时候施行")
    assert answer.reason == "no_such_provision", "it has two articles"


def test_the_only_document_need_not_be_named(engine: Engine) -> None:
    engine.add_sources([source(NOTICE, "notice.txt")])
    for question in (
        "文號是什麼",
        "本通知何时施行？",
        "這份通知的發布日期",
        "本通知由哪個單位印發",
    ):
        answer = engine.ask(question)
        assert answer.confidence is None and answer.answered, question
    assert engine.ask("供水改造何时施行").confidence is not None
