"""Where to turn, in folded text: telephone numbers, e-mail and web addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenju.corpus.values.value import Value

_LINK = (
    r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}+@[a-z0-9-]{1,64}+(?:\.[a-z0-9-]{1,64}+){1,8}+"
    r"|(?:https?://|www\.)[^\s，。；、）)\"”]{1,500}+"
)
_EXTENSION = r"(?:\s?(?:转|分机|ext\.?|#)\s?\d{1,6})?"
_CALLED = "|".join(
    f"(?<={word}{mark})"
    for word in "专线 热线 电话 拨打 拨 洽".split()
    for mark in ("", ":", " ", ": ")
)
# 1999 is a year unless one calls it
_LINE = rf"(?:(?:{_CALLED})1999|12345|123\d\d|1[19]\d)"
TELEPHONE = (
    rf"(?:\(0\d{{1,3}}\)|0\d{{1,3}})[- ]?\d{{3,4}}[- ]?\d{{3,4}}{_EXTENSION}"
    r"|(?<!\d)1\d{10}(?!\d)"
    rf"|(?<![\d/.-])(?:{_LINE}(?![\d/年%]|[.,-]\d)(?:专线|热线)?|1999(?:专线|热线))"
    r"|(?<!\d)\d{3,5}[- ]\d{3,8}(?:[- ]\d{3,4})?(?!\d)"
    r"|(?<!\d)\(0?\d{1,3}\)\s?\d{3,4}-?\d{3,4}(?!\d)"
    rf"|(?:{_CALLED})\d{{3,6}}(?!-?\d)"
)
CONTACT = rf"(?:{_LINK}|{TELEPHONE})"
# most characters begin none, which is told by one look instead of by each of the ways to begin
_CONTACT, _ADDRESS = re.compile(rf"(?=[a-z\d._%+(-]){CONTACT}"), re.compile(_LINK)
# what stands among a telephone number's digits without being of it
_DIGITS = frozenset({"number", "date", "ordinal"})


def with_contacts(text: str, values: Sequence[Value]) -> list[Value]:
    """The values, sorted and disjoint, with those that are part of a contact put into it.

    110家 is no telephone number: where digits have a unit or are a date, they stay what they are.
    """
    found: list[Value] = []
    at = 0
    for contact in _contacts(text):
        while at < len(values) and values[at].end <= contact[0]:
            found.append(values[at])
            at += 1
        stop = at
        while stop < len(values) and values[stop].start < contact[1]:
            stop += 1
        start, end = contact
        if stop > at and values[stop - 1].end > end and _ADDRESS.match(text, start):
            stop, end = stop - 1, values[stop - 1].start  # an address runs on as far as no blank
        if start < end and _is_contact(text, (start, end), values[at:stop]):
            terms = tuple(term for value in values[at:stop] for term in value.terms)
            found.append(Value(start, end, "contact", terms=terms))
            at = stop
    return [*found, *values[at:]]


def _contacts(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _CONTACT.finditer(text))


def _is_contact(text: str, place: tuple[int, int], inside: Sequence[Value]) -> bool:
    start, end = place
    if any(value.start < start or end < value.end for value in inside):
        return False
    if _ADDRESS.match(text, start):
        return True
    return all(value.kind in _DIGITS and not _is_told(value) for value in inside)


def _is_told(value: Value) -> bool:
    """Whether digits are a date with its month, or have a unit."""
    return bool(value.unit) or (value.kind == "date" and value.number is None)
