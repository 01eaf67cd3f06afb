"""Answers that are provisions: cited whole, checked like any other; and what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wenju.corpus.document import Document, Passage, content_id
from wenju.corpus.sentences import trim
from wenju.corpus.statutes import Provision
from wenju.index.hit import Hit
from wenju.qa.answer import Absent, Alternative, Answer, Citation, Item
from wenju.qa.assembly import cite, together
from wenju.qa.compose import Span
from wenju.qa.lookup.location import located
from wenju.qa.lookup.provisions import Provisions
from wenju.qa.question import Question
from wenju.qa.verification import check

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slice:
    """A place in a statute to show: what is cited, and in that what answers, and its items.

    All are half-open places in the document.
    """

    provisions: Provisions
    cited: Place
    shown: Place
    items: tuple[Place, ...] = ()


def whole(provisions: Provisions, path: Sequence[Provision]) -> Slice:
    """A provision as the answer: an article, or a part of one in its article."""
    outer, inner = path[0], path[-1]
    return Slice(provisions, (outer.start, outer.end), (inner.start, inner.end))


def answered(question: Question, slices: Sequence[Slice]) -> Answer:
    """The first slice as the answer, the others as alternatives, each with its citation."""
    spans = [_span(s) for s in slices]
    by_passage: dict[str, Span] = {}
    for span in spans:
        by_passage.setdefault(span.hit.passage.id, span)
    cited, numbers = list(by_passage.values()), {i: at for at, i in enumerate(by_passage)}
    answer = Answer(
        question=question.text,
        answered=True,
        answer=spans[0].text,
        kind=question.kind,
        items=tuple(Item(spans[0].hit.passage.text[a:b], 0, a, b) for a, b in spans[0].parts),
        citations=_citations(slices, cited),
        alternatives=tuple(
            Alternative(s.text, numbers[s.hit.passage.id], s.start, s.end, s.score)
            for s in spans[1:]
        ),
        sentence=(spans[0].start, spans[0].end),
        granularity="list" if spans[0].parts else "passage",
    )
    _check(answer, slices, cited)
    return answer


def listed(question: Question, slices: Sequence[Slice]) -> Answer:
    """All slices as one answer, in order, each with its own citation."""
    spans = [_span(s) for s in slices]
    answer = together(question, spans, _citations(slices, spans))
    _check(answer, slices, spans)
    return answer


def refused(
    question: Question,
    reason: str,
    nearest: Sequence[Slice] = (),
    absent: Absent | None = None,
    *,
    asked: str = "",
) -> Answer:
    """No answer, with why and with what comes nearest."""
    near = [_span(s) for s in nearest]
    answer = Answer(
        question=question.text,
        answered=False,
        answer="",
        kind=question.kind,
        nearest=_citations(nearest, near),
        no_answer_score=1.0,
        reason=reason,
        absent=absent,
        asked=asked,
    )
    _check(answer, nearest, near)
    return answer


def _citations(slices: Iterable[Slice], spans: Sequence[Span]) -> tuple[Citation, ...]:
    held = {s.provisions.document.id: s.provisions for s in slices}
    documents = {i: provisions.document for i, provisions in held.items()}
    return tuple(
        located(cite(span, documents), held[span.hit.passage.document_id]) for span in spans
    )


def _check(answer: Answer, slices: Iterable[Slice], spans: Sequence[Span]) -> None:
    documents = {s.provisions.document.id: s.provisions.document for s in slices}
    check(answer, {span.hit.passage.id: span.hit.passage for span in spans}, documents)


def _span(of: Slice) -> Span:
    """A slice as a span of a passage that holds all that is cited, however it was cut for search."""
    document = of.provisions.document
    start, end = trim(document.text, *of.cited)
    first, last = trim(document.text, *of.shown)
    passage = _passage(document, start, end, of.provisions)
    items = tuple((a - start, b - start) for a, b in of.items)
    return Span(Hit(passage, 1.0, 1, 1.0, 1.0), first - start, last - start, 1.0, items)


def _passage(document: Document, start: int, end: int, provisions: Provisions) -> Passage:
    """A passage like those that search knows; where one of them is the same, so is its id."""
    above = [p for p in provisions.statute.path(start) if p.start < start or p.kind == "article"]
    return Passage(
        id=content_id(document.id, str(start), str(end)),
        document_id=document.id,
        position=0,
        start=start,
        end=end,
        text=document.text[start:end],
        headings=tuple(" ".join(filter(None, (p.label, p.title))) for p in above),
        page=document.page_at(start),
        title=document.title,
        date=document.date,
        issuer=document.issuer,
        article=next((p.label for p in above if p.kind == "article"), ""),
    )
