"""Lines that tell a row of a table with its columns' names: ``名称：南湖小学；学生（人）：1785。``."""

from __future__ import annotations

import re

from wenju.corpus.layout.lines import Field, Place
from wenju.corpus.sentences import trim

_PIECE = re.compile(r"[^；]+")
_NAME = re.compile(r"\s*[^：；。！？|]{1,60}?：(?=[^：])")
_ENDS = "。；"
_BREAK = re.compile(r"[，。,]")
_LONGEST = 40  # characters of a row's name
_LEAST = 2  # named values: with fewer it is a label with its value


def record_of(
    text: str, start: int, end: int, least: int = _LEAST
) -> tuple[tuple[Field | None, Place], ...]:
    """The values of the row ``text[start:end]``, each with its label; none for other lines.

    A row has at least so many named values.

    Values without a label stand before all others (the name of a group of rows). A value may hold
    semicolons of its own: what follows without a label is still its.
    """
    found: list[tuple[Field | None, Place]] = []
    for piece in _PIECE.finditer(text, start, end):
        name = _NAME.match(text, *piece.span())
        value = trim(text, name.end() if name else piece.start(), piece.end())
        if name and value[0] < value[1]:
            found.append((Field(trim(text, piece.start(), name.end() - 1), value), value))
        elif found and found[-1][0]:
            label, (first, _) = found[-1]
            found[-1] = (
                (Field(label.label, (first, value[1])), (first, value[1])) if label else found[-1]
            )
        else:
            found.append((None, value))
    if sum(1 for field, _ in found if field) < least:
        return ()
    return tuple(_ended(text, *pair) for pair in found)


def opens_with_name(text: str, start: int, end: int, least: int = _LEAST) -> bool:
    """Whether a line begins with the name of a row that no column names, and goes on with named values.

    ``南湖小学；学生（人）：1785；教师（人）：96。`` It is no sentence: nothing in it stands behind a comma.
    At least so many values are named.
    """
    if text.find("：", start, end) < 0:
        return False
    pieces = [text[slice(*piece.span())] for piece in _PIECE.finditer(text, start, end)]
    bare = next((i for i, piece in enumerate(pieces) if _NAME.match(piece)), len(pieces))
    named = pieces[bare:]
    short = all(len(piece) <= _LONGEST and not _BREAK.search(piece) for piece in pieces[:bare])
    labels = [found[0] for piece in named if (found := _NAME.match(piece))]
    told = len(labels) == len(named) and not any(map(_BREAK.search, labels))
    return bare > 0 and short and told and len(named) >= least


def _ended(text: str, field: Field | None, value: Place) -> tuple[Field | None, Place]:
    """Without the mark that ends the line."""
    start, end = value
    while end > start + 1 and text[end - 1] in _ENDS:
        end -= 1
    return (Field(field.label, (start, end)) if field else None), (start, end)
