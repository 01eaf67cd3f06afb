"""Days of the week in folded text: 每周三, 星期一至星期五, 周六、日, Mondays."""

from __future__ import annotations

import re

from wenju.corpus.alternation import any_of
from wenju.corpus.values.value import Value

_WEEK = "(?:星期|周|礼拜)"
# 每周三次, 周三千米, 周日程; but 周五十点 is ten on Friday
_NO_DAY = (
    r"(?![次个回遍百千万]|十(?!点|时|[一二三四五六七八九][点时])|天(?![气,，。;；、) \n])"
    r"|(?<=周日)[程期报常])"
)
_DAY = rf"[一二三四五六日天]{_NO_DAY}"
FIRST_DAY = rf"{_WEEK}[一二三四五六日天]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WEEKDAY = (
    rf"每?{_WEEK}{_DAY}(?:\s?[至到及和、-]\s?(?:{_WEEK}{_DAY}|{_DAY}(?![年月天日名人元])))*+"
    rf"|\b{any_of('monday tuesday wednesday thursday friday saturday sunday')}s?\b"
)
_WEEKDAY = re.compile(WEEKDAY)


def read_weekday(text: str, at: int, floor: int) -> Value | None:
    """The day or days of the week at ``at``; None where none does.

    The index has no terms for them: every week has each.
    """
    start = at - 1 if text[at - 1 : at] == "每" and at > floor else at
    found = _WEEKDAY.match(text, start)
    return Value(start, found.end(), "weekday") if found else None
