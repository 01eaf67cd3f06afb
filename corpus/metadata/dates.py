"""Days that a document names beside a label, under its title or at its foot; never the first that turns up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from wenju.corpus.lexicon import any_word, phrase
from wenju.corpus.metadata.facts import Fact, Line, Parts, days

LABELS = {
    "issued": "label_issued",
    "amended": "label_amended",
    "effective": "label_effective",
    "expires": "label_expires",
    "repealed": "label_repealed",
}
"""The fields that labels of dates tell, and the labels' names in the lexicon."""

_NEAR = 24  # characters behind a label before which its date must begin
_TOP, _LONGEST_DATED = 6, 31
_BRACKETS = "()[]【】〔〕- "
_MARKS = tuple("。,，;；")


def labelled(parts: Parts) -> dict[str, Fact]:
    """The days behind labels in the head and the foot, by the field that the label tells.

    Of several days behind labels of one field the first counts. Of a span of time (有效期限:
    甲至乙) that is ``expires`` its last day, and nothing else is told by a span.
    """
    found: dict[str, Fact] = {}
    for line in (*parts.head, *parts.foot):
        for field in LABELS:
            if field not in found and (fact := _behind(_label(field), line, field)):
                found[field] = fact
    return found


def _behind(label: re.Pattern[str], line: Line, field: str) -> Fact | None:
    for match in label.finditer(line.folded):
        told = days(line.folded[match.end() :], line.start + match.end())
        if told and _follows(line.folded[match.end() : told[0].start - line.start]):
            return told[-1] if field == "expires" and _to(line, told) else told[0]
    return None


def _follows(between: str) -> bool:
    return len(between) <= _NEAR and not between.strip(" :\u3000([|") and "\n" not in between


def _to(line: Line, told: Sequence[Fact]) -> bool:
    """Whether the first two days are the ends of a span, and the second is its last."""
    return len(told) == 2 and told[1].start - told[0].end <= len("日起至")


@cache
def _label(field: str) -> re.Pattern[str]:
    words = phrase(LABELS[field], "metadata").pattern
    return re.compile(rf"(?:^|(?<=[\s,;|(\[。/])|(?<=[\s|][(\[]))(?:{words})\s*:?\s*")


def told_by_any_label(parts: Parts) -> Fact | None:
    """The day behind any label of a date (時間：…), which need not be that of issue."""
    label = re.compile(rf"(?:^|(?<=[\s,;|(\[\-])){any_word('date_labels')}\s*:?")
    for line in parts.head:
        for match in label.finditer(line.folded):
            told = days(line.folded[match.end() :], line.start + match.end())
            if told and told[0].start - line.start - match.end() <= _NEAR:
                return told[0]
    return None


def standing_alone(parts: Parts) -> Fact | None:
    """The day that makes a whole line at the head, in brackets or not, or that a letter is signed with.

    A letter ends with the text, or before what it encloses; then a body stands above its day.
    """
    return _alone(parts.head[:_TOP]) or signed_day(parts) or _signed(parts.foot)


def signed_day(parts: Parts) -> Fact | None:
    """The day that stands below the name of a body, as under a letter."""
    return next((day for _, day in signatures(parts.folded)), None)


def signatures(folded: str) -> Iterator[tuple[Line, Fact]]:
    """The lines of a folded text that name a body and have a day by itself below them."""
    above, at = Line("", 0), 0
    for line in folded.split("\n"):
        if plain := line.strip():
            found = Line(plain, at + line.index(plain))
            short = len(plain) <= _LONGEST_DATED and len(above.folded) <= 2 * _LONGEST_DATED
            if short and _body().fullmatch(above.folded) and (day := _alone([found])):
                yield above, day
            above = found
        at += len(line) + 1


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"[^\n。,;:]{{0,{_LONGEST_DATED}}}{any_word('bodies')}")


def _alone(lines: Iterable[Line]) -> Fact | None:
    for line in lines:
        told = days(line.folded, line.start)
        if len(told) != 1:
            continue
        rest = line.folded[: told[0].start - line.start] + line.folded[told[0].end - line.start :]
        if not rest.strip(_BRACKETS + "#*"):
            return told[0]
    return None


def _signed(lines: Sequence[Line]) -> Fact | None:
    """The day under a letter: a short line at the foot that ends in it, with a body before it."""
    for line in reversed(lines[1:] if lines and not lines[0].start else lines):
        told = days(line.folded, line.start)
        behind = line.folded[told[-1].end - line.start :] if told else ""
        if not told or behind.strip(_BRACKETS) or len(line.folded) > _LONGEST_DATED:
            continue
        if not any(mark in line.folded for mark in _MARKS):
            return told[-1]
    return None
