"""How questions of each kind came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any

from wenju.eval.records import QuestionRecord

_PLACES = 4


@dataclass(frozen=True, slots=True)
class KindScores:
    """Measures of ``eval.measures`` over the questions of one kind; None where none counts."""

    questions: int
    answered: float
    exact_match: float
    char_f1: float
    sentence_accuracy: float | None

    def as_dict(self) -> dict[str, Any]:
        """The JSON object: shares to 4 places."""
        return {k: None if v is None else round(v, _PLACES) for k, v in asdict(self).items()}


def by_kind(records: Sequence[QuestionRecord]) -> dict[str, KindScores]:
    """The scores of each kind of question, the most frequent kind first."""
    held: dict[str, list[QuestionRecord]] = {}
    for record in records:
        held.setdefault(record.kind, []).append(record)
    kinds = sorted(held, key=lambda kind: (-len(held[kind]), kind))
    return {kind: _scores(held[kind]) for kind in kinds}


def _scores(records: Sequence[QuestionRecord]) -> KindScores:
    scores = [record.score for record in records]
    sentences = [s.sentence_correct for s in scores if s.sentence_correct is not None]
    return KindScores(
        questions=len(records),
        answered=_mean(s.answered for s in scores),
        exact_match=_mean(s.exact_match for s in scores),
        char_f1=_mean(s.char_f1 for s in scores),
        sentence_accuracy=_mean(sentences) if sentences else None,
    )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return fsum(listed) / len(listed)
