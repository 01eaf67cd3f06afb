"""The numbers in list marks and articles, and text as the patterns of layout see it."""

from __future__ import annotations

import re

from wenju.corpus.script import fold

HAN = "[一二三四五六七八九十百千零〇○两]"
NUMBER = "[一二三四五六七八九十百千零〇○两\\d]+"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    **{"〇": 0, "○": 0, "两": 2},
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
# folding would make ① a plain 1
_KEPT = re.compile("[①-⑳㊀-㊉]")
_NUMBERS = re.compile(NUMBER)


def seen(text: str) -> str:
    """The text folded, of the same length, with numbers in circles as they were."""
    folded = fold(text)
    if not _KEPT.search(text):
        return folded
    characters = list(folded)
    for match in _KEPT.finditer(text):
        characters[match.start()] = match[0]
    return "".join(characters)


def number_of(text: str) -> int:
    """Digits or a Chinese numeral below ten thousand as a number; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    if not any(char in _UNITS for char in text):
        digits = [str(_DIGITS[char]) for char in text if char in _DIGITS]
        return int("".join(digits)) if digits and len(digits) == len(text) else 0
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return 0
    return total + digit


def article_number(article: str) -> str:
    """An article's number in one form, however it is written: ``12``, or ``12-1`` for 第十二條之一.

    An empty string where there is no number in it.
    """
    return "-".join(str(number_of(match[0])) for match in _NUMBERS.finditer(fold(article)))
