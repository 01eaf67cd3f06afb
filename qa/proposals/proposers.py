"""The proposers: network, values, statements, lists, labelled lines, table cells, sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wenju.corpus.layout import Block, Line
from wenju.corpus.lexicon import patterns, phrase
from wenju.corpus.script import fold
from wenju.qa.candidates import PATTERNED_KINDS, TYPED_KINDS, values_in
from wenju.qa.context import PassageContext
from wenju.qa.passage import PassageView, Place, Statement, listed, with_mark
from wenju.qa.proposals.proposal import Proposal, merged
from wenju.qa.question import Question
from wenju.qa.terms import Term, covered, share_said, total_weight

_VALUES = 12  # places of the kind asked for that are offered
_STATEMENTS = 2  # statements that are offered whole, the best by what they say of the question
_MET = 0.5  # of the question's weight, that a met condition is worth
_ENUMERATIONS = 8
_ENDS = " ,，、；;。:：\n"
_SECTION = 240  # characters of a section that is offered whole
_LEAST = 4.0  # weight of a subject: 什麼時候開的 is about nothing
_NAMED = 8.0  # what a column weighs whose head names the kind of thing asked for
_ROLE_KINDS = frozenset({"person", "enumeration"})
_SUBJECT_KINDS = frozenset({"statement", "name", "person", "body", "place"})

Proposer = Callable[[PassageContext], Iterator[Proposal]]


def propose(context: PassageContext) -> list[Proposal]:
    """All that could answer in a passage, one to each place, none of it the question's own words.

    What a table says of another row or in another column than the question names is left out.
    """
    found = merged(p for proposer in PROPOSERS for p in proposer(context))
    return [
        p
        for p in found
        if any(map(str.isalnum, context.folded[p.start : p.end]))
        and not context.is_of_another(p.place)
    ]


def spans(context: PassageContext) -> Iterator[Proposal]:
    """The network's best spans; what has one form, a body or a day, does not go on over lines."""
    typed = context.question.kind in TYPED_KINDS
    for rank, span in enumerate(context.spans):
        if typed and "\n" in context.folded[span.start : span.end]:
            continue
        yield Proposal(span.start, span.end, marks={"first": float(rank == 0)})


def values(context: PassageContext) -> Iterator[Proposal]:
    """What is of the kind asked for: sums, dates, people and the like; conditions last."""
    answers = context.parallels.answers
    conditions = [place for place in context.typed or () if place not in answers]
    for place in (*answers, *conditions)[:_VALUES]:
        yield Proposal(*place)


def statements(context: PassageContext) -> Iterator[Proposal]:
    """The statements that say most of the question, and what they say that something is.

    One whose condition is met (五年以上十年未滿, of seven years) need not say as much.
    """
    pairs = zip(context.coverage, context.view.statements, strict=True)
    telling = [
        (coverage + _MET * context.conditions.met((s.start, s.stop)), s)
        for coverage, s in pairs
        if not (s.asks or s.heads)
    ]
    for _, statement in sorted(telling, key=lambda pair: -pair[0])[:_STATEMENTS]:
        place = _without_marks(context.folded, statement)
        yield Proposal(*place, marks={"whole": 1.0})
        if said := _after_copula(context, statement):
            yield Proposal(*said, marks={"copula": 1.0})


def lists(context: PassageContext) -> Iterator[Proposal]:
    """Enumerations and numbered parts, where a list is asked for."""
    question = context.question
    if question.kind != "enumeration":
        return
    found = sorted(context.view.enumerations, key=lambda e: -context.covered_at((e.start, e.end)))
    for one in found[:_ENUMERATIONS]:
        dated = any(v.kind == "date" for v in values_in(context.folded, one.start, one.end))
        if not question.asks_years or dated:
            marks = {"listed": 1.0, "counted": one.fit(question.number)}
            yield Proposal(one.start, one.end, one.items, marks)


def labelled_lines(context: PassageContext) -> Iterator[Proposal]:
    """The values of lines whose label is what is asked for."""
    question = context.question
    said = _said(question.event, f"{context.view.head}{context.folded.partition(chr(10))[0]}")
    for line in context.view.layout.lines:
        for field in line.fields:
            label = context.folded[slice(*field.label)].rstrip(":").strip()
            if _names_kind(label, question):
                for place in _told(context, field.value):
                    yield Proposal(*place, marks={"label": 1.0})
            if _is_asked_of_event(label, question):
                yield Proposal(*field.value, marks={"event_line": said})


def _names_kind(label: str, question: Question) -> bool:
    """Whether a line's label names what is asked for (地點：…), and not the page's own."""
    wanted = patterns("kind_labels").get(question.kind)
    if not wanted or not wanted.search(label):
        return False
    of_page = phrase("of_page").search(label)
    return not of_page or of_page.group() in question.folded


