"""From a candidate to what is shown of it: quantities with bounds, whole lists, whole sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wenju.corpus.lexicon import phrase
from wenju.corpus.sentences import trim
from wenju.corpus.values import NUMERAL
from wenju.index.hit import Hit
from wenju.qa.candidates import PATTERNED_KINDS, QUANTITIES, TYPED_KINDS, candidates
from wenju.qa.passage import PassageView, Place, listed, view_of, with_mark
from wenju.qa.question import Question
from wenju.qa.ranker import Candidate
from wenju.qa.relevance import Relevant
from wenju.qa.terms import covered

_WHOLE_KINDS = frozenset({"yes_no"})
_TOLD_KINDS = frozenset({"method", "reason", "definition"})
_MOST_OF = 0.6  # of a sentence that a span covers: then the sentence is shown
_LEAST = 12  # characters of a span that may become a sentence

Listed = tuple[Place, tuple[Place, ...]]
"""The place of a list and those of its items."""


@dataclass(frozen=True, slots=True)
class Span:
    """``hit.passage.text[start:end]``, which is shown as an answer; higher ``score`` is better.

    ``parts`` are the items of an enumeration, half-open places in the same passage.
    """

    hit: Hit
    start: int
    end: int
    score: float
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The span's own characters."""
        return self.hit.passage.text[self.start : self.end]


def composed(question: Question, candidate: Candidate, sentences: Sequence[float]) -> Span:
    """The candidate as a span of its passage, with the items of a list.

    ``sentences`` are the network's scores of the passage's sentences, above 0 where one rather
    answers; empty where none read.
    """
    view, place = candidate.view, (candidate.start, candidate.end)
    if candidate.parts and question.kind != "enumeration":
        return Span(candidate.hit, *place, candidate.score, candidate.parts)
    if question.kind == "enumeration" and (found := _whole_list(candidate, view)):
        place, parts = found
        return Span(candidate.hit, *with_mark(view, place), candidate.score, parts)
    if question.kind in PATTERNED_KINDS and (value := _only_value(question, candidate)):
        place = value
    if question.kind in _WHOLE_KINDS:
        place = _around(view.sentences, place)
    elif question.kind in QUANTITIES:
        place = _with_qualifier(question, candidate, place)
    elif question.kind in _TOLD_KINDS and _is_statement(view, place):
        place = _with_neighbours(view, view.around(place), sentences)
    parts = ()
    if question.kind not in TYPED_KINDS and (led := _announced(question, view, place)):
        place, parts = led
    place = _without_label(question, view, place)
    place = with_mark(view, place) if parts else place
    return Span(candidate.hit, *place, candidate.score, parts)


def whole(relevant: Relevant) -> Span:
    """A passage as an answer, without the headings that it begins with."""
    passage = relevant.hit.passage
    told = (s for s in view_of(passage).statements if not s.heads)
    start = min((s.start for s in told), default=0)
    start = min(start, relevant.sentence[0])
    return Span(relevant.hit, *trim(passage.text, start, len(passage.text)), relevant.probability)


def _with_qualifier(question: Question, candidate: Candidate, place: Place) -> Place:
    """The quantity with its 最高, 不少于, 近, 以上未满: without them it would say something else."""
    folded = candidate.view.folded
    known = candidates(question, folded, candidate.hit.passage.text)
    held = [p for p in known if p[0] <= place[0] and place[1] <= p[1]]
    start, end = min(held, key=lambda p: (p[1] - p[0], p), default=place)
    if end - start < _LEAST and (reach := _up_to(folded[start:end], folded[end:])):
        end += reach
    return start, end


def _only_value(question: Question, candidate: Candidate) -> Place | None:
    """What is asked for in a statement offered whole, where it is the only one there."""
    if not candidate.feature("whole") or candidate.feature("first"):
        return None
    folded, (low, high) = candidate.view.folded, (candidate.start, candidate.end)
    known = candidates(question, folded, candidate.hit.passage.text)
    held = [(a, b) for a, b in known if low <= a and b <= high]
    return held[0] if len(held) == 1 else None


def _up_to(low: str, behind: str) -> int:
    """How far a quantity goes on to its upper end: 十五岁 + 以上未满十六岁; 0 where it does not."""
    above = phrase("value_above").pattern
    bare = re.sub(rf"{above}\Z", "", low)
    unit = bare[-1:]
    if unit.isdigit():
        return 0
    upper = _upper_end(above if bare == low else "", unit).match(behind)
    return upper.end() if upper else 0


