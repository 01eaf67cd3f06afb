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
from wenju.qa.cells import is_row, rows_of
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf
from wenju.qa.naming import NOWHERE, Positions, naming
from wenju.qa.passage import PassageView, view_of
from wenju.qa.terms import covered, terms_of

_OF_IT = 0.6  # of the weight of what is asked, that the table and what stands above it must say
_MOST = 500  # passages of a document whose tables are put together
_phrase = partial(phrase, of="parts")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, folded, by the names of their columns, and the line it is."""

    view: PassageView
    line: Line
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Rows that are of what a question names: where it does, and the columns of which it names no cell."""

    rows: list[Row]
    said: Positions
    columns: list[str]


def tables_of(hits: Sequence[Hit], passages_of: PassagesOf) -> Iterator[tuple[Hit, list[Row]]]:
    """The tables that the passages found have rows of, the best passage's first, each with all its rows.

    A document of more than some hundred passages is left out: a table as long is not told by its rows.
    """
    held: dict[str, list[Hit]] = {}
    for hit in hits:
        if any(line.columns for line in rows_of(view_of(hit.passage))):
            held.setdefault(hit.passage.document_id, []).append(hit)
    for document_id, found in held.items():
        passages = passages_of(document_id)
        if len(passages) <= _MOST:
            yield from _found(found, [*_in_order(passages)])


def columns_of(rows: Iterable[Row]) -> list[str]:
    """The names of a table's columns, in order."""
    return [*dict.fromkeys(name for row in rows for name in row.cells)]


def _found(hits: Sequence[Hit], tables: Sequence[list[Row]]) -> Iterator[tuple[Hit, list[Row]]]:
    """Each of a document's tables once, with the best passage that has rows of it."""
    waiting = [(table, {row.view.passage.id for row in table}) for table in tables]
    for hit in hits:
        here = [one for one in waiting if hit.passage.id in one[1]]
        waiting = [one for one in waiting if hit.passage.id not in one[1]]
        yield from ((hit, table) for table, _ in here)


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


def narrowed(folded: str, rows: Sequence[Row], columns: Iterable[str]) -> Narrowed:
    """The rows whose cells the question names, column by column; all where it names none of a column."""
    kept, said, open_ = [*rows], NOWHERE, []
    for column in columns:
        named = [(r, at) for r in kept if (at := naming(folded, r.cells.get(column, "")).whole)]
        if named:
            kept, said = [row for row, _ in named], said | named[0][1]
        else:
            open_.append(column)
    return Narrowed(kept, said, open_)


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
