"""HTML of the library: its documents, and the place where files are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wenju.ui.page.markup import button, escape
from wenju.ui.texts import Texts

if TYPE_CHECKING:
    from wenju.index.records import DocumentSummary


def dropping_html(texts: Texts) -> str:
    """Where files are dropped or chosen; the page's script adds them and tells how it goes."""
    return (
        '<label class="wj-drop" id="wj-drop">'
        f"<strong>{escape(texts.add)}</strong><span>{escape(texts.add_hint)}</span>"
        '<input type="file" multiple id="wj-files"></label>'
        '<ul id="wj-adding" role="status" aria-live="polite"></ul>'
        '<div id="wj-library" role="region" aria-live="polite"></div>'
    )


def library_html(documents: Sequence[DocumentSummary], texts: Texts) -> str:
    """The documents as a table; over an empty library, how to fill it."""
    if not documents:
        return f'<p class="wj-hint">{escape(texts.empty_library)}</p>'
    heads = (texts.limit, texts.title, texts.date, texts.passages, texts.repairs, "")
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    rows = "".join(_row(document, texts) for document in documents)
    return f'<table class="wj-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(document: DocumentSummary, texts: Texts) -> str:
    title = document.title or document.name
    choice = (
        f'<input type="checkbox" data-only="{escape(document.id)}" data-title="{escape(title)}" '
        f'aria-label="{escape(texts.limit)} {escape(title)}">'
    )
    about = f"<strong>{escape(title)}</strong><span>{escape(document.name)}</span>"
    read = (
        f'<a class="wj-link" target="_blank" href="../document/{escape(document.id)}">'
        f"{escape(texts.read)}</a>"
    )
    remove = button("wj-link wj-remove", texts.remove, remove=document.id)
    cells = (
        choice, about, escape(document.date), f"{document.passages:,}",
        f"{sum(document.repairs.values()):,}", read + remove,
    )  # fmt: skip
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
