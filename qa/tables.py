"""Rows and columns of the tables that were found: which of them a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wenju.corpus.layout import Line
from wenju.corpus.script import fold
from wenju.qa.candidates import PATTERNED_KINDS, QUANTITIES, TYPED_KINDS
from wenju.qa.cells import BARE, column_naming, is_row, plain, rows_of, typed_cell, unit_of
from wenju.qa.naming import CODE, NOWHERE, WORD, Naming, Positions, naming, pairs_said
from wenju.qa.passage import PassageView, Place
from wenju.qa.question import Question
from wenju.qa.row_names import is_figure, key_columns, may_mean, missing_row

_YEAR_OF_DAY = re.compile(r"\d{2,4}\D(?=\d{1,2}\D\d)")
_TOLD_OF_ONE = TYPED_KINDS | {"statement"}  # kinds of which a row has one answer
TableName = tuple[str, str]
"""What rows of one table have in common: the document, and the name of the first column."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that was found: its table's name, what its cells say, what the question says of it.

    ``columns`` are the names of its columns without units, ``cells`` its cells, folded.
    """

    table: TableName
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    naming: Naming

    @property
    def named(self) -> dict[str, str]:
        """Its cells by the names of their columns; by their number where these are not known.

        What stands behind a semicolon is a cell of its own, of a column without a name.
        """
        columns = self.columns or tuple(map(str, range(len(self.cells))))
        return {
            f"{name};{number}" if number else name: part
            for name, cell in zip(columns, self.cells, strict=True)
            for number, part in enumerate(parts_of(cell))
        }


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows that were found of a table tell beside a question.

    ``keys`` are the columns that name its rows; ``columns`` and ``above`` what of the question its
    other columns and the lines above it say. ``lacks`` is where the question names a row that it does
    not have, None where it names none.
    """

    keys: tuple[str, ...] = ()
    columns: Naming = Naming()  # noqa: RUF009 - frozen
    above: Positions = NOWHERE
    lacks: Place | None = None

    def names_of(self, row: Row) -> list[str]:
        """The cells that name one of its rows."""
        named = row.named
        return [cell for key in self.keys if (cell := named.get(key, ""))]


