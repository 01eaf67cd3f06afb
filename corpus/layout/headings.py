"""Headings, articles and questions: what a line says of the text below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenju.corpus.layout.numerals import NUMBER, seen
from wenju.corpus.lexicon import any_word, rows, words

ARTICLE_LEVEL, QUESTION_LEVEL = 6, 5
PLAIN = 6
"""Added to the levels of plain text, whose numbering lies below any heading that a format marks."""
BARE_LEVEL = 13
"""The level of headings and questions that only their shape gives away; below all others."""

_MAX_HEADING, _MAX_QUESTION, _MAX_BARE = 40, 120, 20
_NO_HEADING_END = tuple("。!?;,.:、")
_NUMERAL = "[一二三四五六七八九十]+"
_DIVISIONS = tuple(
    (int(level), re.compile(rf"第\s*{NUMBER}\s*{re.escape(word)}(?![分门队])"))
    for word, level in sorted(rows("divisions"), key=lambda row: -len(row[0]))
)
_LEVELS = (
    (1, re.compile(rf"附则$|附件{NUMBER}?\s*:?|关于.{{4,}}$")),
    *_DIVISIONS,
    (3, re.compile(rf"{_NUMERAL}、")),
    (4, re.compile(rf"\({_NUMERAL}\)")),
)
_QUESTION = re.compile(rf"{any_word('questioners')}\s*\d*\s*[:、.]")
_REPORTER = re.compile(rf"[^:。\n]{{0,20}}{any_word('reporters')}[^:。\n]{{0,6}}:")
_ASKS = re.compile(r"[?？][\"”)]?\s*$")
_ARTICLE = re.compile(
    rf"第\s*{NUMBER}(?:\s*[-之]\s*{NUMBER})?\s*条(?:\s*之\s*{NUMBER})?"
    r"|(?:article|art\.)\s+\d+[a-z]?(?:[-.]\d+)*|§\s*\d+[a-z]?(?:[-.]\d+)*"
)
_RANGE = re.compile("[~～〜]")
_REFERENCE = re.compile(rf"{any_word('references')}|第\s*{NUMBER}\s*[项款目]")
_SPACED_REFERENCE = re.compile(any_word("spaced_references"))
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


def outline(line: str) -> Outline | None:
    """The line's place in the outline, or None for ordinary text.

    An article (``第十二條 …``) opens a level with its number as label though its line is text.
    """
    text = line.strip().lstrip("-•·# ")
    view = seen(text)
    if end := article_end(text, view):
        return Outline(ARTICLE_LEVEL, squeezed(text[:end]), whole_line=False)
    if _QUESTION.match(view) and len(text) <= _MAX_QUESTION:
        return Outline(QUESTION_LEVEL, text, whole_line=True)
    if not text or len(text) > _MAX_HEADING or view.endswith(_NO_HEADING_END):
        return None
    for level, pattern in _LEVELS:
        if (found := pattern.match(view)) and not _refers(view[found.end() :], level):
            return Outline(level, text, whole_line=True)
    return None


def article_end(text: str, view: str) -> int:
    """Where the number of the article that a text opens ends; 0 where it opens none.

    第三十六條所定之… refers to an article and opens none. ``view`` is the text as ``seen``.
    """
    found = _ARTICLE.match(view)
    if not found or _RANGE.search(text, 0, found.end()):
        return 0
    end, after = found.end(), view[found.end() :]
    if view[0] != "第":
        opens = not after or after[0] in ".:(-" or _is_latin_start(text[end:])
        return end if opens else 0
    if after[:1].isspace():
        return 0 if _SPACED_REFERENCE.match(after.lstrip()) else end
    return 0 if _REFERENCE.match(after) else end


def is_glued(view: str, end: int) -> bool:
    """Whether what an article says follows its number with nothing between them."""
    return end < len(view) and view[end].isalnum()


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


def _refers(after: str, level: int) -> bool:
    """Whether what follows the number of a chapter makes it a reference: 第三章規定之程序."""
    return level < 4 and bool(_SPACED_REFERENCE.match(after.lstrip()))


def _is_latin_start(after: str) -> bool:
    """Whether a sentence or title follows: Article 12 of the Act goes on in lower case."""
    rest = after.lstrip()
    return after != rest and (not rest or not rest[0].islower())
