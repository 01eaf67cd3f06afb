"""Cells of a table's row that stand under what is asked for."""

from __future__ import annotations

from wenju.qa.context import PassageContext
from wenju.qa.passage import Place, Statement
from wenju.qa.signs import BAR, LABELS
from wenju.qa.terms import covered

_NAMED = 8.0  # what a column weighs whose head names the kind of thing asked for


def cells(context: PassageContext, statement: Statement) -> list[Place]:
    """The cell of a row under the column that the question names.

    Rows are lines with `` | `` between their cells, the first row is the table's head. Empty where
    no column is named.
    """
    row = context.folded[statement.start : statement.end].split(BAR)
    head = _head(context.folded, statement.start, len(row))
    if not head:
        return []
    labels = LABELS.get(context.question.kind)
    terms = context.question.terms
    said = [
        sum(t.weight for t in terms if t.text in covered(terms, name))
        + (_NAMED if labels and labels.search(name) else 0.0)
        for name in head
    ]
    column = max(range(len(head)), key=lambda i: (said[i], i))
    if not said[column] or covered(terms, row[column]):
        return []
    start = statement.start + sum(len(cell) + len(BAR) for cell in row[:column])
    text = row[column]
    start += len(text) - len(text.lstrip())
    return [(start, start + len(text.strip()))] if text.strip() else []


def _head(folded: str, start: int, columns: int) -> list[str]:
    """The table's first row where it has as many cells as this one and is another line."""
    if columns < 2:
        return []
    rows = []
    for line in reversed(folded[:start].rstrip("\n").split("\n")):
        if BAR not in line:
            break
        rows.append(line)
    head = rows[-1].split(BAR) if rows else []
    return head if len(head) == columns else []
