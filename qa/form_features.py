"""Features of the form of a proposal: whether it is of the kind asked for, whole, and the one named."""

from __future__ import annotations

import re

from wenju.corpus.lexicon import patterns, phrase
from wenju.qa.candidates import PATTERNED_KINDS, QUANTITIES, is_inside_value
from wenju.qa.context import PassageContext
from wenju.qa.names import is_generic_body
from wenju.qa.passage import Place
from wenju.qa.proposals import Proposal

_LAST_CLAUSE = re.compile(r"[^,、;:。\s]+\Z")
_NEXT_CLAUSE = re.compile(r"[^,、;:。\s]+")
_OF_ITS_OWNER = 0.35  # of the weight of a question for a number that its passage must say
_LIMIT_REACH = 4  # characters before a number in which 最高 speaks of it
_PAIRS = ("()", "“”", "《》", "[]", "【】")


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


def stray_contact(context: PassageContext, _: Proposal) -> float:
    """Whether a number to call is asked for, and its passage says nothing of whose it is to be."""
    if context.question.kind != "contact":
        return 0.0
    known = context.in_passage | context.in_head
    said = sum(t.weight for t in context.question.terms if t.text in known)
    return float(said < _OF_ITS_OWNER * sum(t.weight for t in context.question.terms))


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
    asked = context.question.folded
    return float(any(one.search(asked) and one.search(text) for one in patterns("limits").values()))


def cut_number(context: PassageContext, proposal: Proposal) -> float:
    """Whether it begins inside a number, or parts one from its unit: 5個工作日 of 15個工作日."""
    folded, (start, end) = context.folded, proposal.place
    return float(
        _joined(folded[start - 1 : start + 1])
        or _joined(folded[end - 1 : end + 1])
        or (folded[end - 1].isdecimal() and is_inside_value(folded, end))
    )


def generic(context: PassageContext, proposal: Proposal) -> float:
    """Whether a body is asked for, and it is one that no one can find: 主管機關, 有關單位."""
    body = context.question.kind == "body"
    return float(body and is_generic_body(context.folded[proposal.start : proposal.end]))


def unbalanced(context: PassageContext, proposal: Proposal) -> float:
    """Whether it closes a bracket or a quotation that it does not open, or the other way about."""
    text = context.folded[proposal.start : proposal.end]
    return float(any(_is_open(text, *pair) for pair in _PAIRS))


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


def _is_open(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == opening) - (char == closing)
        if depth < 0:
            return True
    return depth > 0


def _joined(pair: str) -> bool:
    return len(pair) == 2 and all(c.isdecimal() for c in pair)


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


def _overlap(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]
