"""List marks: (一), 1., ①, 一是, 第一, and bullets, at the beginning of a line and inside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wenju.corpus.layout.lines import Mark
from wenju.corpus.layout.numerals import number_of

_HAN = "[一二三四五六七八九十]{1,3}"
_DIGITS = r"\d{1,2}"
# style, and the pattern whose first group is the number; a style's patterns are told apart by it
_FORMS = (
    ("(一)", rf"\(\s*({_HAN})\s*\)"),
    ("(1)", rf"\(\s*({_DIGITS})\s*\)"),
    ("一、", rf"({_HAN})\s*、"),
    ("一.", rf"({_HAN})\s*\.(?!\d)"),
    ("第一,", rf"第({_HAN})[,、:]"),
    ("1.", rf"({_DIGITS})\s*[.、](?!\d)"),
    ("1)", rf"({_DIGITS})\s*\)"),
    ("①", "([①-⑳])"),
    ("㊀", "([㊀-㊉])"),
    ("㈠", "([㈠-㈩])"),
    ("⑴", "([⑴-⒇])"),
    ("⒈", "([⒈-⒛])"),
    ("❶", "([❶-❿])"),
)
_SPACED = ("一 ", rf"({_HAN})\s(?=\s*\S)")
_SPOKEN = (("一是", rf"({_HAN})是"), ("一要", rf"({_HAN})要"))
_LATIN = (("a.", r"([a-z])[.)](?=\s)"), ("(a)", r"\(([a-z])\)"))
_BULLET = ("·", r"(?:[-*+](?=\s)|[·●○◆■▪□☐✓▲►➢※])()")
# marks that may as well be something else: they count only beside another of their list
WEAK = frozenset({"一 ", "a.", "(a)"})


def _pattern(forms: tuple[tuple[str, str], ...]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    return tuple(style for style, _ in forms), re.compile("|".join(form for _, form in forms))


_BULLETS = _pattern((_BULLET,))
_OPENING = _pattern((*_FORMS, *_SPOKEN, _SPACED, *_LATIN))
_INSIDE = _pattern((*_FORMS, *_SPOKEN, _SPACED))
# white space is looked at once, from where it begins: a run of it would be, from each of its places
_BEHIND_CLAUSE = r"[。;:!?,]\s*(?=[(\d一二三四五六七八九十第①-⑳㊀-㊉㈠-㈩⑴-⒇⒈-⒛❶-❿])"
_BREAK = re.compile(_BEHIND_CLAUSE)
_CIRCLE = re.compile("[①-⑳⑴-⒇]")
_BREAK_OR_CIRCLE = re.compile(rf"{_BEHIND_CLAUSE}|(?<!\s)\s*(?={_CIRCLE.pattern})")
_AFTER_COMMA = frozenset({"一是", "一要", "①", "⑴"})


def marks_of(text: str, view: str, start: int, end: int) -> list[Mark]:
    """The list marks of the line ``text[start:end]``, in order; ``view`` is the text as ``seen``.

    A bullet may stand before another mark; both count. Inside a line a mark follows the end of a
    clause.
    """
    found = []
    at = _skip(view, start, end)
    for patterns in (_BULLETS, _OPENING):
        if mark := _match(patterns, text, view, at, end):
            found.append(mark)
            at = _skip(view, mark.end, end)
    last = {mark.style: mark.number for mark in found}
    breaks = _BREAK_OR_CIRCLE if _CIRCLE.search(view, at, end) else _BREAK
    for stop in breaks.finditer(view, at, end):
        mark = _match(_INSIDE, text, view, stop.end(), end)
        if mark and mark not in found[:2] and _may_stand(mark, stop[0], last):
            found.append(mark)
            last[mark.style] = mark.number
    return found


def _may_stand(mark: Mark, behind: str, last: Mapping[str, int]) -> bool:
    """Whether a mark inside a line may stand behind what is there; ``last`` are those before it, by style.

    Those in circles go on wherever they stand, for nothing else looks like them.
    """
    if behind.strip():
        return behind[0] != "," or mark.style in _AFTER_COMMA
    known = last.get(mark.style)
    return mark.number == (1 if known is None else known + 1) and bool(known is not None or behind)


def _match(
    patterns: tuple[tuple[str, ...], re.Pattern[str]], text: str, view: str, at: int, end: int
) -> Mark | None:
    """The mark that begins at a place, if one does and something follows it."""
    styles, pattern = patterns
    found = pattern.match(view, at, end)
    if not found or found.lastindex is None:
        return None
    style, number = styles[found.lastindex - 1], found[found.lastindex]
    if style == "一 " and not _parts(text, found.end() - 1, opening=patterns is _OPENING):
        return None
    if _skip(view, found.end(), end) == end:
        return None
    return Mark(at, at + len(found[0].rstrip()), style, _number(style, number))


def _parts(text: str, at: int, *, opening: bool) -> bool:
    """Whether the space behind a numeral parts it from an item, and does not space letters out."""
    if text[at] == "\u3000":
        return True
    wide, rest = text[at : at + 2].isspace(), text[at + 1 : at + 3]
    return opening and (wide or (len(rest) == 2 and not rest[1].isspace()))


def _number(style: str, number: str) -> int:
    if style == "·":
        return 0
    if style in "①㊀㈠⑴⒈❶":
        return ord(number) - ord(style) + 1
    return ord(number) - ord("a") + 1 if style in ("a.", "(a)") else number_of(number)


def _skip(view: str, at: int, end: int) -> int:
    """The next place that holds no white space."""
    while at < end and view[at].isspace():
        at += 1
    return at
