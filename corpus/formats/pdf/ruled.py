"""Tables that are drawn with lines: which boxes the lines make, and what stands in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.pdf.drawn import drawn_cell
from wenju.corpus.formats.pdf.glyphs import Box, Glyph, Ruling
from wenju.corpus.formats.pdf.lines import joined, pieces_of
from wenju.corpus.formats.pdf.rulings import NEAR, connected
from wenju.corpus.formats.pdf.table import Table

_LEAST = 2  # boxes in a table: a frame around text is none


def tables_of(
    glyphs: Sequence[Glyph], rulings: Sequence[Ruling]
) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page, and the characters that stand in none of them."""
    rest = list(glyphs)
    found = []
    for group in connected(rulings):
        grid = _Grid.of(group)
        boxes = list(grid.boxes())
        inside = [g for g in rest if grid.holds(g)] if len(boxes) >= _LEAST else []
        if inside:
            found.append(Table(grid.outer, _rows(grid, boxes, inside), tuple(pairwise(grid.xs))))
            rest = [g for g in rest if not grid.holds(g)]
    return found, rest


@dataclass(frozen=True, slots=True)
class _Span:
    """A box: its first row and column, and how many of each it spans."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class _Grid:
    """The finest grid that rulings make together: its places, and what they part in it.

    ``beside`` has (row, place) where a line stands between the boxes on both sides of ``xs[place]``,
    ``below`` has (column, place) where one lies between those above and below ``ys[place]``.
    """

    xs: list[float]
    ys: list[float]
    beside: frozenset[tuple[int, int]]
    below: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, group: Sequence[Ruling]) -> _Grid:
        """The grid of rulings that touch each other."""
        level = [r for r in group if r.level]
        upright = [r for r in group if not r.level]
        ends = (min(r.left for r in group), max(r.right for r in group))
        heights = (min(r.top for r in group), max(r.bottom for r in group))
        xs = _merged([*ends, *(r.left for r in upright)])
        ys = _merged([*heights, *(r.top for r in level)])
        beside = ((row, x) for r in upright for row, x in _parted(r.left, r.top, r.bottom, xs, ys))
        below = ((c, y) for r in level for c, y in _parted(r.top, r.left, r.right, ys, xs))
        return cls(xs, ys, frozenset(beside), frozenset(below))

    @property
    def outer(self) -> Box:
        """The box around all of it."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands in it."""
        left, top, right, bottom = self.outer
        return left <= (glyph.left + glyph.right) / 2 <= right and top <= glyph.middle <= bottom

    def place(self, glyph: Glyph) -> tuple[int, int]:
        """The row and column of the grid that a character in it stands in."""
        middle = (glyph.left + glyph.right) / 2
        row, column = bisect_left(self.ys, glyph.middle), bisect_left(self.xs, middle)
        return max(0, row - 1), max(0, column - 1)

    def boxes(self) -> Iterator[_Span]:
        """The boxes, of which those with no line between them are one."""
        taken: set[tuple[int, int]] = set()
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in taken:
                    box = self._box(row, column)
                    taken |= set(_places(box))
                    yield box

    def _box(self, row: int, column: int) -> _Span:
        wide = high = 1
        while column + wide < len(self.xs) - 1 and (row, column + wide) not in self.beside:
            wide += 1
        while row + high < len(self.ys) - 1 and (column, row + high) not in self.below:
            high += 1
        return _Span(row, column, high, wide)


def _places(box: _Span) -> Iterator[tuple[int, int]]:
    for row in range(box.row, box.row + box.rows):
        for column in range(box.column, box.column + box.columns):
            yield row, column


def _merged(places: Sequence[float]) -> list[float]:
    """Places in order, those that are near to each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _parted(
    place: float, start: float, end: float, places: Sequence[float], steps: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """The steps whose middle a line from ``start`` to ``end`` runs along, each with the line's number."""
    first = bisect_left(places, place - NEAR)
    numbers = range(first, bisect_right(places, place + NEAR))
    for step in range(max(0, bisect_left(steps, start) - 1), len(steps) - 1):
        middle = (steps[step] + steps[step + 1]) / 2
        if middle > end:
            return
        if middle >= start:
            yield from ((step, number) for number in numbers)


def _rows(grid: _Grid, boxes: Sequence[_Span], glyphs: Sequence[Glyph]) -> list[list[Cell]]:
    owners = {place: box for box in boxes for place in _places(box)}
    inside: dict[_Span, list[Glyph]] = {box: [] for box in boxes}
    for glyph in glyphs:
        inside[owners[grid.place(glyph)]].append(glyph)
    rows: list[list[Cell]] = [[] for _ in range(len(grid.ys) - 1)]
    for box, held in inside.items():
        lines = [joined(pieces) for pieces in pieces_of(held)]
        rows[box.row].append(drawn_cell(lines, box.rows, box.columns))
    return rows
