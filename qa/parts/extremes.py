"""Which row of a table has the most, or the least, of what a column says."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.corpus.values import Size, size, values
from wenju.index.hit import Hit
from wenju.qa.cells import BARE, column_naming, unit_of
from wenju.qa.compose import Span
from wenju.qa.continuation import PassagesOf
from wenju.qa.parts.rows import Row, cell_span, columns_of, is_about, is_sum, narrowed, tables_of
from wenju.qa.question import Question
from wenju.qa.row_names import is_figure, key_columns

_LEAST = 3  # rows: of two it is not asked which has the most
_phrase = partial(phrase, of="parts")


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
    for hit, rows in tables_of(hits, passages_of):
        if found := _most(question, rows, sign):
            return [cell_span(hit, row, key) for row, key in found]
    return []


def _asked(folded: str) -> int:
    """1 where it is asked which has the most, -1 for the least, 0 for anything else."""
    if not _phrase("asks_which_one").search(folded):
        return 0
    most, least = (bool(_phrase(name).search(folded)) for name in ("the_most", "the_least"))
    return int(most) - int(least)


def _most(question: Question, rows: Sequence[Row], sign: int) -> list[tuple[Row, str]]:
    """The rows with the most, each with the column that names it."""
    folded = question.folded
    keys = key_columns([row.cells for row in rows])
    figures = dict.fromkeys(n for row in rows for n, cell in row.cells.items() if is_figure(cell))
    asked = _column(folded, [name for name in figures if name not in keys])
    if len(rows) < _LEAST or not keys or not asked or not is_about(folded, rows):
        return []
    key = max(keys, key=lambda name: len(column_naming(folded, name).part))
    others = (name for name in columns_of(rows) if name != asked)
    of_them = narrowed(folded, rows, others).rows
    told = [row for row in of_them if row.cells.get(asked) and not is_sum(row, keys)]
    sizes = [_size(row.cells[asked], unit_of(asked)) for row in told]
    known = [found for found in sizes if found is not None]
    if len(known) < max(2, len(told)) or len({family for family, _ in known}) > 1:
        return []
    best = (max if sign > 0 else min)(known)
    return [(row, key) for row, found in zip(told, sizes, strict=True) if found == best]


def _column(folded: str, names: Sequence[str]) -> str:
    """The one column that the question names rather than any other; empty without one."""
    said = {name: len(column_naming(folded, name).part) for name in names}
    best = max(said.values(), default=0)
    found = [name for name in names if said[name] == best]
    return found[0] if best and len(found) == 1 else ""


def _size(cell: str, unit: str) -> Size | None:
    """How much a cell tells; None where it is not one quantity and nothing else."""
    if BARE.fullmatch(cell):
        return unit, Fraction(cell.replace(",", ""))
    found = [value for value in values(cell + unit) if value.whole == (0, len(cell + unit))]
    return size(found[0]) if found else None
