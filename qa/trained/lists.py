"""Lists that a span belongs to: the whole of them with their items, and what announces them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenju.corpus.script import fold
from wenju.corpus.sentences import sentence_spans
from wenju.corpus.values import ORDINAL_MARK
from wenju.index.hit import Hit
from wenju.qa.enumeration import Enumeration, enumerations, numbered_lists
from wenju.qa.matching import covered, question_terms, share_said, terms_of, total_weight
from wenju.qa.question import Question
from wenju.qa.reader import Reading, Span
from wenju.qa.trained.candidates import Candidate

_SEEN = 3  # hits whose announcements are looked at
_SAID = 0.85  # of the question's weight that an announcement must say
_LEAST = 4.0  # weight of a subject
_DONE = re.compile("怎么|怎样|如何|计算|办理|处理|进行|规定|[算办]")
_PROMISES = re.compile("[下左]列|如下|以下")

Place = tuple[int, int]
Listed = tuple[Place, tuple[Place, ...]]
"""The place of a list and those of its items."""


def whole_list(candidate: Candidate, folded: str, lexical: Reading) -> Listed | None:
    """The enumeration that the span lies in, or that lies in the span, and its items."""
    start, end = candidate.scored.start, candidate.scored.end
    known = [
        (s.start, s.end, s.parts)
        for s in lexical.spans
        if s.parts and s.hit.passage.id == candidate.hit.passage.id
    ]
    own = [(parts.start, parts.end, parts.items) for parts in numbered_lists(folded)]
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


def announced(question: Question, folded: str, place: Place) -> Listed | None:
    """The numbered parts that a place announces (…如下:), or all those of which it is one.

    Of a part all are taken where what announces them says as much of the question as it does
    itself: the question is then for the list, 退休金給與標準如下 for what the standard is.
    """
    for lead, parts in _announcements(folded):
        items = tuple(parts.items)
        end = place[0] + len(folded[slice(*place)].rstrip(" :\n"))
        if place[0] < lead[1] - 1 and lead[1] - 1 <= end <= lead[1]:
            return (place[0], parts.end), items
        held = [(a, b) for a, b in items if a < place[1] and place[0] < b]
        if len(held) == 1 and _says_as_much(
            question, folded[slice(*lead)], folded[slice(*held[0])]
        ):
            return with_mark(folded, (parts.start, parts.end)), items
    return None


def led(question: Question, hits: Sequence[Hit]) -> Span | None:
    """The numbered parts that say how, with what announces them and says what the question says.

    延長工作時間之工資，依下列標準加給：一、… for how wages for overtime are reckoned. Of the first hits.
    """
    subject = _DONE.sub(" ", question.folded)
    terms = terms_of(subject)
    if total_weight(terms) < _LEAST:
        return None
    for hit in hits[:_SEEN]:
        folded = fold(hit.passage.text)
        for lead, parts in _announcements(folded):
            text = folded[slice(*lead)]
            if _PROMISES.search(text) and share_said(terms, text) >= _SAID:
                return Span(hit, lead[0], parts.end, 0.0, tuple(parts.items))
    return None


def with_mark(folded: str, place: Place) -> Place:
    """A list of several lines with the mark of its first part, as the others have theirs."""
    start, end = place
    if "\n" in folded[start:end]:
        marks = (m for m in ORDINAL_MARK.finditer(folded) if not folded[m.end() : start].strip())
        marks = (m for m in marks if m.end() <= start)
        start = next((m.end() - len(m[0].lstrip()) for m in marks), start)
    return start, end


def _announcements(folded: str) -> Iterator[tuple[Place, Enumeration]]:
    """Places of what ends in a colon right before numbered parts, and these parts."""
    for start, end in _lines(folded):
        text = folded[start:end].rstrip()
        mark = ORDINAL_MARK.match(folded, start + len(text))
        if not text.endswith(":") or not mark:
            continue
        shift = start + len(text)
        if parts := next(iter(numbered_lists(folded[shift:])), None):
            items = tuple((a + shift, b + shift) for a, b in parts.items)
            yield (start, shift), Enumeration(parts.start + shift, parts.end + shift, items, 0)


def _lines(folded: str) -> Iterator[Place]:
    """Pieces of sentences, each up to a colon or to the sentence's end."""
    for start, end in sentence_spans(folded):
        at = start
        while (colon := folded.find(":", at, end)) >= 0:
            yield at, colon + 1
            at = colon + 1


def _says_as_much(question: Question, lead: str, part: str) -> bool:
    terms = question_terms(question)
    weights = {term.text: term.weight for term in terms}
    one, other = (sum(weights[t] for t in covered(terms, text)) for text in (lead, part))
    return one >= other and one > 0
