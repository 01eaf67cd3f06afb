"""Which lines of an aligned table are one row: the rest of a cell stands below a line that is full."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from wenju.corpus.formats.pdf.drawn import DrawnCell
from wenju.corpus.formats.pdf.glyphs import Glyph
from wenju.corpus.formats.pdf.lines import Piece
from wenju.corpus.formats.records import is_wide
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

Line = list[Piece]
Place = tuple[int, int]
"""The first and the last of the columns that a text stands in."""
Words = dict[Place, Piece]
Row = dict[Place, list[Piece]]
Pairs = list[tuple[Place, Piece, Piece]]
"""Texts with those above them in the same columns."""

_LEVEL = 0.75  # of the size: lines that are closer stand beside each other
_HALF = 0.6  # of the usual distance: and so do those in the middle between others
_LOOSE, _TIGHT = 0.85, 1.15  # of the distance of lines in a cell: those of it differ by less
_ROOMY = 1.3  # of the same: rows that are so far apart are told by it
_APART = 1.2  # of the size: so far apart are texts of two columns where both are full
_MOSTLY = 0.6  # of the lines that stand close: so many are rests where rows are told by distance
_LEADING = 1.8  # of the size: the lines of a cell are no further apart
_MIXED = 0.25  # of the size: programs set ideographs so far apart from letters and digits
_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[A-Za-z]+")
_BREAKS = "-‐–/"  # a word may end a line behind them


def goes_on(above: Piece | DrawnCell, below: Piece | DrawnCell, limit: float) -> bool:
    """Whether a text is the rest of the one above it, which had no room for it before ``limit``.

    What begins an item is the rest of nothing, and no number or code is that of another.
    """
    numbers = above.text[-1:].isdecimal() and below.text[:1].isdecimal()
    if numbers or _pattern(above.text) == _pattern(below.text):
        return False
    right = above.right if isinstance(above, Piece) else max(g.right for g in _last_line(above))
    if above.text and below.glyphs and is_wide(above.text[-1]) != is_wide(below.text[0]):
        right += _MIXED * below.glyphs[0].size
    begins = phrase("item", "lines").match(fold(below.text))
    return not begins and right + _first_width(below) > limit


def _last_line(cell: DrawnCell) -> list[Glyph]:
    base = cell.glyphs[-1].base
    return [glyph for glyph in cell.glyphs if abs(glyph.base - base) < glyph.size / 2]


def _pattern(text: str) -> str:
    """What numbers and codes of one kind have in common; other texts stay as they are."""
    return _LETTERS.sub("a", _DIGITS.sub("0", text))


def room(columns: Sequence[tuple[float, float]], size: float) -> list[float]:
    """Where the texts of aligned columns end at the most: a little before the next one, or as they do."""
    return [*(left - _APART * size for left, _ in columns[1:]), columns[-1][1]]


def _first_width(below: Piece | DrawnCell) -> float:
    """The width of what is not broken at the beginning of a text: a word, or a character with its marks."""
    size = below.size if isinstance(below, Piece) else 0.0
    sizes = [
        (glyph.text, glyph.right - glyph.left, glyph.spaced and i > 0)
        for i, glyph in enumerate(below.glyphs)
    ] or [(c, size * (1.0 if is_wide(c) else 0.5), c.isspace()) for c in below.text]
    width, last = 0.0, ""
    for text, wide, spaced in sizes:
        if last and (spaced or _may_break(last, text)):
            break
        width, last = width + wide, text
    return width


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if _kind(before) in ("Ps", "Pi") or _kind(after) in ("Pe", "Pf", "Po"):
        return False
    return is_wide(before) or is_wide(after) or before in _BREAKS


def _kind(character: str) -> str:
    return unicodedata.category(character[-1])


def rows_of(lines: Sequence[Words], columns: Sequence[tuple[float, float]]) -> list[Row]:
    """The lines put together to rows; ``columns`` are the left and right ends of their columns."""
    return _Rows(lines, columns).rows()


class _Rows:
    def __init__(self, lines: Sequence[Words], columns: Sequence[tuple[float, float]]) -> None:
        self._lines = lines
        self._size = max(word.size for line in lines for word in line.values())
        self._limits = room(columns, self._size)
        self._most = max(map(len, lines))
        below = self._pairs()
        rests = [pairs for pairs in below if self._are_rests(pairs) and self._are_near(pairs)]
        steps = sorted(_between(a, b) for a, b in pairwise(lines))
        usual = median(steps[len(steps) // 2 :] or [0.0])
        self._level = max(_LEVEL * self._size, _HALF * usual)
        self._leading = median([max(map(_step, pairs)) for pairs in rests or below] or [0.0])
        close = [pairs for pairs in below if self._is_close(pairs)]
        roomy = [p for p in below if any(_step(pair) > _ROOMY * self._leading for pair in p)]
        self._told = bool(rests and roomy) and (
            sum(map(self._are_rests, close)) >= _MOSTLY * len(close)
        )

    def rows(self) -> list[Row]:
        found: list[Row] = []
        last: Words | None = None
        for line in self._lines:
            if last is None or not self._joins(found[-1], line, _between(last, line)):
                found.append({})
            for place, word in line.items():
                _add(found[-1], place, word)
            last = line
        return found

    def _joins(self, row: Row, line: Words, step: float) -> bool:
        if step < self._level and not any(_meet(h, p) for h in row for p in line):
            return True  # in the middle of the cells beside it
        if any(place not in row for place in line):
            return False
        pairs = [(place, row[place][-1], word) for place, word in line.items()]
        return self._is_close(pairs) and (self._told or self._are_rests(pairs))

    def _pairs(self) -> list[Pairs]:
        """For each line whose texts all have one above them those pairs."""
        above: Words = {}
        found: list[Pairs] = []
        for line in self._lines:
            pairs = [(place, above[place], word) for place, word in line.items() if place in above]
            found += [pairs] if len(pairs) == len(line) else []
            above |= line
        return found

    def _is_close(self, pairs: Pairs) -> bool:
        """Whether texts stand below each other as the lines of a cell do."""
        low, high = _LOOSE * self._leading, _TIGHT * self._leading
        return self._are_near(pairs) and all(low <= _step(pair) <= high for pair in pairs)

    def _are_near(self, pairs: Pairs) -> bool:
        return all(_step(pair) <= _LEADING * self._size for pair in pairs)

    def _are_rests(self, pairs: Pairs) -> bool:
        """Whether texts had no room in the lines above them, in fewer columns than a row has."""
        return len(pairs) < self._most and all(
            goes_on(above, word, self._limits[place[1]]) for place, above, word in pairs
        )


def _step(pair: tuple[Place, Piece, Piece]) -> float:
    return _foot(pair[2]) - _foot(pair[1])


def _between(above: Words, below: Words) -> float:
    return min(map(_foot, below.values())) - max(map(_foot, above.values()))


def _foot(word: Piece) -> float:
    return max((glyph.base for glyph in word.glyphs), default=word.bottom)


def _meet(one: Place, other: Place) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _add(row: Row, place: Place, word: Piece) -> None:
    """Put a text into a row; it and what stands in its columns are one cell."""
    met = [held for held in row if _meet(held, place)]
    lines = [p for held in met for p in row.pop(held)]
    first, last = min(p[0] for p in (*met, place)), max(p[1] for p in (*met, place))
    row[first, last] = [*lines, word]
