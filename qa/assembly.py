"""From what was read to an Answer: what is cited, what is shown beside it, and why nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenju.corpus.document import Document
from wenju.corpus.sentences import sentences_around
from wenju.index.hit import Hit
from wenju.qa.answer import JOINT, Alternative, Answer, Citation, Granularity, Item
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf, continued
from wenju.qa.passage import Place
from wenju.qa.question import Question
from wenju.qa.reader import Reading, Size
from wenju.qa.row import row_at
from wenju.qa.settings import Settings

_NEAR = 0.1  # probability from which a passage is named as one that may answer
_STOPS = "。！？；.!?;"


@dataclass(frozen=True, slots=True)
class Shown:
    """Spans to cite, the first of them the answer; other answers; or the nearest passages.

    ``above`` and ``below`` go on with the list that the answer is a part of, in order. ``best`` is what
    answers best in a sentence or a passage that is shown because nothing less is sure.
    """

    cited: tuple[Span, ...]
    others: tuple[Span, ...]
    nearest: tuple[Span, ...]
    reason: str
    above: tuple[Span, ...] = ()
    below: tuple[Span, ...] = ()
    size: Size = "span"
    best: Place | None = None

    @property
    def all(self) -> tuple[Span, ...]:
        """Every span that is shown, first those of the answer."""
        return (*self.cited, *self.above, *self.below, *self.others, *self.nearest)


def choose(
    reading: Reading, hits: Sequence[Hit], settings: Settings, passages_of: PassagesOf
) -> Shown:
    """What to show of a reading: the smallest size that is sure; nothing that lacks confidence."""
    size, answer = reading.size(settings.min_confidence), reading.answer(settings.min_confidence)
    if size == "span":
        above, below = continued(reading.spans[0], passages_of)
        return Shown(reading.spans, reading.alternatives, (), "", tuple(above), tuple(below))
    if size and answer:
        return Shown((answer,), (), (), "", size=size, best=_best_in(answer, size, reading))
    if reading.disputed:
        return Shown((), (), (reading.spans[0], *reading.alternatives), "answers_disagree")
    near = [r for r in reading.relevant if r.probability >= _NEAR][: settings.nearest]
    if near:
        found = tuple(Span(r.hit, *r.sentence, r.probability) for r in near)
        return Shown((), (), found, "uncertain")
    nearest = tuple(Span(hit, 0, 0, 0.0) for hit in hits[: settings.nearest])
    return Shown((), (), nearest, "not_supported" if hits else "nothing_retrieved")


def _best_in(answer: Span, size: Size, reading: Reading) -> Place | None:
    """The part that answers best: of a passage a sentence, of a sentence a span."""
    if size == "passage":
        return next((r.sentence for r in reading.relevant if r.hit is answer.hit), None)
    held = ((s.start, s.end) for s in reading.spans if s.hit is answer.hit)
    return next((p for p in held if answer.start <= p[0] and p[1] <= answer.end), None)


def assemble(
    question: Question,
    reading: Reading,
    shown: Shown,
    documents: Mapping[str, Document],
    took_ms: float,
) -> Answer:
    """The answer to a question; ``documents`` are, by id, those of the spans that are shown."""
    cited = _with_others(shown)
    confidence = reading.confidence if shown.size == "span" else shown.cited[0].score
    first = cited[0] if cited else None
    return Answer(
        question=question.text,
        answered=bool(first),
        answer=first.text if first else "",
        kind=question.kind,
        items=_items(shown, cited) if cited else (),
        citations=tuple(cite(span, documents) for span in cited),
        nearest=tuple(cite(span, documents) for span in shown.nearest),
        no_answer_score=1 - confidence,
        took_ms=took_ms,
        reason=shown.reason,
        confidence=confidence,
        alternatives=tuple(_alternative(span, cited) for span in shown.others),
        sentence=_sentence_of(shown) if first else None,
        granularity=_granularity(shown) if cited else "span",
        best=_within(first, shown.best) if first and shown.best else None,
    )


def _sentence_of(shown: Shown) -> Place:
    """The sentence that is meant: of a passage as an answer the best one."""
    return shown.best if shown.size == "passage" and shown.best else _sentence(shown.cited[0])


def _within(span: Span, place: Place) -> Place | None:
    """A place of a passage as one of the span's text; None where it is all of it."""
    found = place[0] - span.start, place[1] - span.start
    return None if found == (0, len(span.text)) else found


def _granularity(shown: Shown) -> Granularity:
    """Whether a passage is given, a list, whole sentences, or less than one."""
    if shown.size != "span":
        return shown.size
    span = shown.cited[0]
    if span.parts or shown.above or shown.below:
        return "list"
    start, end = _sentence(span)
    whole = span.hit.passage.text[start:end].strip().rstrip(_STOPS)
    return "sentence" if len(span.text.strip().rstrip(_STOPS)) >= len(whole) else "span"


def _sentence(span: Span) -> Place:
    return sentences_around(span.hit.passage.text, span.start, span.end)


def _with_others(shown: Shown) -> list[Span]:
    """What is cited, each passage once: first the answer's, then those of other answers.

    A passage that goes on with the answer's list is cited for that.
    """
    first, rest = shown.cited[:1], (*shown.cited[1:], *shown.others)
    by_passage: dict[str, Span] = {}
    for span in (*first, *shown.above, *shown.below, *rest):
        by_passage.setdefault(span.hit.passage.id, span)
    return list(by_passage.values())


def _alternative(span: Span, cited: Sequence[Span]) -> Alternative:
    passages = [other.hit.passage.id for other in cited]
    citation = passages.index(span.hit.passage.id)
    return Alternative(span.text, citation, span.start, span.end, span.score)


def cite(span: Span, documents: Mapping[str, Document]) -> Citation:
    """A span's passage as evidence, with the span highlighted; ``documents`` are those read, by id."""
    passage = span.hit.passage
    document = documents[passage.document_id]
    start, end = document.alignment.to_source(passage.start, passage.end)
    highlight = ((span.start, span.end),) if span.start < span.end else ()
    return Citation(
        document_id=document.id,
        title=document.label,
        source=document.name,
        page=document.page_at(passage.start + span.start) if highlight else passage.page,
        headings=passage.headings,
        passage_id=passage.id,
        start=start,
        end=end,
        original=document.source_text[start:end],
        quote=passage.text,
        highlight=highlight,
        source_highlight=tuple(
            document.alignment.to_source(passage.start + a, passage.start + b) for a, b in highlight
        ),
        retrieval_score=span.hit.score,
        span_score=span.score,
        date=document.date,
        issuer=document.issuer,
        read_as=passage.read_as,
        row=row_at(passage, span.start) if highlight else (),
    )


def together(question: Question, spans: Sequence[Span], citations: Sequence[Citation]) -> Answer:
    """Spans that stand in several places as one answer, in order; ``citations`` are theirs, one each."""
    items = tuple(Item(span.text, at, span.start, span.end) for at, span in enumerate(spans))
    return Answer(
        question=question.text,
        answered=True,
        answer=JOINT.join(item.text for item in items),
        kind=question.kind,
        items=items,
        citations=tuple(citations),
        granularity="list",
    )


def _items(shown: Shown, cited: Sequence[Span]) -> tuple[Item, ...]:
    """The items of the answer's list, in the order of the document."""
    passages = [span.hit.passage.id for span in cited]
    return tuple(
        Item(span.hit.passage.text[start:end], passages.index(span.hit.passage.id), start, end)
        for span in (*shown.above, shown.cited[0], *shown.below)
        for start, end in span.parts
    )
