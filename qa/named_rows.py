"""Which rows of tables a question may be about: those it names, and none beside them.

Rows of a table are alike but for their names, so that nothing else in them tells the right one: 南一中
and 南二中 both have pupils. A row that says less of what the question names than another one is not the
one asked about, and none is where the question names what stands in no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from wenju.corpus.layout import Line
from wenju.corpus.script import fold
from wenju.qa.passage import PassageView, Place
from wenju.qa.question import Question
from wenju.qa.terms import occurrences

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_BRACKETS = re.compile(r"\([^()]*\)")
_ASKING = 1.0  # weight of words of the asking, at most
_NUMBER = re.compile(r"[\d.,:%/-]+")
_RARE = 8.0  # weight of a word that hardly stands in a question but as a name
_SHORT = 4  # characters of a name that what stands right before it may be a part of
_SHARED = 2  # characters that two names have in common, as those of two schools
_LEAST = 2  # characters of a cell that names a row

Positions = frozenset[int]


@dataclass(frozen=True, slots=True)
class NamedRows:
    """Of one passage: the rows that are not asked about, and of the others what is.

    ``offered`` are, for the place of a row that the question names, the cells that can answer; ``sure``
    those of them whose row and column are named wholly, where the question says nothing besides.
    ``emptied``: it is a table with rows that are not asked about and none that is named.
    """

    excluded: tuple[Place, ...] = ()
    offered: dict[Place, tuple[Place, ...]] = field(default_factory=dict)
    emptied: bool = False
    sure: tuple[Place, ...] = ()

    def allows(self, place: Place) -> bool:
        """Whether a place may answer: it touches no row that is not asked about."""
        return not any(_touch(place, row) for row in self.excluded)

    def offers(self, place: Place) -> bool:
        """Whether it may be offered: of a row that is named it holds a cell that can answer."""
        held = [cells for row, cells in self.offered.items() if _touch(place, row)]
        told = all(any(_touch(place, cell) for cell in cells) for cells in held)
        return told and self.allows(place)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with what of the question it says: whole cells, words of cells, and what is around it."""

    line: Line
    cells: tuple[str, ...]
    named: tuple[Place, ...]
    whole: Positions
    said: Positions
    around: Positions
    columns: Positions

    @property
    def told(self) -> Positions:
        """What the row says with what stands above it."""
        return self.whole | self.said | self.around


def named_rows(question: Question, views: Sequence[PassageView]) -> list[NamedRows]:
    """Of each passage, what of its rows a question may be about."""
    asked = _Asked(question)
    tables = [[*asked.rows(view)] for view in views]
    every = [row for rows in tables for row in rows]
    found = []
    for view, rows in zip(views, tables, strict=True):
        out = [row for row in rows if asked.contradicts(row) or asked.is_less(row, every)]
        kept = [row for row in rows if row not in out]
        offered = {(r.line.start, r.line.end): asked.offered(r) for r in kept if r.named}
        excluded = tuple((row.line.start, row.line.end) for row in out)
        emptied = bool(out) and not any(row.named for row in kept) and _is_table(view)
        sure = tuple(place for row in kept if row.named for place in asked.sure(row))
        found.append(NamedRows(excluded, offered, emptied, sure))
    return found


