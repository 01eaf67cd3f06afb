"""A passage beside a question: what its statements say of it, and how near."""

from __future__ import annotations

import math

import pytest

from tests.qa.reading import context, hit, place
from wenju.index.hit import Hit
from wenju.qa.context import PassageContext


def coverage(question: str, found: Hit | str, at: int = 0) -> float:
    return context(question, found).coverage[at]


def test_coverage_is_the_share_of_what_is_said() -> None:
    assert coverage("停水影響多少戶", "停水影響户。") == pytest.approx(1.0)
    assert coverage("停水影響多少戶", "花開了。") == 0.0


def test_what_the_head_says_counts_a_little() -> None:
    bare, under, said = (
        coverage("圖書館幾點開門", found)
        for found in (
            "九點開門。",
            hit("九點開門。", title="圖書館公告"),
            "圖書館九點開門。",
        )
    )
    assert bare < under < said


def test_the_statement_before_counts_but_not_across_a_list() -> None:
    text = "圖書館在公園旁。它九點開門。"
    follows, listed = (
        coverage("圖書館幾點開門", t, -1) for t in (text, text.replace("它", "二、它"))
    )
    assert follows > listed


def test_the_question_that_a_statement_answers_counts_for_it() -> None:
    asked, told = (
        coverage("停水影響多少戶", f"停水影響多少戶{mark}\n花開了。約四萬戶。", -1)
        for mark in ("？", "。")
    )
    assert asked > told


def test_a_row_need_not_repeat_what_its_table_is_about() -> None:
    row, sentence = (
        coverage("停水影響多少戶", f"停水了。花開了。\n{line}", -1)
        for line in ("影響 | 四萬", "影響四萬")
    )
    assert row > sentence


def around(question: str, text: str) -> PassageContext:
    return context(question, text)


def test_a_place_is_covered_as_its_best_statement() -> None:
    text = "停水影響四萬戶。花開了。"
    found = around("停水影響多少戶", text)
    first, second = found.coverage
    assert first > second > 0
    assert found.covered_at(place(text, "四萬戶")) == first
    assert found.covered_at(place(text, "花開")) == second
    assert found.covered_at(place(text, "四萬戶。花")) == first
    assert found.covered_at((7, 8)) == 0.0  # a mark alone


def test_nearness_fades_and_halves_at_each_mark() -> None:
    def near(text: str) -> float:
        return around("停水?", text).nearness(place(text, "四萬戶"))

    assert near("停水四萬戶。") == pytest.approx(1.0)
    assert near("停水" + "甲" * 7 + "四萬戶。") == pytest.approx(math.exp(-7 / 14))
    assert near("停水" + "甲" * 3 + ",乙四萬戶。") == pytest.approx(0.5 * math.exp(-5 / 14))
    assert near("四萬戶" + "甲" * 7 + "停水。") == pytest.approx(math.exp(-7 / 14))
    # in another statement it is not near
    assert near("停水了。有四萬戶。") == 0.0


def test_terms_that_stand_in_a_place() -> None:
    text = "停水影響四萬戶。停水了。"
    found = around("停水影響多少戶", text)
    assert found.said_in(place(text, "停水了")) == {"停水"}
    assert found.said_in((1, 4)) == {"影响", "水影"}  # words, and bigrams across them
    assert {"停水", "影响"} <= found.in_passage
    assert found.in_head == frozenset()
    assert context("停水影響多少戶", hit("花開了。", title="停水公告")).in_head == {"停水"}


def test_what_is_of_the_kind_asked_for() -> None:
    assert around("最高支持多少錢", "生態型聯合體。").typed == ()
    assert around("重點是什麼", "生態型聯合體。").typed is None
    text = "支持1000萬元,每年3次。"
    assert around("最高支持多少錢", text).typed == (place(text, "1000萬元"),)


def test_the_statement_at_a_character() -> None:
    text = "停水九小時。花開了。"
    found = around("停水幾小時", text)
    assert found.statement_at(0) is found.view.statements[0]
    assert found.statement_at(6) is found.view.statements[1]
    assert found.statement_at(len(text)) is None
