"""Answers that are brought together into one: items with their names, each with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from wenju.qa.answer import JOINT, Alternative, Answer, Citation, Item
from wenju.qa.parts.request import Request
from wenju.qa.question import Question

_Part = TypeVar("_Part", Item, Alternative)


def joined(question: Question, request: Request, answers: Sequence[Answer]) -> Answer:
    """What answers each part, in the order of the question, as one answer."""
    cited = _merged(c for answer in answers for c in answer.citations)
    items = [
        replace(item, citation=_at(cited, answer.citations[item.citation]), label=part.label)
        for part, answer in zip(request.parts, answers, strict=True)
        for item in _items(answer)
    ]
    others = [
        replace(other, citation=_at(cited, answer.citations[other.citation]), label=part.label)
        for part, answer in zip(request.parts, answers, strict=True)
        for other in answer.alternatives
    ]
    # those of the items come first, in their order
    order = [*dict.fromkeys(item.citation for item in items)]
    order += [at for at in range(len(cited)) if at not in order]
    return Answer(
        question=question.text,
        answered=True,
        answer=JOINT.join(item.text for item in items),
        kind=question.kind,
        items=tuple(_moved(items, order)),
        citations=tuple(cited[at] for at in order),
        no_answer_score=max(answer.no_answer_score for answer in answers),
        confidence=_least(answers),
        alternatives=tuple(_moved(others, order)),
        granularity="list",
        concluded=not request.conclusion,
    )


def lacking(question: Question, missing: Sequence[str], found: Sequence[Answer]) -> Answer:
    """No answer, with the parts that have none; what was found of the others is shown as such.

    Behind it stands what comes nearest to those that have none.
    """
    near = _merged(c for answer in found for c in (answer.citations[:1] or answer.nearest[:1]))
    return Answer(
        question=question.text,
        answered=False,
        answer="",
        kind=question.kind,
        nearest=tuple(near),
        no_answer_score=1.0,
        reason="part_missing" if missing else "not_concluded",
        confidence=0.0,
        missing=tuple(missing),
    )


def _items(answer: Answer) -> list[Item]:
    """What an answer says: one slice, or its items where they stand in several passages."""
    if len({item.citation for item in answer.items}) > 1:
        return list(answer.items)
    return [Item(answer.answer, 0, *answer.citations[0].highlight[0])]


def _merged(citations: Iterable[Citation]) -> list[Citation]:
    """Each passage once, with all that is highlighted in it."""
    held: dict[str, Citation] = {}
    for citation in citations:
        known = held.get(citation.passage_id)
        held[citation.passage_id] = _with(known, citation) if known else citation
    return list(held.values())


def _with(known: Citation, citation: Citation) -> Citation:
    """A citation with what another of the same passage highlights beside its own."""
    pairs = zip(citation.highlight, citation.source_highlight, strict=True)
    new = [(here, there) for here, there in pairs if here not in known.highlight]
    return replace(
        known,
        highlight=(*known.highlight, *(here for here, _ in new)),
        source_highlight=(*known.source_highlight, *(there for _, there in new)),
    )


def _at(cited: Sequence[Citation], citation: Citation) -> int:
    return next(i for i, c in enumerate(cited) if c.passage_id == citation.passage_id)


def _moved(parts: Sequence[_Part], order: Sequence[int]) -> list[_Part]:
    return [replace(part, citation=order.index(part.citation)) for part in parts]


def _least(answers: Sequence[Answer]) -> float | None:
    """The confidence in the least sure part; None where none has any."""
    known = [answer.confidence for answer in answers if answer.confidence is not None]
    return min(known, default=None)
