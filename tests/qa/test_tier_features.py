"""Features of one of several: scales, parallel clauses, the most of all, exceptions."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.qa.reading import context, features_of, hit
from tests.qa.scales import CARDS, LEAVE, ROOMS, SCALES, SUBSIDY, WATER
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.qa.features import FEATURES, extract
from wenju.qa.proposals import propose
from wenju.qa.ranker import bundled

STEPS = ["六個月以上一年未滿", "一年以上三年未滿", "三年以上十年未滿", "十年以上二十年未滿"]
GIVEN = ["三日", "七日", "十四日", "二十日"]
ZONES = ["东区", "西城", "南郊", "北港"]
PRICES = ["300元", "200元", "120元", "90元"]


def best(question: str, text: str) -> str:
    """The value of the kind asked for that the tiers, and then the lexical ranker, prefer."""
    around = context(question, hit(text))
    offered = [*propose(around)]
    table = np.array([extract(around, p) for p in offered])
    scores = bundled("lexical").scores(table, around.question.kind)
    start, end = offered[int(np.argmax(scores))].place
    return around.folded[start:end]


def feature(name: str, question: str, text: str, said: str) -> float:
    return features_of(context(question, hit(text)), said)[name]


@pytest.mark.parametrize(("question", "text", "answer"), SCALES)
def test_the_one_of_several_that_is_asked_for(question: str, text: str, answer: str) -> None:
    found = best(question, text)
    assert fold(answer) in found
    assert len(found) < len(answer) + 16


@pytest.mark.parametrize("convert", [to_simplified, to_traditional])
@pytest.mark.parametrize(("question", "text", "answer"), SCALES)
def test_both_scripts_alike(question: str, text: str, answer: str, convert: object) -> None:
    assert callable(convert)
    assert best(convert(question), convert(text)) == best(question, text)


@given(st.permutations(range(4)), st.integers(0, 3))
def test_the_order_of_the_steps_does_not_matter(order: list[int], asked: int) -> None:
    years = ["8個月", "2年", "５年", "十二年"][asked]
    text = "".join(f"工作{STEPS[i]}者,給假{GIVEN[i]};" for i in order)
    around = context(f"工作{years}給假多少天", hit(text))
    met = {i: features_of(around, GIVEN[i])["meets"] for i in range(4)}
    assert met == {i: 1.0 if i == asked else -1.0 for i in range(4)}


@given(st.permutations(range(4)), st.integers(0, 3))
def test_the_order_of_the_clauses_does_not_matter(order: list[int], asked: int) -> None:
    text = ",".join(f"{ZONES[i]}{PRICES[i]}" for i in order) + "。"
    around = context(f"{ZONES[asked]}停车多少钱", hit(text))
    lacks = {i: features_of(around, PRICES[i])["contrast"] for i in range(4)}
    assert lacks[asked] == 0
    assert all(lacks[i] < -0.2 for i in range(4) if i != asked)


@given(st.lists(st.integers(1, 9000), min_size=2, max_size=5, unique=True))
def test_the_most_and_the_least_are_those_of_the_numbers(prices: list[int]) -> None:
    names = ["甲种", "乙种", "丙种", "丁种", "戊种"]
    text = ",".join(f"{name}票{p}元" for name, p in zip(names, prices, strict=False)) + "。"
    for asked, wanted in (("最高", max(prices)), ("最低", min(prices))):
        around = context(f"票价{asked}多少钱", hit(text))
        for p in prices:
            place = re.search(rf"票({p}元)", text)
            assert place
            found = features_of(around, place.span(1))["extreme"]
            assert found == (1.0 if p == wanted else -1.0)


@pytest.mark.parametrize(
    ("question", "said", "wanted"),
    [
        ("工作七年特休多少天", "十五日", 1.0),
        ("工作7年特休多少天", "十四日", -1.0),
        ("工作七年特休多少天", "五年以上十年未滿", 0.0),  # the condition is no answer
        ("特休多少天", "十五日", 0.0),
        ("工作七年一年有多少天特休", "七日", -1.0),  # 一年 is the rate
    ],
)
def test_a_condition_is_met(question: str, said: str, wanted: float) -> None:
    assert feature("meets", question, LEAVE, said) == wanted


def test_of_open_steps_the_nearest_counts() -> None:
    text = "满一年的享受三天；满三年的享受五天；满八年的享受九天。"
    found = [feature("meets", "工作四年享受多少天", text, s) for s in ("三天", "五天", "九天")]
    assert found == [0.0, 1.0, -1.0]


def test_an_edge_belongs_to_the_step_that_includes_it() -> None:
    at = [feature("meets", "90岁老人每月多少钱", SUBSIDY, s) for s in ("100元", "300元")]
    assert at == [-1.0, 1.0]
    at = [feature("meets", "用水180立方米多少钱", WATER, s) for s in ("2.35元", "3.60元")]
    assert at == [1.0, -1.0]
    at = [feature("meets", "用水超过300立方米多少钱", WATER, s) for s in ("3.60元", "6.90元")]
    assert at == [-1.0, 1.0]


def test_a_label_to_the_left_tells_clauses_apart() -> None:
    found = [feature("contrast", "二类区域月卡多少钱", CARDS, s) for s in ("200元", "300元")]
    assert found[0] == 0.0 > found[1]
    assert feature("contrast", "二类区域月卡多少钱", CARDS, "2000元") < 0


def test_what_the_text_calls_the_most_is_left_to_it() -> None:
    text = "单人间每晚260元，双人间每晚320元，最高不超过400元。"
    assert feature("extreme", "房费最高多少钱", text, "320元") == 0.0
    assert feature("extreme", "房费多少钱", ROOMS, "390元") == 0.0


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("学生入场收费多少钱", 1.0),
        ("哪些情形除外,收费多少钱", 0.0),
        ("假日入场收费多少钱", 0.0),  # only the exception says 假日
    ],
)
def test_an_exception_that_is_not_asked_for(question: str, wanted: float) -> None:
    text = "学生入场收费20元，但假日入场收费30元。"
    assert feature("exception", question, text, "30元") == wanted
    assert feature("exception", question, text, "20元") == 0.0


@given(st.text(alphabet="甲乙区卡:,;。、\n满以上未不超过1二十年元 |(一)最高", max_size=50), st.sampled_from(
    ["乙区满二年多少元", "最高多少元", "甲卡是什么", "十年以上有哪些"]
))  # fmt: skip
def test_values_are_bounded_whatever_is_read(text: str, question: str) -> None:
    around = context(question, hit(f"甲{text}"))
    for proposal in propose(around):
        found = dict(zip(FEATURES, extract(around, proposal), strict=True))
        assert all(-1 <= found[n] <= 1 for n in ("meets", "extreme"))
        assert -1 <= found["contrast"] <= 0
        assert found["exception"] in (0.0, 1.0)


def test_the_whole_is_the_subject_of_a_part_that_is_asked_for() -> None:
    text = "全县公路总里程[1] 1260公里,其中高速公路[2] 85公里。"
    lacks = {
        asked: [feature("contrast", asked, text, said) for said in ("1260公里", "85公里")]
        for asked in ("高速公路里程多少公里", "公路总里程多少公里")
    }
    whole, part = lacks["高速公路里程多少公里"]
    assert part == 0.0 and whole < -0.6
    assert lacks["公路总里程多少公里"][0] == 0.0 > lacks["公路总里程多少公里"][1]
