"""Dates of folded text: 2025年3月1日, 民國114年3月, 2025-03-01, May 2024, the 10th of May, 9月底.

Their terms are ``y:2025``, ``ym:2025-03``, ``d:2025-03-01``, ``m:03``, ``md:03-01``; a date gives all
that it implies. A year of less than four digits gives its number besides (民国114年 and 公元44年:
``n:114``, ``n:44``), for elsewhere its era is left out (114年度).
"""

from __future__ import annotations

import re

from wenju.corpus.values.numerals import ONE, whole_number
from wenju.corpus.values.value import Value

_ERAS = {"民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "公元": 0, "西元": 0}
_REIGNS = "康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统|万历|崇祯|贞观|开元|洪武|永乐"
_ERA = re.compile(rf"(?:({'|'.join(_ERAS)})|([公西]元前)|({_REIGNS})) ?$")
# Two or three digits are a year of the Republic only before month and day. Between points it must
# be one that is no number of a section: 99.3.1, and not 12.3.1.
_LEAST_POINTED, _LAST_SHORT = 60, 199

_HAN_YEAR = rf"元|[{ONE}o]{{4}}|[{ONE}十百]{{1,6}}"
MONTH = r" ?(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2}|元) ?月(?!以[上下内])"
DAY = r" ?(?P<day>[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3}) ?[日号]"
_CHINESE = re.compile(rf"(?P<year>[0-9]{{1,4}}|{_HAN_YEAR}) ?(?:学?年)(?:{MONTH}(?:{DAY})?)?")
_YEARLESS = re.compile(rf"{MONTH}(?:{DAY})?")
NUMERIC = (
    r"(?P<year>[0-9]{2,4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"(?![0-9]|(?P=mark)[0-9])(?:t(?=[0-9]))?"
)
NUMERIC_MONTH = (
    r"(?P<year>(?:19|20)[0-9]{2})[-/.](?P<month>0[1-9]|1[0-2])(?![0-9]|[-/.][0-9]| ?[元万亿千%])"
)
COMPACT = (
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_NUMERIC, _NUMERIC_MONTH, _COMPACT = map(re.compile, (NUMERIC, NUMERIC_MONTH, COMPACT))
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH_NAME = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)(?![a-z])"
)
ENGLISH_YEAR = r"(?: ?,? ?(?:of )?(?<![a-z0-9])(?P<year>[12][0-9]{3})(?![0-9]|,[0-9]))"
NTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9a-z]|[:.][0-9]|,[0-9]{3}(?![0-9]))"
_NAME = rf"(?P<month>{MONTH_NAME})"
MONTH_FIRST = rf"{_NAME} ?(?:the )?{NTH}{ENGLISH_YEAR}?"
DAY_FIRST = rf"{NTH} (?:day )?(?:of )?{_NAME}{ENGLISH_YEAR}?"
_MONTH_FIRST, _DAY_FIRST = re.compile(MONTH_FIRST, re.ASCII), re.compile(DAY_FIRST, re.ASCII)
_NO_DAY = re.compile(_NAME + ENGLISH_YEAR, re.ASCII)
_NAME_ONLY = re.compile(_NAME, re.ASCII)
_DATES = (_NUMERIC, _COMPACT, _NUMERIC_MONTH, _CHINESE, _YEARLESS, _DAY_FIRST)
_NAMED = (_MONTH_FIRST, _NO_DAY, _NAME_ONLY)

ERA = rf"(?:(?:(?:中华)?(?:{'|'.join(_ERAS)})|[公西]元前|{_REIGNS}) ?)"
THIS_YEAR = "(?:[今去明前本同当次翌后]年 ?)"
PART_OF_MONTH = r"(?:份|底|末|初[一二三四五六七八九十]|初(?![一二三四五六七八九十])|上旬|中旬|下旬)"
PART_OF_YEAR = "(?:年?代|度(?![假过])|底|初(?![级中等步次])|末|[春夏秋冬](?![节令眠]))"
NOTE = r"(?: ?[（(][^）)\n]{1,4}[）)])"
_BEFORE = re.compile(f"(?:{ERA}|{THIS_YEAR})$")
_BEHIND_MONTH, _BEHIND_YEAR = re.compile(PART_OF_MONTH), re.compile(rf"(?<=年){PART_OF_YEAR}")
_NOTE = re.compile(NOTE)
_INITIALS = frozenset("jfmasond")
# may and march are words, too
_MAY = re.compile(r"(?:[0-9]{1,2} )?(?:may|march|mar)\b(?! ?[0-9])", re.ASCII)
_ON = re.compile(
    r"\b(?:in|on|by|from|until|till|before|after|since|to|of|through|early|late) $", re.ASCII
)
_A_MONTH_AGO = frozenset("前每上下后近同任")


