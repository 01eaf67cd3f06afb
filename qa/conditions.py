"""The conditions that a passage sets with ranges, and whether what a question names meets them."""

from __future__ import annotations

from collections.abc import Sequence

from wenju.corpus.values import Interval
from wenju.qa.candidates import intervals_of
from wenju.qa.parallels import Parallels
from wenju.qa.passage import PassageView, Place
from wenju.qa.question import Question

_WORDS_AROUND = 2  # characters beside a range that are not yet an answer
_NEVER: tuple[Interval, ...] = ()


class Conditions:
    """The ranges of a passage that measure what a question names a size of."""

    def __init__(self, question: Question, view: PassageView, parallels: Parallels) -> None:
        families = {family for family, _ in question.sizes}
        found = intervals_of(view.folded) if families else _NEVER
        self._ranges = [i for i in found if i.family in families]
        self._question = question
        self._view = view
        self._parallels = parallels

    def met(self, place: Place) -> float:
        """1 where the condition that a place stands under is met, -1 where it is not.

        0 without one, for what is the condition itself, and for a step that only says from where it
        holds (满一年) where a nearer one of the same scale holds too (满五年).
        """
        if not self._ranges:
            return 0.0
        held = self._view.touched(place)
        start, end = (held[0].start, held[-1].stop) if held else place
        own = [i for i in self._ranges if start <= i.start and i.end <= end]
        if place in self._parallels.answers:  # 不得超过六个月 is no condition of its own
            own = [i for i in own if not (i.start < place[1] and place[0] < i.end)]
        condition = _governing(own, place)
        return self._fits(condition) if condition else 0.0

    def _fits(self, condition: Interval) -> float:
        sizes = [edge for family, edge in self._question.sizes if family == condition.family]
        held = [edge for edge in sizes if condition.holds(edge)]
        if not held:
            return -1.0
        nearer = (
            i
            for i in self._ranges
            if _is_nearer(i, condition) and self._parallels.together(i.place, condition.place)
        )
        return 0.0 if any(i.holds(edge) for i in nearer for edge in held) else 1.0


def _governing(ranges: Sequence[Interval], place: Place) -> Interval | None:
    """The range that a place stands under: in it, nearest to its left, else to its right."""
    inside = [i for i in ranges if place[0] <= i.start and i.end <= place[1]]
    cut = any(i.start < place[1] and place[0] < i.end and i not in inside for i in ranges)
    if cut or len(inside) > 1:
        return None
    if inside:
        alone = place[1] - place[0] <= inside[0].end - inside[0].start + _WORDS_AROUND
        return None if alone else inside[0]
    left = [i for i in ranges if i.end <= place[0]]
    return left[-1] if left else next(iter(ranges), None)


def _is_nearer(other: Interval, one: Interval) -> bool:
    """Whether both are open to the same side, and the other begins, or ends, nearer."""
    if other.family != one.family:
        return False
    if one.high is None and other.high is None and one.low and other.low:
        return other.low > one.low
    if one.low is None and other.low is None and one.high and other.high:
        return other.high < one.high
    return False
