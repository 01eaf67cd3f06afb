"""Questions that a passage answers, made by rules from its own words.

A rule finds a statement of a common form in folded text and turns it around: 对生态型联合体最高支持1000万元
is asked for as 生态型联合体最高支持多少？, its own words cut from the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wenju.corpus.document import Passage
from wenju.corpus.layout import passage_layout
from wenju.corpus.script import fold, is_han, to_simplified, to_traditional
from wenju.qa.names import tagged
from wenju.qa.suggestions.forms import (
    ASKED,
    EVENT,
    HEADINGS,
    LAW,
    MATTER,
    OF_EVENTS,
    OF_LAWS,
    RULES,
)

_SHORTEST, _LONGEST = 6, 26  # characters of a question in Chinese
_LONGEST_LATIN = 70
# what OpenCC writes otherwise than readers do
_USUAL = str.maketrans({"爲": "為", "裏": "裡", "臺": "台"})
# a name begins with none of these parts of speech, and ends with one of those
_NO_BEGINNING = frozenset("rpcuyexwd")
_ENDINGS = frozenset("nvjlig")
_NO_EDGE = re.compile(
    "^(?:[其该此这那之的了并且但若则而也还均都第]|其中|一些|部分|全部|所|本|同|如|经|上述|以上|以下|有关|相关|各)"
    "|[的了和与及或者时后前在于为是]$"
)
_POINTING = re.compile(r"[我您你他她它这那其此该]|以上|下列|上述|本[^地市省县科]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, and where in its passage the answer is expected; higher ``quality`` is better.

    ``start`` and ``end`` are half-open places in the passage's text; ``rule`` names the form.
    """

    question: str
    passage: Passage
    start: int
    end: int
    rule: str
    quality: float


def made(passage: Passage) -> Iterator[Suggestion]:
    """Every question that a rule makes of the passage, each natural by the look of it."""
    folded = fold(passage.text)
    found = [*_asked(passage, folded), *_stated(passage, folded), *_titled(passage, folded)]
    traditional = bool(found) and is_traditional(passage.title + passage.text)
    for rule, quality, question, groups, start, end in found:
        asked = _worded(question, groups, traditional)
        if _is_natural(asked):
            yield Suggestion(asked, passage, start, end, rule, quality)


# the rule's name and quality, its question and what fills it, the place of the answer
_Made = tuple[str, float, str, Mapping[str, str], int, int]


def _asked(passage: Passage, folded: str) -> Iterator[_Made]:
    """Questions that the passage asks itself, and answers in what follows."""
    for match in ASKED.finditer(folded):
        words = passage.text[slice(*match.span("q"))].strip()
        several = 0.15 * ("," in match["q"])
        if not _POINTING.search(match["q"]):
            mark = "？" if _is_han(words) else "?"
            yield "asked", 0.95 - several, "{q}" + mark, {"q": words}, match.end(), len(folded)


def _stated(passage: Passage, folded: str) -> Iterator[_Made]:
    """Statements turned around."""
    for rule in RULES:
        for match in rule.pattern.finditer(folded):
            if all(_is_name(match, group) for group in rule.names):
                groups = {n: passage.text[slice(*match.span(n))] for n in match.groupdict()}
                if not _is_han(rule.question):
                    # what opened a sentence stands in the middle of one now
                    groups["x"] = groups["x"].lower()
                yield rule.name, rule.quality, rule.question, groups, *match.span("y")


def _titled(passage: Passage, folded: str) -> Iterator[_Made]:
    """Questions on what the document's title names."""
    title = fold(passage.title)
    if LAW.fullmatch(title):
        for name, pattern, question in OF_LAWS:
            for match in pattern.finditer(folded):
                yield name, 0.6, question, {"t": passage.title}, *match.span("y")
    if EVENT.fullmatch(title):
        yield from _labelled(passage, folded)
    matter = MATTER.match(title)
    if matter and passage.headings:
        words = {"t": passage.title[slice(*matter.span("t"))]}
        for pattern, question in HEADINGS:
            if pattern.search(fold(passage.headings[-1])):
                yield "headed", 0.9, question, words, 0, len(folded)


def _labelled(passage: Passage, folded: str) -> Iterator[_Made]:
    """Lines such as 地点：… of a document whose title names an event."""
    for field in (f for line in passage_layout(passage).lines for f in line.fields):
        named = slice(*field.label)
        for label, question in OF_EVENTS:
            if label.search(folded[named].rstrip(":")):
                words = {"t": passage.title, "l": passage.text[named].rstrip(":：")}
                yield "labelled", 0.85, question, words, *field.value


def _worded(question: str, groups: Mapping[str, str], traditional: bool) -> str:
    """The question in the document's script: its own words as they are, ours converted."""
    ours = to_traditional(question).translate(_USUAL) if traditional else question
    return ours.format(**groups)


def _is_name(match: re.Match[str], group: str) -> bool:
    """Whether a group ends where a word does, and begins and ends as the name of a thing does."""
    name = match[group]
    if _NO_EDGE.search(name):
        return False
    low, high = match.span(group)
    # with what follows, so that a word that goes on is seen
    words = [*tagged(match.string[low : match.end()])]
    inside = [(low + at + len(word), tag) for word, tag, at in words if low + at < high]
    # 三大方面开展研究 is no thing
    counted = "n" in match.groupdict() and match.end("n") == low
    if inside[-1][0] != high or (counted and any(tag == "v" for _, tag in inside)):
        return False
    return inside[0][1][0] not in _NO_BEGINNING and inside[-1][1][0] in _ENDINGS


def _is_natural(asked: str) -> bool:
    return _SHORTEST <= len(asked) <= (_LONGEST if _is_han(asked) else _LONGEST_LATIN)


def _is_han(text: str) -> bool:
    return any(map(is_han, text))


def is_traditional(text: str) -> bool:
    """Whether a Chinese text is written in Traditional characters, by most of them that differ."""
    simplified, traditional = to_simplified(text), to_traditional(text)
    changed = sum(a != b for a, b in zip(text, simplified, strict=False))
    return changed > sum(a != b for a, b in zip(text, traditional, strict=False))
