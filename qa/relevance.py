"""How probably a passage answers a question at all, whichever of its words do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wenju.index.hit import Hit
from wenju.qa.context import PassageContext
from wenju.qa.features import logistic
from wenju.qa.passage import Place

CONSTANT: Final = "constant"
EVIDENCE: Final = (
    *("sentence", "margin", "gap", "similarity", "coverage", "said", "top"),
    *("off_focus", "other_year", "untyped"),
)
"""What the probability is computed from: how probably the passage's best sentence answers, and what
its best span is preferred to no answer by (both by the network, else 0); what its retrieval score lacks of
the best hit's; its similarity; the share of the question's weight that its best statement says with
what is around it, and the whole passage with what stands above it; the best hit's score; that nothing in it says
the words beside the question word; that it names other years only; that it has no value of the
kind asked for."""
_TENS = 10.0


@dataclass(frozen=True, slots=True)
class Relevant:
    """A passage, how probably it answers (0 to 1), and its sentence that does so best."""

    hit: Hit
    probability: float
    sentence: Place


@dataclass(frozen=True, slots=True)
class Relevance:
    """Weights of the EVIDENCE, and a constant."""

    weights: Mapping[str, float]

    def probability(self, evidence: Sequence[float]) -> float:
        """The calibrated probability that a passage answers."""
        weighed = (self.weights[n] * v for n, v in zip(EVIDENCE, evidence, strict=True))
        return logistic(self.weights[CONSTANT] + sum(weighed))


def evidence_of(context: PassageContext, sentences: Sequence[float]) -> tuple[float, ...]:
    """The values of EVIDENCE, in order; ``sentences`` are the network's scores, none without one."""
    question, best = context.question, context.scores.best() if context.scores else []
    margin = max((one.margin for one in best), default=0.0) / _TENS
    said = context.in_passage | context.in_head
    weight = sum(t.weight for t in question.terms)
    told = context.view.years
    return (
        logistic(max(sentences)) if sentences else 0.0,
        max(-1.0, min(1.0, margin)),
        context.hit.score - context.top,
        context.hit.dense_score,
        max(context.coverage, default=0.0),
        sum(t.weight for t in question.terms if t.text in said) / max(weight, 1e-9),
        context.top,
        float(bool(question.focus) and not question.focus & said),
        float(bool(question.years and told and not question.years & told)),
        float(context.typed == ()),
    )


def best_sentence(context: PassageContext, sentences: Sequence[float]) -> Place:
    """The sentence that the network scores best, or that says most of the question without one."""
    if len(sentences):
        places = context.view.sentences
        scores: Sequence[float] = sentences
    else:
        told = [s for s in context.view.statements if not (s.asks or s.heads)]
        kept = told or list(context.view.statements)
        places = [(s.start, s.end) for s in kept]
        by_place = dict(
            zip(((s.start, s.end) for s in context.view.statements), context.coverage, strict=True)
        )
        scores = [by_place[place] for place in places]
    if not places:
        return 0, len(context.folded)
    return max(zip(places, scores, strict=False), key=lambda one: one[1])[0]
