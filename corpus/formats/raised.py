"""Characters that stand raised: marks of notes, and powers of units."""

from __future__ import annotations

import re

_NOTE_MARK = re.compile(r"[\d*†‡]{1,3}")
_SQUARED = re.compile(r"(?:^|[^A-Za-z])(?:[kcdm]?m|ft|in)$")
_DIGITS = str.maketrans("23", "²³")


def raised(before: str, mark: str) -> str:
    """What stands raised behind a text, as running text has it: m², and [1] for a note's mark.

    A note's mark that runs into a number would be read as its first digit.
    """
    if mark in ("2", "3") and _SQUARED.search(before):
        return mark.translate(_DIGITS)
    return f"[{mark}]" if _NOTE_MARK.fullmatch(mark) else mark
