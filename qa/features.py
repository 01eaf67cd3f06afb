"""What speaks for and against a proposal: one table of named features, and how each is found."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from wenju.corpus.lexicon import patterns, phrase
from wenju.qa.context import PassageContext, is_elsewhere
from wenju.qa.form_features import (
    anothers,
    cut_number,
    fine,
    generic,
    holds_typed,
    limit,
    mistyped,
    no_weekday,
    several,
    stray_contact,
    typed,
    typed_contact,
    unbalanced,
    untyped,
    untyped_quantity,
)
from wenju.qa.passage import Statement
from wenju.qa.proposals import Proposal
from wenju.qa.question import aspects
from wenju.qa.tier_features import contrast, exception, extreme, meets, namesake

_EXPLAINED = frozenset({"method", "reason", "yes_no", "definition"})
_MARGIN = 10.0
_LOGITS = 4.0
_LONG = 5.0  # ln of characters


def margin(context: PassageContext, proposal: Proposal) -> float:
    """What the network prefers it to no answer by, in tens of nats, -1 to 1."""
    scored = context.scores.at(proposal.place) if context.scores else None
    return max(-1.0, min(1.0, scored.margin / _MARGIN)) if scored else -1.0


def likelihood(context: PassageContext, proposal: Proposal) -> float:
    """The network's probability of it among all spans of the passage and no answer."""
    scored = context.scores.at(proposal.place) if context.scores else None
    return math.exp(scored.log_share) if scored else 0.0


def sentence(context: PassageContext, proposal: Proposal) -> float:
    """How probably its sentences answer, by the network."""
    scored = context.scores.at(proposal.place) if context.scores else None
    return logistic(scored.sentence) if scored else 0.0


def answering(context: PassageContext, _: Proposal) -> float:
    """How far the network takes its whole passage for one that answers, -1 to 1."""
    return math.tanh(context.scores.passage / _LOGITS) if context.scores else 0.0


def gap(context: PassageContext, _: Proposal) -> float:
    """What its passage's retrieval score lacks of the best hit's; 0 or less."""
    return context.hit.score - context.top


def similarity(context: PassageContext, _: Proposal) -> float:
    """The similarity of its passage's vector to the question's, above the baseline."""
    return context.hit.dense_score


def coverage(context: PassageContext, proposal: Proposal) -> float:
    """The share of the question's terms said in its statement or around it."""
    return context.covered_at(proposal.place)


def nearness(context: PassageContext, proposal: Proposal) -> float:
    """How close the question's terms stand to it."""
    return context.nearness(proposal.place)


def clause(context: PassageContext, proposal: Proposal) -> float:
    """The share of the question's terms said in its own clause, or above it in a labelled line."""
    return context.clause_coverage(proposal.place)


def unfocused(context: PassageContext, proposal: Proposal) -> float:
    """Whether its statement says none of the terms beside the question word."""
    focus = context.question.focus
    held = context.view.touched(proposal.place)
    said = context.said_in((held[0].start, held[-1].end)) if held else frozenset()
    if any(s.row or s.labelled for s in held):  # a row need not repeat what the table is about
        said |= context.in_passage
    return float(bool(focus) and not focus & said)


def off_focus(context: PassageContext, _: Proposal) -> float:
    """Whether its passage and what stands above say none of these terms."""
    focus = context.question.focus
    return float(bool(focus) and not focus & (context.in_passage | context.in_head))


def other_year(context: PassageContext, _: Proposal) -> float:
    """Whether the question names years, and the passage names others and none of them."""
    asked, told = context.question.years, context.view.years
    return float(bool(asked and told and not asked & told))


def other_place(context: PassageContext, _: Proposal) -> float:
    """Whether the question names places, and the passage names others and none that fits them."""
    return float(is_elsewhere(context))


def in_label(context: PassageContext, proposal: Proposal) -> float:
    """Whether it is the label of a line, which only names what its value tells."""
    line = context.view.layout.line_at(proposal.start)
    return float(
        any(a <= proposal.start and proposal.end <= b for a, b in (f.label for f in line.fields))
    )


def asking(context: PassageContext, proposal: Proposal) -> float:
    """Whether it lies in questions only (a reporter's, a heading's)."""
    return _all(context, proposal, lambda s: s.asks)


def heading(context: PassageContext, proposal: Proposal) -> float:
    """Whether it lies in titles, headings or table headers only."""
    return _all(context, proposal, lambda s: s.heads)


def explained_by_heading(context: PassageContext, proposal: Proposal) -> float:
    """The same where something is to be explained."""
    return float(context.question.kind in _EXPLAINED) * heading(context, proposal)


def page_line(context: PassageContext, proposal: Proposal) -> float:
    """Whether it only tells when the page was put up, or by whom, and that is not asked for."""
    if phrase("of_page").search(context.question.folded):
        return 0.0
    return _all(context, proposal, lambda s: bool(s.page))


