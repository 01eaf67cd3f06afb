"""Divisions: the headings above the articles, 第三章 總則, and the annexes behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenju.corpus.layout.articles import CONNECTED, N, numbers_of
from wenju.corpus.layout.numerals import seen
from wenju.corpus.lexicon import rows

_BEFORE_SPACE = frozenset("款目")  # with anything else behind them they are references


def _pattern(word: str) -> re.Pattern[str]:
    spaced = r"(?=\s|$)" if word in _BEFORE_SPACE else "(?![分门队])"
    return re.compile(rf"第\s*{N}(?:\s*[-之]\s*{N})?\s*{word}{spaced}(?:\s*之\s*{N}(?=\s|$))?")


_DIVISIONS = tuple(
    (int(level), kind[0] if kind else "", _pattern(word))
    for word, level, *kind in sorted(rows("divisions"), key=lambda row: -len(row[0]))
)
_ANNEX = re.compile(rf"附件\s*{N}?\s*:?|附(?:表|录|图)\s*{N}?(?=[\s:]|$)\s*:?")
_CLOSING = re.compile(r"附\s*则$")
_SPACED_OUT = re.compile(r"(?:\S\s+)+\S")
_TRIMMED = " \t\u3000:：、.．-—"


@dataclass(frozen=True, slots=True)
class Division:
    """What a heading says of the part of a statute that it opens.

    ``kind`` is that of a ``Provision``, or empty for parts that statutes do not have (第二部分);
    ``label`` the number without spaces (第三章), empty for one without a number (附則).
    """

    kind: str
    level: int
    number: tuple[int, ...]
    label: str
    title: str


def division_of(line: str) -> Division | None:
    """The division or annex whose heading a line is; None for any other line."""
    text = line.strip()
    view = seen(text)
    if _CLOSING.match(view):
        return Division("chapter", 1, (), "", "".join(text.split()))
    if annex := _ANNEX.match(view):
        label = text[: annex.end()].strip(_TRIMMED)
        return _division("annex", 1, label, text[annex.end() :])
    for level, kind, pattern in _DIVISIONS:
        if found := pattern.match(view):
            if CONNECTED.match(view, found.end()):
                return None
            return _division(kind, level, text[: found.end()], text[found.end() :])
    return None


def _division(kind: str, level: int, label: str, title: str) -> Division:
    title = title.strip(_TRIMMED)
    # 總　則: letters are spaced out to fill a line
    title = "".join(title.split()) if _SPACED_OUT.fullmatch(title) else title
    return Division(kind, level, numbers_of(label), "".join(label.split()), title)
