"""Cells of tables: the rows that a passage has, and which cells hold what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wenju.corpus.layout import Line, Role
from wenju.corpus.lexicon import patterns
from wenju.corpus.script import fold
from wenju.corpus.values import values
from wenju.qa.candidates import QUANTITIES, candidates
from wenju.qa.naming import Naming, naming
from wenju.qa.passage import PassageView, Place
from wenju.qa.question import Question

_BRACKETED = re.compile(r"\(([^()]+)\)")
_PARTED = re.compile(r"\s+|(?<!\d):|:(?!\d)")
BARE = re.compile(r"\d[\d,]*(?:\.\d+)?")
"""A number and nothing else; 1988 as well, which alone is read as a year."""


def rows_of(view: PassageView) -> Iterator[Line]:
    """The lines of a passage that are rows of tables."""
    return (line for line in view.layout.lines if is_row(line))


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table, and names no columns."""
    return bool(line.cells) and line.role != Role.HEADER


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
    unit = unit_of(name)
    for a, b in candidates(question, text + unit, view.passage.text[start:end] + unit):
        if a < len(text) and (b == len(text) + len(unit) or not unit):
            return start + a, start + min(b, len(text))
    if unit or not BARE.fullmatch(text) or text in question.folded:
        return None
    labels = patterns("kind_labels").get(question.kind)
    told = (
        bool(labels and labels.search(name))
        or bool(question.measure and question.measure in name)
        or bool(column_naming(question.folded, name).part)
    )
    return (start, end) if told else None


def plain(name: str) -> str:
    """A column's name, folded, without what stands in brackets."""
    return _BRACKETED.sub("", fold(name)).strip()


def name_parts(name: str) -> list[str]:
    """What a column's name is put together from: the names of several rows, 其中 and what it is of."""
    return [part for part in _PARTED.split(name) if part]


def column_naming(folded: str, name: str) -> Naming:
    """Where a folded question says a column's name, that of each row of the table's head, or parts of it."""
    found = Naming()
    for part in name_parts(plain(name)):
        found |= naming(folded, part)
    return found


def unit_of(name: str) -> str:
    """The unit that a column's name has in brackets, folded; empty without."""
    found = [unit.strip() for unit in _BRACKETED.findall(name)]
    return next((unit for unit in reversed(found) if _measures(unit)), "")


@lru_cache(maxsize=1024)
def _measures(unit: str) -> bool:
    return any(v.whole == (0, 1 + len(unit)) and v.kind != "number" for v in values(f"1{unit}"))
