"""One question as it was asked, answered and marked: kept as a line of JSON, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wenju.eval.answers import Score
from wenju.eval.datasets import GoldQuestion
from wenju.eval.retrieval import Ranks

_SHARE_PLACES, _TIME_PLACES = 6, 1


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One question's outcome; a question that is not answerable has no ranks.

    ``sentence`` is the one around the answer and ``took_ms`` is wall time. ``answer_score`` is
    1 - ``no_answer_score``, None where the question was refused unread; ``retrieval_score`` is the
    first hit's, None without hits; of both, higher is better. ``passage`` is the one cited, or the
    nearest one where nothing was answered, and ``passage_source`` names its document;
    ``gold_passage`` is the best that was found for the gold answer, empty where none was.
    ``confidence`` is the probability that the answer is right, None from a reader that gives none.

    Marks and scores are held to 6 decimal places and times to 1, so that a record read back is the
    record that was written, and what is summed up is the same.
    """

    gold: GoldQuestion
    kind: str
    prediction: str
    sentence: str
    score: Score
    ranks: Ranks
    took_ms: float
    answer_score: float | None = None
    retrieval_score: float | None = None
    passage: str = ""
    passage_source: str = ""
    gold_passage: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        """Round here and nowhere else: records made and records read are then the same."""
        marks = replace(
            self.score,
            char_f1=round(self.score.char_f1, _SHARE_PLACES),
            rouge_l=round(self.score.rouge_l, _SHARE_PLACES),
        )
        object.__setattr__(self, "score", marks)
        object.__setattr__(self, "took_ms", round(self.took_ms, _TIME_PLACES))
        for name in ("answer_score", "retrieval_score", "confidence"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, round(value, _SHARE_PLACES))

    def as_dict(self) -> dict[str, Any]:
        """The question's JSON object: a rank counts from 1 and is null where nothing was found."""
        return {
            "id": self.gold.id,
            "question": self.gold.text,
            "answerable": self.gold.answerable,
            "answers": list(self.gold.answers),
            "document": self.gold.document,
            "kind": self.kind,
            "answered": self.score.answered,
            "prediction": self.prediction,
            "sentence": self.sentence,
            "document_rank": self.ranks.document,
            "answer_rank": self.ranks.answer,
            "coverage_rank": self.ranks.coverage,
            "exact_match": self.score.exact_match,
            "char_f1": self.score.char_f1,
            "rouge_l": self.score.rouge_l,
            "sentence_correct": self.score.sentence_correct,
            "served": self.score.served,
            "answer_score": self.answer_score,
            "confidence": self.confidence,
            "retrieval_score": self.retrieval_score,
            "passage": self.passage,
            "passage_source": self.passage_source,
            "gold_passage": self.gold_passage,
            "took_ms": self.took_ms,
            **({"earlier": list(self.gold.earlier)} if self.gold.earlier else {}),
            **({"places": [list(p) for p in self.gold.places]} if self.gold.places else {}),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> QuestionRecord:
        """The record that ``as_dict`` gave; raises KeyError where one of its keys lacks."""
        answerable, answered = values["answerable"], values["answered"]
        marks = ("exact_match", "char_f1", "sentence_correct", "rouge_l", "served")
        ranks = (values["document_rank"], values["answer_rank"], values["coverage_rank"])
        return cls(
            gold=GoldQuestion(
                id=values["id"],
                text=values["question"],
                answers=tuple(values["answers"]),
                document=values["document"],
                answerable=answerable,
                earlier=tuple(values.get("earlier", ())),
                places=tuple((start, end) for start, end in values.get("places", ())),
            ),
            score=Score(answerable, answered, *(values[name] for name in marks)),
            ranks=Ranks(*ranks),
            **{name: values[name] for name in _AS_THEY_ARE},
        )


_AS_THEY_ARE = (
    *("kind", "prediction", "sentence", "took_ms", "answer_score", "retrieval_score"),
    *("confidence", "passage", "passage_source", "gold_passage"),
)
