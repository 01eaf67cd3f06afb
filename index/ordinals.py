"""Ordinals of folded text as index terms: 第十二条, 第12条 and article 12 are ``o:12``."""

from __future__ import annotations

import re
from decimal import Decimal

from wenju.index.english import NTH
from wenju.index.moments import Reading
from wenju.index.numerals import NUMERAL, canonical, evaluate

_NUMERAL = re.compile(NUMERAL, re.ASCII)
_WORD = re.compile(rf"(?:{'|'.join(NTH)})\b", re.ASCII)
_NAMED = (
    r"\b(?:articles?|sections?|clauses?|chapters?|(?:sub)?paragraphs?|items?|rules?|parts?"
    r"|(?:sub)?para\.|art\.|no\.|nos\.)"
)
# article 12; articles 12, 13-1 and 15
_BEFORE = re.compile(
    rf"第 ?$|{_NAMED} ?(?:[0-9]{{1,4}}(?:-[0-9]{{1,2}})?(?: ?,| and| or| to| through)++ ?)*+$",
    re.ASCII,
)
_WINDOW = 40
_SUFFIX = re.compile(r"(?:st|nd|rd|th)\b", re.ASCII)
# 第十二条之一, article 12-1
_SUBNUMBER = re.compile(rf" ?(?:[条项款点] ?之|-)(?P<number>{NUMERAL})", re.ASCII)
_PER_SECOND = re.compile(r"(?:[0-9]|per|a|one|each)[ -]$")


def read_ordinal(text: str, at: int) -> Reading | None:
    """The ordinal that stands at ``at``; None where none does."""
    if word := _WORD.match(text, at):
        if word[0] == "second" and _PER_SECOND.search(text, max(0, at - 5), at):
            return [], word.end()
        return [f"o:{NTH[word[0]]}"], word.end()
    found = _NUMERAL.match(text, at)
    if found is None:
        return None
    number = evaluate(found[0])
    if number is None or number % 1:
        return None
    if suffix := _SUFFIX.match(text, found.end()):
        # by the 10th of each month
        return [f"o:{canonical(number)}", f"n:{canonical(number)}"], suffix.end()
    if _BEFORE.search(text, max(0, at - _WINDOW), at):
        return _numbered(number, text, found.end())
    return None


def _numbered(number: Decimal, text: str, end: int) -> Reading:
    """With the number of an article that was put in later: 第12-1条; 第12-15条 is a range."""
    under = _SUBNUMBER.match(text, end)
    part = evaluate(under["number"]) if under else None
    if under is None or part is None or part > number:
        return [f"o:{canonical(number)}"], end
    return [f"o:{canonical(number)}-{canonical(part)}"], under.end()