def read_date(text: str, at: int, floor: int) -> Value | None:
    """The date at ``at``, with 民国 or 今年 before it, down to ``floor``; None where none does."""
    for pattern in _NAMED if text[at].isalpha() and text[at].isascii() else _DATES:
        if (found := pattern.match(text, at)) is not None:
            terms = _date(found.groupdict(), text, at)
            if terms is not None:
                end = found.end() - (text[found.end() - 1] == "t" and found.re is _NUMERIC)
                if pattern is _DAY_FIRST and text.endswith("the ", floor, at):
                    return Value(at - len("the "), end, "date", terms=(*terms,))
                return Value(_start(text, at, floor), _end(text, end), "date", terms=(*terms,))
    return None


def _start(text: str, at: int, floor: int) -> int:
    before = _BEFORE.search(text, max(floor, at - 7), at)
    return before.start() if before else at


def _end(text: str, end: int) -> int:
    """With what is of a month or a year (底, 初九) and the day of the week in brackets."""
    for behind in (_BEHIND_MONTH if text[end - 1] == "月" else _BEHIND_YEAR, _NOTE):
        found = behind.match(text, end)
        end = found.end() if found else end
    return end


def _date(parts: dict[str, str | None], text: str, at: int) -> list[str] | None:
    month, day = _month(parts.get("month")), _day(parts.get("day"))
    if month is None or day is None:
        return None
    written = parts.get("year")
    if not written:
        return _implied(None, month, day) if month and not _is_word(text, at) else None
    era = _ERA.search(text, max(0, at - 4), at)
    number = whole_number(written.replace("o", "〇"))
    year = _of_era(number, era) if era else _year(number, written, parts, dated=day > 0)
    if year is None:
        return None
    own = [f"n:{number}"] if number < 1000 else []
    return own + _implied(year, month, day)


def _is_word(text: str, at: int) -> bool:
    """Whether a month without a year is none: 前一月, and 1 may in ``paragraph 1 may``."""
    if _MAY.match(text, at):
        return not _ON.search(text, max(0, at - 9), at)
    return text[at] == "一" and text[at - 1 : at] in _A_MONTH_AGO


def _implied(year: int | None, month: int, day: int) -> list[str]:
    """All that a date implies; 0 stands for a month or a day that it does not name."""
    found = [] if year is None else [f"y:{year}"]
    if month:
        found += [] if year is None else [f"ym:{year}-{month:02}"]
        found.append(f"m:{month:02}")
    if day:
        found += [] if year is None else [f"d:{year}-{month:02}-{day:02}"]
        found.append(f"md:{month:02}-{day:02}")
    return found


def _of_era(number: int, era: re.Match[str]) -> int | None:
    """The Western year of a year that an era's name stands before; None for an emperor's."""
    if era[2]:
        return -number
    first = _ERAS.get(era[1] or "")
    return None if first is None or not 1 <= number <= 2999 else first + number


def _year(number: int, written: str, parts: dict[str, str | None], *, dated: bool) -> int | None:
    """The Western year of a number before 年, or between points; None where it may be a length."""
    if len(written) == 4 and 1000 <= number <= 2999:
        return number
    if not dated or not 10 <= number <= 999 or (written.isdecimal() and written[0] == "0"):
        return None
    if number > _LAST_SHORT:
        return number
    return None if parts.get("mark") and number < _LEAST_POINTED else number + _ERAS["民国"]


def _month(written: str | None) -> int | None:
    """0 for none, None for one that the calendar does not have."""
    if written and written[0] in _INITIALS:
        return _MONTHS.index(written[:3]) + 1
    number = whole_number(written) if written else 0
    return number if not written or 1 <= number <= 12 else None


def _day(written: str | None) -> int | None:
    """0 for none, None for one that the calendar does not have."""
    number = whole_number(written) if written else 0
    return number if not written or 1 <= number <= 31 else None
