"""Cells of a table's row that stand under what is asked for."""

from __future__ import annotations

from wenju.qa.matching import Term, covered
from wenju.qa.names import Place
from wenju.qa.question import Question
from wenju.qa.signs import BAR, LABELS
from wenju.qa.statements import Statement

_NAMED = 8.0  # what a column weighs whose head names the kind of thing asked for


def cells(question: Question, terms: tuple[Term, ...], statement: Statement) -> list[Place]:
    """The cell under the column that the question names, as a place in the statement.

    Rows are lines with `` | `` between their cells, the first row is the table's head. Empty where
    the statement is no row, or no column is named.
    """
    row = statement.text.split(BAR)
    head = _head(statement, len(row))
    if not head:
        return []
    labels = LABELS.get(question.kind)
    said = [
        sum(t.weight for t in terms if t.text in covered(terms, name))
        + (_NAMED if labels and labels.search(name) else 0.0)
        for name in head
    ]
    column = max(range(len(head)), key=lambda i: (said[i], i))
    if not said[column] or covered(terms, row[column]):
        return []
    start = sum(len(cell) + len(BAR) for cell in row[:column])
    end = start + len(row[column])
    text = statement.text[start:end]
    start += len(text) - len(text.lstrip())
    return [(start, start + len(text.strip()))] if text.strip() else []


def _head(statement: Statement, columns: int) -> list[str]:
    """The table's first row where it has as many cells as this one and is another line."""
    if columns < 2:
        return []
    lines = statement.folded[: statement.start].rstrip("\n").split("\n")
    rows = []
    for line in reversed(lines):
        if BAR not in line:
            break
        rows.append(line)
    head = rows[-1].split(BAR) if rows else []
    return head if len(head) == columns else []
