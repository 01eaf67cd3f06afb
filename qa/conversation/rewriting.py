"""Query rewriting: what a follow-up stands for in its conversation.

那任務型呢, after 生態型聯合體最高支持多少, stands for 任務型聯合體最高支持多少.

By rule, and by copying: what a rewritten question says stands in the follow-up or was said before, in
the script of the follow-up; only a 的 and question words (是多少 for a fee) are put in. A question that is
complete in itself stays as it is, and so does one that nothing before completes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from wenju.corpus.lexicon import group, phrase
from wenju.corpus.script import in_script_of, is_han
from wenju.qa.conversation.forms import FollowUp, asked_with
from wenju.qa.conversation.parts import head_after, parallel, sum_in
from wenju.qa.conversation.pronouns import resolve
from wenju.qa.conversation.topics import (
    asking,
    happens,
    is_aspect,
    is_noun,
    opens_predicate,
    seen,
    topic,
)
from wenju.qa.names import Place, tagged

_LONGEST_MODIFIER = 9
_phrase = partial(phrase, of="follow_ups")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation, as it was asked, and its answer, empty where none was given."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What is really asked.

    ``put`` are the words that were put in, ``replaced`` those that they took the place of: a part of
    the earlier question (生態型) for one of the follow-up's, or the follow-up's pronoun (它) for the
    earlier topic. ``replaced`` is empty where words were only added, both where nothing ``changed``.
    """

    question: str
    changed: bool = False
    put: str = ""
    replaced: str = ""


def rewrite(question: str, earlier: Sequence[Turn]) -> Rewrite:
    """The question that a follow-up stands for, from the ``earlier`` turns, newest last.

    Earlier questions may be given as they were typed or rewritten. Without any, and where the
    question is complete in itself, it comes back as it is.
    """
    asked: list[Turn] = []
    for turn in earlier:
        asked.append(Turn(_rewrite(turn.question, asked).question, turn.answer))
    return _rewrite(question, asked)


def _rewrite(question: str, earlier: Sequence[Turn]) -> Rewrite:
    before = next((turn for turn in reversed(earlier) if _asks(turn.question)), None)
    follow_up = FollowUp.read(question)
    if before is None or not follow_up.text:
        return Rewrite(question)
    for rule in (_breaking, _again, _pronoun, _part, _without_noun, _elliptical):
        made = rule(follow_up, before)
        if made and not made.changed:
            break
        if made and seen(made.question) != seen(question):
            return _in_its_script(made, question)
    return Rewrite(question)


def _in_its_script(made: Rewrite, typed: str) -> Rewrite:
    """With the words that were put in as whoever asks writes."""
    question, put = (in_script_of(text, typed) for text in (made.question, made.put))
    return replace(made, question=question, put=put)


def _breaking(follow_up: FollowUp, before: Turn) -> Rewrite | None:
    """違反會罰多少, after a question on a law: what is broken stands behind the verb.

    Nothing else can be broken: after a question on a thing it stays as it is.
    """
    found = _phrase("breaking").match(follow_up.folded)
    if not found:
        return None
    about, at = topic(before.question), found.end("verb")
    asks = follow_up.text[at:]
    if about is None or not asks or not _phrase("norm").search(seen(about.text)):
        return Rewrite(follow_up.text)
    text = follow_up.text + follow_up.end
    return Rewrite(f"{text[:at]}{about.text}{text[at:]}", True, about.text)


def _asks(question: str) -> bool:
    """Whether a turn is about something, and no mere thanks."""
    return bool(FollowUp.read(question).text) and topic(question) is not None


def _again(follow_up: FollowUp, before: Turn) -> Rewrite | None:
    """還有呢: the same question once more."""
    return _same(before.question) if follow_up.again else None


def _same(question: str) -> Rewrite:
    return Rewrite(question, changed=True, put=question)


def _pronoun(follow_up: FollowUp, before: Turn) -> Rewrite | None:
    """它的主管機關是誰: the earlier topic; or the answer, where that is a person or a place."""
    found = resolve(follow_up.text, before.question, before.answer)
    if found is None:
        return None
    return _replaced(follow_up.text + follow_up.end, *found)


def _replaced(text: str, place: Place, words: str) -> Rewrite:
    start, end = place
    return Rewrite(f"{text[:start]}{words}{text[end:]}", True, words, text[start:end])