class Tables:
    """The rows of tables in all passages found, beside one question."""

    def __init__(self, question: Question, views: Iterable[PassageView] = ()) -> None:
        self._question = question
        self._folded = question.folded
        self._kind = question.kind
        self._known: dict[tuple[str, Place], bool] = {}
        found = [(view, line) for view in views for line in rows_of(view)]
        self._rows = [self._row(view, line) for view, line in found]
        self._tables = self._read(found)
        self._answering = {
            (_table(view, line), plain(line.columns[number]))
            for view, line in found
            for number in range(len(line.columns))
            if question.kind not in PATTERNED_KINDS or typed_cell(question, view, line, number)
        }

    def names_another(self, view: PassageView, place: Place) -> bool:
        """Whether the question names another row than that of a place, or another column.

        A row of the same table, or of another that is called as the question says where this one is not,
        or one that the table does not have. Of a place in several rows, whether any of them is another.
        """
        if self._kind not in _TOLD_OF_ONE:
            return False
        known = (view.passage.id, place)
        if known not in self._known:  # proposals, features and sentences ask for one place
            rows = [line for line in view.layout.lines_in(*place) if is_row(line)]
            self._known[known] = any(self._is_another(view, row, place) for row in rows)
        return self._known[known]

    def _is_another(self, view: PassageView, line: Line, place: Place) -> bool:
        own = self._row(view, line)
        return (
            self._of(own).lacks is not None
            or self._is_of_another_table(own)
            or not any(a < place[1] and place[0] < b for a, b in line.cells)
            or any(self._is_asked_before(row, own) for row in self._rows)
            or self._has_another_number(own)
            or self._names_column(own, line, place)
            or self._measures_another(view, line, place)
        )

    def _of(self, row: Row) -> Table:
        return self._tables.get(row.table, Table())

    def _is_asked_before(self, row: Row, own: Row) -> bool:
        """Whether the question names a row rather than another one, of the same table or of two."""
        if row.naming.beats(own.naming) and (
            row.table == own.table or any(_extends(cell, row) for cell in own.cells)
        ):
            return True
        if row.table == own.table:
            return False
        ours, theirs = self._key(own), self._key(row)
        if not theirs.whole:
            return False
        if ours.whole:
            first = min(theirs.whole)
            both = self._of(row), self._of(own)
            return ours.whole <= theirs.whole and self._stands_before(*both, first)
        asked = self._of(row).columns.part - theirs.whole
        return bool(asked) and ours.part <= theirs.part and not self._may_be(row, own)

    def _key(self, row: Row) -> Naming:
        """What the question says of a row's name."""
        found = Naming()
        for name in self._of(row).names_of(row):
            found |= self._naming(name)
        return found

    def _is_of_another_table(self, own: Row) -> bool:
        """Whether the row that the question names is missing in a table that it rather speaks of."""
        ours = self._of(own)
        return any(
            one.lacks and self._stands_before(one, ours, one.lacks[0])
            for name, one in self._tables.items()
            if name != own.table
        )

    def _stands_before(self, table: Table, other: Table, at: int) -> bool:
        """Whether what the question says before the name of a row is told of one table only: 金沙区H线."""
        theirs, ours = (
            {i for i in one.above | one.columns.part if i < at} for one in (table, other)
        )
        return ours < theirs and len(theirs - ours) >= WORD

    def _may_be(self, row: Row, own: Row) -> bool:
        """Whether a row may be the one whose name another row bears in full."""
        said = [name for name in self._of(row).names_of(row) if self._naming(name).whole]
        return any(may_mean(name, mine) for name in said for mine in self._of(own).names_of(own))

    def _measures_another(self, view: PassageView, line: Line, place: Place) -> bool:
        """Whether a place holds bare numbers of another kind than is asked for (860 公斤, for 多少錢)."""
        touched = [n for n, (a, b) in enumerate(line.cells) if a < place[1] and place[0] < b]
        if self._kind not in QUANTITIES or not touched or len(line.columns) != len(line.cells):
            return False
        return all(
            bool(unit := unit_of(fold(line.columns[n])))
            and unit not in self._folded
            and not column_naming(self._folded, plain(line.columns[n])).part
            and bool(BARE.fullmatch(view.folded[slice(*line.cells[n])].strip()))
            and typed_cell(self._question, view, line, n) is None
            for n in touched
        )

    def _has_another_number(self, own: Row) -> bool:
        """Whether a row bears a number of the form that the question gives one of, and another one."""
        numbers = {cell: _form(cell) for cell in own.named.values() if CODE.fullmatch(cell)}
        asked = {m[0]: _form(m[0]) for m in CODE.finditer(self._folded)}
        alike = {cell for cell, form in numbers.items() if form in asked.values()}
        return bool(alike) and alike.isdisjoint(asked)

    def _names_column(self, own: Row, line: Line, place: Place) -> bool:
        """Whether another column is named, in which there is what the question asks for."""
        touched = [n for n, (a, b) in enumerate(line.cells) if a < place[1] and place[0] < b]
        if not own.columns or not touched:
            return False
        names = {column_naming(self._folded, own.columns[n]) for n in touched}
        known = {name for table, name in self._answering if table == own.table}
        keys = {name for name, cell in own.named.items() if self._naming(cell).whole}
        rivals = {name: column_naming(self._folded, name) for name in known - keys}
        return all(
            any(self._is_asked_rather(own, rival, rivals[rival], name) for rival in rivals)
            for name in names
        )

    def _is_asked_rather(self, own: Row, name: str, rival: Naming, other: Naming) -> bool:
        """Whether a column may be what is asked for, rather than another one of a row.

        A quantity, what the question ends with, or what is called as the other with more (of 2024);
        one that the row lacks also where it is said in part only.
        """
        ends = len(self._folded) - 1 in rival.whole
        if not (self._kind in PATTERNED_KINDS or ends or other.whole):
            return False
        lacked = name not in own.columns and other.whole <= rival.whole and other.part < rival.part
        return rival.beats(other) or lacked

    def _row(self, view: PassageView, line: Line) -> Row:
        cells = tuple(view.folded[a:b].strip() for a, b in line.cells)
        found = Naming()
        for part in (part for cell in cells for part in parts_of(cell)):
            found |= self._of_cell(part)
        columns = tuple(map(plain, line.columns)) if len(line.columns) == len(cells) else ()
        return Row(_table(view, line), columns, cells, found)

    def _of_cell(self, cell: str) -> Naming:
        """What the question says of a cell; a number is said in full or not, a day not by its year alone."""
        said = self._naming(cell)
        if is_figure(cell):
            return Naming(said.whole, said.whole)
        if _YEAR_OF_DAY.match(cell):
            return Naming(said.whole, said.whole | self._naming(_YEAR_OF_DAY.sub("", cell)).part)
        return said

    def _read(self, found: Sequence[tuple[PassageView, Line]]) -> dict[TableName, Table]:
        """What the rows found tell of their tables."""
        rows: dict[TableName, list[Row]] = {}
        views: dict[TableName, dict[str, PassageView]] = {}
        for row, (view, _) in zip(self._rows, found, strict=True):
            rows.setdefault(row.table, []).append(row)
            views.setdefault(row.table, {})[view.passage.id] = view
        return {name: self._read_one(rows[name], [*views[name].values()]) for name in rows}

    def _read_one(self, rows: Sequence[Row], views: Sequence[PassageView]) -> Table:
        cells = [row.named for row in rows]
        keys = key_columns(cells)
        columns = Naming()
        for name in {name for row in rows for name in row.columns if name not in keys}:
            columns |= column_naming(self._folded, name)
        above = NOWHERE.union(*(pairs_said(self._folded, _above(view)) for view in views))
        lacks = missing_row(self._folded, cells, keys, columns, above)
        return Table(keys, columns, above, lacks)

    def _naming(self, name: str) -> Naming:
        return naming(self._folded, name)


def _above(view: PassageView) -> str:
    """What stands above the rows of a passage, and between them."""
    lines = (view.folded[x.start : x.end] for x in view.layout.lines if not is_row(x))
    return "\n".join([view.head, *lines])


def parts_of(cell: str) -> list[str]:
    """The parts of a cell: what a row tells without a name stands behind a semicolon in the cell before."""
    return [part for part in map(str.strip, cell.split(";")) if part] or [cell]


def _extends(cell: str, row: Row) -> bool:
    """Whether a cell is called as one of another row, and more."""
    return any(len(other) >= WORD and other in cell != other for other in row.cells)


def _form(number: str) -> str:
    """A number with a mark for each digit and each letter."""
    return re.sub("[a-z]", "a", re.sub(r"\d", "0", number))


def _table(view: PassageView, line: Line) -> TableName:
    first = line.columns[0] if line.columns else str(len(line.cells))
    return view.passage.document_id, first
