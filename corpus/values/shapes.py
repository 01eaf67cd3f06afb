"""What values look like, for patterns of whole statements in which one stands (…于5月1日举行).

They are put together from the grammar's own parts and find the whole of a value with the words that
bound it. A regular expression cannot judge: whether something is a value, and which, only
:func:`wenju.corpus.values.values` says. No group of theirs has a name.
"""

from __future__ import annotations

import re

from wenju.corpus.values import bounds, clocks, contacts, dates, shares, units
from wenju.corpus.values.numerals import NUMERAL, ONE


def _unnamed(*patterns: str) -> str:
    """An alternation of patterns whose groups have lost their names, to stand in any other."""
    joined = "|".join(patterns).replace("(?P=mark)", "[-/.]")
    return f"(?:{re.sub(r'[?]P<[a-z]+>', '?:', joined)})"


_QUALIFIER, _LIMIT = f"{bounds.QUALIFIER}{{0,3}}", f"{bounds.LIMIT}?"
_NUMERAL = f"{NUMERAL}[多余来]?"
_SIGN = "(?:(?:人民币|新台币|台币|港币|nt\\$|us\\$|hk\\$|[$¥£€]|usd|twd|ntd|cny|rmb|hkd|eur) ?)"
AMOUNT = re.compile(
    f"{_QUALIFIER}(?:{_SIGN}?{_NUMERAL} ?{units.CURRENCY}(?:[0-9{ONE}]角)?|{_SIGN}{_NUMERAL}){_LIMIT}"
)
PERCENTAGE = re.compile(
    f"{_QUALIFIER}{_unnamed(NUMERAL + shares.PERCENT, shares.SHARE, shares.TENTHS)}{_LIMIT}"
)
DURATION = re.compile(f"{_QUALIFIER}{_NUMERAL} ?{units.TIME_UNIT}(?![0-9元岁]){_LIMIT}")
CONTACT = re.compile(contacts.CONTACT)

_YEAR = (
    rf"(?:{dates.ERA}(?:[0-9]{{1,4}}|[元{ONE}十百]{{1,6}})|[0-9]{{4}}|[{ONE}o]{{4}}) ?学?年"
    rf"{dates.PART_OF_YEAR}?"
)
_MONTH = f"{dates.MONTH}{dates.PART_OF_MONTH}?(?:{dates.DAY})?"
_LONE_YEAR = r"(?<![$¥£€])(?<![0-9][.,])\b(?:1[0-9]|20)[0-9]{2}\b(?![,.][0-9]| ?[元%万亿])"
_CENTURY = r"(?:[0-9]{1,2}世纪(?:[1-9]0年代)?|[1-9]0年代)"
_CLOCK = rf"{clocks.PART_OF_DAY}? ?{_unnamed(clocks.CLOCK, clocks.ENGLISH_CLOCK)}"
_DATE = _unnamed(
    *(dates.NUMERIC, dates.COMPACT, dates.DAY_FIRST, dates.MONTH_FIRST),
    f"{dates.MONTH_NAME}{dates.ENGLISH_YEAR}",
    rf"(?:{_YEAR}|{dates.THIS_YEAR}|[0-9]{{2,3}}年)(?={dates.MONTH}){_MONTH}",
    *(_YEAR, _MONTH.removeprefix(" ?"), _CENTURY, _LONE_YEAR),
)
DATE = re.compile(f"{_DATE}{dates.NOTE}?(?: ?{_CLOCK})?{bounds.DATE_LIMIT}?")