def signature(context: PassageContext, proposal: Proposal) -> float:
    """Whether it is the date under the document, and that is not asked for."""
    if phrase("of_document").search(context.question.folded):
        return 0.0
    return _all(context, proposal, lambda s: s.dated)


def broken(context: PassageContext, proposal: Proposal) -> float:
    """Whether it runs from the middle of a statement over its end, or into half of another."""
    held = context.view.touched(proposal.place)
    whole = bool(held) and proposal.start <= held[0].start and proposal.end >= held[-1].stop
    return float(len(held) > 1 and not whole and not proposal.parts)


def broken_fact(context: PassageContext, proposal: Proposal) -> float:
    """The same where nothing is to be explained."""
    return float(context.question.kind not in _EXPLAINED) * broken(context, proposal)


def cue(context: PassageContext, proposal: Proposal) -> float:
    """Whether it has words that ways, reasons and definitions are told with."""
    cues = patterns("kind_cues").get(context.question.kind)
    text = context.folded[slice(*context.view.around(proposal.place))]
    return float(bool(cues and cues.search(text)))


def headed(context: PassageContext, _: Proposal) -> float:
    """Whether the heading above names the kind of thing that is asked for."""
    words = patterns("kind_headings").get(context.question.kind)
    above = f"{context.view.head}\n{context.folded.split(chr(10), 1)[0]}"
    return float(bool(words and words.search(above)))


def another_aspect(context: PassageContext, _: Proposal) -> float:
    """Whether its passage is a section on another aspect than is asked for."""
    aspect, section = context.question.aspect, context.view.section
    if aspect is None or section is None or aspect.called.search(section[0]):
        return 0.0
    return float(any(other.called.search(section[0]) for other in aspects()))


def echo(context: PassageContext, proposal: Proposal) -> float:
    """The share of the question's terms that it repeats itself."""
    said = context.said_in(proposal.place)
    total = sum(t.weight for t in context.question.terms)
    return sum(t.weight for t in context.question.terms if t.text in said) / max(total, 1e-9)


def repeats(context: PassageContext, proposal: Proposal) -> float:
    """Whether the question says all of it."""
    return float(context.folded[proposal.start : proposal.end] in context.question.folded)


def length(_: PassageContext, proposal: Proposal) -> float:
    """The logarithm of its length in characters, about 0 to 1."""
    return math.log(proposal.end - proposal.start) / _LONG


def length_typed(context: PassageContext, proposal: Proposal) -> float:
    """The same where what is asked for has a form."""
    return length(context, proposal) * (context.typed is not None)


def length_explained(context: PassageContext, proposal: Proposal) -> float:
    """The same where something is to be explained."""
    return length(context, proposal) * (context.question.kind in _EXPLAINED)


def clock(context: PassageContext, _: Proposal) -> float:
    """Whether the day or the hour that it is is asked for, which no document knows."""
    return float(context.question.asks_clock)


Feature = Callable[[PassageContext, Proposal], float]
_COMPUTED: tuple[Feature, ...] = (
    *(
        margin,
        likelihood,
        sentence,
        answering,
        gap,
        similarity,
        coverage,
        nearness,
        clause,
        unfocused,
    ),
    *(
        off_focus,
        mistyped,
        several,
        no_weekday,
        stray_contact,
        generic,
        cut_number,
        unbalanced,
        in_label,
        broken_fact,
    ),
    *(
        other_year,
        other_place,
        typed,
        typed_contact,
        holds_typed,
        untyped,
        untyped_quantity,
        limit,
        asking,
    ),
    *(heading, explained_by_heading, page_line, signature, broken, cue, headed, another_aspect),
    *(meets, contrast, namesake, extreme, exception),
    *(anothers, fine, echo, repeats, length, length_typed, length_explained, clock),
)
MARKS: Final = (
    *("first", "whole", "copula", "listed", "counted", "label", "event_line", "column"),
    *("section", "lead"),
)
"""Features that proposers give: see :mod:`wenju.qa.proposals.proposers`."""
FEATURES: Final = (*(f.__name__ for f in _COMPUTED), *MARKS)
"""Names of all features, in the order of a vector."""


def extract(context: PassageContext, proposal: Proposal) -> tuple[float, ...]:
    """The features of a proposal, in the order of FEATURES; each is a number of about -1 to 1."""
    computed = (feature(context, proposal) for feature in _COMPUTED)
    return (*computed, *(proposal.marks.get(name, 0.0) for name in MARKS))


def logistic(x: float) -> float:
    """One over one plus e to the minus x."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def _all(context: PassageContext, proposal: Proposal, has: Callable[[Statement], bool]) -> float:
    held = context.view.touched(proposal.place)
    return float(bool(held) and all(map(has, held)))