def _is_asked_of_event(label: str, question: Question) -> bool:
    """Whether a line's label is what is asked of something held."""
    if did := phrase("event_role").search(label):
        return question.kind in _ROLE_KINDS and did[0] in question.folded
    labels = patterns("event_labels").get(question.kind)
    return bool(labels and labels.fullmatch(label))


def _told(context: PassageContext, value: Place) -> list[Place]:
    """What a labelled value tells: what in it is of the kind asked for, if that has a form."""
    if context.question.kind not in PATTERNED_KINDS | {"person"}:
        return [value]
    return [p for p in context.typed or () if value[0] <= p[0] and p[1] <= value[1]]


def table_cells(context: PassageContext) -> Iterator[Proposal]:
    """The cells under the column that the question names."""
    for line in context.view.layout.lines:
        if line.columns and (place := asked_cell(context, line)):
            yield Proposal(*place, marks={"column": 1.0})


def asked_cell(context: PassageContext, row: Line) -> Place | None:
    """The cell of a row under the column that the question names; None where it names none."""
    labels = patterns("kind_labels").get(context.question.kind)
    terms = context.question.terms
    said = [
        sum(t.weight for t in terms if t.text in covered(terms, name))
        + (_NAMED if labels and labels.search(name) else 0.0)
        for name in map(fold, row.columns)
    ]
    if len(said) != len(row.cells):
        return None
    # a cell that the question names, as a row's first, is what it asks about
    asked = [
        (weight, i)
        for i, (weight, (start, end)) in enumerate(zip(said, row.cells, strict=True))
        if weight and start < end and not covered(terms, context.folded[start:end])
    ]
    return row.cells[max(asked)[1]] if asked else None


def sections(context: PassageContext) -> Iterator[Proposal]:
    """The body of a section whose heading is what is asked for."""
    question, section = context.question, context.view.section
    if question.aspect is None or section is None:
        return
    title, body = section
    if question.aspect.called.search(title):
        said = _said(question.subject, f"{context.view.head}\n{context.folded}")
        place, parts = _shown(context.view, body)
        yield Proposal(*place, parts, {"section": said})


def announced_lists(context: PassageContext) -> Iterator[Proposal]:
    """Numbered parts that say how, with what announces them."""
    if context.question.kind != "method":
        return
    for block in context.view.lists:
        if block.lead is None:
            continue
        text = context.folded[slice(*block.lead)]
        if _has_parts(context, block) and phrase("text_promises").search(text):
            parts = listed(block)
            marks = {"lead": _said(context.question.matter, text)}
            yield Proposal(block.lead[0], parts.end, parts.items, marks)


def _has_parts(context: PassageContext, block: Block) -> bool:
    """Whether a list has several items, or may go on in the next passage."""
    return len(block.items) > 1 or not context.folded[block.end :].strip(_ENDS)


PROPOSERS: tuple[Proposer, ...] = (
    spans,
    values,
    statements,
    lists,
    labelled_lines,
    table_cells,
    sections,
    announced_lists,
)


def _said(subject: tuple[Term, ...], text: str) -> float:
    """The share of a subject's terms that a text says; 0 for a subject that is about nothing."""
    return 0.0 if total_weight(subject) < _LEAST else share_said(subject, text)


def _shown(view: PassageView, body: Place) -> tuple[Place, tuple[Place, ...]]:
    """A section's list with its items; else all of it, or its first sentence where it is long."""
    start, end = body
    inside = [listed(block) for block in view.lists if block.items[0].start >= start]
    if inside:
        first = inside[0]
        return with_mark(view, (first.start, first.end)), first.items
    if end - start > _SECTION:
        end = next(b for _, b in view.sentences if b > start)
    return (start, end), ()


def _after_copula(context: PassageContext, statement: Statement) -> Place | None:
    """What a statement says a thing is: the rest behind 是, 為, 在於 right after the thing asked."""
    question = context.question
    if question.kind not in _SUBJECT_KINDS or not phrase("is_what").search(question.folded):
        return None
    for match in phrase("text_copula").finditer(context.folded, statement.start, statement.stop):
        near = context.folded[max(statement.start, match.start() - 8) : match.start()]
        if statement.stop - match.end() >= 2 and covered(question.terms, near):
            return match.end(), statement.stop
    return None


def _without_marks(folded: str, statement: Statement) -> Place:
    """A statement without list marks before and a closing mark behind."""
    start, end = statement.start, statement.stop
    while start < end - 1 and folded[start] in " -•·*、，,：:\n":
        start += 1
    while end > start + 1 and folded[end - 1] in " 。；;，,\n":
        end -= 1
    return start, end
