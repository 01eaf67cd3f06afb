"""HTML of a whole document: its repaired text, what was repaired, and places that are lit."""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Sequence

from wenju.corpus.document import Document, Repair
from wenju.ui.page.markup import Place, button, escape, lit, spans
from wenju.ui.texts import Texts

_LONGEST_REPAIR = 40  # characters of what stood there before that are shown


def document_html(document: Document, places: Sequence[Place], texts: Texts) -> str:
    """The document with ``places`` (half-open, in its source text) lit, the first as the answer."""
    alignment = document.alignment
    inside = [(alignment.to_text(a), alignment.to_text(b)) for a, b in places]
    view = Repaired(document, texts)
    words = lit(document.text, inside, view.html)
    repaired = len(view)
    told = texts.repaired.format(count=f"{repaired:,}") if repaired else ""
    return (
        f'<article class="wj-document" data-document="{escape(document.id)}">'
        f"<header><h2>{escape(document.label)}</h2>"
        f'<p class="wj-facts">{spans([document.issuer, document.date, document.name])}</p>'
        f"{f'<p class=wj-hint>{escape(told)}</p>' if told else ''}</header>"
        f'<div class="wj-text" tabindex="0">{words}</div></article>'
    )


class Repaired:
    """The text of a document piece by piece, with every repaired place marked."""

    def __init__(self, document: Document, texts: Texts) -> None:
        self._text = document.text
        self._texts = texts
        self._marks = [_mark(document, r) for r in document.repairs if r.kind != "unresolved"]
        self._starts = [start for start, _, _ in self._marks]

    def __len__(self) -> int:
        """How many places were repaired."""
        return len(self._marks)

    def html(self, start: int, end: int) -> str:
        """The HTML of ``text[start:end]``; a repaired place that it cuts is marked on both sides."""
        pieces, at = [], start
        for a, b, original in self._marks[max(0, bisect_left(self._starts, start) - 1) :]:
            if a >= end:
                break
            low, high = max(a, at), min(b, end)
            if low < high:
                pieces += [escape(self._text[at:low]), self._marked(low, high, original)]
                at = high
        return "".join([*pieces, escape(self._text[at:end])])

    def _marked(self, start: int, end: int, original: str) -> str:
        said = html.escape(self._texts.repaired_from.format(original=original))
        return f'<span class="wj-repaired" title="{said}">{escape(self._text[start:end])}</span>'


def _mark(document: Document, repair: Repair) -> tuple[int, int, str]:
    """Where a repair is shown, and what stood there; one that only removed, on what it follows."""
    start = document.alignment.to_text(repair.start)
    end = start + len(repair.text)
    if not repair.text:
        start = max(0, start - 1)
    source_start, _ = document.alignment.to_source(start, max(end, start + 1))
    original = document.source_text[source_start : repair.end]
    short = original if len(original) <= _LONGEST_REPAIR else f"{original[:_LONGEST_REPAIR]}…"
    return start, max(end, start + 1), short


def source_html(document: Document, places: Sequence[Place], texts: Texts) -> str:
    """The document as the panel beside the conversation shows it, with the ways on and back."""
    ways = (
        button("wj-link", f"← {texts.back}", back="yes")
        + button("wj-link", texts.previous, step="-1")
        + button("wj-link", texts.following, step="1")
    )
    first = "-".join(map(str, places[0])) if places else ""
    whole = f"../document/{document.id}" + (f"#{first}" if first else "")
    said = escape(f"{texts.read} {document.label}")
    link = f'<a class="wj-link" href="{escape(whole)}" target="_blank" aria-label="{said}">↗</a>'
    return f'<nav class="wj-ways">{ways}{link}</nav>{document_html(document, places, texts)}'
