"""The likeliest words of many runs at once: what jieba's dictionary says, by arrays.

A run is cut where the product of its words' frequencies is largest. The words that begin at each character
are looked up for all runs together, length by length, and the best way to each run's end is found for all
runs together, from their ends on. It gives what :func:`index.words.path` gives of one run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Longs = NDArray[np.int64]
    Floats = NDArray[np.float64]

_FIRST, _LAST = 0x4E00, 0x9FD5
_BITS: Final = 15  # of a character behind the first
_SHIFT: Final = 5  # more than the longest word has bits of length


class WordPaths:
    """A dictionary as a tree of its words' beginnings, a sorted array for each length."""

    def __init__(self, weights: Mapping[str, float], one: float) -> None:
        """``weights`` are those of all words and of all their beginnings, the latter minus infinity.

        ``one`` is the weight of a character with which no word begins.
        """
        self._one = one
        self._levels: list[Longs] = []
        self._weights: list[Floats] = []
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in weights:
            by_length[len(word)].append(word)
        for length in range(1, max(by_length, default=0) + 1):
            words = by_length[length]
            codes = _codes("".join(words)).reshape(-1, length)
            known = ((codes >= 0) & (codes <= _LAST - _FIRST)).all(axis=1)
            self._add_level(codes[known], np.array([weights[w] for w in words])[known])
            if not len(self._levels[-1]):
                break

    def _add_level(self, codes: Longs, weights: Floats) -> None:
        above = np.zeros(len(codes), dtype=np.int64)
        for level, column in enumerate(codes.T[:-1]):
            above = np.searchsorted(self._levels[level], above << _BITS | column)
        keys = above << _BITS | codes[:, -1]
        order = np.argsort(keys)
        self._levels.append(keys[order])
        self._weights.append(weights[order])

    def ends(self, runs: Sequence[str]) -> list[list[int]]:
        """For each run, where the word ends that begins at each of its characters on the best way."""
        lengths = np.array([len(run) for run in runs], dtype=np.int64)
        stops = np.cumsum(lengths + 1) - 1
        codes = _codes("\n".join(runs) + "\n")
        edges, singles = self._edges(codes)
        found = _best(edges, singles, stops, lengths)
        starts = stops - lengths
        found -= np.repeat(starts, lengths + 1)
        listed = found.tolist()
        return [listed[a:b] for a, b in zip(starts.tolist(), stops.tolist(), strict=True)]

    def _edges(self, codes: Longs) -> tuple[list[tuple[Longs, Floats]], Floats]:
        """Where words of 2, 3, … characters begin, with their weights; the weights of one."""
        singles = np.full(len(codes), -np.inf)
        lonely = np.ones(len(codes), dtype=bool)
        places, above = np.arange(len(codes)), np.zeros(len(codes), dtype=np.int64)
        edges = []
        for length, (keys, weights) in enumerate(
            zip(self._levels, self._weights, strict=True), start=1
        ):
            inside = places + length <= len(codes)
            places, above = places[inside], above[inside]
            code = codes[places + length - 1]
            wanted = above << _BITS | code
            at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            is_there = (keys[at] == wanted) & (code >= 0) if len(keys) else wanted < 0
            places, above = places[is_there], at[is_there]
            if not len(places):
                break
            is_word = weights[above] > -np.inf
            lonely[places[is_word]] = False
            if length == 1:
                singles[places] = weights[above]
            else:
                edges.append((places[is_word], weights[above[is_word]]))
        singles[lonely] = self._one
        return edges, singles


def _best(
    edges: Sequence[tuple[Longs, Floats]], singles: Floats, stops: Longs, lengths: Longs
) -> Longs:
    """Where the word ends that begins at each character; of equally good ones, the longest."""
    scores = np.zeros(len(singles))
    ends = np.arange(1, len(singles) + 1)
    # how far each character stands from its run's end
    far = np.repeat(stops, lengths + 1) - np.arange(len(singles))
    by_length = np.argsort(-lengths, kind="stable")
    stops, lengths = stops[by_length], lengths[by_length]
    starts, sizes, weights, bounds = _by_distance(edges, far)
    for distance in range(1, int(lengths.max(initial=0)) + 1):
        at = stops[: np.searchsorted(-lengths, -distance, side="right")] - distance
        scores[at] = singles[at] + scores[at + 1]
        first = distance << _SHIFT
        for key in range(first + 2, first + min(distance, len(edges) + 1) + 1):
            a, b = bounds[key], bounds[key + 1]
            if a == b:
                continue
            at, end = starts[a:b], starts[a:b] + sizes[a:b]
            score = weights[a:b] + scores[end]
            better = score >= scores[at]
            scores[at[better]] = score[better]
            ends[at[better]] = end[better]
    return ends


def _by_distance(
    edges: Sequence[tuple[Longs, Floats]], far: Longs
) -> tuple[Longs, Longs, Floats, list[int]]:
    """The words by how far from the end they begin, then by length, and where each such group begins."""
    starts = np.concatenate([np.empty(0, np.int64), *(places for places, _ in edges)])
    weights = np.concatenate([np.empty(0), *(found for _, found in edges)])
    sizes = np.repeat(np.arange(2, len(edges) + 2), [len(places) for places, _ in edges])
    keys = far[starts] << _SHIFT | sizes
    order = np.argsort(keys, kind="stable")
    groups = np.arange((int(far.max(initial=0)) + 2) << _SHIFT)
    bounds = np.searchsorted(keys[order], groups).tolist()
    return starts[order], sizes[order], weights[order], bounds


def _codes(text: str) -> Longs:
    """The characters as numbers, 0 for the first that jieba looks up; below 0 for a line break."""
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.int64) - _FIRST
