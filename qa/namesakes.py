"""What bears the asked name but for its beginning: 生態型聯合體, where 任務型聯合體 is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenju.qa.question import Question

_FOLLOWING = 2  # characters behind a term that a namesake shares with it


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a question's term with what follows it there, and the character that it goes on from.

    ``whole`` is the term.
    """

    whole: str
    before: str
    text: str


def tails_of(question: Question, texts: Sequence[str]) -> tuple[Tail, ...]:
    """The tails of the question's terms that something else may share.

    Of those terms only that one of the folded texts names as the question does, with what follows.
    """
    folded, found = question.folded, []
    for term in question.terms:
        at = folded.find(term.text)
        end = at + len(term.text)
        follows = folded[end : end + _FOLLOWING]
        if at < 0 or len(follows) < _FOLLOWING or not follows.isalnum():
            continue
        if not any(term.text + follows in text for text in texts):
            continue
        for cut in range(1, len(term.text)):
            found.append(Tail(term.text, term.text[cut - 1], term.text[cut:] + follows))
    return tuple(found)


def has_namesake(text: str, tails: tuple[Tail, ...]) -> bool:
    """Whether a folded text names what ends in a tail and begins otherwise, and never the term itself."""
    return any(tail.whole not in text and _differs(text, tail) for tail in tails)


def _differs(text: str, tail: Tail) -> bool:
    at = text.find(tail.text)
    while at >= 0:
        before = text[at - 1 : at]
        if before.isalnum() and before != tail.before:
            return True
        at = text.find(tail.text, at + 1)
    return False
