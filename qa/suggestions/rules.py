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
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold, in_usual_traditional, is_han, to_simplified, to_traditional
from wenju.qa.names import tagged
from wenju.qa.suggestions.forms import forms

_SHORTEST, _LONGEST = 6, 26  # characters of a question in Chinese
_LONGEST_LATIN = 70
# a name begins with none of these parts of speech, and ends with one of those
_NO_BEGINNING = frozenset("rpcuyexwd")
_ENDINGS = frozenset("nvjlig")


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
    for match in phrase("text_asks").finditer(folded):
        words = passage.text[slice(*match.span("q"))].strip()
        several = 0.15 * ("," in match["q"])
        if not phrase("text_points").search(match["q"]):
            mark = "？" if _is_han(words) else "?"
            yield "asked", 0.95 - several, "{q}" + mark, {"q": words}, match.end(), len(folded)


def _stated(passage: Passage, folded: str) -> Iterator[_Made]:
    """Statements turned around."""
    for form in forms("statement"):
        for match in form.pattern.finditer(folded):
            if all(_is_name(match, group) for group in form.names):
                groups = {n: passage.text[slice(*match.span(n))] for n in match.groupdict()}
                if not _is_han(form.question):
                    # what opened a sentence stands in the middle of one now
                    groups["x"] = groups["x"].lower()
                yield form.name, form.quality, form.question, groups, *match.span("y")


def _titled(passage: Passage, folded: str) -> Iterator[_Made]:
    """Questions on what the document's title names."""
    title = fold(passage.title)
    if phrase("title_of_law").fullmatch(title):
        for form in forms("law"):
            for match in form.pattern.finditer(folded):
                words = {"t": passage.title}
                yield form.name, form.quality, form.question, words, *match.span("y")
    if phrase("title_of_event").fullmatch(title):
        yield from _labelled(passage, folded)
    matter = phrase("title_of_matter").match(title)
    if matter and passage.headings:
        words = {"t": passage.title[slice(*matter.span("t"))]}
        for form in forms("heading"):
            if form.pattern.search(fold(passage.headings[-1])):
                yield form.name, form.quality, form.question, words, 0, len(folded)


def _labelled(passage: Passage, folded: str) -> Iterator[_Made]:
    """Lines such as 地点：… of a document whose title names an event."""
    for field in (f for line in passage_layout(passage).lines for f in line.fields):
        named = slice(*field.label)
        for form in forms("label"):
            if form.pattern.search(folded[named].rstrip(":")):
                words = {"t": passage.title, "l": passage.text[named].rstrip(":：")}
                yield form.name, form.quality, form.question, words, *field.value


def _worded(question: str, groups: Mapping[str, str], traditional: bool) -> str:
    """The question in the document's script: its own words as they are, ours converted."""
    ours = in_usual_traditional(question) if traditional else question
    return ours.format(**groups)


def _is_name(match: re.Match[str], group: str) -> bool:
    """Whether a group ends where a word does, and begins and ends as the name of a thing does."""
    name = match[group]
    if phrase("text_no_edge").search(name):
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
