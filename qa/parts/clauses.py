"""Questions in one: 水價是多少，每月免收多少水費. Each clause asks, and what it leaves out is filled in."""

from __future__ import annotations

from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.qa.conversation import Turn, rewrite
from wenju.qa.conversation.topics import asking, seen, topic
from wenju.qa.names import Place, tagged

_MOST = 4  # questions in one
_EDGES = " ,，、;；。?？!！"
_phrase = partial(phrase, of="parts")


def clauses(text: str, folded: str) -> list[Place]:
    """The places of the questions that a text asks; none where it asks only one."""
    cuts = [m.span() for m in _phrase("between_clauses").finditer(folded)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    found: list[Place] = []
    start: int | None = None
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        start = a if start is None else start
        if _phrase("clause_asks").search(folded[a:b].rstrip(_EDGES)):
            found.append((start, b))
            start = None
    if start is not None and found:
        # what comes after the last question belongs to it
        found[-1] = (found[-1][0], edges[-1])
    asked = [_trimmed(text, *place) for place in found]
    # what comes later may do without its subject: 多少錢
    several = 1 < len(asked) <= _MOST and _is_clause(folded[slice(*asked[0])])
    return asked if several else []


def completed(text: str, places: list[Place]) -> list[str]:
    """Each clause as a question of its own, with what it shares with those before it."""
    asked: list[str] = []
    for start, end in places:
        clause = text[start:end]
        made = rewrite(clause, [Turn(question) for question in asked])
        about = topic(asked[0]) if asked and not made.changed else None
        if about and asking().match(seen(clause)):
            clause = f"{about.text}{clause}"
        asked.append(made.question if made.changed else clause)
    return asked


def _trimmed(text: str, start: int, end: int) -> Place:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _is_clause(folded: str) -> bool:
    """Whether it asks something of something: 哪些單位 before 、 is but a part of a clause."""
    rest = asking().sub(" ", folded)
    said = [t for t in tagged(rest) if t[0][0].isalnum()]
    opens = asking().match(folded) is not None
    acts = any(t[1].startswith(("v", "a")) for t in said)
    return sum(len(word) for word, *_ in said) > 1 and (acts or not opens)
