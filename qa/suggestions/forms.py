"""Forms of statement in folded text, and how each is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from wenju.corpus.lexicon import expanded, rows
from wenju.corpus.script import is_han


@dataclass(frozen=True, slots=True)
class Form:
    """A form of folded text by the name of its rule; ``question`` is filled with the match's groups.

    ``names`` are the groups that must read as names of things; ``y`` is the answer.
    """

    name: str
    quality: float
    question: str
    names: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def forms(of: str) -> tuple[Form, ...]:
    """The forms of ``suggestions.tsv`` of a statement, a heading, a label or a law."""
    return tuple(_form(*cells) for subject, *cells in rows("suggestions") if subject == of)


def _form(name: str, quality: str, question: str, names: str, pattern: str) -> Form:
    groups = () if names == "-" else tuple(names.split())
    return Form(name, float(quality), _shown(question), groups, re.compile(expanded(pattern)))


def _shown(question: str) -> str:
    """A question of the lexicon, which is folded, as readers write it."""
    if any(map(is_han, question)):
        return question.replace("?", "？")
    return question[0].upper() + question[1:]
