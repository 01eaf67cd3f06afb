"""Abbreviations and other words for the same thing, from a table that anybody can edit.

A line of the table is a group, its entries divided by tabs: each stands for all of them. In
``A > B`` what stands left of the mark is searched for as what stands right of it, too, and not the
other way about. A line that begins with ``#`` is a comment. Entries are folded when they are read,
so either script and width will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wenju.corpus.errors import ReadError, WenjuError
from wenju.corpus.script import fold, is_han
from wenju.index.words import load_jieba

BUNDLED = Path(__file__).with_name("variants.tsv")
_SHORT = 2  # characters: as long as this, an entry is often a part of another word


class BadVariants(WenjuError):
    """A line of a table cannot be used."""


@dataclass(frozen=True, slots=True)
class Variants:
    """What a word is also called: ``others[word]``, empty for a word that is only pointed to."""

    others: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls, path: Path | None = None) -> Variants:
        """Read a table, the bundled one where no path is given.

        Raises ReadError where the file cannot be read, BadVariants for a line that is no group.
        """
        path = path or BUNDLED
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ReadError(
                f"The table of variants {path} could not be read: {error}. Give the path of a "
                "UTF-8 text file, e.g. a copy of the bundled variants.tsv."
            ) from error
        return cls(_table(text, path))

    def expand(self, question: str) -> list[tuple[str, tuple[str, ...]]]:
        """The words of a folded question that the table has, with what else they are called.

        In the question's order, each once. The longest are taken first, and nothing is taken
        that lies in one of them or overlaps it.
        """
        words = dict.fromkeys(question[start:end] for start, end in self.places(question))
        return [(word, self.others[word]) for word in words if self.others[word]]

    def places(self, question: str) -> list[tuple[int, int]]:
        """Where the entries stand that ``expand`` takes, in order; none overlap."""
        taken: dict[int, int] = {}
        covered: set[int] = set()
        for start, end in sorted(self._places(question), key=lambda p: (p[0] - p[1], p[0])):
            if covered.isdisjoint(range(start, end)):
                taken[start] = end
                covered.update(range(start, end))
        return sorted(taken.items())

    def _places(self, question: str) -> Iterator[tuple[int, int]]:
        """Where an entry stands that is no mere part of other words."""
        words = _Words(question)
        lengths = sorted({len(word) for word in self.others})
        for start in range(len(question)):
            for length in lengths:
                word, end = question[start : start + length], start + length
                if len(word) == length and word in self.others and words.has(start, end):
                    yield start, end


class _Words:
    """The words of a text as jieba cuts it, cut when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._borders: set[int] = set()
        self._parts: set[tuple[int, int]] = set()

    def has(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` is long enough to be sure of, or is a word.

        A word are also one or several whole words (司机车费 has no 机车), and the beginning or
        end of a compound that is a word by itself (地铁站 has 地铁).
        """
        text = self._text
        if not is_han(text[start]) and start and _joins(text[start - 1 : start + 1]):
            return False
        if not is_han(text[end - 1]) and _joins(text[end - 1 : end + 1]):
            return False
        if end - start > _SHORT or not is_han(text[start]):
            return True
        if not self._borders:
            self._cut()
        ends = (start in self._borders) + (end in self._borders)
        return ends == 2 or (ends == 1 and (start, end) in self._parts)

    def _cut(self) -> None:
        jieba = load_jieba()
        self._borders = {at for _, *ends in jieba.tokenize(self._text) for at in ends}
        self._parts = {(a, b) for _, a, b in jieba.tokenize(self._text, mode="search")}


def _joins(pair: str) -> bool:
    """Whether two characters are of one Latin word or number."""
    return len(pair) == 2 and all(c.isalnum() and not is_han(c) for c in pair)


def _table(text: str, path: Path) -> dict[str, tuple[str, ...]]:
    """Each entry with its others; pointed-to entries that are of no group have none."""
    groups: dict[str, tuple[str, ...]] = {}
    pointers: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            left, right = _entries(line)
            for word in left:
                if word in lines:
                    raise ValueError(
                        f"{word!r} once only, but it stands in line {lines[word]}, too"
                    )
                lines[word] = number
        except ValueError as error:
            raise BadVariants(
                f"{path}, line {number}: found {line.strip()!r}, expected {error}. "
                "Correct the line or put # before it."
            ) from None
        if right:
            pointers |= dict.fromkeys(left, tuple(right))
        else:
            groups |= {word: tuple(other for other in left if other != word) for word in left}
    return _followed(groups, pointers)


def _followed(
    groups: dict[str, tuple[str, ...]], pointers: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Both in one; what is pointed to brings its group along."""
    table = dict(groups)
    for word, targets in pointers.items():
        found = [w for target in targets for w in (target, *groups.get(target, ()))]
        table[word] = tuple(w for w in dict.fromkeys(found) if w != word)
    for targets in pointers.values():
        table |= {target: () for target in targets if target not in table}
    return table


def _entries(line: str) -> tuple[list[str], list[str]]:
    """The folded entries left and right of the mark; raises ValueError with what was expected."""
    left, mark, right = line.partition(">")
    sides = [[fold(entry.strip()) for entry in side.split("\t")] for side in (left, right)]
    if not mark:
        sides[1] = []
    # a blank around the mark is no entry, one between two tabs is a slip
    for side in sides:
        while side and not side[-1]:
            side.pop()
        while side and not side[0]:
            side.pop(0)
    both = sides[0] + sides[1]
    if ">" in right or not sides[0] or (mark and not sides[1]) or len(both) < 2:
        raise ValueError("two or more entries divided by tabs, at most one > between them")
    if short := [word for word in both if len(word) < 2]:
        raise ValueError(f"entries of two characters or more, and {short[0]!r} is shorter")
    if len(set(both)) < len(both):
        twice = next(word for word in both if both.count(word) > 1)
        raise ValueError(f"entries that differ when they are folded, and {twice!r} is there twice")
    return sides[0], sides[1]
