"""Where a question says a name: all of it, or parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from wenju.index.words import load_jieba
from wenju.qa.names import tagged

_RUN = re.compile(r"\d+|\D")
MARK = "#"  # stands for a number in the form of a name
_MARKS = re.compile(f"{MARK}+")
# jieba's tags of what names are put together from, and of names of people, places and bodies
_NOMINAL = frozenset("njbasfx")
_PROPER = frozenset({"nr", "ns", "nt", "nz"})
WORD = 2  # characters that a name has, or that it and a question must share

CODE = re.compile(r"(?=[a-z\d/.-]*\d)(?=[a-z\d/.-]*[a-z-])[a-z\d]+(?:[-/.][a-z\d]+)+|[a-z]+\d{2,}")
"""The number of a contract, a file or a thing: QS-2023-0118, A12/7; letters or several groups of digits."""

Positions = frozenset[int]
NOWHERE: Positions = frozenset()


@dataclass(frozen=True, slots=True)
class Naming:
    """Where a question says a name: ``whole`` where it says all of it, ``part`` also where a part.

    Places are positions of characters in the question.
    """

    whole: Positions = NOWHERE
    part: Positions = NOWHERE

    def __or__(self, other: Naming) -> Naming:
        """What either names."""
        return Naming(self.whole | other.whole, self.part | other.part)

    def beats(self, other: Naming) -> bool:
        """Whether this is asked for rather than the other: it is named as much, and more of it in full."""
        return other.part <= self.part and other.whole < self.whole


@lru_cache(maxsize=16384)
def naming(folded: str, name: str) -> Naming:
    """Where a folded question says a folded name, or parts of it."""
    if len(name) < WORD:
        return Naming()
    whole = {
        k
        for found in re.finditer(re.escape(name), folded)
        if not any(is_cut(folded, at) for at in found.span())
        for k in range(*found.span())
    }
    return Naming(frozenset(whole), pairs_said(folded, name) | whole)


def pairs_said(folded: str, text: str) -> Positions:
    """Where a folded question has two characters that follow each other in a text; numbers as a whole."""
    runs = [found.span() for found in _RUN.finditer(folded)]
    pieces = [(a, d) for (a, _), (_, d) in pairwise(runs)]
    pieces += [run for run in runs if run[1] - run[0] >= WORD]
    held = (place for place in pieces if _stands(folded[slice(*place)], text))
    return frozenset(at for place in held for at in range(*place))


def _stands(piece: str, text: str) -> bool:
    if not piece.isalnum() or piece not in text:
        return False
    before, behind = piece[0].isdecimal(), piece[-1].isdecimal()
    if not before and not behind:
        return True
    return any(
        not (before and is_cut(text, found.start()) or behind and is_cut(text, found.end()))
        for found in re.finditer(re.escape(piece), text)
    )


def is_cut(text: str, at: int) -> bool:
    """Whether a place lies inside a number or a word of letters: 13号线, 十三号线."""
    if not 0 < at < len(text):
        return False
    one, two = text[at - 1], text[at]
    if one.isascii() or two.isascii():
        return (
            one.isascii()
            and two.isascii()
            and one.isdecimal() == two.isdecimal()
            and (one.isalnum() and two.isalnum())
        )
    return one.isnumeric() and two.isnumeric()


def form_of(name: str) -> str:
    """A name with a mark for each number and each word of letters: 安置房#期."""
    marked = (MARK if c.isnumeric() or (c.isascii() and c.isalnum()) else c for c in name)
    return _MARKS.sub(MARK, "".join(marked))


@lru_cache(maxsize=4096)
def nouns_before(text: str, end: int) -> tuple[bool, bool]:
    """Whether nouns end there in a text, and whether one of them is a proper name.

    A single character of a word that goes on behind the end is no noun (商 of 商场), unless that is proper.
    """
    run: list[bool] = []
    for word, tag, at in reversed([*tagged(text)]):
        if at >= end:
            continue
        proper = tag[:2] in _PROPER or (len(word) >= WORD and not load_jieba().dt.FREQ.get(word))
        if tag[0] not in _NOMINAL or (at + len(word) > end < at + WORD and not proper):
            break
        run.append(proper)
    return bool(run), any(run)