def _part(follow_up: FollowUp, before: Turn) -> Rewrite | None:
    """那任務型呢: the earlier question, with another part of the same kind."""
    part = follow_up.part
    both = _phrase("year_and_part").fullmatch(seen(part))
    if not part or not both:
        return _put(part, before.question) if part else None
    year, rest = part[: both.end(1)], part[both.start(2) :]
    return _put(rest, _put(year, before.question).question)


def _put(part: str, earlier: str) -> Rewrite:
    """An earlier question with the part in it, where its like is, or in place of its topic."""
    described, part = part, part.removesuffix("的")
    folded, about = seen(part), topic(earlier)
    place = parallel(folded, seen(earlier)) or sum_in(folded, seen(earlier))
    if place:
        return _replaced(earlier, place, part)
    if about is None or folded in seen(earlier):
        return _same(earlier)
    if is_aspect(folded):
        return _of_topic(about.text, part + asked_with(part, earlier + part), of=True)
    start, end = about.core
    if described != part:
        return _replaced(earlier, (start, start), described)
    if _phrase("condition").search(folded) or not any(map(is_noun, tagged(folded))):
        return _on_condition(part, earlier, about.text)
    # a body has parts: the library's study room is not asked for in place of the library
    start = end if seen(about.text).endswith((*group("whole_ending"),)) else start
    return _replaced(earlier, (start, end), part)


def _on_condition(part: str, earlier: str, about: str) -> Rewrite:
    """遺失呢, after 借閱證逾期怎麼罰: the topic, the condition, and what was asked."""
    asked = asking().search(seen(earlier))
    rest = earlier[asked.start() :] if asked else ""
    return Rewrite(f"{about}{part}{rest}", True, part)


def _without_noun(follow_up: FollowUp, before: Turn) -> Rewrite | None:
    """平臺型的有多少家: the noun is the earlier question's."""
    text, folded = follow_up.text, follow_up.folded
    for cut in range(2, min(len(folded), _LONGEST_MODIFIER)):
        of = folded.startswith("的", cut)
        if not of and not _is_sort(folded[:cut]):
            continue
        rest = folded[cut + of :]
        asks = opens_predicate(rest) and asking().search(rest)
        noun = _noun_for(folded[:cut], before.question) if asks else ""
        if noun:
            question = f"{text[:cut]}{noun}{text[cut + of :]}{follow_up.end}"
            return Rewrite(question, True, noun)
    return None


def _noun_for(part: str, earlier: str) -> str:
    """What a part needs behind it, 聯合體 or 的犬貓; empty where the earlier question has none."""
    place = parallel(part, seen(earlier))
    head = head_after(seen(earlier), place) if place else None
    if head:
        return earlier[slice(*head)]
    about = topic(earlier) if _is_sort(part) else None
    if about is None:
        return ""
    start, end = about.core
    nouns = [t[2] for t in tagged(seen(earlier)[start:end]) if is_noun(t)]
    return earlier[start + nouns[-1] : end] if nouns else ""


def _is_sort(part: str) -> bool:
    """Whether a part tells which of several alike: 平臺型, B類."""
    return part.endswith((*group("sort_ending"),))


def _elliptical(follow_up: FollowUp, before: Turn) -> Rewrite | None:
    """是什麼時候的, 在哪裡, 需要什麼材料: asked of the earlier topic."""
    about = topic(before.question)
    if about is None or not follow_up.elliptical:
        return None
    if _phrase("reason").fullmatch(follow_up.folded) and not happens(about.text):
        return None
    text = follow_up.text.removeprefix("的")
    return _of_topic(about.text, text + follow_up.end, of=follow_up.opens_with_noun)


def _of_topic(about: str, asked: str, *, of: bool) -> Rewrite:
    """What is asked of a topic; English asks first: when + the grant."""
    if not any(map(is_han, asked)):
        words = asked.rstrip("?？ ")
        joint = " of " if of else " " if asking().fullmatch(seen(words)) else " for "
        question = f"{words}{joint}{about}{asked[len(words) :]}"
    else:
        joint = " " if (about[-1] + asked[0]).isascii() else "的" if of else ""
        question = f"{about}{joint}{asked}"
    return Rewrite(question, True, about)
