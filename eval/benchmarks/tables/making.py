"""Tables made up by a seed, each of another shape, and questions for their cells."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.formats.cells import EMPTY, Cell
from wenju.eval.benchmarks.tables.content import Domain, Values, domains, words
from wenju.eval.benchmarks.tables.heads import Leaf, head_rows, leaves
from wenju.eval.benchmarks.tables.names import Names
from wenju.eval.benchmarks.tables.shapes import Shape, shape
from wenju.eval.benchmarks.tables.table import Asked, Table

COUNT = 60
_ASKED = 5  # cells of a table
_WORDINGS = 3
_HOLES = 0.12  # of the counted cells
_NUMERALS = "一二三四五六七八九十"


@dataclass(slots=True)
class _Row:
    """A row of values: its name, its group, and its cells; ``named`` where its group begins in it."""

    name: str
    group: str
    cells: list[Cell | None]
    named: bool = True


def tables(count: int = COUNT, seed: int = 0) -> list[Table]:
    """So many tables, the same ones for a seed."""
    draw = random.Random(f"tables {seed}")
    names, known = Names(draw), domains()
    made: dict[str, _Maker] = {}
    found = []
    for number in range(count):
        domain = known[number % len(known)]
        drawn = random.Random(f"table {number} {seed}")
        maker = _Maker(domain, shape(number, count, drawn), names, drawn)
        if domain.by_year:  # every second one is of the year after, with the same rows
            maker.follow(made.pop(domain.title, None))
            made[domain.title] = maker
        found.append(maker.table(number))
    return found


class _Maker:
    """Makes one table."""

    def __init__(self, domain: Domain, shaped: Shape, names: Names, draw: random.Random) -> None:
        self.domain, self.shape, self.draw = domain, shaped, draw
        self.year = shaped.year
        self.place = names.place(domain)
        self.words = words(domain.script)
        self.names, self.absent = names.rows(domain, shaped.height)
        self.groups: list[str] = []
        if domain.grouped:
            self.groups, rest = names.groups(domain, max(1, shaped.height // len(domain.rows)))
            self.absent = [f"{rest[0]}{domain.rows[0]}", f"{rest[-1]}{domain.rows[1]}"]
        self.values = Values(draw, domain.script)

    def follow(self, before: _Maker | None) -> None:
        """Tell of the rows of another table, a year later."""
        if before:
            self.place, self.year = before.place, before.year + 1
            self.names, self.absent = before.names, before.absent

    def table(self, number: int) -> Table:
        """The table, with what is asked of it."""
        shaped, domain = self.shape, self.domain
        grouped = bool(domain.group) and (domain.grouped or shaped.grouping == "column")
        leading = self._leading(grouped=grouped)
        found = leaves(domain, shaped, max(1, shaped.width - len(leading)), self.year, self.draw)
        body = self._body(found, grouped=grouped)
        head = head_rows(leading, found)
        unit = next((leaf.column.unit for leaf in found if leaf.column.unit), "")
        above, titles = self._above(unit, len(leading) + len(found))
        rows = [*titles, *head, *self._rows(body, leading, len(found), grouped=grouped)]
        return Table(
            name=f"{number + 1:02d} {self._title('')}",
            script=domain.script,
            above=above,
            rows=tuple(tuple(row) for row in rows),
            titles=len(titles),
            heads=len(titles) + len(head),
            asked=tuple(self._asked(body, found)),
            absent=tuple(self._absent(found)),
            empty=tuple(self._empty(body, found)),
            note=self.words["note"] if shaped.note else "",
            heading=shaped.title == "heading",
        )

    def _leading(self, *, grouped: bool) -> list[str]:
        corner = self.shape.corner
        names = ["" if corner == "empty" else self.domain.key]
        if grouped:
            names.insert(0, self.domain.group)
        if self.shape.numbered:
            names.insert(0, self.words["number"])
        return ["", *names] if corner == "counter" else names

    def _body(self, found: Sequence[Leaf], *, grouped: bool) -> list[_Row]:
        rows = [
            _Row(name, group, [self._cell(leaf) for leaf in found], named=first)
            for name, group, first in self._named(grouped=grouped)
        ]
        self._merge(rows, found)
        return rows

    def _named(self, *, grouped: bool) -> list[tuple[str, str, bool]]:
        """Names of rows, the group of each, and whether its group begins there."""
        if self.domain.grouped:
            return [
                (row, g, row == self.domain.rows[0])
                for g in self.groups
                for row in self.domain.rows
            ]
        if not self.domain.groups or not (grouped or self.shape.grouping == "rows"):
            return [(name, "", True) for name in self.names]
        size = max(2, -(-len(self.names) // len(self.domain.groups)))
        return [
            (name, self.domain.groups[i // size], i % size == 0)
            for i, name in enumerate(self.names)
        ]

    def _cell(self, leaf: Leaf) -> Cell:
        if leaf.column.unit and self.shape.holes and self.draw.random() < _HOLES:
            return EMPTY
        unit = leaf.column.unit if self.shape.unit == "cells" else ""
        return Cell(self.values.of(leaf.column) + unit)

    def _merge(self, rows: list[_Row], found: Sequence[Leaf]) -> None:
        """Values merged over two rows, and one over two columns."""
        told = [c for c, leaf in enumerate(found) if not leaf.column.unit]
        for i in range(0, len(rows) - 1, 4):
            if self.shape.shared and told and rows[i].group == rows[i + 1].group:
                c = self.draw.choice(told)
                rows[i].cells[c] = Cell(self.values.of(found[c].column), rows=2)
                rows[i + 1].cells[c] = None
        counted = [
            c for c in range(len(found) - 1) if found[c].column.unit and found[c + 1].column.unit
        ]
        if self.shape.across and counted and len(rows) > 2:
            c = self.draw.choice(counted)
            rows[-1].cells[c : c + 2] = [Cell(self.words["untold"], columns=2), None]

    def _above(self, unit: str, width: int) -> tuple[tuple[str, ...], list[list[Cell]]]:
        """Lines above the table, and rows of it that hold its title and unit."""
        told = unit if self.shape.unit in ("line", "title") else ""
        title = self._title(told if self.shape.unit == "title" else "")
        line = self.words["unit_line"].format(unit=told) if self.shape.unit == "line" else ""
        as_row = self.shape.title == "row"
        shown = title if self._titled(told) else ""
        lines = tuple(filter(None, (shown, line)))
        if not as_row:
            return lines, []
        return (), [[Cell(text, columns=width, heads=True)] for text in lines]

    def _title(self, unit: str) -> str:
        title = self.domain.title.format(place=self.place, year=self.year)
        return f"{title}（{self.words['unit_line'].format(unit=unit)}）" if unit else title

    def _titled(self, unit: str) -> bool:
        needed = self.domain.by_year or self.domain.named_with_place
        return self.shape.title != "none" or needed or bool(unit and self.shape.unit == "title")

    def _rows(
        self, body: Sequence[_Row], leading: Sequence[str], width: int, *, grouped: bool
    ) -> list[list[Cell]]:
        rows = []
        for i, row in enumerate(body):
            if self.shape.grouping == "rows" and row.group and row.named and not grouped:
                number = _NUMERALS[len({r.group for r in body[: i + 1]}) - 1]
                rows.append([Cell(f"{number}、{row.group}", columns=len(leading) + width)])
            before = [Cell(row.name)]
            if grouped and row.named:
                before.insert(0, Cell(row.group, rows=sum(r.group == row.group for r in body)))
            if self.shape.numbered:
                before.insert(0, Cell(str(i + 1)))
            if self.shape.corner == "counter":
                before.insert(0, Cell(str(i)))
            rows.append([*before, *(cell for cell in row.cells if cell is not None)])
        if self.shape.total and self.shape.unit != "cells":
            rows.append(self._total(body, leading))
        return rows

    def _total(self, body: Sequence[_Row], leading: Sequence[str]) -> list[Cell]:
        """A last row with the sums of counted columns, the others empty."""
        found: list[Cell] = [Cell(self.words["total"], columns=len(leading))]
        for c in range(len(body[0].cells)):
            told = [cell.text for row in body if (cell := row.cells[c]) and cell.text]
            sums = told and all(text.replace(".", "", 1).isdecimal() for text in told)
            found.append(Cell(_sum(told)) if sums else EMPTY)
        return found

    def _asked(self, body: Sequence[_Row], found: Sequence[Leaf]) -> list[Asked]:
        """Cells drawn from all, one that is merged with the row above among them."""
        places = [
            (r, c)
            for r, row in enumerate(body)
            for c, cell in enumerate(row.cells)
            if _told(body, r, c) and (cell is None or cell.columns == 1)
        ]
        self.draw.shuffle(places)
        places.sort(key=lambda place: body[place[0]].cells[place[1]] is not None)
        merged = sum(body[r].cells[c] is None for r, c in places)
        chosen = [*places[: min(1, merged)], *places[merged:]][:_ASKED]
        return [self._ask(body, r, c, found[c]) for r, c in chosen]

    def _ask(self, body: Sequence[_Row], r: int, c: int, leaf: Leaf) -> Asked:
        row, cell = body[r], _told(body, r, c)
        asks = self.draw.sample(leaf.column.asks, min(_WORDINGS, len(leaf.column.asks)))
        in_cell = self.shape.unit == "cells"
        return Asked(
            questions=tuple(self._question(ask, self._called(row), leaf) for ask in asks),
            row=(row.group, row.name) if self.domain.grouped else (row.name,),
            columns=leaf.names,
            value=cell.removesuffix(leaf.column.unit) if in_cell else cell,
            unit=leaf.column.unit,
            begins=row.cells[c] is not None,
            named=not self.domain.grouped or row.named,
        )

    def _called(self, row: _Row) -> str:
        return f"{row.group}{row.name}" if self.domain.grouped else row.name

    def _question(self, ask: str, name: str, leaf: Leaf) -> str:
        called = self.domain.asked.format(r=name)
        if self.domain.named_with_place:
            called = f"{self.place}{called}"
        period = leaf.period
        if self.domain.by_year:
            period = period.removeprefix(f"{self.year}年")
            called = f"{self.year}年{called}"
        if called[-1:].isdecimal() and period[:1].isdecimal():
            called += " "  # nobody writes two numbers as one
        return ask.format(r=called, p=period)

    def _absent(self, found: Sequence[Leaf]) -> list[str]:
        return [
            self._question(self.draw.choice(leaf.column.asks), name, leaf)
            for name in self.absent
            for leaf in [self.draw.choice(found)]
        ]

    def _empty(self, body: Sequence[_Row], found: Sequence[Leaf]) -> list[str]:
        """A question for a cell that holds nothing."""
        holes = [(row, c) for row in body for c, cell in enumerate(row.cells) if cell is EMPTY]
        if not holes:
            return []
        row, c = self.draw.choice(holes)
        return [self._question(found[c].column.asks[0], self._called(row), found[c])]


def _told(body: Sequence[_Row], r: int, c: int) -> str:
    """What a cell tells, also where it is merged with the one above it; empty for one beside it."""
    cell = body[r].cells[c]
    if cell is not None:
        return cell.text
    above = body[r - 1].cells[c] if r else None
    return above.text if above is not None and above.rows > 1 else ""


def _sum(told: Sequence[str]) -> str:
    total = sum(map(float, told))
    return str(round(total)) if all("." not in text for text in told) else f"{total:.1f}"
