"""What the tables are about: domains of made-up rows and columns, and values for their cells."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_CONTENT = Path(__file__).with_name("content.toml")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, how its values are made, and how a person asks for one.

    A counted one has a ``unit``, a ``low`` and a ``high`` with so many ``decimals``; ``made`` names
    what any other holds.
    """

    name: str
    asks: tuple[str, ...]
    unit: str = ""
    low: int = 0
    high: int = 0
    decimals: int = 0
    made: str = ""


@dataclass(frozen=True, slots=True)
class Domain:
    """What some tables are about. ``grouped``: a row is named by its group and its own name."""

    script: str
    title: str
    key: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    splits: tuple[str, ...]
    asked: str = "{r}"
    group: str = ""
    groups: tuple[str, ...] = ()
    by_year: bool = False
    grouped: bool = False
    named_with_place: bool = False


@cache
def domains() -> tuple[Domain, ...]:
    """All domains, in the order of the file."""
    return tuple(map(_domain, _content()["domain"]))


@cache
def words(script: str) -> Mapping[str, str]:
    """The names of a script, and what is written around its tables."""
    return dict(_content()["names"][script])


class Values:
    """Draws the values of cells in one script."""

    def __init__(self, draw: random.Random, script: str) -> None:
        self._draw = draw
        self._words = words(script)

    def of(self, column: Column) -> str:
        """A value of a column, without its unit."""
        if not column.made:
            number = self._draw.uniform(column.low, column.high)
            return f"{number:.{column.decimals}f}" if column.decimals else str(round(number))
        return str(getattr(self, f"_{column.made}")())

    def one(self, name: str) -> str:
        """One of the words of that name."""
        return self._draw.choice(self._words[name].split())

    def _person(self) -> str:
        return self.one("surnames") + self.one("given")

    def _body(self) -> str:
        return self.one("bodies")

    def _company(self) -> str:
        return self.one("firsts") + self.one("seconds") + self.one("companies")

    def _phone(self) -> str:
        return f"0{self._draw.randint(21, 89)}-{self._draw.randint(2000000, 8999999)}"

    def _clock(self) -> str:
        return f"{self._draw.randint(5, 7):02d}:{self._draw.randrange(0, 60, 5):02d}"

    def _day(self) -> str:
        year, month, day = (self._draw.randint(*r) for r in ((2022, 2025), (1, 12), (1, 28)))
        return f"{year}年{month}月{day}日"

    def _month(self) -> str:
        return f"{self._draw.randint(2022, 2025)}年{self._draw.randint(1, 12)}月"

    def _address(self) -> str:
        number = self._draw.randint(1, 399)
        return self._words["road_number"].format(road=self.one("roads"), number=number)


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(_CONTENT.read_text(encoding="utf-8"))


def _domain(told: Mapping[str, Any]) -> Domain:
    lists: dict[str, Any] = {n: tuple(told.get(n, ())) for n in ("rows", "splits", "groups")}
    rest = {name: value for name, value in told.items() if name not in (*lists, "column")}
    return Domain(columns=tuple(map(_column, told["column"])), **lists, **rest)


def _column(told: Mapping[str, Any]) -> Column:
    low, high = told.get("range", (0, 0))
    rest = {name: value for name, value in told.items() if name not in ("range", "asks")}
    return Column(asks=tuple(told["asks"]), low=low, high=high, **rest)
