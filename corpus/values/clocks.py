"""Clock times of folded text: 14:30, 下午2时30分, 晚上八點半, 6:30 p.m."""

from __future__ import annotations

import re

from wenju.corpus.values.numerals import ONE, whole_number
from wenju.corpus.values.value import Value

_HAN_HOUR = rf"[{ONE}两十]{{1,3}}"
_MINUTES = (
    rf"(?: ?(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>[0-9]{{1,2}}|[{ONE}十]{{1,3}}) ?分(?!之)"
    r"|(?P<short>[0-5][0-9](?![0-9])|[二三四五]?十[一二三四五六七八九]?)|(?P<sharp>[整钟])))?"
)
CLOCK = (
    rf"(?P<hour>[0-9]{{1,2}}|{_HAN_HOUR}) ?"
    r"(?::(?P<digits>[0-5][0-9])(?::[0-5][0-9])?(?![:,]?[0-9])"
    rf"|(?P<mark>[时点])(?![间候期代常光速刻段机效差限以评击名意要建内共原位数阵]){_MINUTES})"
    r"(?: ?(?P<meridiem>[ap])\.?m\b)?"
)
ENGLISH_CLOCK = r"(?P<hour>[0-9]{1,2}) ?(?P<meridiem>[ap])\.?m\b"
_CLOCK, _ENGLISH_CLOCK = re.compile(CLOCK, re.ASCII), re.compile(ENGLISH_CLOCK, re.ASCII)
_PART_OF_DAY = re.compile(
    r"(?:(凌晨)|上午|早上|早晨|清晨|早|(下午|午后|傍晚)|(晚上|晚间|夜间|(?<![最不更])晚)|(中午|正午))"
    r" ?(?:[0-9一二三四五六七八九十两:时点分半整]{1,8} ?[至到-] ?)?$"
)
PART_OF_DAY = (
    "(?:凌晨|上午|早上|早晨|清晨|早|下午|午后|傍晚|晚上|晚间|夜间|(?<![最不更])晚|中午|正午)"
)
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]$")
_BEFORE = re.compile(rf"{PART_OF_DAY} ?$")
_BEHIND = re.compile(r"(?<=[0-9])分(?!之)|(?<=\.m)\.")
_MINUTE_GROUPS = ("half", "quarter", "minute", "short", "sharp", "meridiem")
_GOES_ON = tuple("至到起前后开关止-")


def read_clock(text: str, at: int, floor: int) -> Value | None:
    """The time of day at ``at``, with 上午 and the like before it, down to ``floor``."""
    found = _CLOCK.match(text, at) or _ENGLISH_CLOCK.match(text, at)
    if found is None:
        return None
    parts = found.groupdict()
    part_of_day = _PART_OF_DAY.search(text, max(0, at - 14), at)
    of_day = part_of_day or _WEEKDAY.search(text, max(0, at - 3), at)
    if not (of_day or _is_clock(parts, text, found.end())):
        return None
    hour, minute = whole_number(parts["hour"] or ""), _minute(parts)
    if not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    term = f"t:{_hour(hour, part_of_day, parts['meridiem']):02}:{minute:02}"
    before = _BEFORE.search(text, max(floor, at - 4), at)
    behind = _BEHIND.match(text, found.end())
    end = behind.end() if behind else found.end()
    return Value(before.start() if before else at, end, "time", terms=(term,))


def _is_clock(parts: dict[str, str | None], text: str, end: int) -> bool:
    """Whether 三点, 一时 may be a time by themselves, or are three points and one moment."""
    mark, hour = parts.get("mark"), parts["hour"] or ""
    if not mark or hour.isdecimal() or any(parts[name] for name in _MINUTE_GROUPS):
        return True
    return hour != "一" and ((mark == "时" and hour != "零") or text.startswith(_GOES_ON, end))


def _minute(parts: dict[str, str | None]) -> int:
    if parts.get("half"):
        return 30
    if quarter := parts.get("quarter"):
        return 15 if quarter == "一" else 45
    written = parts.get("digits") or parts.get("minute") or parts.get("short")
    return whole_number(written) if written else 0


def _hour(hour: int, part_of_day: re.Match[str] | None, meridiem: str | None) -> int:
    """The hour of 24; 下午2 is 14, 晚上12 is 24, 中午12 and 12 pm are 12, 凌晨12 and 12 am are 0."""
    night, afternoon, evening, noon = part_of_day.groups() if part_of_day else (None,) * 4
    if hour == 12:
        return 0 if night or meridiem == "a" else 24 if evening else 12
    late = (afternoon or meridiem == "p") or (evening and hour > 4) or (noon and hour < 3)
    return hour + 12 if late and hour < 12 else hour
