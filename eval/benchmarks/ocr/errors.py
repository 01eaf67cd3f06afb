"""How many characters of a text were read wrongly."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Errors:
    """Characters that have to be changed, added or removed, of so many; white space does not count.

    ``folded`` are those that are left where full and half width count as the same.
    """

    wrong: int
    folded: int
    characters: int


def errors(read: str, printed: str) -> Errors:
    """The errors of what was read of a printed text."""
    a, b = ("".join(text.split()) for text in (read, printed))
    folded = (unicodedata.normalize("NFKC", text) for text in (a, b))
    return Errors(distance(a, b), distance(*folded), len(b))


def distance(a: str, b: str) -> int:
    """Levenshtein's distance: the fewest characters to change, add or remove."""
    if not a or not b:
        return len(a) + len(b)
    codes = np.array([ord(c) for c in b])
    steps = np.arange(len(b) + 1)
    row = steps.copy()
    for i, character in enumerate(a, 1):
        changed = np.minimum(row[:-1] + (codes != ord(character)), row[1:] + 1)
        fresh = np.concatenate(([i], changed))
        # additions: each place is at most one more than the one before it
        row = np.minimum.accumulate(fresh - steps) + steps
    return int(row[-1])
