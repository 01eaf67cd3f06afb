"""Words that bound a value: 最高1000万元, 不少于30家, 40岁以下, 3个工作日内, 5月1日起."""

from __future__ import annotations

import re
from dataclasses import replace

from wenju.corpus.alternation import any_of
from wenju.corpus.values.value import Bound, Limit, Value

_BEFORE: dict[Limit, str] = {
    "at most": "最高 最多 最长 最大 至多 不超过 不高于 不多于 不得超过 不得高于 不得多于 不得逾 不逾 未逾 未超过 上限",
    "at least": "最低 最少 最短 最小 至少 不低于 不少于 不得低于 不得少于 下限",
    "more than": "超过 高于 逾 超",
    "less than": "低于",
    "about": "接近 将近 大约 约为 约 近",
    "in all": "共计 累计 合计 达到 达",
}
_ENGLISH: dict[str, Limit] = {
    "up to": "at most", "at most": "at most", "no more than": "at most", "at least": "at least",
    "about": "about", "nearly": "about", "over": "more than", "more than": "more than",
}  # fmt: skip
_BEHIND: dict[str, Limit] = {
    "以上": "at least", "以下": "at most", "以内": "at most", "之内": "at most", "内": "at most",
    "左右": "about",
}  # fmt: skip
_BEHIND_DATE: dict[str, Limit] = {
    "起": "from", "前": "before", "以前": "before", "之前": "before", "止": "until",
}  # fmt: skip
_KINDS: dict[str, Limit] = _ENGLISH | {
    word: kind for kind, words in _BEFORE.items() for word in words.split()
}
_WORDS = any_of(" ".join(" ".join(_BEFORE.values()).split()))
QUALIFIER = rf"(?:(?:{_WORDS}|\b(?:{'|'.join(_ENGLISH)}) )\s?)"
LIMIT = "(?:以上|以下|以内|之内|左右|内(?![容部地外涵科陆]))"
DATE_LIMIT = "(?:起(?![草诉点来源飞步])|(?:以|之)前|前(?![一二三四五六七八九十0-9期置后])|止)"
_QUALIFIERS = re.compile(f"{QUALIFIER}{{1,3}}$")
_LIMIT, _DATE_LIMIT = re.compile(LIMIT), re.compile(DATE_LIMIT)
_WINDOW = 24
_DATES, _NEVER = frozenset({"date", "period"}), frozenset({"time", "weekday", "contact", "ordinal"})


def bounded(text: str, value: Value, floor: int, ceiling: int) -> Value:
    """The value with the words around it that bound it, from ``floor`` up to ``ceiling``."""
    if value.kind in _NEVER:
        return value
    if value.kind in _DATES:
        return _dated(text, value, ceiling)
    before = _QUALIFIERS.search(text, max(floor, value.start - _WINDOW), value.start)
    behind = _LIMIT.match(text, value.end, ceiling)
    if before is None and behind is None:
        return value
    kind = _kind(before[0]) if before else _BEHIND[behind[0]] if behind else "about"
    start = before.start() if before else value.start
    return replace(value, bound=Bound(kind, start, behind.end() if behind else value.end))


def _dated(text: str, value: Value, ceiling: int) -> Value:
    found = _DATE_LIMIT.match(text, value.end, ceiling)
    if found is None:
        return value
    return replace(value, bound=Bound(_BEHIND_DATE[found[0]], value.start, found.end()))


def _kind(words: str) -> Limit:
    """Of several words the first that limits: 最高达 is at most."""
    for found in re.finditer("|".join(sorted(_KINDS, key=len, reverse=True)), words):
        if _KINDS[found[0]] != "in all":
            return _KINDS[found[0]]
    return "in all"
