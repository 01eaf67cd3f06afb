"""What a question is about: its topic, which is what remains of it without its question phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from wenju.corpus.lexicon import group, phrase
from wenju.corpus.script import fold, is_han
from wenju.index.terms import STOP_WORDS
from wenju.qa.names import Place, tagged

Token = tuple[str, str, int]
"""A folded word, jieba's part of speech, and its place in the text."""

_LIGHT_TAGS = frozenset("p d r c f y ud ul uz e o q t mq".split())
_MARKS = frozenset("《》“”·")  # that stand in names
_NOUNS = ("n", "j", "eng", "l", "i", "s", "x", "k")
_GENITIVE = re.compile(r"(?<=[a-z])[\"']s\b")  # apostrophes fold to quotation marks
_AUXILIARY = re.compile(r"\b(?:do|does|did)\b")
_phrase = partial(phrase, of="follow_ups")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about, in its own words.

    ``core`` is the place in the question of the thing itself, without the city before it.
    """

    text: str
    core: Place


def seen(text: str) -> str:
    """The text as the rules see it, folded and of the same length."""
    return fold(text).replace("甚么", "什么")


def asking() -> re.Pattern[str]:
    """What finds the question words of a folded question."""
    return phrase("whole", "question_words")


def is_aspect(words: str) -> bool:
    """Whether folded words only name what may be asked of anything (電話, 報名時間)."""
    aspect = _phrase("aspect").fullmatch(words.replace(" ", ""))
    return aspect is not None and words not in group("predicate")


def opens_predicate(folded: str) -> bool:
    """Whether what comes is said or asked of something, and is not its name."""
    if asking().match(folded):
        return True
    word = next((word for word, *_ in tagged(folded)), "")
    return word in group("predicate") or word in STOP_WORDS - {"的"} or word.startswith("最")


def is_noun(token: Token) -> bool:
    """Whether a noun phrase may end in the word; jieba takes some verbs for names."""
    word, tag, _ = token
    noun = tag.startswith(_NOUNS) or tag == "vn" or word in group("event_word")
    return noun and word not in group("predicate") and word[0].isalnum()


def happens(name: str) -> bool:
    """Whether a name is of what happens (停水), and not of a thing."""
    last = list(tagged(seen(name)))[-1]
    return last[1].startswith("v") or last[0] in group("event_word")


@lru_cache(maxsize=256)
def topic(question: str) -> Topic | None:
    """What a question is about; None where it names nothing, as 是什麼時候的 does.

    A city before the thing itself belongs to it: 南屏市到2027年要建成幾家概念驗證中心 is about
    南屏市概念驗證中心.
    """
    folded = seen(question)
    found = segments(folded)
    place = next((s for s in found if _is_place(s)), None)
    things = [s for s in found if not _is_place(s)]
    thing = _chosen(folded, things)
    if thing is None:
        return _as_topic(question, None, place) if place else None
    before = place if place and place[0][2] < thing[0][2] else None
    return _as_topic(question, before, _without_what_is_asked(folded, thing))


def _as_topic(question: str, place: list[Token] | None, thing: list[Token]) -> Topic:
    city = question[slice(*span(place))] if place else ""
    return Topic(f"{city}{question[slice(*span(thing))]}", _core(thing))


def _core(thing: list[Token]) -> Place:
    """Without the city that it opens with."""
    start, end = span(thing)
    for word, tag, at in thing:
        if not (tag == "ns" and len(word) > 1) and word not in group("place_word"):
            return (start if word in ("的", "之") else at), end
    return start, end


def _chosen(folded: str, things: list[list[Token]]) -> list[Token] | None:
    """The first that has a noun, in English the last; verbs only where nothing else is said."""
    named = [s for s in things if any(map(is_noun, s))]
    weighty = [s for s in named if len("".join(word for word, *_ in s)) > 1] or named
    if weighty and not any(map(is_han, folded)):
        last = weighty[-1]
        at_the_end = folded[span(last)[1] :].strip(" ?.") == ""
        verb_last = len(last) > 1 and at_the_end and _AUXILIARY.search(folded)
        return last[:-1] if verb_last else last
    return next(iter(weighty or things), None)


def _without_what_is_asked(folded: str, thing: list[Token]) -> list[Token]:
    """應用領跑計劃的重點 → 應用領跑計劃, where it goes on with 是什麼 or the like."""
    at = max((i for i, (word, *_) in enumerate(thing) if word == "的"), default=0)
    last = folded[slice(*span(thing[at + 1 :]))] if at else ""
    asked = _phrase("asked_of_owner").match(folded[span(thing)[1] :])
    owner = thing[:at]
    if at and is_noun(owner[-1]) and not _is_place(owner) and (asked or is_aspect(last)):
        return owner
    return thing


def span(tokens: list[Token]) -> Place:
    """From the first token's beginning to the last one's end."""
    return tokens[0][2], tokens[-1][2] + len(tokens[-1][0])


def segments(folded: str) -> list[list[Token]]:
    """Runs of words that name something, in order, without those that are mere aspects."""
    masked = folded
    for nothing in (asking(), _phrase("time"), _phrase("will")):
        masked = nothing.sub(_blank, masked)
    masked = _GENITIVE.sub("  ", masked)
    trimmed = (_trimmed(run) for run in _runs(list(tagged(masked))))
    return [s for s in trimmed if s and not is_aspect(folded[slice(*span(s))])]


def _blank(match: re.Match[str]) -> str:
    return "，" * len(match.group())


def _runs(tokens: list[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], ("", "x", 0)], strict=False):
        if token[0].isspace() and run:
            continue
        if _breaks(token, after, run):
            if run:
                yield run
            run = []
        else:
            run.append(token)
    if run:
        yield run


def _breaks(token: Token, after: Token, run: list[Token]) -> bool:
    """Whether a word is no part of a name: function words, question words, predicates."""
    word, tag, _ = token
    if word in ("的", "之") or word in group("compound_ending"):
        return not run
    if word in group("predicate"):
        return after[0] != "的" and after[0] not in group("compound_ending")
    if word == "计划" and _is_place(run) and after[0] not in ("的", "是"):
        return True  # 臨澤市計劃建成
    if word in group("not"):
        return False
    if word in STOP_WORDS or word.startswith(("每", "这", "那")) or not word[0].isalnum():
        return word not in _MARKS
    name = tag == "t" and word in ("夜", "未来")
    return (tag in _LIGHT_TAGS and not name) or (tag == "v" and len(word) == 1)


def _trimmed(run: list[Token]) -> list[Token]:
    """Without what a name does not end in; a run of verbs alone keeps the first."""
    kept, ends = list(run), group("compound_ending") | group("verb_in_names") | _MARKS
    while kept and not (is_noun(kept[-1]) or kept[-1][0] in ends):
        kept.pop()
    if kept:
        return kept
    verbs = [t for t in run if t[1].startswith("v") and len(t[0]) > 1]
    return verbs[:1]


def _is_place(segment: list[Token]) -> bool:
    return all(tag == "ns" or word in group("place_word") for word, tag, _ in segment)