@lru_cache(maxsize=512)
def _upper_end(joint: str, unit: str) -> re.Pattern[str]:
    """What an upper end of that unit looks like, behind what joins it; its numeral takes long to compile."""
    to, below = phrase("value_to").pattern, phrase("value_below").pattern
    return re.compile(rf"{joint}{to}?(?:{below})?{NUMERAL}\s*{re.escape(unit)}(?:{below})?")


def _without_label(question: Question, view: PassageView, place: Place) -> Place:
    """Without a list's mark or an article's number before it, unless an article is asked for.

    And without the question that a text asks itself before it answers.
    """
    start, end = place
    for s in view.statements:
        if s.asks and s.start <= start < s.end < end:
            start = s.end + _blank(view.folded[s.end : end])
    line = view.layout.line_at(start)
    kept = bool(line.article) and "条" in question.folded
    if start < line.body[0] < end and not kept:
        start = line.body[0]
    return start, end


def _blank(text: str) -> int:
    """How many characters of white space a text begins with."""
    return len(text) - len(text.lstrip())


def _around(spans: Sequence[Place], place: Place) -> Place:
    """The whole of the spans that a place touches."""
    held = [s for s in spans if s[0] < place[1] and place[0] < s[1]]
    return (held[0][0], held[-1][1]) if held else place


def _is_statement(view: PassageView, place: Place) -> bool:
    """Whether a place is most of the statements that it lies in."""
    around = view.around(place)
    covers = (place[1] - place[0]) / max(1, around[1] - around[0])
    return covers >= _MOST_OF and place[1] - place[0] >= _LEAST


def _with_neighbours(view: PassageView, place: Place, scores: Sequence[float]) -> Place:
    """The place, and the sentences right before and behind it that answer as well."""
    spans = view.sentences
    held = [i for i, (a, b) in enumerate(spans) if a < place[1] and place[0] < b]
    if not held or not scores:
        return place
    low, high = held[0], held[-1]
    answers = [
        s > 0 and not any(one.asks for one in view.touched(span))
        for s, span in zip(scores, spans, strict=True)
    ]
    while low > 0 and answers[low - 1]:
        low -= 1
    while high + 1 < len(spans) and answers[high + 1]:
        high += 1
    start = spans[low][0] if low < held[0] else place[0]
    end = spans[high][1] if high > held[-1] else place[1]
    return start, end


def _whole_list(candidate: Candidate, view: PassageView) -> Listed | None:
    """The enumeration that the candidate is, or lies in, or that lies in it, and its items."""
    place = (candidate.start, candidate.end)
    if candidate.parts:
        return place, candidate.parts
    known = [(e.start, e.end, e.items) for e in view.enumerations]
    touching = [(a, b, items) for a, b, items in known if a < place[1] and place[0] < b]
    if not touching:
        return None
    a, b, items = max(touching, key=lambda t: _alike((t[0], t[1]), place))
    return (a, b), tuple(items)


def _alike(a: Place, b: Place) -> float:
    """What two places share of what they cover together."""
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (max(a[1], b[1]) - min(a[0], b[0]))


def _announced(question: Question, view: PassageView, place: Place) -> Listed | None:
    """The numbered parts that a place announces (…如下:), or all those of which it is one.

    Of a part all are taken where what announces them says as much of the question as it does
    itself: the question is then for the list, 退休金給與標準如下 for what the standard is.
    """
    folded = view.folded
    for block in view.lists:
        if not block.lead or not folded[slice(*block.lead)].rstrip().endswith(":"):
            continue
        lead, parts = block.lead, listed(block)
        items = parts.items
        end = place[0] + len(folded[slice(*place)].rstrip(" :\n"))
        if place[0] < lead[1] - 1 and lead[1] - 1 <= end <= lead[1]:
            return (place[0], parts.end), items
        held = [(a, b) for a, b in items if a < place[1] and place[0] < b]
        if len(held) == 1 and _says_as_much(
            question, folded[slice(*lead)], folded[slice(*held[0])]
        ):
            return with_mark(view, (parts.start, parts.end)), items
    return None


def _says_as_much(question: Question, lead: str, part: str) -> bool:
    weights = {term.text: term.weight for term in question.terms}
    one, other = (sum(weights[t] for t in covered(question.terms, text)) for text in (lead, part))
    return one >= other and one > 0
