"""Spans that could be the answer, by kind of question. Works on folded text; places fit the real."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from wenju.corpus.lexicon import phrase, rows
from wenju.corpus.values import Interval, Value, intervals, values, walk
from wenju.qa import names
from wenju.qa.names import Place
from wenju.qa.question import Question

_ANY_MEASURE = frozenset("个")
_HOW_MANY = re.compile(r"how many (?:more |other )?([a-z]{3,})")
# the kinds of value that answer a kind of question
_TYPED = {
    "amount": frozenset({"amount"}),
    "percentage": frozenset({"percentage", "points", "fraction"}),
    "time": frozenset({"time"}),
    "contact": frozenset({"contact"}),
    "duration": frozenset({"duration"}),
}
_COUNTED = frozenset({"count"})
_MEASURED = frozenset({"measure", "amount", *_TYPED["percentage"]})
_BARE = frozenset({"number", "duration"})
# kinds that patterns find reliably: a statement without a candidate hardly answers
PATTERNED_KINDS = frozenset({*_TYPED, "date", "count"})
# kinds that nothing but a number answers: dates are also told as 宋代末 or 戰後
QUANTITIES = PATTERNED_KINDS - {"date"}
TYPED_KINDS = PATTERNED_KINDS | {"person", "body", "place", "name"}


@lru_cache(maxsize=4096)
def _values(folded: str) -> tuple[Value, ...]:
    """The values of a text, read once for all questions."""
    return tuple(values(folded))


@lru_cache(maxsize=4096)
def intervals_of(folded: str) -> tuple[Interval, ...]:
    """The ranges that a text sets, read once for all questions."""
    return tuple(intervals(folded, _values(folded)))


def values_in(folded: str, start: int, end: int) -> list[Value]:
    """The values that lie in a place of a folded text."""
    return [v for v in _values(folded) if start <= v.start and v.end <= end]


def is_inside_value(folded: str, at: int) -> bool:
    """Whether a place in a folded text lies inside a value that has no parts, between its ends."""
    return any(v.start < at < v.end for v in walk(_values(folded)) if not v.parts)


def candidates(question: Question, folded: str, real: str) -> list[Place]:
    """Places in a statement that fit the question's kind, in order, none of them empty.

    ``real`` is the statement as it stands, ``folded`` its folded form, of the same length. What
    the question says itself is no answer to it and is left out.
    """
    if question.kind in _TYPED:
        found = _typed(question, folded)
    elif question.kind == "person":
        found = names.people(folded, real)
    elif question.kind in _FINDERS:
        found = _FINDERS[question.kind](question, folded)
    else:
        return []
    tidy = sorted({_tidy(folded, start, end) for start, end in found})
    return [(a, b) for a, b in tidy if a < b and folded[a:b] not in question.folded]


def _tidy(folded: str, start: int, end: int) -> Place:
    while start < end and folded[start] in " ,，、":
        start += 1
    while end > start and folded[end - 1] in " ,，、.":
        end -= 1
    return start, end


def _typed(question: Question, folded: str) -> Iterator[Place]:
    """Values of the kinds that answer; the time of day also where it stands behind a date."""
    return (v.whole for v in _of(_values(folded), _TYPED[question.kind]))


def _of(found: Sequence[Value], kinds: Collection[str]) -> Iterator[Value]:
    """The values of these kinds, and those that are part of one of another kind."""
    for value in found:
        if value.kind in kinds:
            yield value
        elif value.kind in ("date", "period"):
            yield from (part for part in _of([*value.parts], kinds) if part.kind == "time")


def _dates(question: Question, folded: str) -> Iterator[Place]:
    """Dates; of a period the whole, or the end that is asked for; weekdays where they are."""
    for value in _values(folded):
        if question.asks_weekday:
            if value.kind == "weekday":
                yield value.whole
        elif value.kind == "period" and (question.asks_end or question.asks_start):
            yield value.parts[-1 if question.asks_end else 0].whole
        elif value.kind in ("date", "period"):
            yield value.whole


def _counts(question: Question, folded: str) -> Iterator[Place]:
    """Numbers with the measure word asked for; any number where none is asked for or it is 個."""
    found = _values(folded)
    if thing := _HOW_MANY.search(question.folded):
        behind = re.compile(rf" (?:[a-z-]+ ){{0,2}}{thing.group(1)[:-1]}")
        return (v.whole for v in found if _is_number(v) and behind.match(folded, v.end))
    counted = [*_of(found, _COUNTED)]
    if phrase("which_number").search(question.folded):
        return (v.whole for v in found if v.kind == "ordinal" and v.unit == question.measure)
    if question.measure:
        same = _same_measure(question.measure)
        fitting = [v for v in _of(found, _COUNTED | _MEASURED) if v.unit in same]
        if fitting or question.measure not in _ANY_MEASURE:
            return (v.whole for v in fitting)
    else:
        # 不能超過多少, 占多少: what is counted is not said, so any quantity will do
        counted += _of(found, _MEASURED)
    return (v.whole for v in counted or _of(found, _BARE))


def _same_measure(measure: str) -> tuple[str, ...]:
    """The measure words and units that count the same things."""
    return next((row for row in rows("same_measures") if measure in row), (measure,))


def _is_number(value: Value) -> bool:
    """Whether a value is a number that a noun may follow: 40 staff, 1500 soldiers."""
    return value.kind == "number" or (value.number is not None and value.kind in ("date", "count"))


_FINDERS: dict[str, Callable[[Question, str], Iterator[Place]]] = {
    "date": _dates,
    "count": _counts,
    "body": lambda question, folded: names.bodies(folded),
    "place": lambda question, folded: names.places(folded),
    "name": lambda question, folded: names.titles(folded),
}
