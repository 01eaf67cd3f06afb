"""The measures of each question against values worked by hand."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.making import NOWHERE, record
from wenju.eval.measures import MEASURES, values
from wenju.eval.retrieval import Ranks

DOCUMENT_RANKS = (1, 2, 3, 5, 10, 11, 20, None)


def of_rank(name: str) -> list[float | None]:
    return values([record(Ranks(rank, None)) for rank in DOCUMENT_RANKS])[name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("recall_at_1", [1, 0, 0, 0, 0, 0, 0, 0]),
        ("recall_at_3", [1, 1, 1, 0, 0, 0, 0, 0]),
        ("recall_at_5", [1, 1, 1, 1, 0, 0, 0, 0]),
        ("recall_at_20", [1, 1, 1, 1, 1, 1, 1, 0]),
        ("mrr_at_10", [1, 1 / 2, 1 / 3, 1 / 5, 1 / 10, 0, 0, 0]),
        ("ndcg_at_10", [1, 1 / log2(3), 1 / 2, 1 / log2(6), 1 / log2(11), 0, 0, 0]),
    ],
)
def test_document_measures_by_hand(name: str, expected: list[float]) -> None:
    assert of_rank(name) == pytest.approx(expected)


def test_passage_measures_by_hand() -> None:
    ranks = [Ranks(None, 1, 4), Ranks(1, 2, None), Ranks(1, 5, 1), Ranks(1, None, 5)]
    found = values([record(r) for r in ranks])
    assert found["answer_recall_at_1"] == [1.0, 0.0, 0.0, 0.0]
    assert found["answer_recall_at_5"] == [1.0, 1.0, 1.0, 0.0]
    assert found["answer_coverage_at_1"] == [0.0, 0.0, 1.0, 0.0]
    assert found["answer_coverage_at_5"] == [1.0, 0.0, 1.0, 1.0]


def test_answer_measures_by_hand() -> None:
    found = values(
        [
            record(
                prediction="答",
                exact_match=1.0,
                char_f1=1.0,
                rouge_l=0.9,
                sentence_correct=True,
                served=True,
            ),
            record(prediction="答案", char_f1=2 / 3, sentence_correct=True, passage="是答。"),
            record(),
            record(answerable=False, exact_match=1.0, char_f1=1.0, rouge_l=1.0),
            record(answerable=False, prediction="錯"),
        ]
    )
    assert found["exact_match"] == [1, 0, 0, 1, 0]
    assert found["char_f1"] == pytest.approx([1, 2 / 3, 0, 1, 0], abs=1e-6)
    assert found["rouge_l"] == [0.9, 0, 0, 1, 0]
    assert found["citation_precision"] == [0, 1, None, None, None]
    assert found["sentence_accuracy"] == [1, 1, 0, None, None]
    assert found["served"] == [1, 0, 0, None, None]
    assert found["answered"] == [1, 1, 0, 0, 1]
    assert found["answered_of_answerable"] == [1, 1, 0, None, None]
    assert found["answered_of_unanswerable"] == [None, None, None, 0, 1]


def test_a_citation_of_most_of_a_long_answer_is_right() -> None:
    """Four of five clauses are 80 %, three are not."""
    golds = ("甲，乙，丙，丁，戊",)
    cited = [
        record(prediction="丙", golds=golds, passage=p) for p in ("丁丙乙甲。", "丙乙甲。", "")
    ]
    assert values(cited)["citation_precision"] == [1, 0, 0]


def test_only_questions_that_can_be_found_count_for_retrieval() -> None:
    found = values(
        [
            record(Ranks(1, 1, 1)),
            record(NOWHERE, answerable=False),
            record(Ranks(None, 1, 1), document=None),
        ]
    )
    for name in ("recall_at_1", "recall_at_20", "mrr_at_10", "ndcg_at_10"):
        assert found[name] == [1.0, None, None]
    for name in ("answer_recall_at_1", "answer_coverage_at_5"):
        assert found[name] == [1.0, None, 1.0]


def test_nothing_asked_is_nothing_measured() -> None:
    assert values([]) == {name: [] for name in MEASURES}
    none = values([record(answerable=False)])
    retrieval = [name for name, measure in MEASURES.items() if measure.group == "retrieval"]
    assert [none[name] for name in retrieval] == [[None]] * len(retrieval)


RANK = st.none() | st.integers(1, 20)


@given(st.lists(st.tuples(RANK, st.booleans()), max_size=12))
def test_every_question_has_its_own_value(asked: list[tuple[int | None, bool]]) -> None:
    """A plain oracle for what the library computes, whatever else is asked beside a question."""
    found = values([record(Ranks(rank, None), answerable=able) for rank, able in asked])
    assert found["recall_at_5"] == [
        float(rank is not None and rank <= 5) if able else None for rank, able in asked
    ]
    assert found["mrr_at_10"] == [
        (1 / rank if rank is not None and rank <= 10 else 0.0) if able else None
        for rank, able in asked
    ]


def test_every_measure_is_called_by_its_name_and_explained() -> None:
    assert all(name == measure.name and measure.about for name, measure in MEASURES.items())
