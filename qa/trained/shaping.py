"""From the best span to what is shown: whole lists with their items, whole sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenju.corpus.alternation import any_of
from wenju.corpus.sentences import sentence_spans
from wenju.corpus.values import NUMERAL
from wenju.qa.candidates import QUANTITIES, TYPED_KINDS, candidates
from wenju.qa.question import Question
from wenju.qa.reader import Reading, Span
from wenju.qa.signs import asks
from wenju.qa.statements import statement_spans
from wenju.qa.trained.candidates import Candidate
from wenju.qa.trained.lists import announced, whole_list, with_mark

Place = tuple[int, int]
_WHOLE_KINDS = frozenset({"yes_no"})
_TOLD_KINDS = frozenset({"method", "reason", "definition"})
_MOST_OF = 0.6  # of a sentence that a span covers: then the sentence is shown
_LEAST = 12  # characters of a span that may become a sentence
_BELOW = any_of("未满 不满 以下 以内 不超过")
_LABEL = re.compile(
    r"[\s*-]*(?:第\s*[〇零一二三四五六七八九十百千\d]+\s*条(?:之\s*[一二三四五六七八九十\d]+)?\s+)?"
)


def shaped(
    question: Question,
    candidate: Candidate,
    folded: str,
    lexical: Reading,
    sentences: Sequence[float],
) -> Span:
    """The candidate as a span of its passage, with the items of a list.

    ``sentences`` are the scores of the passage's sentences, above 0 where one rather answers.
    """
    place = (candidate.scored.start, candidate.scored.end)
    if question.kind == "enumeration" and (found := whole_list(candidate, folded, lexical)):
        place, parts = found
        return Span(candidate.hit, *with_mark(folded, place), candidate.weight, parts)
    if question.kind in _WHOLE_KINDS:
        place = _around(sentence_spans(folded), place)
    elif question.kind in QUANTITIES:
        place = _with_qualifier(question, candidate, folded, place)
    elif question.kind in _TOLD_KINDS and is_statement(folded, place):
        place = _with_neighbours(folded, _around([*statement_spans(folded)], place), sentences)
    parts = ()
    if question.kind not in TYPED_KINDS and (led := announced(question, folded, place)):
        place, parts = led
    return Span(candidate.hit, *_without_label(question, folded, place), candidate.weight, parts)


def _with_qualifier(question: Question, candidate: Candidate, folded: str, place: Place) -> Place:
    """The quantity with its 最高, 不少于, 近, 以上未满: without them it would say something else."""
    known = candidates(question, folded, candidate.hit.passage.text)
    held = [p for p in known if p[0] <= place[0] and place[1] <= p[1]]
    start, end = min(held, key=lambda p: (p[1] - p[0], p), default=place)
    if end - start < _LEAST and (reach := _up_to(folded[start:end], folded[end:])):
        end += reach
    return start, end


def _up_to(low: str, behind: str) -> int:
    """How far a quantity goes on to its upper end: 十五岁 + 以上未满十六岁; 0 where it does not."""
    unit = low.removesuffix("以上")[-1:]
    above = "" if low.endswith("以上") else "以上"
    upper = re.match(rf"{above}[,、至]?{_BELOW}?{NUMERAL}\s*{re.escape(unit)}{_BELOW}?", behind)
    return upper.end() if upper and not unit.isdigit() else 0


def _without_label(question: Question, folded: str, place: Place) -> Place:
    """Without a list's mark or an article's number before it, unless an article is asked for.

    And without the question that a text asks itself before it answers.
    """
    start, end = place
    for a, b in statement_spans(folded):
        if a <= start < b < end and asks(folded[a:b]):
            start = b
    label = _LABEL.match(folded, start, end)
    if label and label.end() < end and not ("条" in question.folded and "条" in label[0]):
        start = label.end()
    return start, end


def _around(spans: Sequence[Place], place: Place) -> Place:
    """The whole of the spans that a place touches."""
    held = [s for s in spans if s[0] < place[1] and place[0] < s[1]]
    return (held[0][0], held[-1][1]) if held else place


def is_statement(folded: str, place: Place) -> bool:
    """Whether a place is most of the statements that it lies in."""
    around = _around([*statement_spans(folded)], place)
    covered = (place[1] - place[0]) / max(1, around[1] - around[0])
    return covered >= _MOST_OF and place[1] - place[0] >= _LEAST


def _with_neighbours(folded: str, place: Place, scores: Sequence[float]) -> Place:
    """The place, and the sentences right before and behind it that answer as well."""
    spans = sentence_spans(folded)
    held = [i for i, (a, b) in enumerate(spans) if a < place[1] and place[0] < b]
    if not held:
        return place
    low, high = held[0], held[-1]
    answers = [s > 0 and not asks(folded[a:b]) for s, (a, b) in zip(scores, spans, strict=True)]
    while low > 0 and answers[low - 1]:
        low -= 1
    while high + 1 < len(spans) and answers[high + 1]:
        high += 1
    start = spans[low][0] if low < held[0] else place[0]
    end = spans[high][1] if high > held[-1] else place[1]
    return start, end
