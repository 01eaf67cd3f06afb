"""Who issued a document: by a label, its letterhead, its signature, or its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from wenju.corpus.lexicon import any_word, phrase
from wenju.corpus.metadata.dates import signatures
from wenju.corpus.metadata.facts import days
from wenju.corpus.script import fold

_HEAD, _FOOT, _LONGEST = 300, 200, 40
_MARKS = "。，,；;：:"


def issuer_of(text: str, title: str = "") -> str:
    """The name of the issuing body as the text has it; empty where nothing names one.

    A label in the head or the foot counts first, then a letterhead (海濱市政府　函), then the body under
    which the day of a letter stands, where all such days have the same above them, then the body that a
    title begins with (国务院关于…).
    """
    for part in (text[:_HEAD], text[-_FOOT:]):
        if found := _label().search(fold(part)):
            return part[found.start(1) : found.end(1)]
    return letterhead(text) or _signed(text) or _of_title(title)


def is_body(name: str) -> bool:
    """Whether a name, such as a first line, is that of a body that issues documents."""
    return len(name) <= _LONGEST and bool(_body().search(fold(name)))


def letterhead(text: str) -> str:
    """The body that the first line names, alone or with what it issues (令, 函, 公告, 文件)."""
    first, newline, _ = text.strip().partition("\n")
    first = first.strip()
    if not newline or is_body(first):
        return first if newline else ""
    found = phrase("letterhead", "metadata").match(fold(first))
    name = first[slice(*found.span("body"))].strip() if found else ""
    return name if is_body(name) else ""


def _signed(text: str) -> str:
    bodies = {text[line.start : line.end] for line, _ in signatures(fold(text))}
    if bodies:
        return bodies.pop() if len(bodies) == 1 else ""
    return _closing([line.strip() for line in text.split("\n") if line.strip()])


def _closing(lines: Sequence[str]) -> str:
    """The body below the last sentence, with nothing but days below itself."""
    for above, line in zip(lines[-2::-1], lines[:0:-1], strict=True):
        if is_body(line) and not any(mark in line for mark in _MARKS):
            return line if above.endswith("。") else ""
        if not days(fold(line)) or len(line) > _LONGEST:
            return ""
    return ""


def _of_title(title: str) -> str:
    found = phrase("title_issuer", "metadata").match(fold(title))
    name = title[slice(*found.span("body"))].strip() if found else ""
    return name if is_body(name) else ""


@cache
def _label() -> re.Pattern[str]:
    # behind another word it is none: 本法所稱主管機關:在中央為… says who is competent
    return re.compile(rf"(?<!\w){any_word('issuer_labels')}\s*:\s*([^\n\s,;|]{{2,30}})")


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"{any_word('bodies')}$")
