"""What is asked of a thing, and what the section or the line that tells it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from wenju.corpus.lexicon import expanded, patterns, phrase, rows

_ROLE_KINDS = frozenset({"person", "enumeration"})


@dataclass(frozen=True, slots=True)
class Aspect:
    """How an aspect is asked for, and how the heading of a section on it is worded."""

    asked: re.Pattern[str]
    called: re.Pattern[str]

    def without(self, folded: str) -> str:
        """A question without the words that ask for the aspect."""
        return re.sub(expanded(f"{self.asked.pattern}|{{apply}}"), " ", folded)


@cache
def aspects() -> tuple[Aspect, ...]:
    """The aspects of ``aspects.tsv``."""
    return tuple(
        Aspect(re.compile(expanded(asked)), re.compile(expanded(called)))
        for asked, called in rows("aspects")
    )


def aspect_of(folded: str) -> Aspect | None:
    """The aspect that a folded question asks for, None where it is no such question."""
    return next((a for a in aspects() if a.asked.search(folded)), None)


def names_aspect(heading: str) -> bool:
    """Whether a folded heading is that of a section on one of the aspects."""
    return any(aspect.called.search(heading) for aspect in aspects())


def is_asked_of_event(kind: str, folded: str, label: str) -> bool:
    """Whether a line's label is what a folded question of a kind asks of something held."""
    if did := phrase("event_role").search(label):
        return kind in _ROLE_KINDS and did[0] in folded
    labels = patterns("event_labels").get(kind)
    return bool(labels and labels.fullmatch(label))


def event_of(folded: str) -> str:
    """What a question on something held is about, without what is asked of it."""
    for name in ("event_asks", "event_role", "event_held"):
        folded = phrase(name).sub(" ", folded)
    return folded


def matter_of(folded: str) -> str:
    """What a question for how something is done is about."""
    return phrase("how").sub(" ", folded)


def names_kind(label: str, kind: str, question: str) -> bool:
    """Whether a line's label names what is asked for (地點：…), and not the page's own."""
    wanted = patterns("kind_labels").get(kind)
    if not wanted or not wanted.search(label):
        return False
    of_page = phrase("of_page").search(label)
    return not of_page or of_page.group() in question


def same_limit(question: str, text: str) -> bool:
    """Whether the most (or the least) is asked for, and the text says that it is the most."""
    limits = patterns("limits").values()
    return any(limit.search(question) and limit.search(text) for limit in limits)
