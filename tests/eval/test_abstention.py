"""What is told of a set by its order of scores: values worked by hand, and slow oracles."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.making import record
from wenju.eval.abstention import aurc, auroc, false_answers, risk_coverage
from wenju.eval.error_categories import is_right
from wenju.eval.records import QuestionRecord
from wenju.eval.set_metrics import WHOLE, of_whole


def asked(
    score: float | None, *, answerable: bool = True, right: bool = True, answered: bool = True
) -> QuestionRecord:
    return record(
        answerable=answerable,
        prediction="答" if answered else "",
        sentence_correct=right and answered,
        answer_score=score,
    )


def none(score: float | None, *, answered: bool = True) -> QuestionRecord:
    return asked(score, answerable=False, answered=answered)


# --- telling answerable from unanswerable --------------------------------------------------------
@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ([0.9, 0.8], [0.1], 1.0),
        ([0.1], [0.9, 0.8], 0.0),
        # of 6 pairs: .9 above both, .5 above one and tied with the other, .2 below and above
        ([0.9, 0.5, 0.2], [0.5, 0.1], (2 + 1.5 + 1) / 6),
        ([0.5, 0.5], [0.5], 0.5),
        # refused unread is below all that was read, and alike among themselves
        ([None, 0.0], [0.0, None], (0 + 0.5 + 0.5 + 1) / 4),
    ],
)
def test_auroc_by_hand(good: list[float | None], bad: list[float | None], expected: float) -> None:
    assert auroc([*map(asked, good), *map(none, bad)]) == pytest.approx(expected)


SCORES = st.none() | st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])


@given(st.lists(SCORES, min_size=1, max_size=8), st.lists(SCORES, min_size=1, max_size=8))
def test_auroc_is_the_share_of_pairs(good: list[float | None], bad: list[float | None]) -> None:
    pairs = [(-inf if a is None else a, -inf if b is None else b) for a in good for b in bad]
    wins = sum(Fraction((a > b) + (a >= b), 2) for a, b in pairs)
    found = auroc([*map(asked, good), *map(none, bad)])
    assert found == pytest.approx(float(wins / len(pairs)))


def test_one_sort_alone_tells_nothing() -> None:
    assert auroc([]) is auroc([asked(0.5)]) is auroc([none(0.5)]) is None
    assert false_answers([]) is false_answers([asked(0.5)]) is false_answers([none(0.5)]) is None


# --- false answers at a coverage -----------------------------------------------------------------
def test_false_answers_by_hand() -> None:
    """Nine of ten answerable ones reach .2, as three of the four others do."""
    good = [asked(s / 10) for s in range(1, 11)]
    bad = [none(0.15), none(0.2), none(0.35), none(1.0), none(None)]
    assert false_answers([*good, *bad]) == 3 / 5
    assert false_answers([*good, *bad], 50) == 1 / 5  # from .6 on
    assert false_answers([*good, *bad], 100) == 4 / 5  # from .1 on


def test_a_share_is_rounded_up_to_whole_questions() -> None:
    """90 % of eleven is 9.9: with ten of them the threshold is the second lowest score."""
    good = [asked(s / 20) for s in range(1, 12)]
    assert false_answers([*good, none(0.1), none(0.0999)]) == 0.5


def test_what_was_refused_unread_is_answered_at_no_threshold() -> None:
    nine, bad = [asked(0.5)] * 9, [none(0.9), none(None)]
    assert false_answers([*nine, asked(None), *bad]) == 0.5
    assert false_answers([*nine, asked(None), asked(None), *bad]) is None


# --- risk and coverage ---------------------------------------------------------------------------
def test_what_is_right() -> None:
    assert is_right(asked(0.5))
    assert is_right(record(prediction="答案", char_f1=0.5))
    assert is_right(record(prediction="答", exact_match=1.0))
    assert not is_right(record(prediction="答案", char_f1=0.4))
    assert not is_right(asked(0.5, answered=False))
    assert not is_right(none(0.5))
    assert not is_right(record(answerable=False, exact_match=1.0, char_f1=1.0))


def test_risk_and_coverage_by_hand() -> None:
    records = [
        none(0.4),
        asked(0.9),
        asked(0.6, right=False),
        asked(0.95, answered=False),  # not answered: behind all that was
        asked(0.8),
    ]
    # right, right, wrong, wrong, wrong
    risks = [0, 0, 1 / 3, 2 / 4, 3 / 5]
    expected = [((i + 1) / 5, risk) for i, risk in enumerate(risks)]
    found = risk_coverage(records)
    assert [x for pair in found for x in pair] == pytest.approx([x for p in expected for x in p])
    assert aurc(records) == pytest.approx(sum(risks) / 5)


def test_the_best_and_the_worst_order() -> None:
    right, wrong = [asked(0.9), asked(0.8)], [asked(0.2, right=False), asked(0.1, right=False)]
    assert aurc([*wrong, *right]) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)
    turned = [asked(0.1), asked(0.2), asked(0.8, right=False), asked(0.9, right=False)]
    assert aurc(turned) == pytest.approx((1 + 1 + 2 / 3 + 1 / 2) / 4)
    assert aurc([asked(0.5)] * 3) == 0.0


def by_all_orders(records: Sequence[QuestionRecord]) -> list[float]:
    """The mean risk at each coverage over every order that the scores allow."""
    orders = [
        order
        for order in permutations(records)
        if all(
            (a.score.answered, a.answer_score) >= (b.score.answered, b.answer_score)
            for a, b in zip(order, order[1:], strict=False)
        )
    ]
    marks = [[not is_right(r) for r in order] for order in orders]
    n = len(records)
    return [sum(sum(m[:i]) / i for m in marks) / len(marks) for i in range(1, n + 1)]


@given(
    st.lists(
        st.builds(
            asked,
            st.sampled_from([0.2, 0.5]),
            answerable=st.booleans(),
            right=st.booleans(),
            answered=st.booleans(),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_ties_count_as_the_mean_over_their_orders(records: list[QuestionRecord]) -> None:
    found = [risk for _, risk in risk_coverage(records)]
    assert found == pytest.approx(by_all_orders(records))
    assert found == pytest.approx([r for _, r in risk_coverage(records[::-1])])


def test_a_set_without_answers_has_a_curve_and_no_area() -> None:
    assert risk_coverage([]) == []
    assert risk_coverage([none(0.5), none(0.2, answered=False)]) == [(0.5, 1.0), (1.0, 1.0)]
    assert aurc([]) is aurc([none(0.5)]) is None


# --- the table -----------------------------------------------------------------------------------
def test_all_of_it_by_name() -> None:
    found = of_whole([asked(0.9), asked(0.8, right=False), none(0.85)])
    assert list(found) == list(WHOLE)
    assert found["abstention_auroc"] == 0.5
    assert found["aurc"] == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)
    assert found["false_answers_at_90_coverage"] == 1.0
    assert found["ece"] is None
    assert all(name == whole.name and whole.about for name, whole in WHOLE.items())
    low = [name for name, whole in WHOLE.items() if "should be low" in whole.about]
    assert low == [name for name, whole in WHOLE.items() if whole.low_is_good]


@pytest.mark.parametrize("records", [[none(0.9), none(0.1)], [none(None)], [asked(None)], []])
def test_any_set_can_be_told_of(records: list[QuestionRecord]) -> None:
    assert all(v is None or 0 <= v <= 1 for v in of_whole(records).values())
