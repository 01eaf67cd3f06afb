"""What a question asks of several things: each of them as a question of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from wenju.corpus.lexicon import group, phrase, rules
from wenju.qa.conversation.parts import parallel
from wenju.qa.conversation.topics import asking, seen
from wenju.qa.names import Place, tagged
from wenju.qa.parts.clauses import clauses, completed
from wenju.qa.parts.coordination import Coordination, coordination

Conclusion = Literal["", "sum", "difference", "comparison"]
Edit = tuple[int, int, str]
"""A place in a question, and what stands there instead."""

_SHORTEST = 2  # characters of a word by which a part is told from the others
_phrase = partial(phrase, of="parts")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things asked for.

    ``label`` is what the question calls it, ``question`` asks for it alone. ``own`` is what its name has
    that those of the others lack, folded; empty where it is a question of its own.
    """

    label: str
    question: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Several things that are asked for, and what is to be concluded from them, if anything.

    Without parts only a conclusion is asked for, of what the question does not name one by one.
    """

    parts: tuple[Part, ...]
    conclusion: Conclusion = ""


def read_parts(text: str) -> Request | None:
    """The parts of a question; None where it asks for one thing."""
    folded = seen(text)
    if len(folded) != len(text):
        return None
    if asked := clauses(text, folded):
        labels = [text[a:b] for a, b in asked]
        questions = completed(text, asked)
        return Request(tuple(map(Part, labels, questions)))
    readers = (_each, _compared, _differing, _summed)
    return next((found for read in readers if (found := read(text, folded))), None)


def _each(text: str, folded: str) -> Request | None:
    """月卡和年卡分別多少錢: 分別 and 各 say that each is asked for."""
    marker = _distributive(folded)
    if marker is None or not asking().search(folded, marker[1]):
        return None
    found = coordination(folded, marker[0])
    return Request(_parts(text, folded, found, [(*marker, "")])) if found else None


def _distributive(folded: str) -> Place | None:
    """The word that says so; 各部門 is no such."""
    if found := _phrase("each").search(folded):
        return found.span()
    tokens = list(tagged(folded))
    for (word, _, at), (after, tag, behind) in zip(tokens, tokens[1:], strict=False):
        acts = not tag.startswith(("n", "q", "s", "f", "j"))
        if _phrase("each_alone").fullmatch(word) and (
            acts or asking().match(folded, behind + len(after))
        ):
            return at, at + len(word)
    return None


def _compared(text: str, folded: str) -> Request | None:
    """月卡和年卡哪個貴: of each what it is compared by."""
    found = _phrase("which_more").search(folded)
    told = coordination(folded, found.start()) if found else None
    if found is None or told is None:
        return None
    asked = _asked_by(folded[found.start("how") :], folded)
    edits = [(*found.span("which"), ""), (found.start("how"), len(text), asked)]
    return Request(_parts(text, folded, told, edits), "comparison") if asked else None


def _differing(text: str, folded: str) -> Request | None:
    """2024年比2023年多多少, 月卡和年卡相差多少: the value of each."""
    if found := _phrase("differ").search(folded):
        told = coordination(folded, found.start())
        edits = [(*found.span("word"), "")]
        parts = _parts(text, folded, told, edits) if told else ()
        return Request(parts, "difference")
    found = _phrase("than").match(folded)
    if found is None:
        return None
    one, other, asked = (text[slice(*found.span(name))] for name in ("one", "other", "asked"))
    place = parallel(seen(other), seen(one))
    if place is None:
        return Request((), "difference")
    labels = (one[slice(*place)], other)
    questions = [f"{one[: place[0]]}{label}{one[place[1] :]}{asked}" for label in labels]
    return Request(_named(labels, questions), "difference")


def _summed(text: str, folded: str) -> Request | None:
    """城東和城西一共有多少家: what there is of each."""
    found = _phrase("in_all").search(folded)
    if found is None or not asking().search(folded, found.end()):
        return None
    told = coordination(folded, found.start())
    parts = _parts(text, folded, told, [(*found.span(), "")]) if told else ()
    return Request(parts, "sum") if parts else None


def counted_items(text: str) -> str:
    """The question for the items where it is asked how many there are: 有哪些條件 for 共有幾項條件.

    Empty where it is not.
    """
    folded = seen(text)
    found = _phrase("counts_items").search(folded)
    if found is None or len(folded) != len(text):
        return ""
    has = "有" if found["has"] or found["all"] else ""
    return f"{text[: found.start()]}{has}哪些{text[found.end() :]}"


def _asked_by(comparative: str, folded: str) -> str:
    """What asks for the value by which things are compared: 貴 by 多少錢; empty where none is known."""
    asked = rules("comparatives")
    rest = folded[: -len(comparative)] + _phrase("ending").sub("", comparative)
    return next((question for question, pattern in asked if pattern.search(rest)), "")


def _parts(text: str, folded: str, found: Coordination, edits: Sequence[Edit]) -> tuple[Part, ...]:
    """The question once for each of the things named side by side."""
    behind = text[found.end :]
    for start, end, put in sorted(edits, reverse=True):
        behind = f"{behind[: start - found.end]}{put}{behind[end - found.end :]}"
    labels = [text[a:b] for a, b in found.places]
    questions = [f"{text[: found.start]}{label}{behind}" for label in labels]
    return _named(labels, questions)


def _named(labels: Sequence[str], questions: Sequence[str]) -> tuple[Part, ...]:
    """Parts, each with what tells it from the others."""
    names = [seen(label).strip() for label in labels]
    same = 0
    while same < min(map(len, names)) and len({name[-1 - same] for name in names}) == 1:
        same += 1
    return tuple(map(Part, labels, questions, (_own(name, len(name) - same) for name in names)))


def _own(name: str, end: int) -> str:
    """The words of a name up to where it is like the others; 任務型 and not 任務, which is a word too."""
    if name[end : end + 1] in group("compound_ending"):
        end += 1
    words = (at + len(word) for word, _, at in tagged(name))
    return name[: next((at for at in words if at >= max(end, _SHORTEST)), len(name))]
