"""HTML of a document's page as it looks, with the places that are cited framed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wenju.ui.page.markup import Place, render

if TYPE_CHECKING:
    from wenju.corpus.document import Document
    from wenju.corpus.formats.pdf.sheet import Sheet
    from wenju.index.pages import Pages
    from wenju.ui.texts import Texts


def sheet_html(
    pages: Pages, document: Document, places: Sequence[Place], number: int, texts: Texts
) -> str:
    """The page of this number, 0 for that of the first place; ``places`` are in the source text.

    Raises NoOriginal, UnknownPage, BadPlace.
    """
    number = number or _first(pages, document, places)
    found = [sheet for place in places for sheet in pages.places(document.id, *place, number)]
    framed = [(place_sheet.boxes, kind) for place_sheet, kind in _kinds(found)]
    return render(
        "sheet",
        document=document,
        sheet=pages.blank(document.id, number),
        count=pages.count(document.id),
        boxes=[(box, kind) for boxes, kind in framed for box in boxes],
        unplaced=any(not boxes for boxes, _ in framed),
        texts=texts,
    )


def _first(pages: Pages, document: Document, places: Sequence[Place]) -> int:
    """The page of the first place, the first one of several on which it can be framed."""
    over = pages.places(document.id, *places[0]) if places else ()
    return next((s.page for s in over if s.boxes), over[0].page if over else 1)


def _kinds(sheets: Sequence[Sheet]) -> list[tuple[Sheet, str]]:
    return [(sheet, "also" if at else "answer") for at, sheet in enumerate(sheets)]
