"""The paragraphs, items and sub-items of one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wenju.corpus.layout import WEAK, Mark, article_end, is_row, marks_of, seen
from wenju.corpus.sentences import trim
from wenju.corpus.statutes.provision import Provision

_KINDS = ("item", "subitem")
_SENTENCE_ENDS = frozenset("。!?…”\"'")
_OPEN_ENDS = frozenset(",、")
_FEWEST = 2  # items inside a line, before they count as a list


@dataclass(slots=True)
class _Part:
    kind: str
    number: int
    label: str
    start: int
    end: int


@dataclass(slots=True)
class _Reading:
    """What has been read of an article: the parts, and the styles and last numbers of open lists."""

    parts: list[_Part] = field(default_factory=list)
    lists: list[tuple[str, int]] = field(default_factory=list)


def parts_of(article: str) -> list[Provision]:
    """The parts of an article, in order, outer ones before what is in them.

    Places are those in ``article``, which begins with its number. A line is a paragraph, counted from 1,
    unless a mark opens it or it goes on with what an unfinished line says. Lists are told apart by the
    style of their marks: those that open first in a paragraph are its items, those inside them sub-items,
    whichever way their country writes and calls them. What is deeper belongs to its sub-item.
    """
    view = seen(article)
    reading = _Reading()
    lines = list(_lines(article, article_end(article, view)))
    weak = _weak_styles(article, view, lines)
    before = ""
    for start, end in lines:
        marks = [m for m in marks_of(article, view, start, end) if m.style not in weak]
        own = marks[0] if marks and marks[0].start == start else None
        if not (own and reading.parts and _continues(reading, own)):
            own = None
            if not reading.parts or _begins(before, view[start:end], reading):
                reading.parts.append(_Part("paragraph", _paragraphs(reading) + 1, "", start, end))
                reading.lists = []
        if own:
            _add(reading, article, own, end)
        _extend(reading, end)
        _inside(reading, article, view, [m for m in marks if m is not own], end)
        before = view[start:end]
    return [
        Provision(p.kind, (p.number,), p.label, "", *trim(article, p.start, p.end))
        for p in reading.parts
    ]


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines from a place on, without the space around them and without blank ones."""
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        first, last = trim(text, start, stop)
        if first < last:
            yield first, last
        start = stop + 1


def _weak_styles(text: str, view: str, lines: list[tuple[int, int]]) -> set[str]:
    """Styles that may as well be something else and of which there is only one mark."""
    opening = [marks[0].style for a, b in lines if (marks := marks_of(text, view, a, b))]
    return {style for style in WEAK if opening.count(style) < _FEWEST} | {"·"}


def _begins(before: str, line: str, reading: _Reading) -> bool:
    """Whether an unnumbered line is a paragraph of its own, after the line before it."""
    if is_row(line):
        return False
    end = before[-1:]
    if reading.parts[-1].kind != "paragraph":
        return end not in _OPEN_ENDS
    caption = before.startswith("(") and before.find(")") == len(before) - 1
    return end in _SENTENCE_ENDS or (end == ")" and not caption)


def _paragraphs(reading: _Reading) -> int:
    return sum(part.kind == "paragraph" for part in reading.parts)


def _continues(reading: _Reading, mark: Mark) -> bool:
    """Whether a mark that opens a line is the next of an open list, or the first of a new one."""
    last = dict(reading.lists).get(mark.style)
    return mark.number == 1 if last is None else mark.number > last


def _add(reading: _Reading, text: str, mark: Mark, end: int) -> None:
    """Add the item that a mark opens; lists inside the one before it are closed."""
    styles = [style for style, _ in reading.lists]
    depth = styles.index(mark.style) if mark.style in styles else len(styles)
    reading.lists[depth:] = [(mark.style, mark.number)]
    if depth >= len(_KINDS):
        return
    _close(reading, depth, mark.start)
    label = "".join(text[mark.start : mark.end].split())
    reading.parts.append(_Part(_KINDS[depth], mark.number, label, mark.start, end))


def _close(reading: _Reading, depth: int, at: int) -> None:
    """End the open items of a depth and below where the next begins."""
    for kind in _KINDS[depth:]:
        part = _last(reading, kind)
        if part:
            part.end = min(part.end, at)


def _last(reading: _Reading, kind: str) -> _Part | None:
    """The open part of a kind: none of an outer kind has begun since."""
    for part in reversed(reading.parts):
        if part.kind == kind:
            return part
        if part.kind == "paragraph" or (kind == "subitem" and part.kind == "item"):
            return None
    return None


def _extend(reading: _Reading, end: int) -> None:
    """What a line says belongs to every part that is open."""
    for kind in ("paragraph", *_KINDS):
        part = _last(reading, kind)
        if part:
            part.end = max(part.end, end)


def _inside(reading: _Reading, text: str, view: str, marks: list[Mark], end: int) -> None:
    """Items inside a line: announced by a colon, numbered from 1, two of them or more."""
    known = {style for style, _ in reading.lists}
    opened: set[str] = set()
    for mark in marks:
        if mark.style not in known | opened:
            count = sum(m.style == mark.style for m in marks)
            announced = view[max(0, mark.start - 2) : mark.start].rstrip().endswith(":")
            if mark.number != 1 or count < _FEWEST or not announced:
                continue
            opened.add(mark.style)
        if mark.style in opened and _continues(reading, mark):
            _add(reading, text, mark, end)
