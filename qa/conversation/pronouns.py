"""What a follow-up's pronoun stands for: the earlier topic, or the answer where it is a name."""

from __future__ import annotations

import re
from functools import partial

from wenju.corpus.lexicon import group, phrase
from wenju.qa.conversation.topics import is_noun, seen, segments, topic
from wenju.qa.names import Place, tagged
from wenju.qa.question import kind_of

_LATIN_LETTER = re.compile("[a-z]")
_LONGEST_NAME = 20  # characters of an answer that can stand in a question
_phrase = partial(phrase, of="follow_ups")


def resolve(follow_up: str, question: str, answer: str) -> tuple[Place, str] | None:
    """The place of a pronoun in a follow-up, and the words it stands for.

    ``question`` and ``answer`` are the earlier ones. None where there is no pronoun, or something
    is named before it that it may well stand for.
    """
    folded = seen(follow_up)
    for found in _phrase("pronoun").finditer(folded):
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
    if before.endswith((*group("pronoun_in_word"),)):
        return True
    if found["pointing"] is None:
        return False
    # 這個多少錢: alone it points as well
    alone = found.group() in group("points_alone")
    return not (alone or _noun_at(after))


def _noun_at(folded: str) -> str:
    """The noun that a text opens with, empty where it opens with something else."""
    noun = ""
    for token in tagged(folded):
        if not (is_noun(token) or token[0] in group("verb_in_names")) or len(noun) > 6:
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
    owner = _phrase("owning").fullmatch(found.group())
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
    if _phrase("of_any").search(found.group()):
        return None
    return found.span(), f"{words}{_joint(words)}"


def _joint(words: str) -> str:
    return "'s" if words.isascii() else "的"
