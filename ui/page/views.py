"""Addresses that give HTML: the page in the reader's language, documents, the library."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from wenju.index.library import UnknownDocument
from wenju.ui import csp
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.api.listing import ListingDep
from wenju.ui.load.routes import in_pool
from wenju.ui.page.document_view import document_values, field_values, source_html
from wenju.ui.page.markup import Place, render
from wenju.ui.page.sheet_view import sheet_html
from wenju.ui.texts import LANGUAGES, Texts, choose

if TYPE_CHECKING:
    from wenju.corpus.document import Document

LANGUAGE = "wenju_language"
"""The cookie that keeps which language was chosen."""

_HERE = Path(__file__).parent
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
_PAGE = 50  # documents of a page of the library
_MOST = 50  # places highlighted at once
_MOST_FRAMED = 8  # places framed at once: each is looked for on its page
Lang = Annotated[str, Query()]
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def language_of(request: Request, lang: str = "") -> Texts:
    """The language asked for, else the one chosen before, else the browser's."""
    for name in (lang, request.cookies.get(LANGUAGE, "")):
        if texts := LANGUAGES.get(name.lower()):
            return texts
    return choose(request.headers.get("accept-language", ""))


@router.get("/")
def front(request: Request) -> RedirectResponse:
    """To the page in the reader's language, with whatever question the address holds."""
    query = f"?{request.url.query}" if request.url.query else ""
    answer = RedirectResponse(f"{language_of(request).lang.lower()}/{query}")
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer


@router.get("/document/{document_id}")
@in_pool("views")
def document_page(
    request: Request, document_id: str, engine: EngineDep, lang: Lang = ""
) -> HTMLResponse:
    """A whole document as a page of its own; its script highlights the place the address names."""
    texts = language_of(request, lang)
    document = _document(engine, document_id)
    if document is None:
        return _page(404, document=None, texts=texts)
    pages = engine.pages.count(document_id)
    return _page(200, **document_values(document, (), texts, engine.references(document), pages))


@router.get("/document/{document_id}/view")
@in_pool("views")
def document_view(
    request: Request, document_id: str, engine: EngineDep, places: str = "", lang: Lang = ""
) -> HTMLResponse:
    """A document for the panel beside the conversation, with places of its source text highlighted."""
    texts = language_of(request, lang)
    document = _document(engine, document_id)
    if document is None:
        return HTMLResponse(render("missing", texts=texts), 404)
    lit, pages = places_in(places, document), engine.pages.count(document_id)
    return HTMLResponse(source_html(document, lit, texts, engine.references(document), pages))


@router.get("/document/{document_id}/page")
@in_pool("views")
def document_sheet(
    request: Request,
    document_id: str,
    engine: EngineDep,
    places: str = "",
    number: int = 0,
    lang: Lang = "",
) -> HTMLResponse:
    """A page of a document as it looks, with places of its source text framed.

    Without a number it is the page of the first place, or the first page.
    """
    texts = language_of(request, lang)
    document = _document(engine, document_id)
    if document is None:
        return HTMLResponse(render("missing", texts=texts), 404)
    lit = places_in(places, document)[:_MOST_FRAMED]
    return HTMLResponse(sheet_html(engine.pages, document, lit, number, texts))


@router.get("/document/{document_id}/fields")
@in_pool("views")
def document_fields(
    request: Request, document_id: str, engine: EngineDep, lang: Lang = ""
) -> HTMLResponse:
    """A form with what is known of a document, for the library."""
    texts = language_of(request, lang)
    document = _document(engine, document_id)
    if document is None:
        return HTMLResponse(render("missing", texts=texts), 404)
    values = field_values(document)
    return HTMLResponse(render("fields", document=document, values=values, texts=texts))


@router.get("/favicon.ico")
def icon() -> Response:
    """The icon of the page, which browsers ask for here; gradio's page names none."""
    return Response(_read("styles/icon.svg"), media_type="image/svg+xml")


@router.get("/facets")
@in_pool("views")
def facets(request: Request, engine: EngineDep, lang: Lang = "") -> HTMLResponse:
    """What there is to limit a question to, as lists that fields of the page offer."""
    texts = language_of(request, lang)
    return HTMLResponse(render("facets", facets=engine.facets(), texts=texts))


@router.get("/library")
@in_pool("views")
def library(
    request: Request, engine: EngineDep, wanted: ListingDep, lang: Lang = ""
) -> HTMLResponse:
    """A page of the documents as a table, for the page."""
    wanted = replace(wanted, limit=wanted.limit or _PAGE)
    values = {"offset": wanted.offset, "size": wanted.limit, "searched": wanted.narrows}
    found, texts = engine.documents(wanted), language_of(request, lang)
    return HTMLResponse(render("library", found=found, texts=texts, **values))


@router.get("/library/ids", response_class=JSONResponse)
@in_pool("views")
def library_ids(engine: EngineDep, wanted: ListingDep) -> JSONResponse:
    """The ids of all documents that are looked for, on whichever page."""
    return JSONResponse({"ids": engine.document_ids(wanted)})


def places_in(written: str, document: Document) -> list[Place]:
    """The places an address names (``12-20,40-52``) that lie in the document's source text."""
    found = [(int(a), int(b)) for a, b in _PLACE.findall(written)][:_MOST]
    return [(a, b) for a, b in found if a < b <= len(document.source_text)]


def _document(engine: Any, document_id: str) -> Document | None:  # noqa: ANN401
    try:
        document: Document = engine.library.document(document_id)
    except UnknownDocument:
        return None
    return document


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _page(status: int, **values: object) -> HTMLResponse:
    style = "".join(_read(f"styles/{name}.css") for name in ("page", "sources"))
    script = "".join(_read(f"scripts/{name}.js") for name in ("original", "document"))
    page = render("page", style=style, script=script, **values)
    policy = csp.page_policy([script], [style])
    return HTMLResponse(page, status, headers={csp.HEADER: policy})
