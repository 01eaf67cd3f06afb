"""Rows and columns of the tables that were found: which of them a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from wenju.corpus.layout import Line, Role
from wenju.corpus.lexicon import patterns
from wenju.corpus.script import fold
from wenju.corpus.values import values
from wenju.qa.candidates import PATTERNED_KINDS, QUANTITIES, TYPED_KINDS, candidates
from wenju.qa.passage import PassageView, Place
from wenju.qa.question import Question

_BRACKETED = re.compile(r"\(([^()]+)\)")
_TOLD_OF_ONE = TYPED_KINDS | {"statement"}  # kinds of which a row has one answer
_BARE = re.compile(r"\d[\d,]*(?:\.\d+)?")  # 1988 as well, which alone is read as a year
# of a contract, a file or a thing: QS-2023-0118, A12/7; letters or several groups of digits
_NUMBER = re.compile(
    r"(?=[a-z\d/.-]*\d)(?=[a-z\d/.-]*[a-z-])[a-z\d]+(?:[-/.][a-z\d]+)+|[a-z]+\d{2,}"
)
_WORD = 2  # characters that a name and a question must share

Positions = frozenset[int]
_NOWHERE: Positions = frozenset()


@dataclass(frozen=True, slots=True)
class Naming:
    """Where a question says a name: ``whole`` where it says all of it, ``part`` also where a part.

    Places are positions of characters in the question.
    """

    whole: Positions = _NOWHERE
    part: Positions = _NOWHERE

    def __or__(self, other: Naming) -> Naming:
        """What either names."""
        return Naming(self.whole | other.whole, self.part | other.part)

    def beats(self, other: Naming) -> bool:
        """Whether this is asked for rather than the other: it is named as much, and more of it in full."""
        return other.part <= self.part and other.whole < self.whole


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that was found: its table's name, what its cells say, what the question says of it.

    ``columns`` are the names of its columns without units, ``cells`` its cells, folded.
    """

    table: tuple[str, str]
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    naming: Naming


class Tables:
    """The rows of tables in all passages found, beside one question."""

    def __init__(self, question: Question, views: Iterable[PassageView] = ()) -> None:
        self._question = question
        self._folded = question.folded
        self._kind = question.kind
        self._known: dict[tuple[str, Place], bool] = {}
        found = [(view, line) for view in views for line in rows_of(view)]
        self._rows = [self._row(view, line) for view, line in found]
        self._answering = {
            (_table(view, line), plain(line.columns[number]))
            for view, line in found
            for number in range(len(line.columns))
            if question.kind not in PATTERNED_KINDS or typed_cell(question, view, line, number)
        }

    def names_another(self, view: PassageView, place: Place) -> bool:
        """Whether the question names another row than that of a place, or another column.

        A row of the same table, or one of another that is called as the question says where this one
        is called so with more before or behind it (南二中, asked for 二中). Of a place in several rows,
        whether any of them is another.
        """
        if self._kind not in _TOLD_OF_ONE:
            return False
        known = (view.passage.id, place)
        if known not in self._known:  # proposals, features and sentences ask for one place
            rows = [line for line in view.layout.lines_in(*place) if _is_row(line)]
            self._known[known] = any(self._is_another(view, row, place) for row in rows)
        return self._known[known]

    def _is_another(self, view: PassageView, line: Line, place: Place) -> bool:
        own = self._row(view, line)
        return (
            any(_is_asked_before(row, own) for row in self._rows)
            or self._has_another_number(own)
            or self._names_column(own, line, place)
            or self._measures_another(view, line, place)
        )

    def _measures_another(self, view: PassageView, line: Line, place: Place) -> bool:
        """Whether a place holds bare numbers of another kind than is asked for (860 公斤, for 多少錢)."""
        touched = [n for n, (a, b) in enumerate(line.cells) if a < place[1] and place[0] < b]
        if self._kind not in QUANTITIES or not touched or len(line.columns) != len(line.cells):
            return False
        return all(
            bool(unit := _unit(fold(line.columns[n])))
            and unit not in self._folded
            and not self._of_column(plain(line.columns[n])).part
            and bool(_BARE.fullmatch(view.folded[slice(*line.cells[n])].strip()))
            and typed_cell(self._question, view, line, n) is None
            for n in touched
        )

    def _has_another_number(self, own: Row) -> bool:
        """Whether a row bears a number of the form that the question gives one of, and another one."""
        numbers = {cell: _form(cell) for cell in own.cells if _NUMBER.fullmatch(cell)}
        asked = {m[0]: _form(m[0]) for m in _NUMBER.finditer(self._folded)}
        alike = {cell for cell, form in numbers.items() if form in asked.values()}
        return bool(alike) and alike.isdisjoint(asked)

    def _names_column(self, own: Row, line: Line, place: Place) -> bool:
        """Whether another column is named, in which there is what the question asks for."""
        touched = [n for n, (a, b) in enumerate(line.cells) if a < place[1] and place[0] < b]
        if not own.columns or not touched:
            return False
        names = {self._of_column(own.columns[n]) for n in touched}
        known = {name for table, name in self._answering if table == own.table}
        keys = {
            name
            for name, cell in zip(own.columns, own.cells, strict=True)
            if self._naming(cell).whole
        }
        rivals = [n for name in known - keys if self._is_asked_for(n := self._of_column(name))]
        return all(any(rival.beats(name) for rival in rivals) for name in names)

    def _is_asked_for(self, column: Naming) -> bool:
        """Whether a column that the question names may be what it asks for: a quantity, or its end."""
        return self._kind in PATTERNED_KINDS or len(self._folded) - 1 in column.whole

    def _row(self, view: PassageView, line: Line) -> Row:
        cells = tuple(view.folded[a:b].strip() for a, b in line.cells)
        naming = Naming()
        for cell in cells:
            naming |= self._naming(cell)
        columns = tuple(map(plain, line.columns)) if len(line.columns) == len(cells) else ()
        return Row(_table(view, line), columns, cells, naming)

    def _of_column(self, name: str) -> Naming:
        """What the question says of a column's name, that of each row of the table's head."""
        found = Naming()
        for part in name.split():
            found |= self._naming(part)
        return found

    def _naming(self, name: str) -> Naming:
        return _naming(self._folded, name)


