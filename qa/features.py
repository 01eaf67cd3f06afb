"""What speaks for and against a proposal: one table of named features, and how each is found."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Final

from wenju.corpus.lexicon import patterns, phrase
from wenju.qa.aspects import names_aspect, same_limit
from wenju.qa.candidates import PATTERNED_KINDS, QUANTITIES
from wenju.qa.context import PassageContext
from wenju.qa.passage import Place, Statement
from wenju.qa.proposals import Proposal

_EXPLAINED = frozenset({"method", "reason", "yes_no", "definition"})
_LAST_CLAUSE = re.compile(r"[^,、;:。\s]+\Z")
_NEXT_CLAUSE = re.compile(r"[^,、;:。\s]+")
_LIMIT_REACH = 4  # characters before a number in which 最高 speaks of it
_MARGIN = 10.0
_PAIRS = ("()", "“”", "《》", "[]", "【】")
_LONG = 5.0  # ln of characters

Held = Sequence[Statement]


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


def typed(context: PassageContext, proposal: Proposal) -> float:
    """Whether it is just of the kind asked for, with or without the words that bound it."""
    start, end = proposal.place
    return float(
        any(
            a <= start and end <= b and (a == start or b == end) and 2 * (end - start) >= b - a
            for a, b in context.typed or ()
        )
    )


def typed_contact(context: PassageContext, proposal: Proposal) -> float:
    """The same where a telephone number, an address or the like is asked for."""
    return float(context.question.kind == "contact") * typed(context, proposal)


def holds_typed(context: PassageContext, proposal: Proposal) -> float:
    """Whether it overlaps something of the kind asked for."""
    return float(any(_overlap(p, proposal.place) for p in context.typed or ()))


def mistyped(context: PassageContext, proposal: Proposal) -> float:
    """Whether it overlaps nothing of the kind asked for, though the passage has something of it."""
    return float(bool(context.typed)) * (1.0 - holds_typed(context, proposal))


def several(context: PassageContext, proposal: Proposal) -> float:
    """Whether it holds more than one quantity, date or person, where one is asked for."""
    held = [p for p in context.typed or () if _overlap(p, proposal.place)]
    single = context.question.kind in PATTERNED_KINDS | {"person"}
    return float(single and len(held) > 1)


def no_weekday(context: PassageContext, proposal: Proposal) -> float:
    """Whether a weekday is asked for, and it names none."""
    return float(context.question.asks_weekday) * (1.0 - holds_typed(context, proposal))


def unbalanced(context: PassageContext, proposal: Proposal) -> float:
    """Whether it closes a bracket or a quotation that it does not open, or the other way about."""
    text = context.folded[proposal.start : proposal.end]
    return float(any(_is_open(text, *pair) for pair in _PAIRS))


def cut_number(context: PassageContext, proposal: Proposal) -> float:
    """Whether it begins or ends inside a number: 5個工作日 of 15個工作日."""
    folded, (start, end) = context.folded, proposal.place
    return float(_joined(folded[start - 1 : start + 1]) or _joined(folded[end - 1 : end + 1]))


def in_label(context: PassageContext, proposal: Proposal) -> float:
    """Whether it is the label of a line, which only names what its value tells."""
    line = context.view.layout.line_at(proposal.start)
    return float(
        any(a <= proposal.start and proposal.end <= b for a, b in (f.label for f in line.fields))
    )


def untyped(context: PassageContext, _: Proposal) -> float:
    """Whether the kind asked for has a form, and nothing of it stands in the passage."""
    return float(context.typed == ())


def untyped_quantity(context: PassageContext, proposal: Proposal) -> float:
    """Whether only a quantity can answer, and it holds none of the kind."""
    quantity = context.question.kind in QUANTITIES
    return float(quantity) * (1.0 - holds_typed(context, proposal))


def limit(context: PassageContext, proposal: Proposal) -> float:
    """Whether the most, or the least, is asked for, and it is said to be that."""
    before = max(0, proposal.start - _LIMIT_REACH)
    text = context.folded[before : proposal.end]
    return float(same_limit(context.question.folded, text))


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
    return float(names_aspect(section[0]))


def anothers(context: PassageContext, proposal: Proposal) -> float:
    """Whether it is a quantity of another name, and just one beside it is of the one asked for.

    生态型10家,任务型30家,平台型20家 tells of 平台型 that there are 20, whatever the network says.
    """
    if context.question.kind not in QUANTITIES:
        return 0.0
    held = [(s.start, s.stop) for s in context.view.touched(proposal.place)]
    typed = context.typed or ()
    beside = [p for p in typed if any(_overlap(p, h) for h in held)]
    asked = [p for p in beside if _is_named(context, p)]
    others = (p for p in beside if p not in asked)
    return float(len(asked) == 1 and any(_overlap(p, proposal.place) for p in others))


def fine(context: PassageContext, proposal: Proposal) -> float:
    """Whether it is a fine (处3000元以下罚款) where a fee is asked for."""
    quantity = context.question.kind in QUANTITIES
    held = [p for p in context.typed or () if _overlap(p, proposal.place)]
    if not quantity or not held or phrase("fine").search(context.question.folded):
        return 0.0
    return float(all(_is_fine(context.folded, place) for place in held))


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
    *(margin, likelihood, sentence, gap, similarity, coverage, nearness, clause, unfocused),
    *(off_focus, mistyped, several, no_weekday, cut_number, unbalanced, in_label, broken_fact),
    *(other_year, typed, typed_contact, holds_typed, untyped, untyped_quantity, limit, asking),
    *(heading, explained_by_heading, page_line, signature, broken, cue, headed, another_aspect),
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


def _is_open(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return True
    return depth > 0


def _joined(pair: str) -> bool:
    return len(pair) == 2 and all(c.isdecimal() for c in pair)


def _overlap(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _is_named(context: PassageContext, place: Place) -> bool:
    """Whether what stands before a quantity, or behind it, up to a comma, is in the question."""
    before = _LAST_CLAUSE.search(context.folded, 0, place[0])
    behind = _NEXT_CLAUSE.match(context.folded, place[1])
    names = (
        phrase("text_leading").sub("", before[0]) if before else "",
        behind[0] if behind else "",
    )
    return any(len(name) > 1 and name in context.question.folded for name in names)


def _is_fine(folded: str, place: Place) -> bool:
    before, behind = folded[: place[0]], folded[place[1] :]
    after, ahead = phrase("text_fined_behind"), phrase("text_fined_before")
    return bool(after.match(behind) and ahead.search(before[-16:]))
