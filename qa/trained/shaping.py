"""From the best span to what is shown: whole lists with their items, whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.sentences import sentence_spans
from qa.candidates import QUANTITIES, candidates
from qa.enumeration import enumerations, marked
from qa.question import Question
from qa.reader import Reading, Span
from qa.statements import statement_spans
from qa.trained.candidates import Candidate

Place = tuple[int, int]
_WHOLE_KINDS = frozenset({"yes_no"})
_TOLD_KINDS = frozenset({"method", "reason", "definition"})
_MOST_OF = 0.6  # of a sentence that a span covers: then the sentence is shown
_LEAST = 12  # characters of a span that may become a sentence


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
    if question.kind == "enumeration" and (found := _listed(question, candidate, folded, lexical)):
        place, parts = found
        return Span(candidate.hit, *place, candidate.weight, parts)
    if question.kind in _WHOLE_KINDS:
        place = _around(sentence_spans(folded), place)
    elif question.kind in QUANTITIES:
        place = _with_qualifier(question, candidate, folded, place)
    elif question.kind in _TOLD_KINDS and _is_statement(folded, place):
        place = _with_neighbours(folded, _around([*statement_spans(folded)], place), sentences)
    return Span(candidate.hit, *_without_mark(folded, place), candidate.weight)


def _with_qualifier(question: Question, candidate: Candidate, folded: str, place: Place) -> Place:
    """The quantity with its 最高, 不少于, 近: without them it would say something else."""
    known = candidates(question, folded, candidate.hit.passage.text)
    held = [p for p in known if p[0] <= place[0] and place[1] <= p[1]]
    return min(held, key=lambda p: (p[1] - p[0], p), default=place)


def _without_mark(folded: str, place: Place) -> Place:
    """Without a list's mark before it."""
    start, end = place
    while start < end - 1 and folded[start] in " \n-*":
        start += 1
    return start, end


def _listed(
    question: Question, candidate: Candidate, folded: str, lexical: Reading
) -> tuple[Place, tuple[Place, ...]] | None:
    """The enumeration that the span lies in, or that lies in the span, and its items."""
    start, end = candidate.scored.start, candidate.scored.end
    known = [
        (s.start, s.end, s.parts)
        for s in lexical.spans
        if s.parts and s.hit.passage.id == candidate.hit.passage.id
    ]
    parts = marked(folded)
    own = [(parts.start, parts.end, parts.items)] if parts else []
    for a, b in sentence_spans(folded):
        if a < end and start < b:
            own += [
                (e.start + a, e.end + a, tuple((x + a, y + a) for x, y in e.items))
                for e in enumerations(folded[a:b])
            ]
    touching = [(a, b, items) for a, b, items in (*known, *own) if a < end and start < b]
    if not touching:
        return None
    a, b, items = max(touching, key=lambda t: _alike((t[0], t[1]), (start, end)))
    return (a, b), tuple(items)


def _alike(a: Place, b: Place) -> float:
    """What two places share of what they cover together."""
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (max(a[1], b[1]) - min(a[0], b[0]))


def _around(spans: Sequence[Place], place: Place) -> Place:
    """The whole of the spans that a place touches."""
    held = [s for s in spans if s[0] < place[1] and place[0] < s[1]]
    return (held[0][0], held[-1][1]) if held else place


def _is_statement(folded: str, place: Place) -> bool:
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
    while low > 0 and scores[low - 1] > 0:
        low -= 1
    while high + 1 < len(spans) and scores[high + 1] > 0:
        high += 1
    start = spans[low][0] if low < held[0] else place[0]
    end = spans[high][1] if high > held[-1] else place[1]
    return start, end
