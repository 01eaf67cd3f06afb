"""How well passages are found: recall and reciprocal rank of documents, recall of answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from eval.answers import contains_answer, mean
from index.hit import Hit

DOCUMENT_DEPTH = 20  # the deepest measure looks at this many distinct documents
PASSAGE_DEPTH = 5
_FIRST_K, _LAST_K = 60, 960  # hits asked for, until the documents among them are enough


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where one question's evidence stands, from 1; None where it was not found.

    ``document``: the gold document among the distinct documents; ``answer``: the first passage, of
    the first five, in which a gold answer stands. ``has_document`` is False where the gold
    document is not known; the question then counts only for the answer.
    """

    document: int | None
    answer: int | None
    has_document: bool = True


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """Means over answerable questions, from 0 to 1, higher is better; None without any.

    ``recall_at_k``: the gold document is among the first k distinct documents. ``mrr_at_10``: one
    over its rank, 0 beyond the tenth (Voorhees, TREC-8, 1999). ``answer_recall_at_k``: a gold
    answer stands in one of the first k passages.
    """

    recall_at_1: float | None
    recall_at_3: float | None
    recall_at_5: float | None
    recall_at_20: float | None
    mrr_at_10: float | None
    answer_recall_at_1: float | None
    answer_recall_at_5: float | None


def distinct_documents(hits: Iterable[Hit]) -> list[str]:
    """Document ids in the order of their best passage."""
    return list(dict.fromkeys(hit.passage.document_id for hit in hits))


def deep_search(search: Callable[[str, int], list[Hit]], question: str) -> list[Hit]:
    """Hits enough for the deepest measure, best first: more are asked for while documents lack."""
    k = _FIRST_K
    hits = search(question, k)
    while len(distinct_documents(hits)) < DOCUMENT_DEPTH and len(hits) == k < _LAST_K:
        k *= 4
        hits = search(question, k)
    return hits


def rank(hits: Sequence[Hit], gold_documents: Collection[str], golds: Sequence[str]) -> Ranks:
    """Where the gold documents and the gold answers stand among the hits, best first."""
    documents = distinct_documents(hits)[:DOCUMENT_DEPTH]
    passages = [hit.passage.text for hit in hits[:PASSAGE_DEPTH]]
    return Ranks(
        document=_first(document in gold_documents for document in documents),
        answer=_first(contains_answer(text, golds) for text in passages),
        has_document=bool(gold_documents),
    )


def average(ranks: Sequence[Ranks]) -> RetrievalScores:
    """The means over the questions given, which should be the answerable ones."""
    documents = [r.document for r in ranks if r.has_document]
    answers = [r.answer for r in ranks]
    return RetrievalScores(
        recall_at_1=_recall(documents, 1),
        recall_at_3=_recall(documents, 3),
        recall_at_5=_recall(documents, 5),
        recall_at_20=_recall(documents, 20),
        mrr_at_10=mean(1 / r if r is not None and r <= 10 else 0.0 for r in documents),
        answer_recall_at_1=_recall(answers, 1),
        answer_recall_at_5=_recall(answers, 5),
    )


def _recall(ranks: Sequence[int | None], k: int) -> float | None:
    return mean(r is not None and r <= k for r in ranks)


def _first(found: Iterable[bool]) -> int | None:
    """The place, from 1, of the first that is true."""
    return next((place for place, true in enumerate(found, 1) if true), None)
