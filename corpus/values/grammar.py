"""The one reading of numbers, dates and addresses in folded text.

It goes through the text once: at each place where a value may begin the readers are asked in turn,
and reading goes on behind what was read. Then contacts are laid over it, neighbours that are one
thing are made one, and the words around that bound a value are put to it.

What merely contains a numeral is no number (一些, 统一, 万一, 三角洲): ``counting`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenju.corpus.values.bounds import bounded
from wenju.corpus.values.clocks import read_clock
from wenju.corpus.values.contacts import with_contacts
from wenju.corpus.values.dates import MONTH_NAME, read_date
from wenju.corpus.values.english import FIRST_WORD
from wenju.corpus.values.numerals import FIRST
from wenju.corpus.values.ordinals import read_ordinal
from wenju.corpus.values.quantities import HALF, VAGUE, read_quantity
from wenju.corpus.values.ranges import joined
from wenju.corpus.values.shares import read_share
from wenju.corpus.values.value import Reading, Value
from wenju.corpus.values.weekdays import FIRST_DAY, read_weekday

_START = re.compile(
    rf"{FIRST_DAY}|{VAGUE}|[{FIRST}]|[百千]万?(?=分[之百])|万(?=分之)|元(?=[年月])|{HALF}"
    rf"|\b(?:{FIRST_WORD}|{MONTH_NAME})\b",
    re.ASCII,
)
# a version, a section, an address: 1.2.3
_CODE = re.compile(r"[0-9]++(?:\.[0-9]++){2,}+")


def values(folded: str) -> list[Value]:
    """The values of a folded text, sorted, disjoint, none empty.

    They nest in one way only: a value that is made of others has them as its ``parts``, sorted and
    disjoint again (a period its two dates, a date its day and its time of day). Never raises, and
    takes time in proportion to the text's length.
    """
    found = joined(folded, with_contacts(folded, [*_read_all(folded)]))
    return [*_bounded(folded, found)]


def terms(folded: str) -> list[str]:
    """The index terms of a folded text's values, in order, each as often as it stands there.

    | term | is given by |
    |---|---|
    | ``n:10000000`` | 1000万元, 一千万元, 1,000万元, 壹仟万元, 10 million yuan |
    | ``p:12.5``, ``pp:2`` | 12.5%, 百分之十二点五, 125‰, 12.5 per cent; 2个百分点 |
    | ``f:2/3`` | 三分之二, 3分之2, two-thirds |
    | ``o:12``, ``o:12-1`` | 第十二条, 第12条, article 12, twelfth; 第12条之1 |
    | ``y:2025``, ``ym:2025-03``, ``d:2025-03-01``, ``m:03``, ``md:03-01`` | dates, each all that it implies |
    | ``t:14:30`` | 下午2时30分, 2:30 p.m. |
    """
    found = with_contacts(folded, [*_read_all(folded)])
    return [term for value in found for term in value.terms]


def _read_all(text: str) -> Iterator[Value]:
    at = floor = 0
    while (start := _START.search(text, at)) is not None:
        value, at = _read(text, start.start(), floor)
        if value is not None:
            floor = value.end
            yield value


def _read(text: str, at: int, floor: int) -> Reading:
    """What stands at ``at``, which is at least one character long."""
    value = read_weekday(text, at, floor) or read_date(text, at, floor) or read_share(text, at)
    if value is not None:
        return value, value.end
    ordinal = read_ordinal(text, at, floor)
    if ordinal is not None:
        return ordinal
    clock = read_clock(text, at, floor)
    if clock is not None:
        return clock, clock.end
    code = _CODE.match(text, at)
    return (None, code.end()) if code else read_quantity(text, at, floor)


def _bounded(text: str, found: Sequence[Value]) -> Iterator[Value]:
    floor = 0
    ceilings = [*(value.start for value in found[1:]), len(text)]
    for value, ceiling in zip(found, ceilings, strict=False):
        value = bounded(text, value, floor, ceiling)
        floor = value.whole[1]
        yield value
