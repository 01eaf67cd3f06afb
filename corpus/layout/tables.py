"""Rows of tables: their cells, and which of them name the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenju.corpus.layout.lines import Place
from wenju.corpus.sentences import trim

_BAR = re.compile(r"[|│┃\t]")
# drawn frames begin their lines with a bar; prose that was glued to one holds no row
_PARTED = re.compile(r"(?:^|\s)\|(?:\s|$)|^[│┃]|\t")
_RULE = re.compile(r"[\s|:+=\-─━│┃┼]*(?:-{3}|[─━]|:-+)[\s|:+=\-─━│┃┼]*")
# 1,200元, 12.5%, 2024-05-01: what stands in a table and names no column
_DATA = re.compile(r"[-+$¥]?\s*\d[\d,.:/%\-]*\s*[^\s\d]{0,3}")
_MOST_HEADERS = 3


def is_rule(view: str) -> bool:
    """Whether a line is drawn between rows: ``|---|---|``."""
    return bool(view.strip()) and bool(_RULE.fullmatch(view))


def is_row(view: str) -> bool:
    """Whether a line is a row of a table."""
    return is_rule(view) or bool(cells_of(view, 0, len(view)))


def cells_of(view: str, start: int, end: int) -> tuple[Place, ...]:
    """The cells of the row ``view[start:end]``, without space around them; none for other lines."""
    first, last = trim(view, start, end)
    framed = first < last - 1 and view[first] == view[last - 1] and bool(_BAR.match(view, first))
    if not framed and not _PARTED.search(view[first:last]):
        return ()
    if framed:
        start, end = first + 1, last - 1
    elif view[first:last].count("\t"):
        start, end = first, last
    edges = [start]
    for bar in _BAR.finditer(view, start, end):
        edges += [bar.start(), bar.end()]
    edges.append(end)
    found = tuple(trim(view, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return found if len(found) > 1 else ()


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many of a table's first rows name its columns; ``rows`` are its cells, as text.

    The first does, unless it holds data; so do the next while the rows above them have empty or
    repeated cells, as titles and merged cells leave them.
    """
    count = 0
    for row, after in zip(rows, rows[1:], strict=False):
        if count == _MOST_HEADERS or _holds_data(row):
            break
        count += 1
        names = [cell for cell in row if cell]
        merged = len(set(names)) < len(row) or len(row) < len(after)
        if not merged or _holds_data(after):
            break
    return count


def column_names(header: Sequence[Sequence[str]], columns: int) -> tuple[str, ...]:
    """The names of a row's columns, those of several header rows joined; none where they do not fit."""
    fitting = [row for row in header if len(row) == columns and len(set(row)) > 1]
    if not fitting:
        return ()
    return tuple(
        " ".join(dict.fromkeys(filter(None, cells))) for cells in zip(*fitting, strict=True)
    )


def _holds_data(row: Sequence[str]) -> bool:
    return any(_DATA.fullmatch(cell) and not cell.endswith(tuple("年月季")) for cell in row[1:])
