"""The shapes that tables have: size, levels of their head, where titles and units stand, merges."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

_LEVELS = (1, 2, 1, 1, 3, 2, 1, 2, 1)
_UNITS = ("head", "line", "head", "title", "cells")
_TITLES = "heading row heading paragraph row none heading row paragraph row heading".split()
_CORNERS = "name empty name name counter name empty name name empty name counter name".split()
_SMALLEST, _LARGEST = (3, 2), (40, 8)
_USUAL = 9  # rows

Unit = Literal["head", "line", "title", "cells"]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table looks.

    ``height`` are its rows of values, ``width`` all its columns. ``unit`` is where units stand: in
    the names of columns, in a line above, in the title, in the cells. ``title``: a heading, a
    paragraph, a row of the table, none. ``corner``: what stands above the names of rows, or a column
    before them that counts from 0 and has no name. ``grouping``: groups of rows as a merged
    ``column`` or as ``rows`` of their own. ``shared``: values merged over two rows; ``across``: one
    over two columns; ``holes``: cells that are empty; ``year`` is that of the title.
    """

    height: int
    width: int
    levels: int
    unit: str
    title: str
    corner: str
    grouping: str
    numbered: bool
    shared: bool
    across: bool
    holes: bool
    total: bool
    note: bool
    upright: bool
    year: int


def shape(number: int, count: int, draw: random.Random) -> Shape:
    """The shape of the table of that number; the first is the smallest, the last the largest."""
    height, width = _size(number, count, draw)
    return Shape(
        height=height,
        width=width,
        levels=_LEVELS[number % len(_LEVELS)],
        unit=_UNITS[number % len(_UNITS)],
        title=_TITLES[number % len(_TITLES)],
        corner=_CORNERS[number % len(_CORNERS)],
        grouping=("", "column", "", "rows")[number % 4],
        numbered=number % 9 == 4,
        shared=number % 3 == 1,
        across=number % 7 == 3,
        holes=number % 2 == 1,
        total=number % 6 == 2,
        note=number % 5 == 3,
        upright=draw.random() < 0.5,
        year=draw.choice((2022, 2023, 2024)),
    )


def _size(number: int, count: int, draw: random.Random) -> tuple[int, int]:
    if number in (0, count - 1):
        return _LARGEST if number else _SMALLEST
    height = min(_LARGEST[0], max(_SMALLEST[0], round(draw.expovariate(1 / _USUAL)) + 2))
    return height, draw.randint(_SMALLEST[1], _LARGEST[1])
