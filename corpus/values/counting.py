"""Whether a numeral in folded text counts something, or merely stands in a word (统一, 三角洲).

One numeral character counts before a unit or a measure word, 一 before a unit only (一年, 一级; not
一个, 一种, which are articles). Two or more count wherever they stand.
"""

from __future__ import annotations

import re
from decimal import Decimal

from wenju.corpus.values.numerals import FIRST
from wenju.corpus.values.units import LETTERS as _LETTERS
from wenju.corpus.values.units import STRONG_UNIT as _UNIT
from wenju.corpus.values.units import WEAK_UNIT as _MEASURE

# 二至三年
_RANGE = f" ?[至到或-] ?(?=[{FIRST}])"
_ONE = re.compile(f"{_UNIT}|{_RANGE}")
_FEW = re.compile(f"{_UNIT}|{_MEASURE}|{_RANGE}")
_DIGIT = re.compile(rf" ?(?:{_UNIT}|{_MEASURE})|{_RANGE}|{_LETTERS}|(?![a-z_㐀-鿿])")
_DIGITS = re.compile(rf"{_LETTERS}|(?![a-z_])")

# with 一 behind: 统一, 哪一年
_IN_A_WORD = frozenset("统唯之逐单不合万划同专归哪某这那任另每上下前后")
_BOUND = frozenset(("以上", "以下", "以前", "以后", "之上", "之下", "之前", "之后"))
_NAMED_DAY = re.compile(r"(?:(?<!每)周|星期|礼拜|初)$")
_ABOUT = frozenset("几数")
_NO_COUNT = re.compile("一(?:部分|次性|件事|种种|对一|间接|位数|名不|支持|家人|条龙|项目)")
# covid-19, h1n1; rmb100 is a sum
_IN_A_CODE = re.compile(r"[a-z_](?:-|(?<!rmb)(?<!usd)(?<!twd)(?<!ntd)(?<!cny)(?<!hkd)(?<!eur))$")
_YEAR = re.compile(
    r"(?<![$¥£€.,0-9])(?:19|20)[0-9]{2}"
    rf"(?:s\b|(?![a-z0-9_%‰]|[.,][0-9]| ?(?:{_UNIT}|{_MEASURE})))",
    re.ASCII,
)


def is_counted(text: str, at: int, end: int) -> bool:
    """Whether the numeral ``text[at:end]`` counts something."""
    if not text[at].isdigit() or not text[at].isascii():
        return _han_counts(text, at, end)
    if _IN_A_CODE.search(text, max(0, at - 2), at):
        return False
    return bool((_DIGIT if end - at == 1 else _DIGITS).match(text, end))


def _han_counts(text: str, at: int, end: int) -> bool:
    first, before = text[at], text[at - 1 : at]
    if first.isascii():
        return text[at:end] != "one"
    if text[end : end + 1] == "几" or (first in "十廿百" and before in _ABOUT):
        return False
    if end - at > 1:
        return True
    if _NAMED_DAY.search(text, max(0, at - 2), at) or (first == "一" and _in_a_word(text, at)):
        return False
    # 零组件 is none, either
    return bool((_ONE if first in "一零〇○" else _FEW).match(text, end))


def is_article(text: str, at: int, end: int) -> bool:
    """Whether an uncounted numeral before a measure word may still be how many: 一个, one year.

    Not 统一 and 周三, nor 一部分.
    """
    if text[at].isascii():
        return not _IN_A_CODE.search(text, max(0, at - 2), at)
    in_a_word = _in_a_word(text, at) or text[at - 1 : at] in _ABOUT
    named = _NAMED_DAY.search(text, max(0, at - 2), at)
    return not (in_a_word or named or _NO_COUNT.match(text, at))


def _in_a_word(text: str, at: int) -> bool:
    """Whether 一 belongs to the word before it: 上一年, but not 六个月以上一年未满."""
    return text[at - 1 : at] in _IN_A_WORD and text[max(0, at - 2) : at] not in _BOUND


def is_list_mark(text: str, at: int, end: int, value: Decimal) -> bool:
    """Whether a number only counts a list's items: ``3.`` and ``(十二)`` where a line begins."""
    before = text[max(0, at - 3) : at].rstrip(" ")[-1:]
    return before in ("", "\n", "(") and text[end : end + 1] in tuple(".、)") and value < 100


def looks_like_year(text: str, at: int, end: int) -> bool:
    """Whether a number without a unit may be a year: 1998, 2025, 1990s."""
    found = _YEAR.match(text, at)
    return found is not None and end - at == 4 and not _IN_A_CODE.search(text, max(0, at - 2), at)
