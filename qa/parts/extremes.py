"""Which row of a table has the most, or the least, of what a column says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from wenju.corpus.document import Passage
from wenju.corpus.layout import Line, Role
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.corpus.values import Size, size, values
from wenju.index.hit import Hit
from wenju.qa.cells import BARE, is_row, name_parts, plain, rows_of, unit_of
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf
from wenju.qa.naming import Naming, naming
from wenju.qa.passage import PassageView, view_of
from wenju.qa.question import Question
from wenju.qa.row_names import is_figure, key_columns
from wenju.qa.terms import covered, terms_of

_LEAST = 3  # rows: of two it is not asked which has the most
_OF_IT = 0.6  # of the weight of what is asked, that the table and what stands above it must say
_phrase = partial(phrase, of="parts")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its cells, folded, by the names of their columns, and the line it is."""

    view: PassageView
    line: Line
    cells: Mapping[str, str]


def extremes(
    question: Question, hits: Sequence[Hit], passages_of: PassagesOf, said: str = ""
) -> list[Span]:
    """The names of the rows that have the most (or the least) of what a named column says.

    Several where several have as much; none where a cell of the column is not one quantity. Only the rows
    are compared whose cells the question names, if it does; sums and means of others never. None either
    where ``said``, the sentence that answers, tells itself which is the most.
    """
    sign = _asked(question.folded)
    if not sign or _phrase("the_most" if sign > 0 else "the_least").search(fold(said)):
        return []
    for hit in hits:
        if not any(line.columns for line in rows_of(view_of(hit.passage))):
            continue
        for rows in _tables(hit.passage, passages_of(hit.passage.document_id)):
            if found := _most(question, rows, sign):
                return [_named(hit, row, key) for row, key in found]
    return []


def _asked(folded: str) -> int:
    """1 where it is asked which has the most, -1 for the least, 0 for anything else."""
    if not _phrase("asks_which_one").search(folded):
        return 0
    most, least = (bool(_phrase(name).search(folded)) for name in ("the_most", "the_least"))
    return int(most) - int(least)


def _tables(held: Passage, passages: Sequence[Passage]) -> Iterator[list[_Row]]:
    """The tables that a passage has rows of, each with all its rows in the document."""
    for table in _in_order(passages):
        if any(row.view.passage.id == held.id for row in table):
            yield table


def _in_order(passages: Sequence[Passage]) -> Iterator[list[_Row]]:
    """Rows that nothing but a head stands between, of one first column: tables may be cut into passages."""
    table: list[_Row] = []
    for view in map(view_of, passages):
        for line in view.layout.lines:
            row = _row(view, line) if is_row(line) and line.columns else None
            goes_on = row is None and line.role == Role.HEADER
            if (
                table
                and not goes_on
                and (row is None or next(iter(row.cells)) not in table[0].cells)
            ):
                yield table
                table = []
            if row:
                table.append(row)
    if table:
        yield table


def _row(view: PassageView, line: Line) -> _Row | None:
    if len(line.columns) != len(line.cells):
        return None
    cells = (view.folded[a:b].strip() for a, b in line.cells)
    return _Row(view, line, dict(zip(map(fold, line.columns), cells, strict=True)))


def _most(question: Question, rows: Sequence[_Row], sign: int) -> list[tuple[_Row, str]]:
    """The rows with the most, each with the column that names it."""
    folded = question.folded
    keys = key_columns([row.cells for row in rows])
    figures = dict.fromkeys(n for row in rows for n, cell in row.cells.items() if is_figure(cell))
    asked = _column(folded, [name for name in figures if name not in keys])
    if len(rows) < _LEAST or not keys or not asked or not _is_about(folded, rows):
        return []
    key = max(keys, key=lambda name: len(_naming(folded, name).part))
    of_them = [row for row in _named_rows(folded, rows, asked) if not _sums(row, keys)]
    told = [row for row in of_them if row.cells.get(asked)]
    sizes = [_size(row.cells[asked], unit_of(asked)) for row in told]
    known = [found for found in sizes if found is not None]
    if len(known) < max(2, len(told)) or len({family for family, _ in known}) > 1:
        return []
    best = (max if sign > 0 else min)(known)
    return [(row, key) for row, found in zip(told, sizes, strict=True) if found == best]


def _column(folded: str, names: Sequence[str]) -> str:
    """The one column that the question names rather than any other; empty without one."""
    said = {name: len(_naming(folded, name).part) for name in names}
    best = max(said.values(), default=0)
    found = [name for name in names if said[name] == best]
    return found[0] if best and len(found) == 1 else ""


def _naming(folded: str, column: str) -> Naming:
    found = Naming()
    for part in name_parts(plain(column)):
        found |= naming(folded, part)
    return found


def _named_rows(folded: str, rows: Sequence[_Row], asked: str) -> list[_Row]:
    """The rows whose cells the question names, column by column; all where it names none of a column."""
    kept = [*rows]
    for name in dict.fromkeys(name for row in rows for name in row.cells):
        if name != asked:
            named = [row for row in kept if naming(folded, row.cells.get(name, "")).whole]
            kept = named or kept
    return kept


def _sums(row: _Row, keys: Sequence[str]) -> bool:
    return any(_phrase("sums_rows").fullmatch(row.cells.get(key, "")) for key in keys)


def _is_about(folded: str, rows: Sequence[_Row]) -> bool:
    """Whether the table, with what stands above it, says most of what the question does."""
    left = folded
    for name in ("asks_which_one", "the_most", "the_least"):
        left = _phrase(name).sub(" ", left)
    terms = terms_of(left)
    heads = dict.fromkeys("\n".join((row.view.head, *row.view.passage.headings)) for row in rows)
    said = fold(
        "\n".join([*heads, *rows[0].cells, *(c for row in rows for c in row.cells.values())])
    )
    weights = {term.text: term.weight for term in terms}
    return sum(weights[text] for text in covered(terms, said)) >= _OF_IT * sum(weights.values())


def _size(cell: str, unit: str) -> Size | None:
    """How much a cell tells; None where it is not one quantity and nothing else."""
    if BARE.fullmatch(cell):
        return unit, Fraction(cell.replace(",", ""))
    found = [value for value in values(cell + unit) if value.whole == (0, len(cell + unit))]
    return size(found[0]) if found else None


def _named(hit: Hit, row: _Row, key: str) -> Span:
    """The name of a row, as the answer."""
    at = list(row.cells).index(key)
    start, end = row.line.cells[at]
    return Span(replace(hit, passage=row.view.passage), start, end, 1.0)
