"""Hits and statements made by hand, for tests of the reader's parts."""

from __future__ import annotations

from wenju.qa.statements import Statement, Weighing, Weights

from wenju.corpus.document import Passage
from wenju.index.hit import Hit
from wenju.qa.question import parse
from wenju.qa.terms import question_terms


def hit(
    text: str,
    *,
    rank: int = 1,
    score: float = 2.0,
    dense: float = 0.8,
    title: str = "",
    headings: tuple[str, ...] = (),
    date: str = "",
) -> Hit:
    """A hit on a passage of a document of its own."""
    passage = Passage(
        f"passage{rank}", f"document{rank}", 0, 0, len(text), text, headings, None, title, date
    )
    return Hit(passage, score, rank, dense, 1.0)


def weighed(question: str, found: Hit, top: float = 2.0) -> list[Statement]:
    """The hit's statements, weighed for the question."""
    parsed = parse(question)
    return [*Weighing(parsed, question_terms(parsed), found, Weights()).statements(top)]
