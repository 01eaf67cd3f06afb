"""The rows of whole tables, over all passages that they were cut into, beside a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from wenju.corpus.document import Passage
from wenju.corpus.layout import Line, Role
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.index.hit import Hit
from wenju.qa.cells import is_row, name_parts, plain, rows_of
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf
from wenju.qa.naming import Naming, naming
from wenju.qa.passage import PassageView, view_of
from wenju.qa.terms import covered, terms_of

_OF_IT = 0.6  # of the weight of what is asked, that the table and what stands above it must say
_phrase = partial(phrase, of="parts")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, folded, by the names of their columns, and the line it is."""

    view: PassageView
    line: Line
    cells: Mapping[str, str]


def tables_of(hits: Sequence[Hit], passages_of: PassagesOf) -> Iterator[tuple[Hit, list[Row]]]:
    """The tables that the passages found have rows of, the best passage's first, each with all its rows."""
    for hit in hits:
        if any(line.columns for line in rows_of(view_of(hit.passage))):
            for rows in _tables(hit.passage, passages_of(hit.passage.document_id)):
                yield hit, rows


def columns_of(rows: Iterable[Row]) -> list[str]:
    """The names of a table's columns, in order."""
    return [*dict.fromkeys(name for row in rows for name in row.cells)]


def _tables(held: Passage, passages: Sequence[Passage]) -> Iterator[list[Row]]:
    """The tables that a passage has rows of, each with all its rows in the document."""
    for table in _in_order(passages):
        if any(row.view.passage.id == held.id for row in table):
            yield table


def _in_order(passages: Sequence[Passage]) -> Iterator[list[Row]]:
    """Rows that nothing but a head stands between, of one first column: tables may be cut into passages."""
    table: list[Row] = []
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


def _row(view: PassageView, line: Line) -> Row | None:
    if len(line.columns) != len(line.cells):
        return None
    cells = (view.folded[a:b].strip() for a, b in line.cells)
    return Row(view, line, dict(zip(map(fold, line.columns), cells, strict=True)))


def column_naming(folded: str, column: str) -> Naming:
    """Where a folded question says a column's name, or parts of it."""
    found = Naming()
    for part in name_parts(plain(column)):
        found |= naming(folded, part)
    return found


def is_sum(row: Row, keys: Sequence[str]) -> bool:
    """Whether a row is a sum, or a mean, of others."""
    return any(_phrase("sums_rows").fullmatch(row.cells.get(key, "")) for key in keys)


def is_about(folded: str, rows: Sequence[Row]) -> bool:
    """Whether the table, with what stands above it, says most of what the question does."""
    left = folded
    for name in ("asks_which_one", "asks_which_rows", "the_most", "the_least"):
        left = _phrase(name).sub(" ", left)
    terms = terms_of(left)
    heads = dict.fromkeys("\n".join((row.view.head, *row.view.passage.headings)) for row in rows)
    said = fold(
        "\n".join([*heads, *rows[0].cells, *(c for row in rows for c in row.cells.values())])
    )
    weights = {term.text: term.weight for term in terms}
    return sum(weights[text] for text in covered(terms, said)) >= _OF_IT * sum(weights.values())


def cell_span(hit: Hit, row: Row, column: str) -> Span:
    """A cell of a row, as an answer."""
    at = list(row.cells).index(column)
    start, end = row.line.cells[at]
    return Span(replace(hit, passage=row.view.passage), start, end, 1.0)
