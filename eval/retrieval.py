"""What a search finds of a question's evidence: the ranks of its documents and answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from wenju.eval.answers import contains_answer, covers_answer
from wenju.index.hit import Hit

DOCUMENT_DEPTH = 20  # the deepest measure looks at this many distinct documents
PASSAGE_DEPTH = 5
Asked = TypeVar("Asked")
"""A question as the search takes it: its text, or a query."""
_FIRST_K, _LAST_K = 60, 960  # hits asked for, until the documents among them are enough


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where one question's evidence stands, from 1; None where it was not found.

    ``document``: the best of the gold documents among the first twenty distinct documents;
    ``answer``: the first passage, of the first five, in which a gold answer stands; ``coverage``:
    the first of them that holds at least 80 % of the clauses of a gold answer.
    """

    document: int | None
    answer: int | None
    coverage: int | None = None


def distinct_documents(hits: Iterable[Hit]) -> list[str]:
    """Document ids in the order of their best passage."""
    return list(dict.fromkeys(hit.passage.document_id for hit in hits))


def deep_search(search: Callable[[Asked, int], list[Hit]], question: Asked) -> list[Hit]:
    """Hits enough for the deepest measure, best first: more are asked for while documents lack."""
    k = _FIRST_K
    hits = search(question, k)
    while len(distinct_documents(hits)) < DOCUMENT_DEPTH and len(hits) == k < _LAST_K:
        k *= 4
        hits = search(question, k)
    return hits


def rank(hits: Sequence[Hit], gold_documents: Collection[str], golds: Sequence[str]) -> Ranks:
    """Where the gold documents and the gold answers stand among the hits, best first."""
    documents = distinct_documents(hits)[:DOCUMENT_DEPTH]
    passages = [hit.passage.text for hit in hits[:PASSAGE_DEPTH]]
    return Ranks(
        document=_first(document in gold_documents for document in documents),
        answer=_first(contains_answer(text, golds) for text in passages),
        coverage=_first(covers_answer(text, golds) for text in passages),
    )


def gold_passage(hits: Sequence[Hit], gold_documents: Collection[str], golds: Sequence[str]) -> str:
    """The text that should have been read: of the first hit that is a gold document's and answers.

    Where there is none, of the first that holds a gold answer; then of the gold document's first;
    empty where neither was found.
    """
    ours = [hit.passage.text for hit in hits if hit.passage.document_id in gold_documents]
    every = (hit.passage.text for hit in hits)
    answering = (text for texts in (ours, every) for text in texts if contains_answer(text, golds))
    return next(answering, ours[0] if ours else "")


def _first(found: Iterable[bool]) -> int | None:
    """The place, from 1, of the first that is true."""
    return next((place for place, true in enumerate(found, 1) if true), None)
