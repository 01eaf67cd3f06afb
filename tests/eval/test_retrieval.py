"""The retrieval measures against values worked by hand."""

from __future__ import annotations

import pytest

from corpus.document import Passage
from eval.retrieval import Ranks, average, deep_search, distinct_documents, rank
from index.hit import Hit


def hit(document: str, text: str = "", place: int = 1) -> Hit:
    passage = Passage(f"{document}-{place}", document, 0, 0, len(text), text)
    return Hit(passage, -float(place), place, 0.0, 0.0)


def test_documents_count_once_at_their_best_place() -> None:
    hits = [hit("a"), hit("a"), hit("b"), hit("a"), hit("c")]
    assert distinct_documents(hits) == ["a", "b", "c"]
    assert rank(hits, {"c"}, ["無"]).document == 3
    assert rank(hits, {"c", "b"}, ["無"]).document == 2
    assert rank(hits, {"d"}, ["無"]).document is None


def test_the_answer_is_looked_for_in_five_passages_folded() -> None:
    hits = [hit("a", "零"), hit("a", "最高1000萬元"), *[hit("b", "零")] * 3, hit("c", "第六")]
    assert rank(hits, {"a"}, ["1000万元"]).answer == 2
    assert rank(hits, {"a"}, ["第六"]).answer is None
    assert rank([], {"a"}, ["甲"]) == Ranks(None, None)


def test_documents_beyond_the_twentieth_are_not_found() -> None:
    hits = [hit(f"d{i}") for i in range(21)]
    assert rank(hits, {"d19"}, ["甲"]).document == 20
    assert rank(hits, {"d20"}, ["甲"]).document is None


def test_averages_by_hand() -> None:
    ranks = [Ranks(1, 1), Ranks(3, None), Ranks(5, 4), Ranks(11, 2), Ranks(None, None)]
    means = average(ranks)
    assert means.recall_at_1 == pytest.approx(1 / 5)
    assert means.recall_at_3 == pytest.approx(2 / 5)
    assert means.recall_at_5 == pytest.approx(3 / 5)
    assert means.recall_at_20 == pytest.approx(4 / 5)
    assert means.mrr_at_10 == pytest.approx((1 + 1 / 3 + 1 / 5) / 5)
    assert means.answer_recall_at_1 == pytest.approx(1 / 5)
    assert means.answer_recall_at_5 == pytest.approx(3 / 5)


def test_without_a_gold_document_only_the_answer_counts() -> None:
    means = average([rank([hit("a", "甲")], (), ["甲"]), rank([hit("a", "乙")], {"a"}, ["甲"])])
    assert means.recall_at_1 == 1.0
    assert means.answer_recall_at_1 == 0.5
    assert average([]).recall_at_1 is None


def test_search_goes_deeper_until_it_has_twenty_documents() -> None:
    asked = []

    def search(question: str, k: int) -> list[Hit]:
        asked.append(k)
        return [hit(f"d{place // 30}", place=place) for place in range(k)]

    hits = deep_search(search, "問")
    assert asked == [60, 240, 960]
    assert len(distinct_documents(hits)) == 32


def test_search_stops_where_there_is_nothing_more() -> None:
    asked = []

    def search(question: str, k: int) -> list[Hit]:
        asked.append(k)
        return [hit("a")] * 7

    assert len(deep_search(search, "問")) == 7
    assert asked == [60]
