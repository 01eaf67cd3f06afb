"""The names of a table's columns: one, two or three rows of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from wenju.corpus.formats.cells import Cell
from wenju.eval.benchmarks.tables.content import Column, Domain
from wenju.eval.benchmarks.tables.shapes import Shape

_YEARS = ("2023年", "2024年")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column of values: what is written over it from above to below, and the period it is of."""

    column: Column
    path: tuple[str, ...]
    period: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called, without units."""
        return tuple(name if name != self.shown else self.column.name for name in self.path)

    @property
    def shown(self) -> str:
        """The column's own name with the unit in it."""
        return next(name for name in self.path if name.startswith(self.column.name))


def leaves(domain: Domain, shape: Shape, width: int, year: int, draw: random.Random) -> list[Leaf]:
    """About so many columns of values, counted ones first; ``year`` is that of the title."""
    counted = [c for c in domain.columns if c.unit]
    other = [c for c in domain.columns if not c.unit]
    if shape.unit in ("line", "title"):
        units = [c.unit for c in counted]
        counted = [c for c in counted if c.unit == max(units, key=units.count)]
    draw.shuffle(counted)
    draw.shuffle(other)
    periods = _periods(domain, shape, year)
    told = max(1, width // len(periods))
    if shape.levels == 1:
        told = min(len(counted), max(1, width - draw.randint(0, min(2, len(other)))))
    counted = counted[:told]
    found = _ordered(counted, periods, shape)
    return found + [Leaf(c, (c.name,)) for c in other[: max(0, width - len(found))]]


def _periods(domain: Domain, shape: Shape, year: int) -> list[tuple[str, ...]]:
    """What columns of several levels are of: years, their parts, or both."""
    split: list[tuple[str, ...]] = [(name,) for name in domain.splits]
    years: list[tuple[str, ...]] = [(one,) for one in _YEARS]
    if shape.levels == 1:
        return [()]
    if shape.levels == 2:
        return split if domain.by_year or shape.height % 2 else years
    if domain.by_year:
        return [(f"{year}年", *one) for one in split]
    return [(year, *one) for year in _YEARS for one in split]


def _ordered(
    columns: Sequence[Column], periods: Sequence[tuple[str, ...]], shape: Shape
) -> list[Leaf]:
    """Each column in each period: periods over columns, or columns over their periods."""

    def shown(column: Column) -> str:
        return f"{column.name}（{column.unit}）" if shape.unit == "head" else column.name

    if shape.upright:
        pairs = [(c, p, (shown(c), *p)) for c in columns for p in periods]
    else:
        pairs = [(c, p, (*p, shown(c))) for p in periods for c in columns]
    return [Leaf(column, path, "".join(period)) for column, period, path in pairs]


def head_rows(leading: Sequence[str], found: Sequence[Leaf]) -> list[tuple[Cell, ...]]:
    """The rows of the head; ``leading`` are the names of the columns before the values."""
    paths = [(name,) for name in leading] + [leaf.path for leaf in found]
    levels = max(map(len, paths))
    rows = []
    for level in range(levels):
        row: list[Cell] = []
        at = 0
        for (path, unique), group in groupby(
            enumerate(paths), key=lambda pair: _shared(pair[0], pair[1], level)
        ):
            many = len(list(group))
            at += many
            if len(path) > level:
                last = len(path) == level + 1 and unique >= 0
                row.append(Cell(path[level], levels - level if last else 1, many, heads=True))
        rows.append(tuple(row))
    return rows


def _shared(place: int, path: tuple[str, ...], level: int) -> tuple[tuple[str, ...], int]:
    """What columns have in common whose cell of a level is one; a last name is each column's own."""
    return path[: level + 1], place if len(path) <= level + 1 else -1
