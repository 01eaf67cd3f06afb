"""Cells of a table's row that stand under what is asked for."""

from __future__ import annotations

from wenju.corpus.layout import Line
from wenju.corpus.lexicon import patterns
from wenju.corpus.script import fold
from wenju.qa.context import PassageContext
from wenju.qa.passage import Place
from wenju.qa.terms import covered

_NAMED = 8.0  # what a column weighs whose head names the kind of thing asked for


def asked_cell(context: PassageContext, row: Line) -> Place | None:
    """The cell of a row under the column that the question names; None where it names none."""
    labels = patterns("kind_labels").get(context.question.kind)
    terms = context.question.terms
    said = [
        sum(t.weight for t in terms if t.text in covered(terms, name))
        + (_NAMED if labels and labels.search(name) else 0.0)
        for name in map(fold, row.columns)
    ]
    if not any(said) or len(said) != len(row.cells):
        return None
    start, end = row.cells[max(range(len(said)), key=lambda i: (said[i], i))]
    return None if start >= end or covered(terms, context.folded[start:end]) else (start, end)
