"""Routes that list documents: searched, filtered, sorted, a page at a time; and what to filter by."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Depends, Query

from wenju.index.listing import Listing, Sort
from wenju.index.scope import Scope
from wenju.ui import serializers
from wenju.ui.api import problems, schemas
from wenju.ui.api.bodies import api_router
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.load.routes import in_pool

router = api_router()


async def listing_of(
    query: Annotated[
        str,
        Query(
            max_length=schemas.MAX_NAME,
            description="Words that title, name, issuer or number must hold.",
        ),
    ] = "",
    id: Annotated[tuple[str, ...], Query(max_length=schemas.MAX_DOCUMENTS)] = (),
    kind: Annotated[tuple[schemas.Kind, ...], Query(max_length=schemas.MAX_VALUES)] = (),
    issuer: Annotated[tuple[str, ...], Query(max_length=schemas.MAX_VALUES)] = (),
    jurisdiction: Annotated[tuple[str, ...], Query(max_length=schemas.MAX_VALUES)] = (),
    issued_from: str = "",
    issued_until: str = "",
    sort: Annotated[
        Sort, Query(description="added is the order in which they were added.")
    ] = "name",
    descending: bool = False,
    offset: Annotated[int, Query(ge=0, le=schemas.MAX_NUMBER)] = 0,
    limit: Annotated[
        int | None,
        Query(ge=1, le=schemas.MAX_LISTED, description="Documents of a page; all by default."),
    ] = None,
) -> Listing:
    """Which documents the address asks for."""
    days = (issued_from, issued_until)
    scope = Scope(tuple(id) or None, tuple(kind), tuple(issuer), tuple(jurisdiction), *days)
    return Listing(query, scope, sort, descending, offset, limit)


ListingDep = Annotated[Any, Depends(listing_of)]


@router.get("/documents", response_model=schemas.DocumentsOut, responses=problems.described(422))
@in_pool("views")
def documents(engine: EngineDep, wanted: ListingDep) -> dict[str, Any]:
    """The documents in the library, or those that are looked for, a page of them."""
    found = engine.documents(wanted)
    shown = [serializers.summary_object(document) for document in found.documents]
    return {"documents": shown, "total": found.total}


@router.get("/facets", response_model=schemas.FacetsOut)
@in_pool("views")
def facets(engine: EngineDep) -> dict[str, Any]:
    """What documents can be filtered by, each value with how many documents have it."""
    return {name: [asdict(f) for f in found] for name, found in engine.facets().items()}
