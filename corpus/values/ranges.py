"""Values that are made of values: 2024年4月2日上午10:00, 5月1日至31日, 9:00-17:00, 二至三年."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from wenju.corpus.values.value import Kind, Value

_TO = re.compile(r"起?\s?(?:至|到|-|\b(?:to|until|till|through)\b)\s?")
_BESIDE = re.compile(r"\s{0,2}|t|,? at ")
_AND = re.compile("零?")
_DAY_UNITS = frozenset({"日", "号"})
_QUANTITIES = frozenset({"amount", "count", "measure", "duration", "percentage", "points"})
Join = Callable[[str, Value, Value], Value | None]


def joined(text: str, values: Sequence[Value]) -> list[Value]:
    """The values, sorted and disjoint, with neighbours that are one thing made one.

    First ranges of clock times, then the day with its time, then periods and ranges of quantities.
    """
    for join in (_hours, _moment, _compound, _range):
        values = _pairwise(text, values, join)
    return [*values]


def _pairwise(text: str, values: Sequence[Value], join: Join) -> list[Value]:
    found: list[Value] = []
    for value in values:
        both = join(text, found[-1], value) if found else None
        if both is None:
            found.append(value)
        else:
            found[-1] = both
    return found


def _hours(text: str, first: Value, last: Value) -> Value | None:
    """9:00-17:00."""
    if first.kind == last.kind == "time" and not first.parts and _is(_TO, text, first, last):
        return _made(first, last, "time")
    return None


def _moment(text: str, day: Value, time: Value) -> Value | None:
    """2024年4月2日上午10:00."""
    if (
        day.kind == "date"
        and not day.parts
        and time.kind == "time"
        and _is(_BESIDE, text, day, time)
    ):
        return _made(day, time, "date")
    return None


def _compound(text: str, first: Value, last: Value) -> Value | None:
    """1年6个月."""
    units = first.kind == last.kind == "duration" and first.unit != last.unit and not first.parts
    return _made(first, last, "duration") if units and _is(_AND, text, first, last) else None


def _range(text: str, first: Value, last: Value) -> Value | None:
    """From one to the other, where both are of one kind; the first may leave its unit out."""
    if not _is(_TO, text, first, last) or _is_range(first) or _is_range(last):
        return None
    if first.kind == "date":
        day = last.kind in ("duration", "ordinal") and last.unit in _DAY_UNITS
        return _made(first, last, "period") if day or last.kind == "date" else None
    if last.kind in _QUANTITIES:
        if first.kind == "ordinal" and last.kind == "count":
            return _made(first, last, "ordinal", last.unit)
        if first.kind == "number" or (first.kind == last.kind and text[first.end] != "起"):
            return _made(first, last, last.kind, last.unit)
    return None


def _is_range(value: Value) -> bool:
    return bool(value.parts) and value.kind != "date"


def _is(mark: re.Pattern[str], text: str, first: Value, last: Value) -> bool:
    return mark.fullmatch(text, first.end, last.start) is not None


def _made(first: Value, last: Value, kind: Kind, unit: str = "") -> Value:
    terms = first.terms + last.terms
    return Value(first.start, last.end, kind, None, unit, terms=terms, parts=(first, last))
