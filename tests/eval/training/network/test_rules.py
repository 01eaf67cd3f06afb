"""Questions made by rules: one article for each rule, and slices always."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import cases
from wenju.eval.training.network.rules import made

TITLE = "测试法"
# rule, text, one of the questions it makes, the answer
CASES = [
    (
        "definition",
        "本法所称个人信息,是指以电子或者其他方式记录的各种信息。",
        "什么是个人信息?",
        "以电子或者其他方式记录的各种信息",
    ),
    (
        "fine",
        "在公园内燃放烟花爆竹的,由公安机关处五百元以上二千元以下的罚款。",
        "在公园内燃放烟花爆竹的,处多少罚款?",
        "五百元以上二千元以下",
    ),
    ("ceiling", "试用期不得超过六个月。", "试用期的上限是多少?", "六个月"),
    (
        "period",
        "登记机关应当自受理申请之日起十五日内,作出是否登记的决定。",
        "登记机关应当在多长时间内作出是否登记的决定?",
        "十五日",
    ),
    ("term", "委员会委员任期为五年,可以连任。", "委员会委员的任期是几年?", "五年"),
    (
        "body",
        "国务院教育行政部门负责全国教师资格的管理工作。",
        "哪个部门负责全国教师资格的管理工作?",
        "国务院教育行政部门",
    ),
    ("by", "具体办法由国务院财政部门制定。", "具体办法由哪个机关制定?", "国务院财政部门"),
    (
        "authority",
        "本法之主管机关:在中央为环境部;在直辖市为直辖市政府。",
        "测试法的主管机关是谁?",
        "在中央为环境部;在直辖市为直辖市政府",
    ),
    ("in_force", "本法自2021年1月1日起施行。", "测试法何时生效?", "2021年1月1日"),
    ("rate", "绿地面积不得低于百分之三十。", "绿地面积的比例是多少?", "百分之三十"),
    ("count", "委员会设委员九人。", "委员会设几名委员?", "九人"),
    (
        "enumeration",
        "社会保险包括养老保险、医疗保险和失业保险。",
        "社会保险包括哪些?",
        "养老保险、医疗保险和失业保险",
    ),
    (
        "purpose",
        "为了保护和改善生活环境,制定本法。",
        "为什么制定测试法?",
        "保护和改善生活环境",
    ),
    (
        "basis",
        "本办法依据环境保护法第十条规定订定之。",
        "测试法是根据什么制定的?",
        "环境保护法第十条",
    ),
    (
        "may",
        "任何单位不得擅自改变土地用途。",
        "任何单位可以擅自改变土地用途吗?",
        "任何单位不得擅自改变土地用途。",
    ),
    (
        "how",
        "申请律师执业的,应当向司法行政部门提出申请并提交下述材料。",
        "怎么申请律师执业?",
        "申请律师执业的,应当向司法行政部门提出申请并提交下述材料。",
    ),
    (
        "consequence",
        "违反本条例规定的,由主管部门责令改正并处以警告。",
        "违反本条例规定会怎样?",
        "由主管部门责令改正并处以警告",
    ),
    (
        "list",
        "设立公司,应当具备下列条件:\n(一)有固定的住所;\n(二)有公司的章程。\n另有规定的除外。",
        "设立公司,应当具备哪些条件?",
        "(一)有固定的住所;\n(二)有公司的章程。",
    ),
]
TEXTS = [text for _, text, _, _ in CASES]


@pytest.mark.parametrize(("rule", "text", "question", "answer"), CASES, ids=[c[0] for c in CASES])
def test_a_rule_turns_a_statement_around(rule: str, text: str, question: str, answer: str) -> None:
    found = [e for seed in range(60) for e in made([(TITLE, text)], 1, seed) if e.kind == rule]
    assert len(found) == 60
    assert question in {e.question for e in found}
    assert {text[slice(*e.answers[0])] for e in found} == {answer}
    assert all((e.title, e.text) == (TITLE, text) for e in found)
    assert all("{" not in e.question and e.question.endswith("?") for e in found)


def test_there_is_a_case_for_every_rule() -> None:
    from wenju.eval.training.network.rules import _RULES

    assert {c[0] for c in CASES} == {"list", *(rule.name for rule in _RULES)}


def test_what_is_no_such_statement_makes_no_question() -> None:
    texts = ["", "第一章", "下列条件:", "应当具备下列条件:没有。", "委员会。设九人。", "是指甲。"]
    assert made([(TITLE, text) for text in texts], 5, 0) == []


def test_at_most_so_many_of_a_rule_and_one_to_a_text() -> None:
    articles = [(TITLE, f"{'甲乙丙丁戊'[i]}会委员任期为{i + 1}年。" * 2) for i in range(5)]
    assert Counter(e.kind for e in made(articles, 3, 0))["term"] == 3
    assert Counter(e.kind for e in made(articles, 9, 0))["term"] == 5


def test_the_same_seed_makes_the_same_questions() -> None:
    articles = [(TITLE, text) for text in TEXTS]
    assert made(articles, 5, 1) == made(articles, 5, 1)
    assert made(articles, 5, 1) != made(articles, 5, 2)


PIECES = st.sampled_from(
    [*TEXTS, *(part + "," for text in TEXTS for part in text.split(",")), "\n", "{}", "(一)", ":"]
)


@cases(60)
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join), st.integers(0, 9))
def test_an_answer_is_always_a_slice(text: str, seed: int) -> None:
    found = made([(TITLE, text)], 2, seed)
    assert len({e.kind for e in found}) == len(found)
    for e in found:
        ((start, end),) = e.answers
        assert 0 <= start < end <= len(e.text)
        assert e.text == text
        assert text[start:end].strip()
        assert e.question.strip()
