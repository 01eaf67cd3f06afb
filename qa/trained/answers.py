"""Candidates that say the same, taken together: an answer and the passages that give it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.script import fold
from qa.trained.candidates import Candidate, logistic

_SHORTEST = 2  # characters that one answer must share with another to be part of it


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that say the same, best first, and the probability that one of them is right."""

    candidates: tuple[Candidate, ...]
    share: float

    @property
    def best(self) -> Candidate:
        """The candidate that is shown."""
        return self.candidates[0]


def grouped(found: Sequence[Candidate]) -> list[Group]:
    """Answers, best first: what several passages say adds up, what one says twice does not.

    The probability that none of independent witnesses is right is the product of theirs.
    """
    ranked = sorted(found, key=lambda c: (-c.weight, c.hit.rank, c.scored.start, c.scored.end))
    sets: list[list[Candidate]] = []
    for candidate in ranked:
        same = next((s for s in sets if _same(s[0], candidate)), None)
        if same is None:
            sets.append([candidate])
        else:
            same.append(candidate)
    groups = [Group(tuple(s), _share(s)) for s in sets]
    return sorted(groups, key=lambda g: (-g.share, g.best.hit.rank, g.best.scored.start))


def _share(candidates: Sequence[Candidate]) -> float:
    best: dict[str, float] = {}
    for candidate in candidates:
        best.setdefault(candidate.hit.passage.id, logistic(candidate.weight))
    return 1 - math.prod(1 - share for share in best.values())


def _same(a: Candidate, b: Candidate) -> bool:
    """Whether two say the same: one place in one passage, or words that hold one another."""
    if a.hit.passage.id == b.hit.passage.id:
        return a.scored.start < b.scored.end and b.scored.start < a.scored.end
    one, other = text_of(a), text_of(b)
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST and shorter in longer)


def text_of(candidate: Candidate) -> str:
    """What the candidate says, folded."""
    return fold(candidate.hit.passage.text[candidate.scored.start : candidate.scored.end])
