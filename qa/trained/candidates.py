"""Candidate answers and the signs by which they are weighed across passages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.hit import Hit
from qa.candidates import TYPED_KINDS, candidates
from qa.question import Question
from qa.reader import Reading, Span
from qa.trained.spans import Scored

SIGNS: Final = (
    "share",
    "margin",
    "sentence",
    "gap",
    "similarity",
    "lexical_first",
    "lexical_near",
    "typed",
    "untyped",
)
"""Names of the signs, in their order; each is a number of about -1 to 1."""

_FLOOR, _MARGIN = -12.0, 10.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a hit's passage, its signs, and its weight (higher is better)."""

    hit: Hit
    scored: Scored
    signs: tuple[float, ...]
    weight: float


def weighed(
    question: Question,
    hit: Hit,
    top: float,
    found: Sequence[Scored],
    folded: str,
    lexical: Reading,
    weights: Mapping[str, float],
) -> list[Candidate]:
    """The passage's candidates; ``top`` is the best hit's retrieval score."""
    typed = _typed(question, hit, folded)
    made = []
    for scored in found:
        signs = (
            max(scored.log_share, _FLOOR) / -_FLOOR,
            max(-1.0, min(1.0, scored.margin / _MARGIN)),
            logistic(scored.sentence),
            hit.score - top,
            hit.dense_score,
            float(any(_overlaps(span, hit, scored) for span in lexical.spans[:1])),
            float(any(_overlaps(span, hit, scored) for span in lexical.spans[1:4])),
            float(any(a < scored.end and scored.start < b for a, b in typed or ())),
            float(typed == []),
        )
        made.append(Candidate(hit, scored, signs, _weight(signs, weights)))
    return made


def reweighed(candidate: Candidate, weights: Mapping[str, float]) -> Candidate:
    """The candidate under other weights of its signs."""
    return replace(candidate, weight=_weight(candidate.signs, weights))


def _weight(signs: Sequence[float], weights: Mapping[str, float]) -> float:
    weighed = (weights[name] * sign for name, sign in zip(SIGNS, signs, strict=True))
    return weights["constant"] + sum(weighed)


def _typed(question: Question, hit: Hit, folded: str) -> list[tuple[int, int]] | None:
    """Where something of the kind asked for stands; None for kinds that have no form."""
    if question.kind not in TYPED_KINDS:
        return None
    return candidates(question, folded, hit.passage.text)


def _overlaps(span: Span, hit: Hit, scored: Scored) -> bool:
    return (
        span.hit.passage.id == hit.passage.id
        and span.start < scored.end
        and scored.start < span.end
    )


def logistic(x: float) -> float:
    """One over one plus e to the minus x."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
