"""Numbers and dates of a folded text in one spelling each, as terms that an index compares.

| term | is given by |
|---|---|
| ``n:10000000`` | 1000万元, 一千万元, 1,000万元, 壹仟万元, 10 million yuan |
| ``p:12.5``, ``pp:2`` | 12.5%, 百分之十二点五, 125‰, 12.5 per cent; 2个百分点 |
| ``f:2/3`` | 三分之二, 3分之2, two-thirds |
| ``o:12``, ``o:12-1`` | 第十二条, 第12条, article 12, twelfth; 第12条之1 |
| ``y: ym: d: m: md: t:`` | dates and times (``index.moments``) |

What merely contains a numeral is no number (一些, 统一, 万一, 三角洲): ``index.counted`` decides.
"""

from __future__ import annotations

import re
from decimal import Decimal

from wenju.index.counted import is_counted, is_list_mark, looks_like_year
from wenju.index.english import FIRST_WORD, FRACTION, fraction
from wenju.index.moments import MONTH_NAME, Reading, read_clock, read_date
from wenju.index.numerals import FIRST, NUMERAL, canonical, evaluate
from wenju.index.ordinals import read_ordinal

_START = re.compile(
    rf"[{FIRST}]|[百千]万?(?=分[之百])|万(?=分之)|元(?=[年月])|\b(?:{FIRST_WORD}|{MONTH_NAME})\b",
    re.ASCII,
)
_NUMERAL = re.compile(NUMERAL, re.ASCII)
# a version, a section, an address: 1.2.3
_CODE = re.compile(r"[0-9]++(?:\.[0-9]++){2,}+")

_FRACTION = re.compile(FRACTION, re.ASCII)
_SHARE = re.compile(
    rf"(?P<of>{NUMERAL}[百千]?万?|[百千]?万|[百千])分之(?P<part>{NUMERAL}|百)|百分百",
    re.ASCII,
)
_TENTHS = re.compile(
    r"(?P<tens>[一二三四五六七八九1-9])成(?P<ones>[一二三四五六七八九](?!成))?"
    r"(?![为立员果功本分都绩长年人就熟型交品效份不语])"
)
_PERCENT = re.compile(
    r" ?(?:(?P<points>个?百分点|(?:%|percent(?:age)?|per cent|pct) points?\b)"
    r"|(?P<share>%|(?:percent|per cent|pct)\b)|(?P<thousandths>‰))",
    re.ASCII,
)


def values(folded: str) -> list[str]:
    """The values of a folded text in their order, each as often as it stands there.

    Never raises, and takes time in proportion to the text's length.
    """
    found: list[str] = []
    at = 0
    while (start := _START.search(folded, at)) is not None:
        terms, at = _read(folded, start.start())
        found += terms
    return found


def _read(text: str, at: int) -> Reading:
    """What stands at ``at``, which is at least one character long."""
    for reader in (read_date, _share, read_ordinal, _tenths, read_clock, _code):
        reading = reader(text, at)
        if reading is not None:
            return reading
    return _quantity(text, at)


def _share(text: str, at: int) -> Reading | None:
    """百分之十二点五, 千分之五, 三分之二, two-thirds."""
    if fractions := _FRACTION.match(text, at):
        return [f"f:{fraction(fractions)}"], fractions.end()
    found = _SHARE.match(text, at)
    if found is None:
        return None
    of, part = _of(found["of"] or "百"), _of(found["part"] or "百")
    if of is None or part is None:
        return None
    if of >= 100 and canonical(of).rstrip("0") == "1":
        return [f"p:{canonical(part * 100 / of)}"], found.end()
    return [f"f:{canonical(part)}/{canonical(of)}"], found.end()


def _of(numeral: str) -> Decimal | None:
    return evaluate(f"一{numeral}" if numeral[0] in "百千万" else numeral)


def _tenths(text: str, at: int) -> Reading | None:
    """三成, 八成五."""
    found = _TENTHS.match(text, at)
    if found is None:
        return None
    tens, ones = evaluate(found["tens"]), evaluate(found["ones"] or "〇")
    return None if tens is None else ([f"p:{tens * 10 + (ones or 0)}"], found.end())


def _code(text: str, at: int) -> Reading | None:
    found = _CODE.match(text, at)
    return ([], found.end()) if found else None


def _quantity(text: str, at: int) -> Reading:
    """A number with what makes it a share; nothing where it counts nothing."""
    found = _NUMERAL.match(text, at)
    if found is None:
        return [], at + 1
    end = found.end()
    value = evaluate(found[0])
    if value is None or is_list_mark(text, at, end, value):
        return [], end
    if share := _PERCENT.match(text, end):
        return [_percentage(value, share)], share.end()
    if looks_like_year(text, at, end):
        return [f"y:{value}", f"n:{value}"], end
    return ([f"n:{canonical(value)}"] if is_counted(text, at, end) else []), end


def _percentage(value: Decimal, share: re.Match[str]) -> str:
    if share["points"]:
        return f"pp:{canonical(value)}"
    return f"p:{canonical(value / 10 if share['thousandths'] else value)}"
