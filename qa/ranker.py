"""Which proposal answers, and how probably it is right: weights, trees beside them, and a calibration."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from wenju.corpus.errors import WenjuError
from wenju.corpus.lexicon import phrase
from wenju.index.hit import Hit
from wenju.qa.features import FEATURES, logistic
from wenju.qa.passage import PassageView, Place
from wenju.qa.relevance import EVIDENCE as OF_PASSAGES
from wenju.qa.relevance import OF_SENTENCES, Linear, Looked, Relevant, logit
from wenju.qa.trees import Trees, from_rows, to_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUNDLED: Final = Path(__file__).with_name("ranker.json")
CONSTANT: Final = "constant"
_OWN = (
    *("margin", "sentence", "similarity", "coverage", "untyped", "untyped_quantity", "typed"),
    *("heading", "asking", "off_focus", "other_year", "other_place", "clock", "stray_contact"),
    *("likelihood", "clause"),
)
EVIDENCE: Final = ("score", "probability", "second", "top", "relevance", *_OWN)
"""What the probability of an answer is computed from: the score of its best candidate, the
aggregated probability of all candidates that say the same and that of the next answer, the
retrieval score of the best hit, the log-odds that its passage answers at all, and some of its own
features."""

Mode = Literal["trained", "lexical"]
WITNESS: Final = 0.25  # what a further passage counts that says the same
_LOGITS = 4.0
_SHORTEST = 2  # characters that one answer must share with another to be part of it


class RankerError(WenjuError):
    """The ranker's weights cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """``view.folded[start:end]`` with its features and its score (higher is better)."""

    hit: Hit
    view: PassageView
    start: int
    end: int
    parts: tuple[Place, ...]
    features: tuple[float, ...]
    score: float

    @property
    def text(self) -> str:
        """What it says, folded."""
        return self.view.folded[self.start : self.end]

    def feature(self, name: str) -> float:
        """One of its features, by name."""
        return self.features[FEATURES.index(name)]


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that say the same, best first, and the probability that one of them is right."""

    candidates: tuple[Candidate, ...]
    probability: float

    @property
    def best(self) -> Candidate:
        """The candidate that is shown."""
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of a candidate's features, of an answer's evidence, of a passage's and its sentence's.

    Each has a constant beside them. ``trees`` add to what the weights of the features say. ``sentences`` tells how probably a passage's best sentence
    answers where the passage does.
    """

    weights: Mapping[str, float]
    calibration: Mapping[str, float]
    relevance: Linear
    sentences: Linear
    trees: Trees = field(default_factory=Trees)

    def scores(self, table: NDArray[np.float64], kind: str) -> NDArray[np.float64]:
        """The scores of candidates: features in the order of FEATURES, (m, n) → (m,).

        ``kind`` is that of the question. Raises ValueError for another number of features.
        """
        weights = np.array([self.weights[name] for name in FEATURES])
        weighed: NDArray[np.float64] = table @ weights + self.weights[CONSTANT]
        return weighed + self.trees.scores(table, kind)

    def relevant(self, looked: Looked) -> Relevant:
        """How probably a passage answers, and its best sentence does."""
        probability = self.relevance.probability(looked.evidence)
        of_sentence = self.sentences.probability(looked.of_sentence)
        return Relevant(looked.hit, probability, looked.sentence, probability * of_sentence)

    def confidence(self, groups: Sequence[Group], answering: float) -> float:
        """The calibrated probability that the first group's best candidate is right; 0 without.

        ``answering`` is the probability that its passage answers.
        """
        if not groups:
            return 0.0
        weighed = zip(EVIDENCE, evidence(groups, answering), strict=True)
        return logistic(
            self.calibration[CONSTANT] + sum(self.calibration[n] * value for n, value in weighed)
        )


def evidence(groups: Sequence[Group], answering: float) -> tuple[float, ...]:
    """The values of EVIDENCE, in order; groups are not empty. ``answering``: see ``confidence``."""
    first = groups[0]
    second = groups[1].probability if len(groups) > 1 else 0.0
    top = max(c.hit.score for group in groups for c in group.candidates)
    own = (first.best.feature(name) for name in _OWN)
    relevance = logit(answering) / _LOGITS
    return (first.best.score, first.probability, second, top, relevance, *own)


