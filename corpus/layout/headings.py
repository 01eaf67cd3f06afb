"""Headings, articles and questions: what a line says of the text below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenju.corpus.layout.articles import candidate_of
from wenju.corpus.layout.divisions import division_of
from wenju.corpus.layout.numerals import seen
from wenju.corpus.lexicon import any_word, words

ARTICLE_LEVEL, QUESTION_LEVEL = 6, 5
PLAIN = 6
"""Added to the levels of plain text, whose numbering lies below any heading that a format marks."""
BARE_LEVEL = 13
"""The level of headings and questions that only their shape gives away; below all others."""

_MAX_HEADING, _MAX_QUESTION, _MAX_BARE = 40, 120, 20
_NO_HEADING_END = tuple("。!?;,.:、")
_NUMERAL = "[一二三四五六七八九十]+"
_LEVELS = (
    (1, re.compile("关于.{4,}$")),
    (3, re.compile(rf"{_NUMERAL}、")),
    (4, re.compile(rf"\({_NUMERAL}\)")),
)
_QUESTION = re.compile(rf"{any_word('questioners')}\s*\d*\s*[:、.]")
_REPORTER = re.compile(rf"[^:。\n]{{0,20}}{any_word('reporters')}[^:。\n]{{0,6}}:")
_ASKS = re.compile(r"[?？][\"”)]?\s*$")
_BULLET = re.compile(r"[\s\-•·*●○◆■#]*")
_SAYS = re.compile(r"[,。;:!?|…]")
_DIGIT = re.compile(r"\d")
_SENTENCE_ENDS = tuple("。!?;”)")


@dataclass(frozen=True, slots=True)
class Outline:
    """What a line says of the text below it: its level and the label to show."""

    level: int
    label: str
    whole_line: bool


def outline(line: str, view: str | None = None) -> Outline | None:
    """The line's place in the outline, or None for ordinary text.

    An article (``第十二條 …``) opens a level with its number as label though its line is text.
    ``view`` is the line as ``seen``, where that is known.
    """
    text = line.strip().lstrip("-•·# ")
    view = seen(text) if view is None else view.rstrip()[-len(text) :] if text else ""
    article = candidate_of(text, view)
    if article and article.weight > 0:
        return Outline(ARTICLE_LEVEL, squeezed(text[: article.end]), whole_line=False)
    if _QUESTION.match(view) and len(text) <= _MAX_QUESTION:
        return Outline(QUESTION_LEVEL, text, whole_line=True)
    if not text or len(text) > _MAX_HEADING or view.endswith(_NO_HEADING_END):
        return None
    if division := division_of(text):
        return Outline(division.level, text, whole_line=True)
    for level, pattern in _LEVELS:
        if pattern.match(view):
            return Outline(level, text, whole_line=True)
    return None


def is_question(view: str) -> bool:
    """Whether a line asks: it is a questioner's, or ends in a question mark."""
    text = _BULLET.sub("", view, count=1)
    return bool(_QUESTION.match(text) or _REPORTER.match(text) or _ASKS.search(text))


def is_bare_heading(view: str, before: str, after: str) -> bool:
    """Whether a line without any numbering is the heading of what follows it.

    It is short and says nothing: no comma, colon or digit. It is the text's first line, or follows the
    end of a sentence and something that says more follows; or the lexicon knows it as a heading.
    ``before`` and ``after`` are the lines around it that are not blank, or are empty.
    """
    text = view.strip()
    if not after.strip() or len(text) < 2 or _SAYS.search(text):
        return False
    if text in words("headings"):
        return True
    if not before.strip():
        return len(text) <= _MAX_HEADING
    if len(text) > _MAX_BARE or _DIGIT.search(text):
        return False
    ended = before.rstrip().endswith(_SENTENCE_ENDS)
    return ended and len(after.strip()) > len(text) and bool(_SAYS.search(after))


def squeezed(text: str) -> str:
    """An article's number without the spaces that Chinese texts put into it."""
    return "".join(text.split()) if text[:1] in "第§" else " ".join(text.split())
