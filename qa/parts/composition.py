"""An answer to each part of a question, side by side; or which part has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.qa.answer import Answer, Citation
from wenju.qa.parts.joining import joined, lacking
from wenju.qa.parts.request import Part, Request
from wenju.qa.question import Question

Ask = Callable[[str], Answer]
"""Answers one question for one thing."""

_phrase = partial(phrase, of="parts")


def composed(question: Question, request: Request, ask: Ask) -> Answer:
    """The answer to all parts of a question, or none.

    What the documents conclude themselves, in one sentence, comes before what it would be concluded
    from; where one part has no sure answer of its own, a slice that speaks of all of them is one.
    """
    whole = ask(question.text) if request.conclusion else None
    if whole and whole.answered and _says(whole, request):
        return whole
    if not request.parts:
        return lacking(question, (), [whole] if whole else []) if whole else ask(question.text)
    answers = [ask(part.question) for part in request.parts]
    without = _without(request.parts, answers)
    if not without:
        return joined(question, request, answers)
    whole = whole or ask(question.text)
    if whole.answered and not request.conclusion and _speaks_of_all(whole, request.parts):
        return whole
    missing = [part.label for at, part in enumerate(request.parts) if at in without]
    found = [a for at, a in enumerate(answers) if at not in without]
    return lacking(question, missing, found or [whole])


def _says(answer: Answer, request: Request) -> bool:
    """Whether the sentence that answers concludes what is asked for, in its own words.

    It names all that is compared; of a sum it does so before the sum: 甲和乙共有三家 is one, 全縣共有三家，
    其中甲一家 is another.
    """
    sentence = _sentence(answer)
    found = _phrase(f"said_{request.conclusion}").search(sentence)
    if found is None:
        return False
    said = sentence[: found.start()] if request.conclusion == "sum" else sentence
    return all(part.own in said for part in request.parts)


def _without(parts: Sequence[Part], answers: Sequence[Answer]) -> frozenset[int]:
    """Which parts have no answer that is surely theirs."""
    found = {
        at
        for at, (part, answer) in enumerate(zip(parts, answers, strict=True))
        if not answer.answered or not _is_of(part, answer, parts)
    }
    for at, answer in enumerate(answers):
        for other in range(at):
            if not {at, other} & found and _same_place(answer, answers[other]):
                found |= _disowned(parts, answers, other, at)
    return frozenset(found)


def _is_of(part: Part, answer: Answer, parts: Sequence[Part]) -> bool:
    """Whether an answer stands where its part is spoken of, and in no sentence on another part alone."""
    if not part.own:
        return True
    first, sentence = answer.citations[0], _sentence(answer)
    if part.own in sentence:
        return True
    others = [other.own for other in parts if other.own != part.own]
    return part.own in _around(first) and not any(own in sentence for own in others)


def _disowned(
    parts: Sequence[Part], answers: Sequence[Answer], one: int, other: int
) -> frozenset[int]:
    """Of two parts with one answer those of which its sentence does not speak."""
    if not parts[one].own:
        # two questions in one may have one passage as their answer, but no value
        shared = answers[one].granularity != "span"
        worse = one if (answers[one].confidence or 1) < (answers[other].confidence or 1) else other
        return frozenset() if shared else frozenset({worse})
    sentence = _sentence(answers[one])
    return frozenset(at for at in (one, other) if parts[at].own not in sentence)


def _same_place(one: Answer, other: Answer) -> bool:
    first, second = one.citations[0], other.citations[0]
    (a, b), (c, d) = first.highlight[0], second.highlight[0]
    return first.passage_id == second.passage_id and a < d and c < b


def _speaks_of_all(answer: Answer, parts: Sequence[Part]) -> bool:
    """Whether one slice, of a sentence at least, names every part."""
    said = fold(answer.answer)
    whole = answer.granularity != "span"
    return whole and all(part.own and part.own in said for part in parts)


def _sentence(answer: Answer) -> str:
    """The sentence that an answer stands in, folded."""
    quote = answer.citations[0].quote
    return fold(quote[slice(*answer.sentence)] if answer.sentence else answer.answer)


def _around(citation: Citation) -> str:
    """What a citation says and what stands above it, folded."""
    above = (citation.title, *citation.headings, *citation.breadcrumb)
    return fold("\n".join([*above, citation.quote]))
