"""What a follow-up looks like: without what it opens and closes with, and by which marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from wenju.corpus.lexicon import phrase, rules
from wenju.corpus.script import is_han, to_simplified, to_traditional
from wenju.qa.conversation.topics import asking, is_aspect, is_noun, opens_predicate, seen, segments
from wenju.qa.names import tagged

_CLOSING = re.compile(r"[\s?？。.!！,，~]*$")
_LONGEST_PART = 24
_MODAL = re.compile(r"^\w+(?: \w+)? (?:can|could|may|must|should|to|do|does|is|are|will) [a-z]+$")
_phrase = partial(phrase, of="follow_ups")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question without what it opens and closes with.

    ``folded`` has the length of ``text``; ``end`` is its question mark, empty after a 呢; ``about``
    says that it names something for the earlier question to be asked of (那…, …呢).
    """

    text: str
    folded: str
    end: str
    about: bool

    @classmethod
    def read(cls, question: str) -> FollowUp:
        """From the question as it was typed."""
        folded = seen(question)
        opening = _phrase("opening").match(folded)
        start = opening.end() if opening else 0
        body = _CLOSING.sub("", folded[start:])
        end = question[start + len(body) :].strip()
        about = bool(_phrase("about").search(folded[:start]))
        if _phrase("particle").search(body):
            body, end, about = body[:-1], "", True
        return cls(question[start : start + len(body)], body, end, about)

    @property
    def again(self) -> bool:
        """Whether only more of the same is asked for: 還有呢."""
        return bool(_phrase("again").fullmatch(self.folded))

    @property
    def part(self) -> str:
        """What the earlier question is to be asked of, empty where it asks something itself."""
        around = _phrase("around").match(self.folded)
        if not around or asking().search(self.folded) or len(self.text) > _LONGEST_PART:
            return ""
        part = self.text[slice(*around.span("part"))]
        return part if self.about or is_aspect(seen(part)) else ""

    @property
    def elliptical(self) -> bool:
        """Whether it asks something and does not say of what."""
        asked = asking().search(self.folded)
        if not asked or _phrase("complete").search(self.folded) or self._of_an_event:
            return False
        named = [s for s in segments(self.folded) if any(map(is_noun, s))]
        if not any(map(is_han, self.folded)):
            # who can apply: of what, is left out
            return not named or (len(named) == 1 and bool(_MODAL.search(self.folded)))
        if _phrase("needs").match(self.folded):
            named = [s for s in named if not 0 <= s[0][2] - asked.end() <= 2]
        return not named

    @property
    def _of_an_event(self) -> bool:
        """停水影響多少戶 and 停水期間設了幾處 are about 停水, though that is a verb."""
        first, *others = tagged(self.folded)
        event = first[1] == "v" and len(first[0]) > 1 and not opens_predicate(first[0])
        return (
            event and bool(others) and (others[0][1] in ("v", "vn", "f") and len(others[0][0]) > 1)
        )

    @property
    def opens_with_noun(self) -> bool:
        """電話是多少 takes a 的 behind what it is asked of, 在哪裡 takes none."""
        first = next(iter(tagged(self.folded)))
        return not asking().match(self.folded) and is_noun(first) and first[1] != "vn"


def is_courtesy(question: str) -> bool:
    """Whether it is all greeting or thanks: 你好, 好的，謝謝."""
    return any(map(str.isalnum, question)) and not FollowUp.read(question).text


def asked_with(aspect: str, like: str) -> str:
    """What asks for an aspect, 是多少 for a fee, in the script that ``like`` is written in."""
    endings = rules("follow_up_endings")
    ending = next((e for e, nouns in endings if nouns.fullmatch(seen(aspect))), "")
    return ending if like == to_simplified(like) else to_traditional(ending)
