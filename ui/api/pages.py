"""Routes of a document's pages: their pictures, and where on them its text stands."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Path, Query
from fastapi.responses import Response

from wenju.ui import serializers
from wenju.ui.api import problems, schemas
from wenju.ui.api.bodies import api_router
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.load.routes import in_pool

LEAST_SCALE, MOST_SCALE = 0.25, 4.0
_PICTURE = {"type": "string", "format": "binary"}
_KEPT = "private, max-age=3600"
router = api_router()


@router.get(
    "/documents/{document_id}/pages/{number}",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {"schema": _PICTURE}}, "description": "The page as PNG."},
        304: {"description": "The page is as it was (If-None-Match)."},
        **problems.described(404, 409, 422),
    },
)
@in_pool("views")
def page(
    document_id: str,
    number: Annotated[int, Path(ge=-schemas.MAX_NUMBER, le=schemas.MAX_NUMBER)],
    engine: EngineDep,
    scale: Annotated[
        float, Query(ge=LEAST_SCALE, le=MOST_SCALE, description="Pixels to a point.")
    ] = 2.0,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """A page of the document's file as it looks, as PNG; pages are numbered from 1."""
    tag = f'"{engine.pages.tag(document_id)[:20]}-{number}-{scale:g}"'
    headers = {"ETag": tag, "Cache-Control": _KEPT}
    if tag in if_none_match:
        return Response(status_code=304, headers=headers)
    png = engine.pages.picture(document_id, number, scale)
    return Response(png, media_type="image/png", headers=headers)


@router.get(
    "/documents/{document_id}/places",
    response_model=schemas.PlacesOut,
    responses=problems.described(404, 409, 422),
)
@in_pool("views")
def places(
    document_id: str,
    engine: EngineDep,
    start: Annotated[
        int, Query(le=schemas.MAX_NUMBER, description="Place in the document's source_text.")
    ],
    end: Annotated[
        int, Query(le=schemas.MAX_NUMBER, description="Where it ends there, exclusive.")
    ],
) -> dict[str, Any]:
    """Where a place of the document's text stands on its pages, to be framed in their pictures."""
    sheets = engine.pages.places(document_id, start, end)
    return {
        "document_id": document_id,
        "start": start,
        "end": end,
        "pages": [serializers.plain(sheet) for sheet in sheets],
    }
