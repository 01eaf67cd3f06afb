"""Numbers in English words: twenty-five, two hundred and fifty thousand, a million."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: value for value, word in enumerate(_ONES + _TEENS, 1)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
    **{"a": 1, "an": 1},
}
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES |= {"trillion": 10**12}

_NTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
NTH = {word: value for value, word in enumerate(_NTH.split(), 1)}
_PARTS = {word: value for word, value in NTH.items() if 3 <= value <= 10}
_PARTS |= {"half": 2, "quarter": 4}

ENGLISH_SCALE = "|".join(_SCALES)
# what a number in words begins with
FIRST_WORD = (
    rf"(?:{'|'.join(_TENS + _TEENS + _ONES)}|{'|'.join(NTH)}|an? (?=(?:{ENGLISH_SCALE})\b))"
)

_LARGE = r"(?:thousand|million|billion|trillion)"
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?+|{'|'.join(_TEENS + _ONES)})\b"
_GROUP = rf"(?:{_SMALL}|an?\b)(?: hundred\b(?:(?: and)? {_SMALL})?+)?+"
# at most as many groups as there are scales: each is less than the one before
SPOKEN = rf"\b{_GROUP}(?:[ -]{_LARGE}\b(?:,?(?: and)? {_GROUP})?+){{0,4}}+"
# one third, two-thirds
FRACTION = (
    rf"(?P<above>{'|'.join(_ONES)})[ -](?P<below>{'|'.join(_PARTS)})s?\b"
    r"|(?P<over>[1-9])/(?P<under>[2-9]|10|100)(?![0-9/]|[.,][0-9])"
)
_WORD = re.compile("[a-z]+")


def spoken(text: str) -> Decimal | None:
    """The value of what SPOKEN matched, or of a scale's name; None for words that are no number."""
    total = current = 0
    for word in _WORD.findall(text):
        if word in _VALUES:
            current += _VALUES[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = 0
        elif word != "and":
            return None
    return Decimal(total + current) if total + current else None


def fraction(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The two numbers of what FRACTION matched."""
    if found["over"]:
        return Decimal(found["over"]), Decimal(found["under"])
    return Decimal(_VALUES[found["above"]]), Decimal(_PARTS[found["below"]])
