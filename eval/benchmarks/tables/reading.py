"""Whether the reading of a file alone has, in one passage, what a cell is asked by and its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wenju.corpus.build import build_document
from wenju.corpus.document import Passage, Source
from wenju.corpus.formats.records import squeeze
from wenju.corpus.passages import cut
from wenju.eval.benchmarks.tables.table import Asked

_BARS = re.compile(r"[|\t]")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_FIELD = re.compile(r"(?P<name>[^：；]*)：(?P<value>.*)", re.S)


@dataclass(frozen=True, slots=True)
class Row:
    """A line that tells a row: its squeezed fields, each its name and its value; a name may be empty."""

    text: str
    fields: tuple[tuple[str, str], ...]

    def is_of(self, names: Sequence[str]) -> bool:
        """Whether the row has each name as a cell of its own."""
        values = [value for _, value in self.fields]
        return all(squeeze(name) in values for name in names)

    def of_column(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """The fields whose name is just these, whatever stands in brackets behind one of them."""
        wanted = squeeze("".join(names))
        return [field for field in self.fields if _BRACKETS.sub("", field[0]) == wanted]


def row_of(line: str) -> Row:
    """A line of a passage as a row."""
    line = squeeze(line)
    if "：" not in line:
        return Row(line, tuple(("", cell) for cell in _BARS.split(line) if cell))
    return Row(line, tuple(_field(piece) for piece in line.rstrip("。；").split("；")))


def _field(piece: str) -> tuple[str, str]:
    found = _FIELD.fullmatch(piece)
    return (found["name"], found["value"]) if found else ("", piece)


def passages_of(sources: Iterable[Source]) -> list[Passage]:
    """The passages of what was read from a file."""
    return [passage for source in sources for passage in cut(build_document(source))]


def rows_of(passages: Iterable[Passage]) -> Iterator[Row]:
    """The lines of passages as rows."""
    for passage in passages:
        yield from map(row_of, passage.text.split("\n"))


def fault(rows: Sequence[Row], asked: Asked) -> str:
    """What the reading lacks of a cell: ``row``, ``column``, ``value`` or ``unit``; empty for nothing."""
    own = [row for row in rows if row.is_of(asked.row)]
    if not own:
        return "row"
    held = [field for row in own for field in row.of_column(asked.columns)]
    if not held:
        return "column"
    value, unit = squeeze(asked.value), squeeze(asked.unit)
    told = [(name, said) for name, said in held if said in (value, value + unit)]
    if len(held) > 1 or not told:
        return "value"
    return "" if any(unit in name or said == value + unit for name, said in told) else "unit"
