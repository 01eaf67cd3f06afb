"""What a layout is made of: lines with their roles, list items, and blocks of lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

Place = tuple[int, int]
"""A half-open place in a text, in characters."""


class Role(StrEnum):
    """What a line is. One role to a line; list marks and labels are told beside it."""

    HEADING = "heading"
    QUESTION = "question"
    LABEL = "label"
    ITEM = "item"
    HEADER = "header"
    ROW = "row"
    SIGNATURE = "signature"
    FURNITURE = "furniture"
    TEXT = "text"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark such as ``(一)`` or ``1.``: its place, its style and its number.

    ``style`` is the mark as the first item of the list would have it: ``(一)``, ``一、``, ``1.``,
    ``①``, ``一是``, ``第一,``, and ``·`` for every bullet, whose ``number`` is 0.
    """

    start: int
    end: int
    style: str
    number: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its mark, and the place of what it says without mark and end marks."""

    mark: Mark
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where it stands, without its mark."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value: ``時間：上午九時``."""

    label: Place
    value: Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, ``text[start:end]`` without its line break.

    ``body`` is what it says: without white space around it, without the list mark or the number of an
    article that opens it. ``level`` is 1 for the outermost headings and None for what is none.
    ``marks`` are all list marks in it, in order. ``fields`` are its labels with their values; the first
    value runs to the line's end where the line has one field. ``cells`` are the cells of a table's row
    and ``columns`` the names of its columns, one each, where the table has a header. ``article`` is the
    number of the article that it opens, as written but without spaces (``第十二條``, ``Article 12``).
    """

    start: int
    end: int
    role: Role
    body: Place
    level: int | None = None
    marks: tuple[Mark, ...] = ()
    fields: tuple[Field, ...] = ()
    cells: tuple[Place, ...] = ()
    columns: tuple[str, ...] = ()
    article: str = ""

    @property
    def mark(self) -> Mark | None:
        """The list mark that opens the line: the number behind a bullet, else the bullet."""
        opening = [mark for mark in self.marks if mark.end <= self.body[0]]
        return opening[-1] if opening else None

    @property
    def label(self) -> Place | None:
        """The place of its first label."""
        return self.fields[0].label if self.fields else None

    @property
    def value(self) -> Place | None:
        """The place of its first label's value."""
        return self.fields[0].value if self.fields else None

    def clipped(self, start: int, end: int, text: str) -> Line:
        """The line in ``text[start:end]``, with places relative to it; what is cut in two is lost.

        ``text`` is the one that the line's own places are in. Cells that are cut keep their number.
        """
        first, last = max(self.start, start), min(self.end, end)
        opens = not text[self.start : first].strip()
        if not text[first:last].strip():
            place = (first - start, first - start)
            return Line(first - start, last - start, Role.BLANK, place)
        inside = [m for m in self.marks if first <= m.start and m.end <= last]
        fields = [f for f in self.fields if first <= f.label[0] and f.value[0] < last]
        return replace(
            self,
            start=first - start,
            end=last - start,
            body=_clip(self.body, first, last, start),
            level=self.level if opens else None,
            marks=tuple(Mark(m.start - start, m.end - start, m.style, m.number) for m in inside),
            fields=tuple(
                Field(_clip(f.label, first, last, start), _clip(f.value, first, last, start))
                for f in fields
            ),
            cells=tuple(_clip(cell, first, last, start) for cell in self.cells),
            article=self.article if opens else "",
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, ``text[start:end]``: a list, a table or a section.

    A *list* has ``items``, and a ``lead`` where something announces it: a sentence (``應備文件如下：``)
    or the heading right above. A *table* has ``rows``, and ``header`` lines where it names its
    columns. A *section* has a ``heading``, a question or the line that opens an article, and runs to
    the next of its level.
    """

    kind: Literal["list", "table", "section"]
    start: int
    end: int
    lead: Place | None = None
    items: tuple[Item, ...] = ()
    header: tuple[Line, ...] = ()
    rows: tuple[Line, ...] = ()
    heading: Line | None = None

    def clipped(self, start: int, end: int, text: str) -> Block:
        """The block in ``text[start:end]``, with places relative to it."""

        def lines(of: tuple[Line, ...]) -> tuple[Line, ...]:
            kept = (line for line in of if line.start < end and start < line.end)
            return tuple(line.clipped(start, end, text) for line in kept)

        lead = self.lead if self.lead and start <= self.lead[0] and self.lead[1] <= end else None
        heading = lines((self.heading,)) if self.heading else ()
        return Block(
            self.kind,
            max(self.start, start) - start,
            min(self.end, end) - start,
            lead=(lead[0] - start, lead[1] - start) if lead else None,
            items=tuple(filter(None, (_clip_item(item, start, end) for item in self.items))),
            header=lines(self.header),
            rows=lines(self.rows),
            heading=heading[0] if heading else None,
        )


def _clip(place: Place, first: int, last: int, start: int) -> Place:
    """The part of a place between ``first`` and ``last``, moved so that ``start`` is 0."""
    low, high = (min(max(at, first), last) - start for at in place)
    return low, high


def _clip_item(item: Item, start: int, end: int) -> Item | None:
    """The item moved so that ``start`` is 0; None where its mark or all that it says is outside."""
    mark = item.mark
    if mark.start < start or item.start >= end:
        return None
    moved = Mark(mark.start - start, mark.end - start, mark.style, mark.number)
    return Item(moved, item.start - start, min(item.end, end) - start)
