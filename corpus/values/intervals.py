"""Ranges that a text sets as a condition, in folded text: 五年以上十年未满, 超过180立方米不超过300立方米.

Statutes and tariffs tell steps of a scale so, and who asks names a value that lies in one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from wenju.corpus.alternation import any_of
from wenju.corpus.values.numerals import FIRST
from wenju.corpus.values.scales import Size, size, sized
from wenju.corpus.values.value import Limit, Place, Value

Edge = tuple[Fraction, int]
"""A size and a side of it: just below (-1), itself (0), just above (1)."""
Side = Literal["at least", "at most", "more than", "less than"]

_SAID_BEFORE: dict[Side, str] = {
    "at least": "满 已满 届满 不低于 不少于 不得低于 不得少于 至少",
    "more than": "超过 已逾 逾 高于 大于 多于",
    "less than": "未满 不满 未达 未达到 不足 低于 少于 小于",
    "at most": "不超过 未超过 不得超过 不高于 不大于 不多于 不逾 未逾 不得逾 至多",
}
_BEFORE: dict[str, Side] = {
    word: side for side, words in _SAID_BEFORE.items() for word in words.split()
}
_BEHIND: dict[str, Side] = {
    "以上": "at least", "以下": "at most", "以内": "at most", "之内": "at most",
    "未满": "less than", "不满": "less than", "以外": "more than",
}  # fmt: skip
_OF_BOUNDS: dict[Limit, Side] = {
    "at least": "at least", "at most": "at most", "more than": "more than", "less than": "less than"
}  # fmt: skip
_OPENED: dict[Side, Side] = {"at least": "more than", "at most": "less than"}
_CLOSED: dict[Side, Side] = {"more than": "at least", "less than": "at most"}
_WORDS_BEFORE = re.compile(f"{any_of(' '.join(_BEFORE))}{{1,2}} ?$")
_WORD = re.compile(any_of(" ".join(_BEFORE)))
# of 满五年未满十年 the second word belongs to the second value
_WORD_BEHIND = re.compile(
    rf"(?: ?\((?P<not>不?)含[^)]{{0,4}}\))? ?(?P<word>(?:未满|不满)(?! ?[{FIRST}])|以[上下内外]|之内)"
    r"(?: ?\((?P<but>不?)含)?"
)
_BETWEEN = re.compile(r"(?:本数\))?\)?[ ,、至到,的且并而又但或者和及\-]{0,3}")
_LARGE = re.compile("[万亿]")
_WINDOW = 8
_UNTOLD: tuple[str, ...] = ("ordinal", "date", "period", "time", "weekday", "contact", "number")


@dataclass(frozen=True, slots=True)
class Interval:
    """``text[start:end]`` says from where to where something holds; an edge is None where it is open.

    ``family`` is what is measured (years and months are of one family), both edges in its unit.
    """

    start: int
    end: int
    family: str
    low: Edge | None
    high: Edge | None

    @property
    def place(self) -> Place:
        """Where it stands, with the words that bound it."""
        return self.start, self.end

    def holds(self, edge: Edge) -> bool:
        """Whether a size of its family lies in it."""
        above = self.low is None or self.low <= edge
        return above and (self.high is None or edge <= self.high)


def intervals(folded: str, values: Sequence[Value]) -> list[Interval]:
    """The ranges that a folded text sets, in order, disjoint; ``values`` are what stands in it."""
    found: list[Interval] = []
    for one in _single(folded, values):
        if found and (both := _both(folded, found[-1], one)):
            found[-1] = both
        else:
            found.append(one)
    return found


def points(folded: str, values: Sequence[Value]) -> list[tuple[str, Edge, bool]]:
    """The sizes that a question names, each with its family, and whether it is just one of its unit.

    工作满七年 is seven years; 超过300立方米 is just above, 不满18岁 just below.
    """
    found = []
    for value in values:
        told = None if value.kind in _UNTOLD else size(value)
        if told is not None:
            side, _ = _side(folded, value)
            edge = (told[1], {"more than": 1, "less than": -1}.get(side or "", 0))
            found.append((told[0], edge, value.number == 1))
    return found


def _single(folded: str, values: Sequence[Value]) -> Iterator[Interval]:
    for value in values:
        if value.kind in _UNTOLD:
            continue
        side, (start, end) = _side(folded, value)
        told = size(value)
        if told is not None and side:
            yield _bounded(start, end, told, side)
        elif told is None and value.parts and (ends := _ends(folded, value)):
            (family, low), (_, high) = ends
            yield Interval(start, end, family, (low, int(side == "more than")), (high, 0))


def _bounded(start: int, end: int, told: Size, side: Side) -> Interval:
    family, number = told
    one = Interval(start, end, family, None, None)
    if side in ("at least", "more than"):
        return replace(one, low=(number, int(side == "more than")))
    return replace(one, high=(number, -int(side == "less than")))


def _ends(folded: str, value: Value) -> tuple[Size, Size] | None:
    """Both ends of 1万元至5万元; the first may leave out its unit, and its 万."""
    first, last = value.parts[0], value.parts[-1]
    high = size(last)
    if high is None or first.number is None:
        return None
    if first.unit:
        low = size(first)
    else:
        large = _LARGE.search(folded, last.start, last.end)
        scale = {"万": 10**4, "亿": 10**8}[large[0]] if large else 1
        written = _LARGE.search(folded, first.start, first.end) is not None
        low = sized(first.number * (1 if written else scale), last)
    same = low is not None and low[0] == high[0] and low[1] < high[1]
    return (low, high) if same and low is not None else None


def _side(folded: str, value: Value) -> tuple[Side | None, Place]:
    """Which way the words around a value bound it, None where none do, and its place with them."""
    before = _WORDS_BEFORE.search(folded, max(0, value.start - _WINDOW), value.start)
    behind = _WORD_BEHIND.match(folded, value.end)
    start = before.start() if before else value.whole[0]
    end = behind.end() if behind else value.whole[1]
    if behind:
        side = _BEHIND[behind["word"]]
        told = behind["not"] if behind["but"] is None else behind["but"]
        if told is not None:
            side = (_OPENED if told else _CLOSED).get(side, side)
        return side, (start, end)
    if before:
        return _BEFORE[_WORD.findall(before[0])[-1]], (start, end)
    kind = value.bound.kind if value.bound else "about"
    return _OF_BOUNDS.get(kind), (start, end)


def _both(folded: str, first: Interval, last: Interval) -> Interval | None:
    """五年以上 and 十年未满 right behind it are one range."""
    near = _BETWEEN.fullmatch(folded, first.end, last.start)
    low, high = first.low or last.low, first.high or last.high
    edges = [e for e in (first.low, first.high, last.low, last.high) if e is not None]
    if not near or first.family != last.family or len(edges) != 2 or low is None or high is None:
        return None
    return Interval(first.start, last.end, first.family, low, high) if low < high else None
