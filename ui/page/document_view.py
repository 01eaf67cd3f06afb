"""HTML of a whole document: its repaired text, what was repaired or is unsure, and highlighted places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from wenju.corpus.document import Document, Repair
from wenju.corpus.metadata.given import FIELDS, OF_DOCUMENT
from wenju.qa.answer import Reference
from wenju.ui.page.markup import Place, render
from wenju.ui.texts import Texts

_LONGEST_REPAIR = 40  # characters of what stood there before that are shown


class RepairedText:
    """The text of a document piece by piece, with every repaired or uncertain place and every link apart."""

    def __init__(self, document: Document, references: Sequence[Reference] = ()) -> None:
        self._text = document.text
        self._links = references
        self._linked = [reference.start for reference in references]
        self._marks = [_mark(document, r) for r in document.repairs if r.kind != "unresolved"]
        self._starts = [start for start, _, _ in self._marks]

    @property
    def repairs(self) -> int:
        """How many places were repaired."""
        return sum(bool(original) for _, _, original in self._marks)

    @property
    def uncertain(self) -> int:
        """How many places were recognised in an image and may read otherwise."""
        return len(self._marks) - self.repairs

    def linked(self, start: int, end: int) -> Iterator[tuple[int, int, Reference | None]]:
        """``text[start:end]`` in pieces, each with the provision that it names, None where it does none.

        A link that reaches beyond gives the part that is inside.
        """
        at = start
        for link in self._links[max(0, bisect_left(self._linked, start) - 1) :]:
            if link.start >= end:
                break
            low, high = max(link.start, at), min(link.end, end)
            if low < high:
                yield at, low, None
                yield low, high, link
                at = high
        yield at, end, None

    def pieces(self, start: int, end: int) -> Iterator[tuple[str, str | None]]:
        """``text[start:end]`` in pieces, each with what stood there before, None where it is as read.

        It is empty for one that was recognised and may read otherwise. A repaired place that reaches
        beyond gives the part that is inside.
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
    if repair.kind == "uncertain":
        to_text = document.alignment.to_text
        return to_text(repair.start), to_text(repair.end), ""
    start = document.alignment.to_text(repair.start)
    end = start + len(repair.text)
    if not repair.text:
        start = max(0, start - 1)
    source_start, _ = document.alignment.to_source(start, max(end, start + 1))
    original = document.source_text[source_start : repair.end]
    short = original if len(original) <= _LONGEST_REPAIR else f"{original[:_LONGEST_REPAIR]}…"
    return start, max(end, start + 1), short


def document_values(
    document: Document,
    places: Sequence[Place],
    texts: Texts,
    references: Sequence[Reference] = (),
    pages: int = 0,
) -> dict[str, Any]:
    """What ``document.html`` shows.

    ``places`` are half-open, in the document's source text, the first that of the answer. ``pages`` is
    how many pages can be shown as they look.
    """
    to_text = document.alignment.to_text
    return {
        "document": document,
        "lit": ",".join(f"{start}-{end}" for start, end in places),
        "pages": pages,
        "places": [(to_text(start), to_text(end)) for start, end in places],
        "texts": texts,
        "view": RepairedText(document, references),
    }


def source_html(
    document: Document,
    places: Sequence[Place],
    texts: Texts,
    references: Sequence[Reference] = (),
    pages: int = 0,
) -> str:
    """The document as the panel beside the conversation shows it, with the ways on and back."""
    first = "-".join(map(str, places[0])) if places else ""
    values = document_values(document, places, texts, references, pages)
    return render("source", first=first, **values)


def field_values(document: Document) -> dict[str, str]:
    """What is known of a document, as a person may change it: field to value, on one line."""
    own = {name: getattr(document, name) for name in OF_DOCUMENT}
    rest = {name: getattr(document.metadata, name) for name in FIELDS if name not in OF_DOCUMENT}
    return own | rest | {"replaces": "；".join(document.metadata.replaces)}
