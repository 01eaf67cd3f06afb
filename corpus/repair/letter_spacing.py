"""Spaces between the characters of a word: titles that were set wide, pages that were read glyph by glyph.

A line is spaced where most of its ideographs and full-width characters have one blank, or one
ideographic space, between them and the next. Person's names of two characters (張 三) and columns of
single characters stand in shorter runs and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenju.corpus.document import Repair
from wenju.corpus.repair.pinyin_annotations import HAN

_WIDE = rf"[{HAN}\u3001-\u303f\uff01-\uff60\u201c\u201d\u2018\u2019\u2014\u2026]"
_RUN = re.compile(rf"{_WIDE}(?:[ \u3000]{_WIDE}){{5,}}")
_SPACED = 0.8  # of the places between two wide characters of a line
_PAIR = re.compile(rf"(?<={_WIDE})[ \u3000]?(?={_WIDE})")


def remove_spaces(text: str) -> Iterator[Repair]:
    """Each space between characters of a spaced line, as a removal."""
    at = 0
    for line in text.split("\n"):
        if _RUN.search(line):
            pairs = list(_PAIR.finditer(line))
            spaces = [m for m in pairs if m.group()]
            if len(spaces) >= _SPACED * len(pairs):
                for space in spaces:
                    yield Repair(at + space.start(), at + space.end(), "", "letter_spacing")
        at += len(line) + 1
