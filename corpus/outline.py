"""Headings of plain Chinese text: what a line's numbering says about its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"[一二三四五六七八九十百千零〇○\d]+"
_LEVELS = (
    (1, re.compile(rf"第{_NUMBER}\s*(?:[編编篇]|部(?!分))|附則$|附则$|附件{_NUMBER}?\s*[:：]?")),
    (1, re.compile(r"(?:關於|关于|關于).{4,}$")),
    (2, re.compile(rf"第{_NUMBER}\s*(?:章|部分)")),
    (3, re.compile(rf"第{_NUMBER}\s*[節节]")),
    (3, re.compile(r"[一二三四五六七八九十]+、")),
    (4, re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
)
_QUESTION = re.compile(r"(?:記者|记者)?(?:提問|提问|問|问|Q)\s*\d*\s*[:：、.]", re.IGNORECASE)
_ARTICLE = re.compile(rf"第\s*{_NUMBER}\s*[條条](?:\s*之\s*{_NUMBER})?")
_MAX_HEADING, _MAX_QUESTION = 40, 120
ARTICLE_LEVEL, QUESTION_LEVEL = 6, 5


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
    article = _ARTICLE.match(text)
    if article:
        return Outline(ARTICLE_LEVEL, "".join(article.group().split()), whole_line=False)
    if _QUESTION.match(text) and len(text) <= _MAX_QUESTION:
        return Outline(QUESTION_LEVEL, text, whole_line=True)
    if len(text) > _MAX_HEADING or text.endswith(tuple("。！？；，,;!?.:：、")):
        return None
    for level, pattern in _LEVELS:
        if pattern.match(text):
            return Outline(level, text, whole_line=True)
    return None
