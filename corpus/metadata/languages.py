"""The language of a text as a BCP 47 tag, by its characters."""

from __future__ import annotations

import re
from functools import cache

from wenju.corpus.script import fold, han_count, is_han, to_traditional

_SEEN = 6000  # characters that are looked at
_KANA, _HANGUL, _LATIN = (re.compile(p) for p in ("[ぁ-ゖァ-ヺ]", "[가-힣]", "[a-z]"))
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|for|or|be|by|with|shall)\b")
_LEAST_HAN, _LEAST_WORDS, _MIXED = 4, 8, 5


def language_of(text: str) -> str:
    """``zh-Hant``, ``zh-Hans``, ``ja``, ``ko`` or ``en``; ``zh`` where both scripts fit, else empty."""
    sample = text[:_SEEN]
    han = han_count(sample)
    if len(_HANGUL.findall(sample)) > han:
        return "ko"
    if len(_KANA.findall(sample)) * 4 > han and _KANA.search(sample):
        return "ja"
    if han >= _LEAST_HAN and han * 3 >= len(_LATIN.findall(sample.lower())):
        return _script(sample)
    words = sample.split()
    english = len(_ENGLISH.findall(sample.lower()))
    return "en" if len(words) >= _LEAST_WORDS and english * 10 >= len(words) else ""


def _script(sample: str) -> str:
    """The script whose own characters are far more."""
    characters = {*sample}
    hant = sum(sample.count(c) for c in characters if _is_traditional(c))
    hans = sum(sample.count(c) for c in characters if _is_simplified(c))
    if hant > _MIXED * hans:
        return "zh-Hant"
    return "zh-Hans" if hans > _MIXED * hant else "zh"


@cache
def _is_traditional(char: str) -> bool:
    return is_han(char) and fold(char) != char


@cache
def _is_simplified(char: str) -> bool:
    """Whether the character is written otherwise in traditional texts; 后 and 里 may be either."""
    return is_han(char) and fold(char) == char and to_traditional(char) != char
