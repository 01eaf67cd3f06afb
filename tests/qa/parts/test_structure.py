"""What the structure of a document lists: stages, the articles of a chapter, chapters, long lists."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.integration.checks import assert_cited
from tests.making import source
from wenju.corpus.script import to_traditional
from wenju.qa.answer import JOINT, Answer
from wenju.qa.engine import Engine

STAGES = """雪峰县农村宅基地审批流程
一、申请
村民以户为单位向村民小组提出书面申请，并提交身份证明和建房草图。
二、村级审查
村民小组讨论通过后公示不少于七日，再报村民委员会审查。
三、乡镇批准
乡镇人民政府应当自受理之日起二十个工作日内作出决定。"""
GUIDE = """雪峰县农村宅基地办理指南
一、适用范围
本指南适用于农村宅基地。
二、申请条件
村民一户只能拥有一处宅基地。
三、申请材料
身份证明和建房草图。"""
LAW = """云岭市供水条例
第一章　总则
第一条　为规范供水用水活动，制定本条例。
第二章　用户的权利
第二条　用户有权获得水质、水压合格的供水服务。
第三条　用户有权查询自己的用水量和水费。
第三章　用户的义务
第四条　用户应当按时缴纳水费。
第五条　用户不得擅自改装、拆除水表。"""


def ask(engine: Engine, texts: Sequence[str], question: str) -> Answer:
    engine.add_sources(source(text) for text in texts)
    answer = engine.ask(question)
    assert_cited(engine, answer)
    return answer


@pytest.mark.parametrize("question", ["宅基地审批流程有哪些步骤", "宅基地審批分幾步"])
@pytest.mark.parametrize("convert", [str, to_traditional])
def test_the_headings_of_a_procedure_are_its_stages(
    engine: Engine, question: str, convert: type[str]
) -> None:
    answer = ask(engine, [convert(STAGES)], question)
    assert [item.text for item in answer.items] == [
        convert(stage) for stage in ("申请", "村级审查", "乡镇批准")
    ]
    assert answer.answer == JOINT.join(item.text for item in answer.items)
    starts = [answer.citations[i.citation].start + i.start for i in answer.items]
    assert starts == sorted(starts)


def test_headings_that_tell_no_act_are_no_stages(engine: Engine) -> None:
    answer = ask(engine, [GUIDE], "宅基地办理有哪些步骤")
    assert not answer.joined


def test_a_gap_in_the_numbers_leaves_no_stages(engine: Engine) -> None:
    answer = ask(engine, [STAGES.replace("二、村级", "五、村级")], "宅基地审批流程有哪些步骤")
    assert not answer.joined


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("云岭市供水条例规定用户的权利有哪些", ["第二条", "第三条"]),
        ("供水用户有哪些权利", ["第二条", "第三条"]),
        ("用戶的義務有哪些", ["第四条", "第五条"]),
    ],
)
def test_a_chapter_named_after_what_is_asked_for_gives_all_its_articles(
    engine: Engine, question: str, articles: list[str]
) -> None:
    answer = ask(engine, [LAW], question)
    assert [item.text[:3] for item in answer.items] == articles
    assert [c.article for c in answer.citations] == articles


def test_of_two_statutes_with_such_a_chapter_none_is_taken(engine: Engine) -> None:
    other = LAW.replace("云岭市", "青溪市").replace("水价", "水费")
    answer = ask(engine, [LAW, other], "用户的权利有哪些")
    assert not answer.joined


@pytest.mark.parametrize("question", ["云岭市供水条例一共有几章", "雲嶺市供水條例共有多少章"])
def test_chapters_are_counted_off_the_structure(engine: Engine, question: str) -> None:
    answer = ask(engine, [LAW], question)
    assert [item.text[:3] for item in answer.items] == ["第一章", "第二章", "第三章"]
    assert answer.citations[0].quote in LAW
