"""Candidates taken together: who says the same, and what that adds up to."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.qa.trained.small import candidate
from wenju.qa.trained.answers import grouped, text_of
from wenju.qa.trained.candidates import Candidate, logistic

SEATS, MORE, OTHER = "图书馆有座位120席。", "共有座位120席可用。", "体育馆有座位800席。"


def said(found: list[Candidate]) -> list[list[str]]:
    return [[text_of(c) for c in group.candidates] for group in grouped(found)]


def test_nothing_found() -> None:
    assert grouped([]) == []


def test_what_two_passages_say_adds_up() -> None:
    found = [candidate(SEATS, "120席", 1.0), candidate(MORE, "120席", 0.0, rank=2)]
    (group,) = grouped(found)
    one = 1 / (1 + math.exp(-1))
    assert group.share == pytest.approx(1 - (1 - one) * 0.5)
    assert [c.hit.rank for c in group.candidates] == [1, 2]
    assert group.best is found[0]


def test_what_one_passage_says_twice_does_not() -> None:
    found = [candidate(SEATS, "120席", 1.0), candidate(SEATS, "座位120席", 0.5)]
    (group,) = grouped(found)
    assert group.share == pytest.approx(logistic(1.0))
    assert len(group.candidates) == 2


def test_one_place_is_one_answer_and_two_places_are_two() -> None:
    text = "甲馆有120席,乙馆有800席。"
    found = [candidate(text, "120席", 2.0), candidate(text, "800席", 1.0)]
    assert said(found) == [["120席"], ["800席"]]
    found.append(candidate(text, "馆有120席", 0.0))
    assert said(found) == [["120席", "馆有120席"], ["800席"]]


def test_words_that_hold_one_another_are_one_answer() -> None:
    one, other = candidate(SEATS, "120席", 1.0), candidate(MORE, "座位120席", 0.9, rank=2)
    assert said([one, other]) == [["120席", "座位120席"]]
    # a single character is part of nearly everything
    one, other = candidate("共3。", "3", 1.0), candidate("共350席。", "350席", 0.9, rank=2)
    assert said([one, other]) == [["3"], ["350席"]]
    other = candidate("有3。", "3", 0.9, rank=2)
    assert said([one, other]) == [["3", "3"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("800席", "1800席"), ("席", "800席"), ("十五席", "五席"), ("3.5公顷", "5公顷")],
)
def test_a_number_says_nothing_but_itself(one: str, other: str) -> None:
    found = [candidate(f"设{one}。", one, 1.0), candidate(f"有{other}。", other, 0.9, rank=2)]
    assert said(found) == [[one], [other]]


def test_script_and_width_are_no_difference() -> None:
    found = [candidate("最高1000萬元", "1000萬元", 1.0), candidate("1000万元", "1000万元", rank=2)]
    assert len(grouped(found)) == 1


def test_two_that_agree_come_before_one_that_is_better() -> None:
    found = [
        candidate(OTHER, "800席", 0.6, rank=1),
        candidate(SEATS, "120席", 0.5, rank=2),
        candidate(MORE, "120席", 0.5, rank=3),
    ]
    assert said(found) == [["120席", "120席"], ["800席"]]


def test_ties_go_by_rank_then_by_place() -> None:
    text = "甲馆有120席,乙馆有800席。"
    tied = [
        candidate("丙馆600席。", "600席", 1.0, rank=2),
        candidate(text, "800席", 1.0, rank=1),
        candidate(text, "120席", 1.0, rank=1),
    ]
    assert said(tied) == said(tied[::-1]) == [["120席"], ["800席"], ["600席"]]


WEIGHTS = st.floats(-10, 10)


@settings(deadline=None)
@given(st.lists(WEIGHTS, min_size=1, max_size=6))
def test_the_share_is_what_is_left_when_all_are_wrong(weights: list[float]) -> None:
    found = [candidate(SEATS, "120席", w, rank=i) for i, w in enumerate(weights, 1)]
    (group,) = grouped(found)
    wrong = 1.0
    for weight in weights:
        wrong *= 1 - 1 / (1 + math.exp(-weight))
    assert group.share == pytest.approx(1 - wrong)
    assert [c.weight for c in group.candidates] == sorted(weights, reverse=True)
