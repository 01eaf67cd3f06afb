"""The paragraphs, items and sub-items of one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from wenju.corpus.layout import WEAK, Mark, article_end, is_row, marks_of, seen
from wenju.corpus.sentences import trim
from wenju.corpus.statutes.provision import Provision

_KINDS = ("item", "subitem")
_SENTENCE_ENDS = frozenset("。!?…”\"')")
_GOING_ON = frozenset(",、:;")
_WRAPPED = 20  # characters: a line below this was not broken for its length
_OPEN_ENDS = frozenset(",、:")
_OPENING = 10  # characters of a line that hold the mark it opens with
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
    """What has been read of an article.

    ``open`` are the paragraph, item and sub-item that the next line may belong to, ``lists`` the styles and
    last numbers of the open lists.
    """

    parts: list[_Part] = field(default_factory=list)
    open: list[_Part] = field(default_factory=list)
    lists: list[tuple[str, int]] = field(default_factory=list)
    paragraphs: int = 0

    def add(self, part: _Part, depth: int) -> None:
        """Add a part, which ends those of its depth and below."""
        for ended in self.open[max(depth, 1) :]:
            ended.end = min(ended.end, part.start)
        self.open[depth:] = [part]
        self.parts.append(part)


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
    second = lines[1][0] if len(lines) > 1 else -1
    for start, end in lines:
        marks = [m for m in marks_of(article, view, start, end) if m.style not in weak]
        own = marks[0] if marks and marks[0].start == start else None
        own = own if own and _continues(reading, own) else None
        if not reading.parts or (
            not own and _begins(before, view[start:end], reading, first=start == second)
        ):
            reading.paragraphs += 1
            reading.add(_Part("paragraph", reading.paragraphs, "", start, end), 0)
            reading.lists = []
        if own:
            _add(reading, article, own, end)
        for part in reading.open:
            part.end = end
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
    openings = (marks_of(text, view, a, min(b, a + _OPENING)) for a, b in lines)
    count = Counter(marks[0].style for marks in openings if marks)
    return {style for style in WEAK if count[style] < _FEWEST} | {"·"}


def _begins(before: str, line: str, reading: _Reading, *, first: bool) -> bool:
    """Whether an unnumbered line is a paragraph of its own, after the line before it.

    ``first`` says that the line before is the article's first, which may be a caption.
    """
    if is_row(line):
        return False
    if reading.parts[-1].kind != "paragraph" or is_row(before):
        return before[-1] not in _OPEN_ENDS
    if before[-1] in _GOING_ON:
        return False
    caption = first and (before[0], before[-1]) == ("(", ")")
    ended = before[-1] in _SENTENCE_ENDS or (not first and len(before) < _WRAPPED)
    return ended and not caption


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
    label = "".join(text[mark.start : mark.end].split())
    reading.add(_Part(_KINDS[depth], mark.number, label, mark.start, end), depth + 1)


def _inside(reading: _Reading, text: str, view: str, marks: list[Mark], end: int) -> None:
    """Items inside a line: announced by a colon, numbered from 1, two of them or more."""
    known = {style for style, _ in reading.lists}
    opened: set[str] = set()
    count = Counter(mark.style for mark in marks)
    for mark in marks:
        if mark.style not in known | opened:
            announced = view[max(0, mark.start - 2) : mark.start].rstrip().endswith(":")
            if mark.number != 1 or count[mark.style] < _FEWEST or not announced:
                continue
            opened.add(mark.style)
        if mark.style in opened and _continues(reading, mark):
            _add(reading, text, mark, end)
