"""Which rows of a table are of what a question names: 石岡鄉有哪些據點, of a table with a column of 鄉鎮."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.index.hit import Hit
from wenju.qa.cells import column_naming
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf
from wenju.qa.naming import naming
from wenju.qa.parts.rows import (
    Narrowed,
    Row,
    cell_span,
    columns_of,
    is_about,
    is_sum,
    narrowed,
    tables_of,
)
from wenju.qa.question import Question
from wenju.qa.row_names import key_columns

_LEAST = 3  # rows of a table of which some are asked for
_MOST = 60  # rows that are told: more are better looked at in the table
_phrase = partial(phrase, of="parts")


def members(question: Question, hits: Sequence[Hit], passages_of: PassagesOf) -> list[Span]:
    """The names of all rows whose cells are those that the question names, in the table's order.

    None where it asks for another column than the one that names the rows, where it names none of their
    cells, or where all rows have them.
    """
    if not _phrase("asks_which_rows").search(question.folded):
        return []
    for hit, rows in tables_of(hits, passages_of):
        found, key = _named(question.folded, rows)
        if found and len(found) <= _MOST:
            return [cell_span(hit, row, key) for row in found]
    return []


def _named(folded: str, rows: Sequence[Row]) -> tuple[list[Row], str]:
    """The rows, and the column that names them; none where the question does not ask for rows of the table."""
    keys = key_columns([row.cells for row in rows])
    if len(rows) < _LEAST or not keys or not is_about(folded, rows):
        return [], ""
    key, *_ = keys
    if any(naming(folded, row.cells.get(key, "")).whole for row in rows):
        return [], ""  # it asks for something of that row
    told = [row for row in rows if row.cells.get(key) and not is_sum(row, keys)]
    of_them = narrowed(folded, told, (column for column in columns_of(rows) if column != key))
    if len(of_them.rows) == len(told) or not _asks_for(folded, key, of_them):
        return [], ""
    return of_them.rows, key


def _asks_for(folded: str, key: str, of_them: Narrowed) -> bool:
    """Whether it is the name of the rows that is asked for, rather than one of the other columns."""
    wanted = column_naming(folded, key).part - of_them.said
    others = (column_naming(folded, column).part - of_them.said for column in of_them.columns)
    return all(len(other) < len(wanted) for other in others)
