"""Spans that could be the answer, by kind of question. Works on folded text; places fit the real."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from wenju.qa import names, patterns
from wenju.qa.names import Place
from wenju.qa.numbers import NUMERAL, any_of
from wenju.qa.question import Question

# measure words that count the same things
_SAME_MEASURE = {
    measure: tuple(group)
    for group in (
        *("名人位", "项条款种类", "家所间", "次届期", "户套", "岁"),
        ("公里", "千米"),
        ("平方公里", "平方千米"),
        ("米", "公尺"),
        ("平方米", "平方公尺"),
        ("厘米", "公分"),
        ("公斤", "千克"),
        ("吨", "公吨"),
    )
    for measure in group
}
_ANY_MEASURE = frozenset("个")
# a number before one of these measures something and counts nothing
_UNIT = re.compile(r"\s*(?:分钟|小时|[天年月日周元%倍万亿米吨岁]|平方|公里|[a-z])")
_HOW_MANY = re.compile(r"how many (?:more |other )?([a-z]{3,})")
_TYPED = {
    "amount": patterns.AMOUNT,
    "percentage": patterns.PERCENTAGE,
    "time": patterns.TIME,
    "contact": patterns.CONTACT,
}
# kinds that patterns find reliably: a statement without a candidate hardly answers
PATTERNED_KINDS = frozenset({*_TYPED, "date", "duration", "count"})
# kinds that nothing but a number answers: dates are also told as 宋代末 or 戰後
QUANTITIES = PATTERNED_KINDS - {"date"}
TYPED_KINDS = PATTERNED_KINDS | {"person", "body", "place", "name"}


def candidates(question: Question, folded: str, real: str) -> list[Place]:
    """Places in a statement that fit the question's kind, in order, none of them empty.

    ``real`` is the statement as it stands, ``folded`` its folded form, of the same length. What
    the question says itself is no answer to it and is left out.
    """
    if question.kind in _TYPED:
        found = _matches(folded, _TYPED[question.kind])
    elif question.kind == "person":
        found = names.people(folded, real)
    else:
        found = _FINDERS.get(question.kind, _none)(question, folded)
    tidy = sorted({_tidy(folded, start, end) for start, end in found})
    return [(a, b) for a, b in tidy if a < b and folded[a:b] not in question.folded]


def _tidy(folded: str, start: int, end: int) -> Place:
    while start < end and folded[start] in " ,，、":
        start += 1
    while end > start and folded[end - 1] in " ,，、.":
        end -= 1
    return start, end


def _matches(folded: str, *wanted: re.Pattern[str]) -> Iterator[Place]:
    return (m.span() for pattern in wanted for m in pattern.finditer(folded))


def _none(question: Question, folded: str) -> Iterator[Place]:
    return iter(())


def _dates(question: Question, folded: str) -> Iterator[Place]:
    """Dates; of a period the whole, or the end that is asked for; weekdays where they are."""
    if question.asks_weekday:
        yield from _matches(folded, patterns.WEEKDAY)
        return
    part = "last" if question.asks_end else "first" if question.asks_start else 0
    periods = list(patterns.PERIOD.finditer(folded))
    yield from (m.span(part) for m in periods)
    for start, end in _matches(folded, patterns.DATE):
        if not any(m.start() <= start < m.end() for m in periods):
            yield start, end


def _durations(question: Question, folded: str) -> Iterator[Place]:
    """Lengths of time; the 1日 of 5月1日 is none."""
    dates = list(_matches(folded, patterns.DATE))
    for start, end in _matches(folded, patterns.DURATION):
        if not any(a <= start and end <= b for a, b in dates):
            yield start, end


def _counts(question: Question, folded: str) -> Iterator[Place]:
    """Numbers with the measure word asked for; any number where none is asked for or it is 個."""
    if thing := _HOW_MANY.search(question.folded):
        singular = thing.group(1)[:-1]
        counted = rf"{NUMERAL}(?= (?:[a-z-]+ ){{0,2}}{singular})"
        return _matches(folded, re.compile(counted))
    found = [p for p in _matches(folded, patterns.COUNT) if not _is_date(folded, p)]
    if question.measure:
        same = any_of(" ".join(_SAME_MEASURE.get(question.measure, (question.measure,))))
        amount = re.compile(rf"{NUMERAL}\s*{same}")
        known = [*found, *_matches(folded, patterns.MEASURED)]
        fitting = [p for p in known if amount.search(folded, *p)]
        if fitting or question.measure not in _ANY_MEASURE:
            return iter(fitting)
    else:
        # 不能超過多少, 占多少: what is counted is not said, so any quantity will do
        others = (patterns.MEASURED, patterns.AMOUNT, patterns.PERCENTAGE)
        found += _matches(folded, *others)
    return iter(found) if found else _bare_numbers(folded)


def _is_date(folded: str, place: Place) -> bool:
    return bool(patterns.DATE.fullmatch(folded, *place))


def _bare_numbers(folded: str) -> Iterator[Place]:
    """Numbers that measure nothing and are no part of a date or a telephone number."""
    others = list(_matches(folded, patterns.DATE, patterns.CONTACT))
    for start, end in _matches(folded, patterns.NUMBER):
        if not _UNIT.match(folded, end) and not any(a <= start < b for a, b in others):
            yield start, end


def _bodies(question: Question, folded: str) -> Iterator[Place]:
    return names.bodies(folded)


def _places(question: Question, folded: str) -> Iterator[Place]:
    return names.places(folded)


def _titles(question: Question, folded: str) -> Iterator[Place]:
    return names.titles(folded)


_FINDERS: dict[str, Callable[[Question, str], Iterator[Place]]] = {
    "date": _dates,
    "duration": _durations,
    "count": _counts,
    "body": _bodies,
    "place": _places,
    "name": _titles,
}
