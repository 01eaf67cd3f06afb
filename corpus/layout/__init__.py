"""One reading of a document's layout: what each line is, and what belongs together.

``read_layout(text)`` says it of a document, ``passage_layout(passage)`` of a passage. All places are
half-open, count characters, and are places in the layout's own ``text``.
"""

from __future__ import annotations

from wenju.corpus.layout.articles import article_end, numbers_of
from wenju.corpus.layout.divisions import Division, division_of
from wenju.corpus.layout.headings import (
    ARTICLE_LEVEL,
    BARE_LEVEL,
    PLAIN,
    QUESTION_LEVEL,
    Outline,
    outline,
)
from wenju.corpus.layout.layout import Above, Layout
from wenju.corpus.layout.lines import Block, Field, Item, Line, Mark, Place, Role
from wenju.corpus.layout.marks import WEAK, marks_of
from wenju.corpus.layout.numerals import article_number, seen
from wenju.corpus.layout.reading import passage_layout, read_layout
from wenju.corpus.layout.tables import is_row

__all__ = [
    "ARTICLE_LEVEL",
    "Above",
    "BARE_LEVEL",
    "Block",
    "Division",
    "Field",
    "Item",
    "Layout",
    "Line",
    "Mark",
    "Outline",
    "PLAIN",
    "Place",
    "QUESTION_LEVEL",
    "Role",
    "WEAK",
    "article_end",
    "article_number",
    "division_of",
    "is_row",
    "marks_of",
    "numbers_of",
    "outline",
    "passage_layout",
    "read_layout",
    "seen",
]
