"""One grammar of values: amounts, counts, shares, dates, times, ordinals, contacts in folded text.

The search index takes its terms from it and the answerer its candidates, so that what one finds,
the other finds. Both scripts, full width, Chinese numerals, the calendar of the Republic, English.
"""

from __future__ import annotations

from wenju.corpus.values.grammar import terms, values
from wenju.corpus.values.intervals import Edge, Interval, intervals, points
from wenju.corpus.values.numerals import NUMERAL, to_number
from wenju.corpus.values.ordinals import ORDINAL_MARK
from wenju.corpus.values.scales import Size, size
from wenju.corpus.values.units import MEASURE, UNIT
from wenju.corpus.values.value import Bound, Kind, Limit, Place, Value, walk

__all__ = [
    "MEASURE",
    "NUMERAL",
    "ORDINAL_MARK",
    "UNIT",
    "Bound",
    "Edge",
    "Interval",
    "Kind",
    "Limit",
    "Place",
    "Size",
    "Value",
    "intervals",
    "points",
    "size",
    "terms",
    "to_number",
    "values",
    "walk",
]
