"""From the line of a table's row back to the characters of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from wenju.corpus.formats.cells import EMPTY, Cell, Grid
from wenju.corpus.formats.columns import cells_of
from wenju.corpus.formats.grids import grid_of
from wenju.corpus.formats.pdf.drawn import DrawnCell
from wenju.corpus.formats.pdf.glyphs import Glyph
from wenju.corpus.formats.records import one_line

_POWERS = {"²": "2", "³": "3"}
_ENDS = "。！？"
_BAR = " | "
_COLON, _SEMICOLON = "：", "；"
# between two values: the end of one, the name of the next one's column
_BETWEEN = re.compile(rf"{_SEMICOLON}?(?:([^{_SEMICOLON}]*){_COLON})?")

Drawn = list[Glyph | None]
Found = list[tuple[int, int, Cell]]
"""Where the cells of a row stand in its line, each with its column."""


def walked(text: str, glyphs: Sequence[Glyph]) -> Drawn:
    """The character behind each one of a text that was put together from them, in its order.

    None for what was put between (spaces, brackets); empty where it was not put together from them.
    """
    drawn: Drawn = []
    rest = iter(glyphs)
    glyph = next(rest, None)
    for character in text:
        if glyph and _POWERS.get(character, character) == glyph.text or _same(character, glyph):
            drawn.append(glyph)
            glyph = next(rest, None)
        else:
            drawn.append(None)
    return [] if glyph else drawn


def _same(character: str, glyph: Glyph | None) -> bool:
    return glyph is not None and character == glyph.text


def rows_drawn(rows: Sequence[Sequence[Cell]], lines: Iterable[str]) -> Iterator[tuple[str, Drawn]]:
    """The lines of a table of these rows, each with the characters behind its own; all None where they are unsure.

    A line is that of the first row below the last one whose cells all stand in it, one after the other.
    """
    grid = grid_of(rows)
    at, head = 0, len(grid)
    for text in lines:
        drawn: Drawn = [None] * len(text)
        for number in range(at, len(grid)):
            titles = {one_line(cell.text) for row in grid[:number] for cell in row}
            found = _found(text, grid[number], titles)
            if found is not None:
                head = min(head, number if _COLON in text else head)
                _draw(drawn, text, found, grid[:head])
                at = number + 1
                break
        yield text, drawn


def _found(text: str, row: Sequence[Cell], titles: set[str]) -> Found | None:
    """Where the cells of a row stand in a line that has nothing else but names; None where one does not."""
    # the numbers of rows that go on from the page before may be left out
    counted = [[EMPTY, *row[1:]]] if row[0].text.isdecimal() else []
    for cells in (row, *counted):
        for ways in (_named, _plain):
            found = ways(text, cells, titles)
            if found is not None:
                return found
    return None


def _plain(text: str, row: Sequence[Cell], titles: set[str]) -> Found | None:
    """Of a line that names no columns: its cells with bars, spaces or the marks of a form between."""
    found: Found = []
    at = 0
    for cell in cells_of(row):
        value = one_line(cell.text)
        for told in (value, value.rstrip(":： ")):
            place = text.find(told, at)
            between = text[at:place]
            if told and place >= 0 and not between.strip(f"{_COLON}{_SEMICOLON} |"):
                found.append((place, _column(row, cell), cell))
                at = place + len(told)
                break
        else:
            if value:
                return None
    return None if text[at:].strip(f"{_ENDS}{_SEMICOLON} |") or not found else found


def _named(text: str, row: Sequence[Cell], titles: set[str]) -> Found | None:
    """Of a line whose values stand behind the names of their columns."""
    found: Found = []
    at = column = 0
    while column < len(row):
        cell, first = row[column], column
        while column < len(row) and row[column] is cell:
            column += 1
        if not cell.text.strip():
            continue
        place = _value(text, cell, at, titles)
        if place is None:
            return None
        for _ in range(first, column):
            found.append((place, first, cell))
            at = place + len(one_line(cell.text))
            # a cell over several columns is told in each of them, if they have different names
            again = _value(text, cell, at, set()) if column - first > 1 else None
            if again is None:
                break
            place = again
    return None if text[at:].strip(f"{_ENDS}{_SEMICOLON}") or not found else found


def _value(text: str, cell: Cell, at: int, titles: set[str]) -> int | None:
    """Where the value of a cell stands, with no more than a column's name before it, above a group's."""
    value = one_line(cell.text)
    place = text.find(value, at)
    while place >= 0:
        end = place + len(value)
        ended = end == len(text) or text[end] in f"{_ENDS}{_SEMICOLON}" or value[-1] in _ENDS
        between = text[at:place]
        if at == 0:
            group, semicolon, name = between.partition(_SEMICOLON)
            between = name if semicolon and group in titles else between
        if ended and _BETWEEN.fullmatch(between):
            return place
        place = text.find(value, place + 1)
    return None


def _column(row: Sequence[Cell], cell: Cell) -> int:
    return next(i for i, other in enumerate(row) if other is cell)


def _draw(drawn: Drawn, text: str, found: Found, heads: Grid) -> None:
    """Put the characters of a row's cells, and of the names of their columns, behind those of its line."""
    before = 0
    for place, column, cell in found:
        value = one_line(cell.text)
        _put(drawn, place, text[place : place + len(value)], cell)
        named = text[before:place].rpartition(_SEMICOLON)[2].removesuffix(_COLON)
        start = text.rfind(named, before, place) if named else before
        for row in heads:
            name = "" if row[0] is row[-1] else one_line(row[column].text)  # a title names none
            at = named.find(name) if name else -1
            if at >= 0 and drawn[start + at] is None:
                _put(drawn, start + at, name, row[column])
        before = place + len(value)


def _put(drawn: Drawn, place: int, text: str, cell: Cell) -> None:
    glyphs = walked(text, cell.glyphs) if isinstance(cell, DrawnCell) else []
    drawn[place : place + len(glyphs)] = glyphs
