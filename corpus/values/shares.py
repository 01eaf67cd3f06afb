"""Shares of folded text: 12.5%, 百分之三十, 三分之二, two-thirds, 八成五, 2个百分点."""

from __future__ import annotations

import re
from decimal import Decimal

from wenju.corpus.values.english import FRACTION, fraction
from wenju.corpus.values.numerals import NUMERAL, canonical, evaluate
from wenju.corpus.values.value import Value

_INEXACT = 20  # digits: a quotient that has as many never ends
_FRACTION = re.compile(FRACTION, re.ASCII)
SHARE = rf"(?:(?P<of>{NUMERAL}[百千]?万?|[百千]?万|[百千])分之(?P<part>{NUMERAL}|百)|(?<!个)百分百)"
TENTHS = (
    r"(?P<tens>[一二三四五六七八九1-9])成(?P<ones>[一二三四五六七八九](?!成))?"
    r"(?![为立员果功本分都绩长年人就熟型交品效份不语])"
)
PERCENT = (
    r" ?(?:(?P<points>个?百分点|(?:%|percent(?:age)?|per cent|pct) points?\b)"
    r"|(?P<share>%|(?:percent|per cent|pct)\b)|(?P<thousandths>‰))"
)
_SHARE, _TENTHS = re.compile(SHARE, re.ASCII), re.compile(TENTHS)
_PERCENT = re.compile(PERCENT, re.ASCII)


def read_share(text: str, at: int) -> Value | None:
    """A share that begins with its whole (百分之五) or is told in fractions or tenths."""
    if found := _FRACTION.match(text, at):
        return _fraction(found, *fraction(found))
    if found := _SHARE.match(text, at):
        of, part = _of(found["of"] or "百"), _of(found["part"] or "百")
        if of is not None and part is not None and of:
            if of >= 100 and canonical(of).rstrip("0") == "1":
                return _hundredths(found.start(), found.end(), part * 100 / of)
            return _fraction(found, part, of)
    found = _TENTHS.match(text, at)
    if found is None:
        return None
    tens, ones = evaluate(found["tens"]), evaluate(found["ones"] or "〇")
    return None if tens is None else _hundredths(at, found.end(), tens * 10 + (ones or 0))


def read_percent(text: str, at: int, end: int, number: Decimal) -> Value | None:
    """The share that the number ``text[at:end]`` is by what stands behind it."""
    found = _PERCENT.match(text, end)
    if found is None:
        return None
    if found["points"]:
        unit, terms = found["points"], (f"pp:{canonical(number)}",)
        return Value(at, found.end(), "points", number, unit, terms=terms)
    return _hundredths(at, found.end(), number / 10 if found["thousandths"] else number)


def _hundredths(start: int, end: int, number: Decimal) -> Value:
    return Value(start, end, "percentage", number, "%", terms=(f"p:{canonical(number)}",))


def _fraction(found: re.Match[str], above: Decimal, below: Decimal) -> Value:
    """The number only where it is exact: 0.25, and none for a third."""
    quotient = above / below
    number = quotient if len(quotient.as_tuple().digits) < _INEXACT else None
    terms = (f"f:{canonical(above)}/{canonical(below)}",)
    return Value(found.start(), found.end(), "fraction", number, terms=terms)


def _of(numeral: str) -> Decimal | None:
    return evaluate(f"一{numeral}" if numeral[0] in "百千万" else numeral)
