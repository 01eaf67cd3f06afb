"""Numerals in folded text and their exact values: 1,000万, 一千万, 5亿3千万, 壹仟万, 10 million.

Every repetition is possessive or bounded: a passage may hold a page of digits, and no run of them
may be divided in more than one way.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from wenju.corpus.values.english import ENGLISH_SCALE, SPOKEN, spoken

ONE = "〇零○一二三四五六七八九"
_FORMAL_ONE = "壹贰弐参叁肆伍陆柒捌玖"
# the characters that a numeral begins with, for a class
FIRST = f"0-9{ONE}两十廿卅卌{_FORMAL_ONE}拾"

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}+(?![0-9])|[0-9]++)(?:\.[0-9]++)?+"
# 千 of a kilogram, 百 of a percentage point and 兆 of a megawatt belong to the unit
_SCALE = (
    r"(?:[十亿拾佰仟]|百(?!分[之点比])|千(?![克米瓦伏卡赫帕兆]|分之)|万(?!分之)"
    r"|兆(?=[0-9]|[余多]?[元圆美新日欧港台]))"
)
_MORE = rf"(?:[多余](?={_SCALE}))?+"
# 5 亿 3 千万; a name may stand behind the blank: 2025 万达广场
_BLANK = r"(?: (?=[百千]?[万亿](?![达科州里家])))?+"
_TAIL = rf"{_BLANK}{_MORE}{_SCALE}++"
_ARABIC = (
    rf"{DIGITS}(?:{_TAIL}(?: ?零?(?:{DIGITS}|[{ONE}]){_TAIL})*+(?:零?{DIGITS})?+"
    rf"|[ -](?:{ENGLISH_SCALE})\b)?+"
)
_HAN = (
    rf"[{ONE}两十廿卅卌](?:[{ONE}两廿卅卌]|{_MORE}{_SCALE})*+"
    rf"(?:[点.][{ONE}]++(?![十分刻线]){_MORE}{_SCALE}*+)?+"
)
# 陆 and 伍 stand in many words: what follows must be of a sum
_FORMAL = (
    rf"(?:[{_FORMAL_ONE}](?=[拾佰仟元圆]|[万亿][{_FORMAL_ONE}拾零余元圆])"
    rf"|拾(?=[{_FORMAL_ONE}万亿元圆]))[{_FORMAL_ONE}拾佰仟万亿零]*+"
)
NUMERAL = rf"(?:{_ARABIC}|{_HAN}|{_FORMAL}|{SPOKEN})"

_ZEROS = "零〇○"
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")}
_VALUES |= {"〇": 0, "○": 0, "两": 2}
_PLAIN: dict[int, str | None] = {ord(char): None for char in " ,多余"}
_PLAIN |= zip(map(ord, "壹贰弐参叁肆伍陆柒捌玖拾佰仟"), "一二二三三四五六七八九十百千", strict=True)
_PLAIN |= {ord("廿"): "二十", ord("卅"): "三十", ord("卌"): "四十"}
_LARGE = (("兆", 10**12), ("亿", 10**8), ("万", 10**4))
_SMALL = (("千", 1000), ("百", 100), ("十", 10))
_LONGEST = 15  # digits: what is longer is a code and no quantity
_LONGEST_TEXT = 40
_POINT = re.compile(rf"([{ONE}两]?)[点.]([{ONE}]+)")
_PLAIN_DIGITS = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@lru_cache(maxsize=10_000)
def evaluate(numeral: str) -> Decimal | None:
    """The exact value of what NUMERAL matched; None where it is no number (三四, 十四五, 007)."""
    if numeral[0].isascii() and numeral[0].isalpha():
        return spoken(numeral)
    if len(numeral) > _LONGEST_TEXT:
        return None
    number, _, scale = numeral.replace("-", " ").partition(" ")
    if scale.isascii() and scale.isalpha():
        value, times = _value(number.replace(",", "")), spoken(scale)
        return None if value is None or times is None else value * times
    plain = numeral.translate(_PLAIN)
    return _value(_POINT.sub(lambda m: f"{_VALUES.get(m[1], 0)}.{_positional(m[2])}", plain))


def whole_number(written: str) -> int:
    """Arabic or Han digits as a whole number; -1 where they are none."""
    if written.isdecimal():
        return int(written)
    value = evaluate("一" if written == "元" else written)
    return -1 if value is None or value % 1 else int(value)


def to_number(text: str) -> int:
    """Digits, or a numeral below one hundred, as a number; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    value = evaluate(text) if text else None
    return int(value) if value is not None and value % 1 == 0 and value < 100 else 0


def canonical(value: Decimal) -> str:
    """The one spelling of a value: no exponent, no zeros that say nothing (12.50 → 12.5)."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _positional(text: str) -> str:
    """二〇二五 as 2025."""
    return "".join(str(_VALUES[char]) for char in text)


def _value(text: str) -> Decimal | None:
    if _PLAIN_DIGITS.fullmatch(text):
        return Decimal(text) if len(text) <= _LONGEST else None
    for char, scale in _LARGE:
        head, found, tail = text.partition(char)
        if found:
            return _joined(_value(head), scale, tail)
    if text in _VALUES:
        return Decimal(_VALUES[text])
    if text and all(char in ONE for char in text):
        return _spelled(text)
    return _section(text)


def _joined(head: Decimal | None, scale: int, tail: str) -> Decimal | None:
    """``head`` times the scale and what stands behind it, which must be less than the scale."""
    if not head:
        return None
    if len(tail) == 1 and (digit := _group(tail)) is not None:  # 三万五 is 35000
        return head * scale + digit * scale / 10
    rest = _value(tail.lstrip(_ZEROS)) if tail else Decimal(0)
    return None if rest is None or rest >= scale else head * scale + rest


def _spelled(text: str) -> Decimal | None:
    """二〇二五, 一一九; not 三四 (three or four), nor 一二三, which only counts up."""
    if len(text) > _LONGEST or (len(text) == 2 and not set(text) & set(_ZEROS)):
        return None
    steps = {_VALUES[b] - _VALUES[a] for a, b in zip(text, text[1:], strict=False)}
    return None if steps == {1} else Decimal(_positional(text))


def _section(text: str) -> Decimal | None:
    """A numeral without 万 and above, its thousands, hundreds and tens each once and in order."""
    total, last = Decimal(0), 0
    for char, scale in _SMALL:
        head, found, tail = text.partition(char)
        if not found:
            continue
        digit = _group(head.lstrip(_ZEROS) or ("一" if char == "十" else ""))
        if digit is None or (last and digit * scale >= last):
            return None
        total, last, text = total + digit * scale, scale, tail
    if not last or not text:
        return total if last else None
    if text in _VALUES and last > 10:  # 两千三 is 2300
        return total + _VALUES[text] * last // 10
    ones = _group(text.lstrip(_ZEROS))
    return None if ones is None or ones >= last else total + ones


def _group(text: str) -> Decimal | None:
    """One Han digit, or Arabic digits."""
    if text in _VALUES:
        return Decimal(_VALUES[text])
    return Decimal(text) if _PLAIN_DIGITS.fullmatch(text) else None
