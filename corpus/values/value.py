"""What stands in a text as a quantity, a point in time or an address, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Place = tuple[int, int]
"""Half-open, in characters of the folded text, which are those of the text itself."""

Kind = Literal[
    "amount",
    "count",
    "measure",
    "percentage",
    "points",
    "fraction",
    "date",
    "period",
    "time",
    "weekday",
    "duration",
    "ordinal",
    "contact",
    "number",
]
Limit = Literal[
    "at least", "at most", "more than", "less than", "about", "in all", "from", "until", "before"
]


@dataclass(frozen=True, slots=True)
class Bound:
    """Words around a value that say which way it holds.

    ``text[start:end]`` is the value with those words: 最高1000万元, 不少于30家, 40岁以下, 5月1日起.
    """

    kind: Limit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """``text[start:end]``, never empty: the whole of a quantity, its numeral and its unit.

    ``kind`` is one of

    - ``amount``: of money, 1000万元, $12.5 million; ``count``: with a measure word, 28项;
      ``measure``: of length, area, weight and the like, 60平方米; ``duration``: 15个工作日;
    - ``percentage``: 30%, 百分之三十, 三成, in hundredths; ``points``: 2个百分点; ``fraction``: 三分之二;
    - ``date``: a year, month or day, with the time of day where one follows; ``period``: from one
      date to another; ``time``: of day; ``weekday``: 每周三;
    - ``ordinal``: 第十二条, article 12, twelfth, 3号; ``contact``: telephone, e-mail, web address;
    - ``number``: a bare one.

    ``number`` is exact, in the unit that is written (5 for 5公里), and None where there is no one
    number: dates, ranges, 十几人, two-thirds. ``unit`` is as it is written, empty where there is
    none. ``terms`` are what an index compares, see :func:`wenju.corpus.values.terms`; empty where
    the numeral hardly counts anything (一个).

    ``parts`` are the values of which this one is made, in order, inside it: the two ends of a
    range or a period, the day and the time of day of a date. The parts' terms are among its own.
    """

    start: int
    end: int
    kind: Kind
    number: Decimal | None = None
    unit: str = ""
    bound: Bound | None = None
    terms: tuple[str, ...] = ()
    parts: tuple[Value, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands, without the words that bound it."""
        return self.start, self.end

    @property
    def whole(self) -> Place:
        """Where it stands with the words that bound it: without them it may say the opposite."""
        return (self.bound.start, self.bound.end) if self.bound else self.place


Reading = tuple[Value | None, int]
"""What was read, None for nothing of value, and where reading goes on."""


def walk(values: Iterable[Value]) -> Iterator[Value]:
    """The values and, each behind the one that it is part of, their parts."""
    for value in values:
        yield value
        yield from walk(value.parts)
