"""Candidates that say the same, taken together: an answer and the passages that give it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.script import fold
from wenju.qa.trained.candidates import Candidate, logistic

_TYPED = 3.0  # of the network's margin: what a span gains that is just of the kind asked for
_BROKEN = 6.0  # of the same: what a span loses that is no statement and no part of one
_FIGURE = "[0-9.〇零一二三四五六七八九十百千万亿两半]"
_NUMERAL = re.compile(_FIGURE)
_SHORTEST = 2  # characters that one answer must share with another to be part of it


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that say the same, and the probability that one of them is right.

    The passage of the weightiest comes first; of each passage the one that the network itself
    prefers: which words answer is its business, which passage does is for all signs together.
    """

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
    groups = [Group(tuple(_ordered(s)), _share(s)) for s in sets]
    return sorted(groups, key=lambda g: (-g.share, g.best.hit.rank, g.best.scored.start))


def _ordered(ranked: Sequence[Candidate]) -> list[Candidate]:
    """By passage; in a passage as the network prefers, but what is just of the kind asked for gains.

    A list is chosen by all signs: the network knows little of where one begins and ends.
    """
    passages = list(dict.fromkeys(c.hit.passage.id for c in ranked))
    lists = any(c.sign("listed") for c in ranked)

    def preferred(candidate: Candidate) -> tuple[int, float]:
        own = candidate.scored.margin + _TYPED * candidate.sign("typed")
        own -= _BROKEN * candidate.broken
        place = passages.index(candidate.hit.passage.id)
        return place, -(candidate.weight if lists else own)

    return sorted(ranked, key=preferred)


def _share(ranked: Sequence[Candidate]) -> float:
    """The best passage's, and what others add that rather answer than not."""
    best: dict[str, float] = {}
    for candidate in ranked:
        if not best or candidate.scored.margin > 0:
            best.setdefault(candidate.hit.passage.id, logistic(candidate.weight))
    return 1 - math.prod(1 - share for share in best.values())


def _same(a: Candidate, b: Candidate) -> bool:
    """Whether two say the same: one place in one passage, or words that hold one another."""
    if a.hit.passage.id == b.hit.passage.id:
        return a.scored.start < b.scored.end and b.scored.start < a.scored.end
    shorter, longer = sorted((text_of(a), text_of(b)), key=len)
    return shorter == longer or (len(shorter) >= _SHORTEST and _holds(longer, shorter))


def _holds(longer: str, shorter: str) -> bool:
    """Whether words hold others, and no number but whole: 15 is not said by 5, nor by its unit."""
    if _NUMERAL.search(longer) and not _NUMERAL.search(shorter):
        return False
    before = rf"(?<!{_FIGURE})" if _NUMERAL.match(shorter) else ""
    behind = rf"(?!{_FIGURE})" if _NUMERAL.fullmatch(shorter[-1]) else ""
    return re.search(before + re.escape(shorter) + behind, longer) is not None


def text_of(candidate: Candidate) -> str:
    """What the candidate says, folded."""
    return fold(candidate.hit.passage.text[candidate.scored.start : candidate.scored.end])
