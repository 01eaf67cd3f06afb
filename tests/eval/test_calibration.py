"""Confidence beside the share that is right, by hand and by a plain oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.making import record
from wenju.eval.calibration import BINS, bins, ece
from wenju.eval.records import QuestionRecord


def asked(
    confidence: float | None, right: bool = True, *, answerable: bool = True, answered: bool = True
) -> QuestionRecord:
    return record(
        answerable=answerable,
        prediction="答" if answered else "",
        sentence_correct=right,
        confidence=confidence,
    )


def test_bins_and_error_by_hand() -> None:
    records = [
        asked(0.92),
        asked(0.98),
        asked(0.95, right=False),
        asked(0.25, right=False),
        asked(0.25, answerable=False),  # answered, though there is no answer
        asked(None),
        asked(0.9, answered=False),
    ]
    low, high = bins(records)
    assert (low.low, low.high, low.questions, low.confidence, low.right) == (0.2, 0.3, 2, 0.25, 0.0)
    assert (high.low, high.high, high.questions) == (0.9, 1.0, 3)
    assert high.confidence == pytest.approx(0.95)
    assert high.right == pytest.approx(2 / 3)
    assert ece(records) == pytest.approx((2 * 0.25 + 3 * (0.95 - 2 / 3)) / 5)
    assert high.as_dict() == {
        "low": 0.9,
        "high": 1.0,
        "questions": 3,
        "confidence": 0.95,
        "right": 0.6667,
    }


@pytest.mark.parametrize("edge", range(BINS + 1))
def test_a_bin_holds_its_upper_edge(edge: int) -> None:
    (found,) = bins([asked(edge / BINS)])
    assert (found.low, found.high) == (max(edge - 1, 0) / BINS, max(edge, 1) / BINS)


def test_without_confidence_there_is_nothing_to_tell() -> None:
    for records in ([], [asked(None)], [asked(0.5, answered=False)]):
        assert bins(records) == []
        assert ece(records) is None


def test_the_surest_may_be_right_always() -> None:
    assert ece([asked(1.0)] * 3) == 0.0
    assert ece([asked(1.0, right=False)] * 3) == 1.0


MARKS = st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=1, max_size=40)


@given(MARKS)
def test_the_error_is_the_weighted_mean_distance(marks: list[tuple[int, bool]]) -> None:
    records = [asked(c / 1000, right) for c, right in marks]
    total = 0.0
    for place in range(BINS):
        here = [
            (c, right)
            for c, right in marks
            if 100 * place < c <= 100 * (place + 1) or (c == 0 and place == 0)
        ]
        total += abs(sum(right for _, right in here) - sum(c / 1000 for c, _ in here))
    assert ece(records) == pytest.approx(total / len(marks))
    assert sum(b.questions for b in bins(records)) == len(marks)
