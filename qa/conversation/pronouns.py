"""What a follow-up's pronoun stands for: the earlier topic, or the answer where it is a name."""

from __future__ import annotations

import re

from wenju.qa.conversation.topics import NOMINAL, is_noun, seen, segments, topic
from wenju.qa.kinds import kind_of
from wenju.qa.names import Place, tagged

_PERSON = r"(?<![其吉])[他她]们?(?!人)|这位|那位|(?:he|she|him|her|his)\b"
_THERE = "[这那](?:里|边|儿)|there"
# they is whoever, more often than the topic
_THING = r"(?<!其)它们?|(?<![尤极与])其(?![他它中实余次])|(?:it|its)\b"
_POINTING = "该|(?:[这那]|此(?![时外前后]))(?:个|项|种|些|类|份|场|条)?"
_PRONOUN = re.compile(
    rf"(?P<person>{_PERSON})|(?P<there>{_THERE})|(?P<thing>{_THING})|(?P<pointing>{_POINTING})"
)
_LATIN_LETTER = re.compile("[a-z]")
_OWNING = re.compile("其|its|his")
_LONGEST_NAME = 20  # characters of an answer that can stand in a question


def resolve(follow_up: str, question: str, answer: str) -> tuple[Place, str] | None:
    """The place of a pronoun in a follow-up, and the words it stands for.

    ``question`` and ``answer`` are the earlier ones. None where there is no pronoun, or something
    is named before it that it may well stand for.
    """
    folded = seen(follow_up)
    for found in _PRONOUN.finditer(folded):
        if _in_a_word(folded, found) or any(
            is_noun(t) for s in segments(folded[: found.start()]) for t in s
        ):
            continue
        return _meant(folded, found, question, answer)
    return None


def _in_a_word(folded: str, found: re.Match[str]) -> bool:
    """應該 and 那麼 hold no pronoun; 該 and 這 point only where a noun follows."""
    before, after = folded[: found.start()], folded[found.end() :]
    if _LATIN_LETTER.match(found.group()):
        return bool(re.search("[a-z]$", before))
    if before.endswith(("应", "活", "尤", "极")):
        return True
    if found["pointing"] is None:
        return False
    # 這個多少錢: alone it points as well
    alone = found.group() in ("这个", "那个", "这些", "那些", "这种", "那种", "这项", "那项")
    return not (alone or _noun_at(after))


def _noun_at(folded: str) -> str:
    """The noun that a text opens with, empty where it opens with something else."""
    noun = ""
    for token in tagged(folded):
        if not (is_noun(token) or token[0] in NOMINAL) or len(noun) > 6:
            break
        noun += token[0]
    return noun


def _meant(
    folded: str, found: re.Match[str], question: str, answer: str
) -> tuple[Place, str] | None:
    about = topic(question)
    words = about.text if about else ""
    name = answer.strip() if len(answer.strip()) <= _LONGEST_NAME else ""
    kind = kind_of(seen(question), 0)
    if found["person"] and kind == "person" and name:
        return found.span(), name
    if found["there"]:
        return (found.span(), name) if kind == "place" and name else None
    if not words:
        return None
    noun = _noun_at(folded[found.end() :]) if found["pointing"] else ""
    if noun:
        return _named(found, noun, words, name, question)
    owner = _OWNING.fullmatch(found.group())
    return found.span(), f"{words}{_joint(words)}" if owner else words


def _named(
    found: re.Match[str], noun: str, words: str, name: str, question: str
) -> tuple[Place, str] | None:
    """該計劃 stands for what ends in 計劃; failing that it is the topic's: 托育補貼的錢.

    這種現象 may be any.
    """
    whole = found.start(), found.end() + len(noun)
    if noun in seen(words):
        return whole, words
    if name and seen(name).endswith(noun[-1:]):
        return whole, name
    for segment in segments(seen(question)):
        start, end = segment[0][2], segment[-1][2] + len(segment[-1][0])
        if seen(question)[start:end].endswith(noun):
            return whole, question[start:end]
    if found.group()[-1] in "种些类":
        return None
    return found.span(), f"{words}{_joint(words)}"


def _joint(words: str) -> str:
    return "'s" if words.isascii() else "的"
