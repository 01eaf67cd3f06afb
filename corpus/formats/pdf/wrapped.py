"""Which lines of an aligned table are one row: the rest of a cell stands below a line that is full."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wenju.corpus.formats.pdf.lines import Piece
from wenju.corpus.formats.records import is_wide

Line = list[Piece]
Place = tuple[int, int]
"""The first and the last of the columns that a text stands in."""
Words = dict[Place, Piece]
Row = dict[Place, list[Piece]]

_LEVEL = 0.75  # of the size: lines that are closer stand beside each other
_TIGHT = 1.15  # of the distance of lines in a cell: those further away are not of it
_ROOMY = 1.3  # of the same: rows that are so far apart are told by it
_MOSTLY = 0.6  # of the lines that stand close: so many are rests where rows are told by distance
_BREAKS = "-‐–/"  # a word may end a line behind them


def goes_on(above: Piece, below: Piece, limit: float) -> bool:
    """Whether a text is the rest of the line above it, whose column ends at ``limit``: it had no room there."""
    return above.right + _first_width(below) > limit


def _first_width(piece: Piece) -> float:
    """The width of what is not broken at the beginning of a text: a word, or a character with its marks."""
    sizes = [
        (glyph.text, glyph.right - glyph.left, glyph.spaced and i > 0)
        for i, glyph in enumerate(piece.glyphs)
    ] or [(c, piece.size * (1.0 if is_wide(c) else 0.5), c.isspace()) for c in piece.text]
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


def rows_of(lines: Sequence[Words], starts: Sequence[float]) -> list[Row]:
    """The lines put together to rows; ``starts`` are where the columns behind each but the last begin."""
    return _Rows(lines, starts).rows()


class _Rows:
    def __init__(self, lines: Sequence[Words], starts: Sequence[float]) -> None:
        self._lines = lines
        self._limits = _limits(lines, starts)
        self._size = max(word.size for line in lines for word in line.values())
        steps = [step for a, b in pairwise(lines) if (step := _step(a, b)) >= _LEVEL * self._size]
        self._leading = min(steps, default=0.0)
        self._told = (
            any(step > _ROOMY * self._leading for step in steps) and self._close_are_rests()
        )

    def rows(self) -> list[Row]:
        found: list[Row] = []
        count = 0
        for number, line in enumerate(self._lines):
            step = _step(self._lines[number - 1], line) if number else 0.0
            if not found or not self._joins(found[-1], line, step, count):
                found.append({})
                count = len(line)
            for place, word in line.items():
                _add(found[-1], place, word)
        return found

    def _joins(self, row: Row, line: Words, step: float, count: int) -> bool:
        """Whether a line is of a row that began with so many words."""
        above = [_over(row, place) for place in line]
        if step < _LEVEL * self._size and not any(above):
            return True  # in the middle of the cells beside it
        if not all(above):
            return False
        pairs = [(lines[-1], word) for lines, word in zip(above, line.values(), strict=True)]
        if any(_foot(word) - _foot(last) > _TIGHT * self._leading for last, word in pairs):
            return False
        return self._told or (len(line) < count and self._are_rests(pairs, line))

    def _are_rests(self, pairs: Sequence[tuple[Piece, Piece]], line: Words) -> bool:
        return all(
            goes_on(last, word, self._limits[place[1]])
            for (last, word), place in zip(pairs, line, strict=True)
        )

    def _close_are_rests(self) -> bool:
        """Whether lines that stand close below each other mostly are rests, so that distance tells rows."""
        above: dict[int, Piece] = {}
        rests = []
        for before, line in pairwise(self._lines):
            above |= {place[1]: word for place, word in before.items()}
            if _LEVEL * self._size <= _step(before, line) <= _TIGHT * self._leading:
                pairs = [(above.get(place[1], word), word) for place, word in line.items()]
                rests.append(self._are_rests(pairs, line))
        return sum(rests) >= _MOSTLY * len(rests)


def _limits(lines: Sequence[Words], starts: Sequence[float]) -> list[float]:
    """Where the text of each column may end: as far before the next one as any text does."""
    apart = min((gap for line in lines for gap in _gaps(line)), default=0.0)
    last = max(word.right for line in lines for word in line.values())
    return [*(start - apart for start in starts), last]


def _gaps(line: Words) -> Iterator[float]:
    """The gaps between texts in columns beside each other."""
    for (left, a), (right, b) in pairwise(sorted(line.items())):
        if left[1] + 1 == right[0] and b.left > a.right:
            yield b.left - a.right


def _foot(word: Piece) -> float:
    return max((glyph.base for glyph in word.glyphs), default=word.bottom)


def _step(above: Words, below: Words) -> float:
    return min(map(_foot, below.values())) - min(map(_foot, above.values()))


def _over(row: Row, place: Place) -> list[Piece]:
    """What stands in columns of a row that a text would stand in too."""
    return [p for held, lines in row.items() if _meet(held, place) for p in lines]


def _meet(one: Place, other: Place) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _add(row: Row, place: Place, word: Piece) -> None:
    """Put a text into a row; it and what stands in its columns are one cell."""
    met = [held for held in row if _meet(held, place)]
    lines = [p for held in met for p in row.pop(held)]
    first, last = min(p[0] for p in (*met, place)), max(p[1] for p in (*met, place))
    row[first, last] = [*lines, word]
