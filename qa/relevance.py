"""How probably a passage answers a question at all, whichever of its words do; and its best sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wenju.index.hit import Hit
from wenju.qa.context import PassageContext, is_elsewhere
from wenju.qa.features import logistic
from wenju.qa.passage import Place

CONSTANT: Final = "constant"
EVIDENCE: Final = (
    *("passage", "sentence", "margin", "gap", "similarity", "coverage", "said", "top"),
    *("off_focus", "other_year", "other_place", "untyped"),
)
"""What the probability of a passage is computed from: how far the network takes it for one that
answers, how probably its best sentence answers, and what its best span is preferred to no answer by
(all three by the network, else 0); what its retrieval score lacks of the best hit's; its similarity;
the share of the question's weight that its best statement says with what is around it, and the whole
passage with what stands above it; the best hit's score; that nothing in it says the words beside the
question word; that it names other years only, or other places; that it has no value of the kind asked for."""
OF_SENTENCES: Final = ("sentence", "ahead", "alone", "coverage")
"""What the probability of its best sentence is computed from, where the passage answers: how probably
it does by the network, and by how much more than the next one; 1 / the number of sentences; and the
share of the question's weight that it says."""
_TENS = 10.0
_LOGITS = 4.0
_NEVER = 30.0  # log-odds against


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of named evidence, and a constant: log-odds."""

    names: tuple[str, ...]
    weights: Mapping[str, float]

    def probability(self, evidence: Sequence[float]) -> float:
        """The calibrated probability, 0 to 1; the evidence in the order of the names."""
        weighed = (self.weights[n] * v for n, v in zip(self.names, evidence, strict=True))
        return logistic(self.weights[CONSTANT] + sum(weighed))


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a passage: the values of EVIDENCE, its best sentence, those of OF_SENTENCES.

    ``scores`` are the network's of its sentences, above 0 where one rather answers; empty where
    none read.
    """

    hit: Hit
    evidence: tuple[float, ...]
    sentence: Place
    of_sentence: tuple[float, ...]
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Relevant:
    """A passage, how probably it answers, its best sentence, and how probably that one does (0 to 1).

    A sentence is never more probable than its passage.
    """

    hit: Hit
    probability: float
    sentence: Place
    sentence_probability: float


def looked_at(context: PassageContext) -> Looked:
    """What there is to see of a passage beside a question."""
    places, scores, covered = _sentences(context)
    titles = {(s.start, s.end) for s in context.view.statements if s.heads}
    saying = [
        i
        for i, (a, b) in enumerate(places)
        if not _announces(context.folded[a:b]) and (a, b) not in titles
    ]
    best = max(saying or range(len(places)), key=lambda i: scores[i])
    others = [s for i, s in enumerate(scores) if i != best]
    ahead = min(1.0, (scores[best] - max(others)) / _LOGITS) if others else 1.0
    likely = logistic(scores[best]) if context.scores else 0.0
    of_sentence = (likely, ahead, 1 / len(places), covered[best])
    told = tuple(context.scores.sentences) if context.scores else ()
    return Looked(context.hit, _evidence(context), places[best], of_sentence, told)


def logit(probability: float) -> float:
    """The log-odds of a probability, at most 6 to either side."""
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return max(-6.0, min(6.0, math.log(kept / (1 - kept))))


def _evidence(context: PassageContext) -> tuple[float, ...]:
    """The values of EVIDENCE, in order."""
    question, scores = context.question, context.scores
    margin = max(_margins(context), default=-_TENS if scores else 0.0) / _TENS
    likely = [logistic(s) for s in _own(context)] if scores else []
    said = context.in_passage | context.in_head
    weight = sum(t.weight for t in question.terms)
    told = context.view.years
    return (
        _of_passage(context),
        max(likely, default=0.0),
        max(-1.0, min(1.0, margin)),
        context.hit.score - context.top,
        context.hit.dense_score,
        max(context.coverage, default=0.0),
        sum(t.weight for t in question.terms if t.text in said) / max(weight, 1e-9),
        context.top,
        float(bool(question.focus) and not question.focus & said),
        float(bool(question.years and told and not question.years & told)),
        float(is_elsewhere(context)),
        float(context.typed == ()),
    )


def _margins(context: PassageContext) -> list[float]:
    """What the network's best spans, and those of the kind asked for, are preferred to no answer by."""
    places = context.typed or () if context.is_misled else ()
    told = (context.scores.at(place) for place in places) if context.scores else ()
    return [one.margin for one in (*context.spans, *told) if one]


def _of_passage(context: PassageContext) -> float:
    """How far the network takes it for one that answers; not at all where another row misled it."""
    if context.scores is None:
        return 0.0
    if context.is_misled and not context.typed:
        return -1.0
    return math.tanh(context.scores.passage / _LOGITS)


def _own(context: PassageContext) -> list[float]:
    """The network's scores of sentences, but for rows of a table that another is asked for than."""
    scores = context.scores.sentences if context.scores else ()
    told = zip(context.view.sentences, scores, strict=bool(scores))
    return [s if not context.is_of_another(place) else -_NEVER for place, s in told]


def _announces(sentence: str) -> bool:
    """Whether a sentence only says that something follows, which it does not say itself."""
    return sentence.rstrip().endswith(":")


def _sentences(context: PassageContext) -> tuple[list[Place], list[float], list[float]]:
    """Sentences that could answer, their scores, and what each says of the question.

    The scores are the network's; without one, what each says with what is around it.
    """
    if context.scores and context.view.sentences:
        places = list(context.view.sentences)
        covered = [context.covered_at(place) for place in places]
        return places, _own(context), covered
    by_place = {
        (s.start, s.end): c for s, c in zip(context.view.statements, context.coverage, strict=True)
    }
    told = [(s.start, s.end) for s in context.view.statements if not (s.asks or s.heads)]
    places = told or list(by_place) or [(0, len(context.folded))]
    covered = [by_place.get(place, 0.0) for place in places]
    return places, covered, covered
