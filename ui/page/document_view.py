"""HTML of a whole document: its repaired text, what was repaired, and highlighted places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from wenju.corpus.document import Document, Repair
from wenju.ui.facts import facts_of
from wenju.ui.page.markup import Place, render
from wenju.ui.texts import Texts

_LONGEST_REPAIR = 40  # characters of what stood there before that are shown


class RepairedText:
    """The text of a document piece by piece, with every repaired place apart."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._marks = [_mark(document, r) for r in document.repairs if r.kind != "unresolved"]
        self._starts = [start for start, _, _ in self._marks]

    @property
    def repairs(self) -> int:
        """How many places were repaired."""
        return len(self._marks)

    def pieces(self, start: int, end: int) -> Iterator[tuple[str, str | None]]:
        """``text[start:end]`` in pieces, each with what stood there before, None where it is as read.

        A repaired place that reaches beyond gives the part that is inside.
        """
        at = start
        for a, b, original in self._marks[max(0, bisect_left(self._starts, start) - 1) :]:
            if a >= end:
                break
            low, high = max(a, at), min(b, end)
            if low < high:
                yield self._text[at:low], None
                yield self._text[low:high], original
                at = high
        yield self._text[at:end], None


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


def document_values(document: Document, places: Sequence[Place], texts: Texts) -> dict[str, Any]:
    """What ``document.html`` shows.

    ``places`` are half-open, in the document's source text, the first that of the answer.
    """
    to_text = document.alignment.to_text
    return {
        "about": facts_of(document.metadata, texts),
        "document": document,
        "places": [(to_text(start), to_text(end)) for start, end in places],
        "texts": texts,
        "view": RepairedText(document),
    }


def source_html(document: Document, places: Sequence[Place], texts: Texts) -> str:
    """The document as the panel beside the conversation shows it, with the ways on and back."""
    first = "-".join(map(str, places[0])) if places else ""
    return render("source", first=first, **document_values(document, places, texts))
