"""A whole numbered list where an answer is but a piece of one of its items."""

from __future__ import annotations

from dataclasses import replace

from wenju.qa.assembly import Shown
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf, continued, items_of
from wenju.qa.question import Question
from wenju.qa.terms import covered


def widened(question: Question, shown: Shown, passages_of: PassagesOf) -> Shown:
    """The list that an answer lies in an item of, where a list is asked for and its lead says of what.

    The lead must say as much of the question as the item does; the list may run over several passages.
    """
    if question.kind != "enumeration" or not shown.cited or shown.size != "span":
        return shown
    span = shown.cited[0]
    passage = span.hit.passage
    items = items_of(passage)
    own = next((i for i in items if i.start <= span.start and span.end <= i.end + 1), None)
    if own is None or (span.start, span.end) in span.parts:
        return shown
    run = [i for i in items if i.mark.style == own.mark.style]
    numbers = [i.mark.number for i in run]
    if numbers != [*range(numbers[0], numbers[0] + len(run))]:
        return shown
    places = tuple(i.place for i in run)
    whole = Span(span.hit, run[0].mark.start, run[-1].end, span.score, places)
    above, below = continued(whole, passages_of)
    first = above[0] if above else whole
    from_one = (items_of(first.hit.passage) or run)[0].mark.number == 1
    several = len(places) + len(above) + len(below) > 1
    if not (from_one and several and _leads(question, first, span)):
        return shown
    return replace(shown, cited=(whole, *shown.cited[1:]), above=tuple(above), below=tuple(below))


def _leads(question: Question, first: Span, piece: Span) -> bool:
    """Whether what announces a list says as much of the question as a piece of it."""
    folded = first.hit.passage.folded
    lead = folded[: first.start].rstrip()
    if not lead.endswith(":"):
        return False
    weights = {term.text: term.weight for term in question.terms}
    said = lead[lead.rfind("\n") + 1 :]
    other = piece.hit.passage.folded[piece.start : piece.end]
    one, two = (sum(weights[t] for t in covered(question.terms, text)) for text in (said, other))
    return one >= two and one > 0