def grouped(candidates: Sequence[Candidate]) -> list[Group]:
    """Answers, best first: what several passages say adds up, what one says twice does not."""
    ranked = sorted(candidates, key=lambda c: (-c.score, c.hit.rank, c.start, c.end))
    sets: list[list[Candidate]] = []
    for candidate in ranked:
        same = next((s for s in sets if _same(s[0], candidate)), None)
        if same is None:
            sets.append([candidate])
        else:
            same.append(candidate)
    groups = [Group(tuple(s), _probability(s)) for s in sets]
    return sorted(groups, key=lambda g: (-g.probability, g.best.hit.rank, g.best.start))


def _probability(ranked: Sequence[Candidate]) -> float:
    """That one of the passages' best candidates is right.

    None of independent witnesses is right with the product of the probabilities that each is
    wrong. Passages are not quite independent, so that each beside the best counts for a part; and
    only those count that rather answer than not.
    """
    best: dict[str, float] = {}
    for candidate in ranked:
        if not best or candidate.feature("margin") > 0:
            counted = WITNESS if best else 1.0
            best.setdefault(candidate.hit.passage.id, counted * logistic(candidate.score))
    return 1 - math.prod(1 - probability for probability in best.values())


def _same(a: Candidate, b: Candidate) -> bool:
    """Whether two say the same: one place in one passage, or words that hold one another."""
    if a.hit.passage.id == b.hit.passage.id:
        return a.start < b.end and b.start < a.end
    shorter, longer = sorted((a.text, b.text), key=len)
    return shorter == longer or (len(shorter) >= _SHORTEST and _holds(longer, shorter))


def _holds(longer: str, shorter: str) -> bool:
    """Whether words hold others, and no number but whole: 15 is not said by 5, nor by its unit."""
    if shorter not in longer:
        return False
    figure = phrase("text_figure")
    if figure.search(longer) and not figure.search(shorter):
        return False
    before = rf"(?<!{figure.pattern})" if figure.match(shorter) else ""
    behind = rf"(?!{figure.pattern})" if figure.fullmatch(shorter[-1]) else ""
    return re.search(before + re.escape(shorter) + behind, longer) is not None


def load(path: Path, mode: Mode) -> Ranker:
    """The ranker of a mode from a file that ``save`` wrote; raises RankerError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))[mode]
        weights = {n: float(found["weights"][n]) for n in (*FEATURES, CONSTANT)}
        calibration = {n: float(found["calibration"][n]) for n in (*EVIDENCE, CONSTANT)}
        relevance = {n: float(found["relevance"][n]) for n in (*OF_PASSAGES, CONSTANT)}
        sentences = {n: float(found["sentences"][n]) for n in (*OF_SENTENCES, CONSTANT)}
        trees = from_rows(found["trees"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RankerError(
            f"The weights {path} cannot be used ({error!r}); install Wenju again."
        ) from None
    linear = Linear(OF_PASSAGES, relevance), Linear(OF_SENTENCES, sentences)
    return Ranker(weights, calibration, *linear, trees)


@cache
def bundled(mode: Mode) -> Ranker:
    """The ranker that comes with Wenju: ``trained`` with the network, ``lexical`` without."""
    return load(BUNDLED, mode)


def save(rankers: Mapping[str, Ranker], path: Path) -> None:
    """Write rankers by mode as JSON, rounded to what they are good for, a tree to a line."""
    rounded = {
        mode: {
            part: {name: round(value, 4) for name, value in weights.items()}
            for part, weights in (
                ("weights", ranker.weights),
                ("calibration", ranker.calibration),
                ("relevance", ranker.relevance.weights),
                ("sentences", ranker.sentences.weights),
            )
        }
        for mode, ranker in rankers.items()
    }
    text = json.dumps(
        {mode: {**parts, "trees": f"trees of {mode}"} for mode, parts in rounded.items()}, indent=2
    )
    for mode, ranker in rankers.items():
        lines = ",\n".join(f"      {json.dumps(row)}" for row in to_rows(ranker.trees))
        text = text.replace(f'"trees of {mode}"', f"[\n{lines}\n    ]")
    path.write_text(text + "\n", encoding="utf-8")
