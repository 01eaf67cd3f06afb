"""The ranks of evidence among hits, against hits laid out by hand."""

from __future__ import annotations

from wenju.corpus.document import Passage
from wenju.eval.retrieval import Ranks, deep_search, distinct_documents, gold_passage, rank
from wenju.index.hit import Hit


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


def test_coverage_is_the_first_passage_that_holds_four_fifths_of_the_clauses() -> None:
    gold = "甲，乙，丙，丁，戊"
    texts = ["甲。乙。丙。", "甲。乙。丙。丁。", "甲，乙，丙，丁，戊"]
    ranks = rank([hit("a", text) for text in texts], {"a"}, [gold])
    assert (ranks.answer, ranks.coverage) == (3, 2)
    sixth = [*[hit("a", texts[0])] * 5, hit("a", gold)]
    assert rank(sixth, {"a"}, [gold]).coverage is None


def test_the_gold_passage_is_the_gold_documents_own_where_it_answers() -> None:
    hits = [hit("a", "甲零"), hit("g", "乙"), hit("b", "甲一"), hit("g", "甲二"), hit("g", "甲三")]
    assert gold_passage(hits, {"g"}, ["甲"]) == "甲二"
    assert gold_passage(hits[:3], {"g"}, ["甲"]) == "甲零"  # another document's, which answers
    assert gold_passage(hits[:2], {"g"}, ["丙"]) == "乙"  # the right document, if not the place
    assert gold_passage(hits, (), ["甲"]) == "甲零"
    assert gold_passage(hits[:1], {"g"}, ["丙"]) == ""
    assert gold_passage([], {"g"}, ["甲"]) == ""


def test_without_a_gold_document_only_the_answer_counts() -> None:
    assert rank([hit("a", "甲")], (), ["甲"]) == Ranks(None, 1, 1)


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
