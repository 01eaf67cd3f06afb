"""HTML of the library: its documents, and the place where files are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wenju.ui.facts import facts_of
from wenju.ui.page.markup import render
from wenju.ui.texts import Texts

if TYPE_CHECKING:
    from wenju.index.records import DocumentSummary


def upload_html(texts: Texts) -> str:
    """Where files are dropped or chosen."""
    return render("upload", texts=texts)


def library_html(documents: Sequence[DocumentSummary], texts: Texts) -> str:
    """The documents as a table; over an empty library, how to fill it."""
    about = {document.id: facts_of(document.metadata, texts) for document in documents}
    return render("library", documents=documents, about=about, texts=texts)
