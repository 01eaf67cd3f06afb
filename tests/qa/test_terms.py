"""How much of a question a text says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.script import fold
from wenju.qa.question import BadQuestion, parse
from wenju.qa.terms import covered, occurrences, rarity, share_said, terms_of, total_weight


def test_rare_words_weigh_more() -> None:
    assert rarity("的") < rarity("支持") < rarity("半导体")
    assert rarity("的") == 2.0
    assert rarity("没有这个词吧") <= 12.0
    # by the definition: minus the logarithm of the share, less four
    from wenju.index.words import load_jieba

    share = load_jieba().dt.FREQ["半导体"] / 60_000_000
    assert rarity("半导体") == pytest.approx(-math.log(share) - 4.0)


def test_words_of_asking_weigh_next_to_nothing() -> None:
    weights = {t.text: t.weight for t in parse("停水的時間、原因是多少").terms}
    assert "多少" not in weights
    assert weights["时间"] == weights["原因"] == 1.0
    assert weights["停水"] > 4.0


@pytest.mark.parametrize(
    ("question", "focused"),
    [
        ("誰主持了領導小組會議", "主持"),
        ("《行動方案》哪天出臺", "出台"),
        ("本期新聞發言人是誰", "发言人"),
        ("最高支持多少", "支持"),
    ],
)
def test_what_stands_by_the_question_word_is_in_focus(question: str, focused: str) -> None:
    assert focused in {t.text for t in parse(question).terms if t.focus}


@pytest.mark.parametrize(
    ("term", "text", "places"),
    [
        ("支持", "支持他，再支持", [0, 5]),
        ("grant", "grants granted immigrant", [0, 7]),
        ("applications", "one application", [4]),
        ("5", "15 5", [3]),
        ("c++", "c++", [0]),
        ("缺", "支持", []),
    ],
)
def test_where_a_term_stands(term: str, text: str, places: list[int]) -> None:
    assert occurrences(term, text) == places


def test_coverage_counts_what_is_said() -> None:
    terms = parse("停水影響多少戶").terms
    assert covered(terms, fold("停水的影響")) == {"停水", "影响"}
    assert covered(terms, "") == frozenset()
    assert covered(terms, fold("停水影響户")) == {t.text for t in terms}


def test_the_share_said_is_of_the_weight() -> None:
    terms = terms_of("停水影响")
    weights = {t.text: t.weight for t in terms}
    assert {*weights} == {"停水", "影响", "水影"}
    assert share_said(terms, "停水了") == pytest.approx(weights["停水"] / sum(weights.values()))
    assert share_said(terms, "停水影响") == pytest.approx(1.0)
    assert share_said(terms, "花开了") == 0.0
    assert share_said((), "花开了") == 0.0


@given(st.text(alphabet="停水影響多少戶誰主持的 ？", min_size=1, max_size=30))
def test_every_question_has_terms_of_some_weight(text: str) -> None:
    try:
        question = parse(text)
    except BadQuestion:
        return
    terms = question.terms
    assert total_weight(terms) > 0
    assert len({t.text for t in terms}) == len(terms)
    assert all(t.weight > 0 and t.text == fold(t.text) for t in terms)
    assert covered(terms, question.folded) == {t.text for t in terms}
