"""An answer to each part of a question, side by side; or which part has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeGuard

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.index.library import Library
from wenju.qa.answer import Answer, Citation
from wenju.qa.parts.attribution import owners
from wenju.qa.parts.counterpart import counterpart
from wenju.qa.parts.joining import joined, lacking
from wenju.qa.parts.request import Part, Request
from wenju.qa.passage import PassageView, view_of
from wenju.qa.question import Question, parse

_phrase = partial(phrase, of="parts")


class Composer:
    """Composes the answer to one question from the answers to its parts.

    ``ask`` answers a question for one thing; ``library`` has what the answers cite.
    """

    def __init__(self, library: Library, ask: Callable[[str], Answer]) -> None:
        self._library = library
        self._ask = ask

    def answer(self, question: Question, request: Request) -> Answer:
        """The answer to all parts of a question, or none.

        What the documents conclude themselves, in one sentence, comes before what it would be
        concluded from; where one part has no sure answer of its own, a slice that speaks of all of
        them is one.
        """
        whole = self._ask(question.text) if request.conclusion else None
        if whole and whole.answered and _says(whole, request):
            return whole
        if whole and not request.parts:
            return lacking(question, (), [whole]) if whole.answered else whole
        asked = [self._ask(part.question) for part in request.parts]
        answers = self._answers(request.parts, asked)
        found = [answer for answer in answers if answer]
        if len(found) == len(request.parts):
            return joined(question, request, found)
        whole = whole or self._ask(question.text)
        if whole.answered and not request.conclusion and _speaks_of_all(whole, request.parts):
            return whole
        if not found and not whole.answered:
            return whole
        missing = [p.label for p, answer in zip(request.parts, answers, strict=True) if not answer]
        unsure = [
            a for a, answer in zip(asked, answers, strict=True) if not answer and not a.answered
        ]
        return lacking(question, missing, [*(found or [whole]), *unsure])

    def _answers(self, parts: Sequence[Part], asked: Sequence[Answer]) -> list[Answer | None]:
        """The answer to each part of what was ``asked`` for it, None where none is surely its own."""
        names = [part.own for part in parts]
        told = [
            a if a.answered and (not p.own or self._owners(a, names) >= {p.own}) else None
            for p, a in zip(parts, asked, strict=True)
        ]
        if not all(names):
            return _apart(told)
        known = [(p, a) for p, a in zip(parts, told, strict=True) if _is_exact(a)]

        def beside(part: Part) -> Answer | None:
            return next(filter(None, (self._beside(*one, part, names) for one in known)), None)

        return [
            answer if _is_exact(answer) else beside(part) or answer
            for part, answer in zip(parts, told, strict=True)
        ]

    def _owners(self, answer: Answer, names: Sequence[str]) -> frozenset[str]:
        """The parts' names that an answer is told of."""
        first = answer.citations[0]
        view = self._view(first)
        if answer.is_quoted or view is None:
            return frozenset(name for name in names if name in _around(first))
        return owners(view, first.highlight[0], names)

    def _beside(
        self, known: Part, answer: Answer, part: Part, names: Sequence[str]
    ) -> Answer | None:
        """What the passage that answers one part says of another in the same way."""
        first = answer.citations[0]
        view = self._view(first)
        if view is None:
            return None
        asked = parse(part.question, len(part.question))
        sure = first.highlight[0]
        place = counterpart(view, sure, known.own, part.own, names, asked)
        if place is None:
            return None
        start = view.passage.start
        document = self._library.document(first.document_id)
        there = document.alignment.to_source(start + place[0], start + place[1])
        citation = replace(first, highlight=(place,), source_highlight=(there,))
        return replace(
            answer,
            answer=first.quote[slice(*place)],
            citations=(citation,),
            items=(),
            alternatives=(),
        )

    def _view(self, citation: Citation) -> PassageView | None:
        """The passage of a citation; None for one that was made from the document."""
        passages = self._library.passages_of(citation.document_id)
        return next((view_of(p) for p in passages if p.id == citation.passage_id), None)


def _is_exact(answer: Answer | None) -> TypeGuard[Answer]:
    """Whether the very words that answer are known."""
    return answer is not None and not answer.is_quoted


def counted(answer: Answer, items: str, ask: Callable[[str], Answer]) -> Answer:
    """What tells how many items a list has: the number where a text says it, else the whole list.

    ``items`` asks for the items, empty where the question is not for their number; ``answer`` is what
    the question itself is answered with.
    """
    several = len(answer.items) > 1
    if not items or several or (answer.answered and answer.granularity == "span"):
        return answer
    listed = ask(items)
    whole = listed.answered and len(listed.items) > 1
    return replace(listed, question=answer.question, kind=answer.kind) if whole else answer


def _apart(answers: Sequence[Answer | None]) -> list[Answer | None]:
    """Without a value that answers two questions in one; a passage may answer both."""
    kept = [*answers]
    for at, answer in enumerate(answers):
        for other, before in enumerate(answers[:at]):
            if answer and before and answer.granularity == "span" and _overlap(answer, before):
                worse = at if (answer.confidence or 1) < (before.confidence or 1) else other
                kept[worse] = None
    return kept


def _says(answer: Answer, request: Request) -> bool:
    """Whether the sentence that answers concludes what is asked for, in its own words.

    It names all that is compared; of a sum it does so before the sum: 甲和乙共有三家 is one, 全縣共有三家，
    其中甲一家 is another.
    """
    sentence = fold(answer.statement)
    found = _said(request.conclusion).search(sentence)
    if found is None:
        return False
    said = sentence[: found.start()] if request.conclusion == "sum" else sentence
    return all(part.own in said for part in request.parts)


def _said(conclusion: str) -> re.Pattern[str]:
    """The words by which a text says a sum, a difference or a comparison itself."""
    return {
        "sum": _phrase("said_sum"),
        "difference": _phrase("said_difference"),
        "comparison": _phrase("said_comparison"),
    }[conclusion]


def _overlap(one: Answer, other: Answer) -> bool:
    first, second = one.citations[0], other.citations[0]
    (a, b), (c, d) = first.highlight[0], second.highlight[0]
    return first.passage_id == second.passage_id and a < d and c < b


def _speaks_of_all(answer: Answer, parts: Sequence[Part]) -> bool:
    """Whether one slice, of a sentence at least, names every part."""
    said = fold(answer.answer)
    whole = answer.granularity != "span"
    return whole and all(part.own and part.own in said for part in parts)


def _around(citation: Citation) -> str:
    """What a citation says and what stands above it, folded."""
    above = (citation.title, *citation.headings, *citation.breadcrumb, citation.reference)
    return fold("\n".join([*above, citation.quote]))
