"""Pages of documents as they look: their pictures, and where on them places of the text stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wenju.corpus.document import Document
from wenju.corpus.errors import WenjuError
from wenju.corpus.formats.pdf.sheet import Sheet, page_count, picture, sheet
from wenju.index.library import Library
from wenju.index.originals import Originals

MOST_PAGES = 20


class NoOriginal(WenjuError):
    """The library has the document, and not the file that it was read from."""


class BadPlace(WenjuError):
    """A place that the document's text does not have, or one over too many pages."""


class Pages:
    """The pages of the documents whose files are kept."""

    def __init__(self, library: Library, originals: Originals) -> None:
        self._library = library
        self._originals = originals

    def count(self, document_id: str) -> int:
        """How many pages a document's file has, 0 where it is not kept or cannot be read any more."""
        path = self._originals.path(document_id)
        try:
            return page_count(path) if path else 0
        except WenjuError:
            return 0

    def tag(self, document_id: str) -> str:
        """What changes when a document's file does. Raises UnknownDocument, NoOriginal."""
        return self._path(document_id).stem

    def picture(self, document_id: str, number: int, scale: float) -> bytes:
        """A page as PNG, ``scale`` pixels to a point. Raises UnknownDocument, NoOriginal, UnknownPage."""
        return picture(self._path(document_id), number, scale)

    def places(
        self, document_id: str, start: int, end: int, only: int | None = None
    ) -> tuple[Sheet, ...]:
        """The pages over which ``source_text[start:end]`` goes, with where it stands on each.

        ``only`` is the number of the one page that is wanted. Raises UnknownDocument, NoOriginal, BadPlace.
        """
        path = self._path(document_id)
        document = self._library.document(document_id)
        if not 0 <= start < end <= len(document.source_text):
            raise BadPlace(
                f"Characters {start} to {end} are no place in the document; it has characters 0 to "
                f"{len(document.source_text)}."
            )
        over = [page for page in _pages(document) if page[1] < end and start < page[2]]
        over = [page for page in over if only in (None, page[0])]
        if len(over) > MOST_PAGES:
            raise BadPlace(
                f"Characters {start} to {end} stand on {len(over)} pages, and places are looked for on "
                f"{MOST_PAGES} at most; ask for a shorter piece."
            )
        text = document.source_text
        return tuple(
            sheet(path, number, text[first:last], max(start, first) - first, min(end, last) - first)
            for number, first, last in over
        )

    def blank(self, document_id: str, number: int) -> Sheet:
        """A page with nothing framed. Raises UnknownDocument, NoOriginal, UnknownPage."""
        return sheet(self._path(document_id), number, "", 0, 0)

    def _path(self, document_id: str) -> Path:
        name = self._library.summary(document_id).name
        path = self._originals.path(document_id)
        if path is None:
            raise NoOriginal(
                f"The file of {name} is not kept, so its pages cannot be shown; add the file again, "
                "if it is a PDF."
            )
        return path


def _pages(document: Document) -> Iterator[tuple[int, int, int]]:
    """Each page with text: its number, and where it begins and ends in the source text."""
    starts = [document.alignment.to_source(p.start, p.start + 1)[0] for p in document.pages]
    ends = [*starts[1:], len(document.source_text)]
    for page, start, end in zip(document.pages, starts, ends, strict=True):
        yield page.number, start, end
