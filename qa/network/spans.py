"""From the network's scores of a passage's pieces to places in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wenju.qa.network.inputs import Input

if TYPE_CHECKING:
    from numpy.typing import NDArray

Place = tuple[int, int]
_LONGEST = 240  # pieces of an answer
_TOP = 6  # spans taken of a passage
_PAIRS = {"(": ")", "“": "”", "《": "》", "〈": "〉", "[": "]", "【": "】"}
_TRIMMED_LEFT = frozenset(" \n,。;:、!?)”》·-")
_TRIMMED_RIGHT = frozenset(" \n,。;:、!?(“《")


@dataclass(frozen=True, slots=True)
class Scored:
    """``passage[start:end]`` as an answer.

    ``margin`` is what its first and last piece score above no answer at all (0 is as good as none);
    ``log_share`` is the logarithm of its probability among all spans of its passage and no answer;
    ``sentence`` is the score of the sentences it lies in. Higher is better.
    """

    start: int
    end: int
    margin: float
    log_share: float
    sentence: float


class Scores:
    """A passage's scores: its best spans, and how good any place in it is.

    ``sentences`` are the scores of its sentences, ``passage`` that of the whole: the log-odds, before
    any calibration, that it answers.
    """

    def __init__(self, read: Input, scores: NDArray[np.float32], folded: str) -> None:
        """Take the scores of shape (pieces, 3), see :class:`wenju.qa.network.scorer.Network`."""
        self._read = read
        self._folded = folded
        self._known: dict[Place, Scored | None] = {}
        self.sentences = sentence_scores(read, scores)
        self.passage = float(scores[0, 2])
        count = len(read.offsets)
        self._body = scores[read.first : read.first + count].astype(np.float64)
        none = scores[0, :2].astype(np.float64)
        self._none = float(none.sum())
        self._total = sum(_log_total(self._body[:, side], none[side]) for side in (0, 1))

    def best(self) -> list[Scored]:
        """The best spans, best first, no two of the same place."""
        count = len(self._read.offsets)
        if not count:
            return []
        table = np.triu(self._body[:, 0, None] + self._body[None, :, 1])
        table[np.tril_indices(count, -1)] = -np.inf
        table[np.triu_indices(count, _LONGEST)] = -np.inf
        found: dict[Place, Scored] = {}
        for place in np.argsort(-table, axis=None, kind="stable")[: 4 * _TOP]:
            first, last = divmod(int(place), count)
            if len(found) == _TOP or not np.isfinite(table[first, last]):
                break
            offsets = self._read.offsets
            at = trimmed(self._folded, offsets[first][0], offsets[last][1])
            found.setdefault(at, self._scored(at, first, last))
        return list(found.values())

    def at(self, place: Place) -> Scored | None:
        """How good a place is, by the pieces it begins and ends in; None where it did not fit in."""
        if place not in self._known:  # several features ask for one place
            self._known[place] = self._at(place)
        return self._known[place]

    def _at(self, place: Place) -> Scored | None:
        held = [i for i, (a, b) in enumerate(self._read.offsets) if a < place[1] and place[0] < b]
        if not held or self._read.offsets[-1][1] < place[1] - 1:
            return None
        return self._scored(place, held[0], held[-1])

    def _scored(self, place: Place, first: int, last: int) -> Scored:
        total = float(self._body[first, 0] + self._body[last, 1])
        return Scored(
            *place,
            margin=total - self._none,
            log_share=total - self._total,
            sentence=float(self._body[first : last + 1, 2].mean()),
        )


def sentence_scores(read: Input, scores: NDArray[np.float32]) -> list[float]:
    """The mean score of each of the passage's sentences; what did not fit in scores lowest."""
    body = scores[read.first : read.first + len(read.offsets), 2]
    numbers = np.array(read.sentences, np.int64)
    counts = np.bincount(numbers, minlength=len(read.spans))
    sums = np.bincount(numbers, body, minlength=len(read.spans))
    return [float(s / c) if c else -np.inf for s, c in zip(sums, counts, strict=True)]


def trimmed(folded: str, start: int, end: int) -> Place:
    """The place without marks at its ends, and without half of a pair; never empty."""
    place = start, end
    while (less := _trimmed_once(folded, *place)) != place:
        place = less
    return place


def _trimmed_once(folded: str, a: int, b: int) -> Place:
    while a < b - 1 and folded[a] in _TRIMMED_LEFT:
        a += 1
    while b > a + 1 and folded[b - 1] in _TRIMMED_RIGHT:
        b -= 1
    for opening, closing in _PAIRS.items():
        inside = folded[a:b]
        if b - a > 1 and folded[b - 1] == closing and opening not in inside:
            b -= 1
        elif b - a > 1 and folded[a] == opening and closing not in inside:
            a += 1
    return a, b


def _log_total(scores: NDArray[np.float64], none: float) -> float:
    """The logarithm of the summed exponentials, that of no answer among them."""
    top = float(scores.max(initial=none))
    return top + float(np.log(np.exp(scores - top).sum() + np.exp(none - top)))
