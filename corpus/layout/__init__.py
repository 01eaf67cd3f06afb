"""One reading of a document's layout: what each line is, and what belongs together.

``read_layout(text)`` says it of a document, ``passage_layout(passage)`` of a passage. All places are
half-open, count characters, and are places in the layout's own ``text``.
"""

from __future__ import annotations

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
from wenju.corpus.layout.numerals import article_number
from wenju.corpus.layout.reading import passage_layout, read_layout

__all__ = [
    "ARTICLE_LEVEL",
    "Above",
    "BARE_LEVEL",
    "Block",
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
    "article_number",
    "outline",
    "passage_layout",
    "read_layout",
]
