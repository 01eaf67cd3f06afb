"""Rows of tables that the end of a page cuts in two: their rests at the top of the next page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from wenju.corpus.formats.cells import Cell, Grid
from wenju.corpus.formats.grids import spread
from wenju.corpus.formats.pdf.drawn import DrawnCell
from wenju.corpus.formats.pdf.regions import Region
from wenju.corpus.formats.pdf.table import Table, same_columns
from wenju.corpus.formats.pdf.wrapped import goes_on, room
from wenju.corpus.formats.records import glue

_INNER = 0.6  # of the size: so far from its line does the text of a box end
_LEAST = 3  # rows: so many tell which columns are told in each

Pair = tuple[DrawnCell, DrawnCell]
"""A cell, and its rest on the next page."""


def with_whole_rows(pages: Sequence[Sequence[Region]], between: int = 0) -> list[list[Region]]:
    """The pages with the rest of each row that is cut put to its beginning.

    ``between`` lines may stand below the first and above the second part, as running heads do.
    """
    found = [list(page) for page in pages]
    for before, after in pairwise(found):
        upper, lower = _end(before[::-1], between), _end(after, between)
        pairs = list(_pairs(upper, lower)) if upper and lower else []
        if pairs:
            told: dict[int, Cell] = {id(cell): _whole(cell, rest) for cell, rest in pairs}
            told |= {id(rest): replace(rest, text="", glyphs=()) for _, rest in pairs}
            before[:] = [_with(region, upper, told) for region in before]
            after[:] = [_with(region, lower, told) for region in after]
    return found


def without_glyphs(regions: Sequence[Region]) -> list[Region]:
    """The regions of a page without their characters, but for those that rows may be cut in.

    A file of many pages has millions of them.
    """
    return [
        _light(region)
        if isinstance(region, Table)
        else replace(region, lines=[replace(line, glyphs=()) for line in region.lines])
        for region in regions
    ]


def _light(table: Table) -> Table:
    grid = spread(table.rows)
    kept = {id(cell) for row in (*grid[:1], *grid[-1:]) for cell in row}
    rows: list[list[Cell]] = [
        [cell if id(cell) in kept else Cell(cell.text, cell.rows, cell.columns) for cell in row]
        for row in table.rows
    ]
    return replace(table, rows=rows)


def _end(page: Sequence[Region], between: int) -> Table | None:
    """The first table of a page, with at most so many lines before it."""
    lines = 0
    for region in page:
        if isinstance(region, Table):
            return region if lines <= between else None
        lines += len(region.lines)
    return None


def _pairs(upper: Table, lower: Table) -> Iterator[Pair]:
    """The cells of the last row that are cut, each with its rest; none where the row is not.

    A row of its own would have something where every other row has.
    """
    places = same_columns(lower, upper)
    above, below = spread(upper.rows), spread(lower.rows)
    if len(below) < _LEAST or not places or len(below[0]) != len(places):
        return
    told = [c for c, cell in enumerate(below[0]) if cell.text]
    pairs = [(above[-1][places[c]], below[0][c], places[c]) for c in told]
    if _is_whole(below) or not all(_is_rest(upper, *pair) for pair in pairs):
        return
    for cell, rest, _ in pairs:
        if isinstance(cell, DrawnCell) and isinstance(rest, DrawnCell):
            yield cell, rest


def _is_whole(rows: Grid) -> bool:
    """Whether the first row has something in every column in which all others have."""
    return all(
        rows[0][c].text or not all(row[c].text for row in rows[1:]) for c in range(len(rows[0]))
    )


def _is_rest(table: Table, cell: Cell, rest: Cell, column: int) -> bool:
    if not (isinstance(cell, DrawnCell) and isinstance(rest, DrawnCell)):
        return False
    if not (cell.glyphs and rest.glyphs) or max(cell.columns, rest.columns, rest.rows) > 1:
        return False
    size = rest.glyphs[0].size
    inner = table.columns[column][1] - _INNER * size
    return goes_on(cell, rest, inner if table.ruled else room(table.columns, size)[column])


def _whole(cell: DrawnCell, rest: DrawnCell) -> DrawnCell:
    text = cell.text + ("" if cell.text.endswith("-") else glue(cell.text, rest.text)) + rest.text
    return replace(cell, text=text)


def _with(region: Region, table: Table | None, told: dict[int, Cell]) -> Region:
    """A table with other cells in the place of some."""
    if region is not table or table is None:
        return region
    return replace(table, rows=[[told.get(id(cell), cell) for cell in row] for row in table.rows])