def rows_of(view: PassageView) -> Iterator[Line]:
    """The lines of a passage that are rows of tables."""
    return (line for line in view.layout.lines if _is_row(line))


def typed_cells(question: Question, view: PassageView) -> Iterator[Place]:
    """Places of bare numbers that are of the kind asked for by the name of their column."""
    if question.kind in QUANTITIES:
        for line in rows_of(view):
            for number in range(len(line.columns)):
                if place := typed_cell(question, view, line, number):
                    yield place


def typed_cell(question: Question, view: PassageView, row: Line, number: int) -> Place | None:
    """The place in a cell of what is of the kind asked for, with the unit that its column names."""
    if number >= len(row.cells):
        return None
    start, end = row.cells[number]
    text, name = view.folded[start:end], fold(row.columns[number])
    unit = _unit(name)
    for a, b in candidates(question, text + unit, view.passage.text[start:end] + unit):
        if a < len(text) and (b == len(text) + len(unit) or not unit):
            return start + a, start + min(b, len(text))
    if unit or not _BARE.fullmatch(text) or text in question.folded:
        return None
    labels = patterns("kind_labels").get(question.kind)
    told = (
        bool(labels and labels.search(name))
        or bool(question.measure and question.measure in name)
        or any(_naming(question.folded, part).part for part in plain(name).split())
    )
    return (start, end) if told else None


def plain(name: str) -> str:
    """A column's name, folded, without what stands in brackets."""
    return _BRACKETED.sub("", fold(name)).strip()


def _is_asked_before(row: Row, own: Row) -> bool:
    if not row.naming.beats(own.naming):
        return False
    return row.table == own.table or any(_extends(cell, row) for cell in own.cells)


def _extends(cell: str, row: Row) -> bool:
    """Whether a cell is called as one of another row, and more."""
    return any(len(other) >= _WORD and other in cell != other for other in row.cells)


def _form(number: str) -> str:
    """A number with a mark for each digit and each letter."""
    return re.sub("[a-z]", "a", re.sub(r"\d", "0", number))


def _is_row(line: Line) -> bool:
    return bool(line.cells) and line.role != Role.HEADER


def _table(view: PassageView, line: Line) -> tuple[str, str]:
    """What rows of one table have in common: the document, and the name of the first column."""
    first = line.columns[0] if line.columns else str(len(line.cells))
    return view.passage.document_id, first


def _unit(name: str) -> str:
    """The unit that a column's name has in brackets, folded; empty without."""
    found = [unit.strip() for unit in _BRACKETED.findall(name)]
    return next((unit for unit in reversed(found) if _measures(unit)), "")


@lru_cache(maxsize=1024)
def _measures(unit: str) -> bool:
    return any(v.whole == (0, 1 + len(unit)) and v.kind != "number" for v in values(f"1{unit}"))


@lru_cache(maxsize=16384)
def _naming(question: str, name: str) -> Naming:
    """Where a folded question says a folded name, or parts of it."""
    if len(name) < _WORD:
        return Naming()
    pairs = {name[i : i + _WORD] for i in range(len(name) - _WORD + 1)}
    part = {
        at + k
        for at in range(len(question) - _WORD + 1)
        if question[at : at + _WORD] in pairs
        for k in range(_WORD)
    }
    whole = {
        k
        for found in re.finditer(re.escape(name), question)
        if not _cuts_number(question, *found.span())
        for k in range(*found.span())
    }
    return Naming(frozenset(whole), frozenset(part | whole))


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a place begins or ends inside a number."""
    return any(
        0 < at < len(text) and text[at - 1].isdecimal() and text[at].isdecimal()
        for at in (start, end)
    )