class _Asked:
    """A question as it names rows and columns."""

    def __init__(self, question: Question) -> None:
        self._folded = question.folded
        self._terms = question.terms
        self._places = {t.text: occurrences(t.text, self._folded) for t in question.terms}
        self._codes = [m[0] for m in _CODE.finditer(self._folded) if any(map(str.isdigit, m[0]))]

    def rows(self, view: PassageView) -> Iterator[_Row]:
        """The rows of a passage."""
        lines = [line for line in view.layout.lines if len(line.cells) > 1 and line.columns]
        inside = {line.start for line in lines}
        rest = [view.folded[x.start : x.end] for x in view.layout.lines if x.start not in inside]
        around = self._said("\n".join([view.head, *rest]))
        for line in lines:
            cells = tuple(view.folded[a:b] for a, b in line.cells)
            whole = {text: places for text in cells if (places := self._whole(text))}
            yield _Row(
                line,
                tuple(text for text in cells if _can_name(text)),
                tuple(p for p, t in zip(line.cells, cells, strict=True) if t in whole),
                _positions(place for places in whole.values() for place in places),
                self._said("\n".join(cells)),
                around,
                self._columns(line),
            )

    def is_less(self, row: _Row, others: Sequence[_Row]) -> bool:
        """Whether another row says all that it says of the question, and more; one that is named."""
        return any(other.whole and row.told < other.told for other in others)

    def contradicts(self, row: _Row) -> bool:
        """Whether the question names what the row is not."""
        if any(code not in cell for code in self._codes for cell in ["\n".join(row.cells)]):
            return True
        known = row.around | row.columns
        for start, end in _runs(self._content() - known):
            if not row.named:
                mention = self._folded[start:end]
                if not any(_abbreviates(mention, cell) for cell in row.cells):
                    lettered = any(c.isascii() and c.isalpha() for c in mention)
                    if lettered or self._is_rare(start, end, row) or _shares(mention, row.cells):
                        return True
            elif self._goes_before(start, end, row):
                return True
        return False

    def offered(self, row: _Row) -> tuple[Place, ...]:
        """The cells of a row that can answer: of columns that are named, else all but its names."""
        cells = tuple(place for place in row.line.cells if place not in row.named)
        return self._under_named(row) or cells

    def sure(self, row: _Row) -> tuple[Place, ...]:
        """The cells whose row and column are named wholly; none where the question says more."""
        rest = self._content() - self._asking() - row.whole - row.around - row.columns
        more = any(end - start > 1 or not self._follows_number(start) for start, end in _runs(rest))
        return () if more else self._under_named(row)

    def _follows_number(self, at: int) -> bool:
        """Whether a character only says what a number is: 2024年, HT-2024-0112号."""
        before = self._folded[at - 1 : at]
        return before.isascii() and before.isalnum()

    def _asking(self) -> Positions:
        """What only asks, as 人数 does."""
        return _positions(
            (at, at + len(term.text))
            for term in self._terms
            if term.weight <= _ASKING and len(term.text) > 1
            for at in self._places[term.text]
        )

    def _under_named(self, row: _Row) -> tuple[Place, ...]:
        """The cells under columns whose whole name the question has, and no longer one."""
        named = [
            (at, place)
            for name, place in zip(row.line.columns, row.line.cells, strict=True)
            if place not in row.named and (at := self._column(name)) and not at & row.whole
        ]
        return tuple(p for at, p in named if not any(at < other for other, _ in named))

    def _goes_before(self, start: int, end: int, row: _Row) -> bool:
        """Whether a run that the row does not say goes on with a short name of it: 挤奶机二档."""
        left = next((i for i in range(start, end) if i in row.whole), end)
        run = [i for i in range(start, left) if i not in row.said]
        stop = next(i for i in range(left, len(self._folded) + 1) if i not in row.whole)
        short = stop - left <= _SHORT
        return bool(run) and left < end and run[-1] == left - 1 and short and len(run) > 1

    def _is_rare(self, start: int, end: int, row: _Row) -> bool:
        """Whether a word stands there that hardly any question has, and the row does not say it."""
        return any(
            term.weight >= _RARE and at not in row.said
            for term in self._terms
            for at in self._places[term.text]
            if start <= at and at + len(term.text) <= end
        )

    def _content(self) -> Positions:
        """What of the question says something: its terms, and letters, which name lines and halls."""
        latin = {i for i, c in enumerate(self._folded) if c.isascii() and c.isalpha()}
        return latin | _positions(
            (at, at + len(term)) for term, places in self._places.items() for at in places
        )

    def _said(self, text: str) -> Positions:
        """The places of the question's words that a text has."""
        return _positions(
            (at, at + len(term))
            for term, places in self._places.items()
            if places and occurrences(term, text)
            for at in places
        )

    def _whole(self, text: str) -> list[Place]:
        """Where the question has all of a cell that can name a row."""
        if not _can_name(text):
            return []
        found = re.finditer(rf"(?<![a-z0-9]){re.escape(text)}", self._folded)
        return [m.span() for m in found if _ends(self._folded, m.end())]

    def _columns(self, line: Line) -> Positions:
        """What of the question names columns of the row and their units, whole or in part."""
        names = list(map(fold, line.columns))
        return self._said("\n".join(names)).union(*map(self._column, names))

    def _column(self, name: str) -> Positions:
        """Where the question has a column's name, all of its parts; nowhere where it lacks one."""
        parts = _BRACKETS.sub(" ", fold(name)).split()
        places = [(self._folded.find(part), len(part)) for part in parts]
        if not places or any(at < 0 for at, _ in places):
            return frozenset()
        return _positions((at, at + length) for at, length in places)


def _can_name(text: str) -> bool:
    return len(text) >= _LEAST and not _NUMBER.fullmatch(text)


def _ends(text: str, end: int) -> bool:
    """Whether a name of letters or digits ends there, and does not go on."""
    latin = text[end - 1].isascii() and text[end - 1].isalnum()
    return not (latin and text[end : end + 1].isascii() and text[end : end + 1].isalnum())


def _abbreviates(mention: str, cell: str) -> bool:
    """Whether a cell has all characters of a mention in order: 白沙二中, 白沙镇第二中学."""
    rest = iter(cell)
    return all(character in rest for character in mention)


def _shares(mention: str, cells: Sequence[str]) -> bool:
    """Whether a mention and a cell have some characters in common, and differ in others."""
    length = min(_SHARED, len(mention) - 1)
    pairs = {mention[i : i + length] for i in range(len(mention) - length + 1)} if length else ()
    mostly = any(2 * sum(c in cell for c in mention) > len(mention) for cell in cells)
    return mostly or any(pair in cell for pair in pairs for cell in cells)


def _is_table(view: PassageView) -> bool:
    """Whether a passage is rows, with a title at most."""
    told = [line for line in view.layout.lines if view.folded[line.start : line.end].strip()]
    return 2 * sum(len(line.cells) > 1 for line in told) >= len(told)


def _positions(places: Iterator[Place]) -> Positions:
    return frozenset(i for start, end in places for i in range(start, end))


def _runs(positions: Positions) -> Iterator[Place]:
    """Positions that follow each other, as places."""
    for _, group in groupby(enumerate(sorted(positions)), key=lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        yield run[0], run[-1] + 1


def _touch(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]
