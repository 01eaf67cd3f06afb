"""Question records for tests, with everything that does not matter filled in."""

from __future__ import annotations

from wenju.eval.answers import Score
from wenju.eval.datasets import GoldQuestion
from wenju.eval.records import QuestionRecord
from wenju.eval.retrieval import Ranks

NOWHERE = Ranks(None, None, None)

# shares characters as a system would, and needs no package: ties go to the passage given first
WORKER = """
    import json, sys
    given = json.load(open(sys.argv[1], encoding="utf-8"))
    def shared(question):
        return lambda p: -len(set(question) & set(p["text"]))
    ranked = [
        [p["id"] for p in sorted(given["passages"], key=shared(q))][: given["depth"]]
        for q in given["questions"]
    ]
    json.dump(ranked, open(sys.argv[2], "w", encoding="utf-8"))
"""


def record(
    ranks: Ranks = NOWHERE,
    *,
    id_: str = "q",
    golds: tuple[str, ...] = ("答",),
    document: str | None = "d",
    answerable: bool = True,
    prediction: str = "",
    sentence: str = "",
    kind: str = "span",
    exact_match: float = 0.0,
    char_f1: float = 0.0,
    rouge_l: float = 0.0,
    sentence_correct: bool = False,
    served: bool = False,
    took_ms: float = 1.0,
    passage: str = "段",
    gold_passage: str = "",
    answer_score: float | None = 0.5,
    confidence: float | None = None,
) -> QuestionRecord:
    """A record that was answered where it has a prediction."""
    right, shown = (sentence_correct, served) if answerable else (None, None)
    return QuestionRecord(
        gold=GoldQuestion(id_, "問？", golds if answerable else (), document, answerable),
        kind=kind,
        prediction=prediction,
        sentence=sentence,
        score=Score(answerable, bool(prediction), exact_match, char_f1, right, rouge_l, shown),
        ranks=ranks,
        took_ms=took_ms,
        answer_score=answer_score,
        retrieval_score=1.5,
        passage=passage,
        passage_source="件",
        gold_passage=gold_passage,
        confidence=confidence,
    )
