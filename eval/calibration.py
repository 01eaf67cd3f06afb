"""Whether the confidence in an answer is how often such answers are right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any

from wenju.eval.error_categories import is_right
from wenju.eval.records import QuestionRecord

BINS = 10
_EDGES = [i / BINS for i in range(1, BINS)]
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence is above ``low`` and at most ``high`` (0 is in the first bin).

    ``confidence`` is their mean, and ``right`` the share of them that is right.
    """

    low: float
    high: float
    questions: int
    confidence: float
    right: float

    def as_dict(self) -> dict[str, Any]:
        """The JSON object: shares to 4 places."""
        return {k: round(v, _PLACES) for k, v in asdict(self).items()}


def judged(records: Sequence[QuestionRecord]) -> list[tuple[float, bool]]:
    """Confidence and whether it was right, of those answered with a confidence.

    An answer to a question that has none is not right.
    """
    return [
        (record.confidence, is_right(record))
        for record in records
        if record.score.answered and record.confidence is not None
    ]


def bins(records: Sequence[QuestionRecord]) -> list[Bin]:
    """The bins of equal width that any question is in, of those answered with a confidence."""
    return _bins(judged(records))


def _bins(answers: Sequence[tuple[float, bool]]) -> list[Bin]:
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        held.setdefault(bisect_left(_EDGES, confidence), []).append((confidence, right))
    return [_bin(place, held[place]) for place in sorted(held)]


def ece(records: Sequence[QuestionRecord]) -> float | None:
    """The expected calibration error: mean distance of confidence and share right, by bin.

    Guo et al., ICML 2017, equation 3, of the questions that were answered: lower is better. None
    where none was answered with a confidence.
    """
    return ece_of(judged(records))


def ece_of(answers: Sequence[tuple[float, bool]]) -> float | None:
    """The same, of pairs as ``judged`` gives them."""
    found = _bins(answers)
    if not found:
        return None
    apart = fsum(b.questions * abs(b.right - b.confidence) for b in found)
    return apart / sum(b.questions for b in found)


def _bin(place: int, held: Sequence[tuple[float, bool]]) -> Bin:
    n = len(held)
    confidence = fsum(c for c, _ in held) / n
    return Bin(place / BINS, (place + 1) / BINS, n, confidence, sum(r for _, r in held) / n)
