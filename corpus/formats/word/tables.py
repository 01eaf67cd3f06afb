"""The tables of a Word file: their cells, and how many rows and columns each spans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.package import W
from wenju.corpus.formats.records import one_line

_VALUE = f"{W}val"
_MOST = 1000  # columns that a cell may claim
_OFF = ("0", "false", "off")


def rows_of(table: Any, text_of: Callable[[Any], str]) -> list[list[Cell]]:  # noqa: ANN401
    """The rows of a ``w:tbl`` with the cells that begin in them; ``text_of`` reads a paragraph."""
    rows = [_places(row) for row in table.iter(f"{W}tr") if _own(row, table)]
    found = []
    for i, (row, heads) in enumerate(rows):
        cells = []
        for at, (element, columns, merged) in row.items():
            if merged == "continue":
                continue
            down = 1
            if merged == "restart":
                while i + down < len(rows) and _continues(rows[i + down][0], at):
                    down += 1
            text = one_line(" ".join(map(text_of, element.iter(f"{W}p"))))
            cells.append(Cell(text, down, columns, heads))
        found.append(cells)
    return found


def _own(row: Any, table: Any) -> bool:  # noqa: ANN401
    """Whether a row is the table's and not one of a table inside it."""
    return next(row.iterancestors(f"{W}tbl")) is table


def _places(row: Any) -> tuple[dict[int, tuple[Any, int, str]], bool]:  # noqa: ANN401
    """Each cell by the column where it begins, with its width and its part in a vertical merge."""
    places, at = {}, _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is not row:
            continue
        columns = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        merged = "" if merge is None else merge.get(_VALUE, "continue")
        places[at] = (cell, columns, merged)
        at += columns
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return places, mark is not None and mark.get(_VALUE) not in _OFF


def _continues(row: dict[int, tuple[Any, int, str]], at: int) -> bool:
    return at in row and row[at][2] == "continue"


def _number(element: Any, otherwise: int) -> int:  # noqa: ANN401
    value = element.get(_VALUE, "") if element is not None else ""
    return min(int(value), _MOST) if value.isdecimal() else otherwise
