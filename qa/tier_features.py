"""Features of one of several: the step of a scale, the parallel clause, the most of all."""

from __future__ import annotations

from wenju.corpus.lexicon import patterns, phrase
from wenju.corpus.values import Size, size
from wenju.qa.candidates import values_in
from wenju.qa.context import PassageContext
from wenju.qa.namesakes import has_namesake
from wenju.qa.parallels import Sibling
from wenju.qa.passage import Place
from wenju.qa.proposals import Proposal


def meets(context: PassageContext, proposal: Proposal) -> float:
    """1 where a value that the question names meets the condition it stands under, -1 where none does.

    Seven years are five or more and less than ten. Of steps that only say from where they hold, the
    last one below counts. 0 without such a condition, and for what is the condition itself.
    """
    return context.conditions.met(proposal.place)


def contrast(context: PassageContext, proposal: Proposal) -> float:
    """How much less of what tells siblings apart its clause says than the best of them, -1 to 0."""
    siblings = context.parallels.siblings
    return max((s.lacks for s in siblings if _overlap(s.place, proposal.place)), default=0.0)


def namesake(context: PassageContext, proposal: Proposal) -> float:
    """Whether its statement speaks of a namesake of what is asked for, and not of that.

    Of 生態型聯合體 or 第三級水價, where 任務型聯合體 or 第二級水價 is asked for.
    """
    held = context.view.touched(proposal.place)
    if not held or not context.tails:
        return 0.0
    text = context.folded[held[0].start : held[-1].end]
    return float(has_namesake(text, context.tails))


def extreme(context: PassageContext, proposal: Proposal) -> float:
    """1 for the largest of parallel values where the most is asked for (the smallest, the least).

    -1 for another of them. 0 where the text says itself what is the most.
    """
    sign = _extreme_asked(context)
    if not sign:
        return 0.0
    siblings = context.parallels.siblings
    mine = [s for s in siblings if _overlap(s.place, proposal.place)]
    own = _size(context, mine[0]) if len(mine) == 1 else None
    if own is None:
        return 0.0
    run = [
        s
        for s in siblings
        if s.run == mine[0].run
        and s.lacks >= mine[0].lacks
        and context.conditions.met(s.place) >= 0
    ]
    sizes = [found for s in run if (found := _size(context, s)) and found[0] == own[0]]
    if len(set(sizes)) < 2:
        return 0.0
    return 1.0 if mine[0] in run and own == (max if sign > 0 else min)(sizes) else -1.0


def exception(context: PassageContext, proposal: Proposal) -> float:
    """Whether it lies in an exception, the question asks for none, and the rule says as much of it."""
    if phrase("exception").search(context.question.folded):
        return 0.0
    held = context.view.touched(proposal.place)
    if not held:
        return 0.0
    folded, line = context.folded, held[0].line
    opens = [
        m.end()
        for m in phrase("text_exception").finditer(folded, line.start, proposal.start + 1)
        if "。" not in folded[m.end() : proposal.start]
    ]
    if not opens:
        return 0.0
    end = held[-1].stop
    rule = context.said_in((line.start, opens[-1]))
    return float(context.said_in((opens[-1], end)) <= rule)


def _extreme_asked(context: PassageContext) -> int:
    """1 where the most is asked for, -1 where the least, 0 where neither, or where the text says which."""
    for name, sign in (("most", 1), ("least", -1)):
        asked = patterns("limits")[name].search(context.question.folded)
        if asked:
            told = asked[0] in context.folded or asked[0] in context.view.head
            return 0 if told else sign
    return 0


def _size(context: PassageContext, sibling: Sibling) -> Size | None:
    """How much the one quantity of a place is."""
    found = [s for v in values_in(context.folded, *sibling.place) if (s := size(v))]
    return found[0] if found else None


def _overlap(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]
