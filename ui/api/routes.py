"""The answer API under ``/api/v1``. Routes are thin; the engine is injected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Body, FastAPI, File, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse

from wenju import __version__
from wenju.ui import csp, monitoring, serializers
from wenju.ui.api import asking, listing, pages, problems, schemas, streaming, verification
from wenju.ui.api.bodies import api_router
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.api.description import describe
from wenju.ui.api.uploads import add_uploads
from wenju.ui.load.pools import pools_of
from wenju.ui.load.routes import in_pool
from wenju.ui.load.shutdown import Shutdown

if TYPE_CHECKING:
    from wenju.qa.engine import Engine

router = api_router()


@router.post("/documents", response_model=schemas.UploadOut, responses=problems.described(413, 422))
@in_pool("changes")
def upload(
    files: Annotated[list[UploadFile], File(description="One or several files to add.")],
    engine: EngineDep,
) -> dict[str, Any] | JSONResponse:
    """Add files; a file of a known name replaces its old self. 422 when nothing could be read."""
    results = add_uploads(engine, [(file.filename or "", file.file) for file in files])
    failed = [failure for result in results for failure in result["failed"]]
    if all(result["failed"] and not serializers.kept(result) for result in results):
        said = " ".join(failure["reason"] for failure in failed)
        return problems.problem(422, f"Nothing could be read. {said}", files=results)
    return {"files": results}


@router.get(
    "/documents/{document_id}",
    response_model=schemas.DocumentOut,
    responses=problems.described(404),
)
@in_pool("views")
def document(document_id: str, engine: EngineDep) -> dict[str, Any]:
    """One document: its text, its text as it was read, its repairs and its passages."""
    library = engine.library
    found = library.document(document_id)
    return serializers.document_object(
        found,
        library.passages_of(document_id),
        engine.references(found),
        engine.pages.count(document_id),
    )


@router.patch(
    "/documents/{document_id}",
    response_model=schemas.SummaryOut,
    responses=problems.described(404, 422),
)
@in_pool("changes")
def correct(
    document_id: str, engine: EngineDep, body: Annotated[schemas.CorrectionsIn, Body()]
) -> dict[str, Any]:
    """Set what is known of a document; null returns a field to what its file says."""
    return serializers.summary_object(engine.correct(document_id, body))


@router.delete(
    "/documents/{document_id}",
    response_model=schemas.RemovedOut,
    responses=problems.described(404),
)
@in_pool("changes")
def remove(document_id: str, engine: EngineDep) -> dict[str, Any]:
    """Remove a document; from now on no answer comes from it."""
    return _removed(engine, [document_id])


@router.delete(
    "/documents",
    response_model=schemas.RemovedOut,
    responses=problems.described(404, 422),
)
@in_pool("changes")
def remove_several(
    engine: EngineDep,
    id: Annotated[tuple[str, ...], Query(min_length=1, max_length=schemas.MAX_LISTED)],
) -> dict[str, Any]:
    """Remove several documents, all of them or none."""
    return _removed(engine, id)


def _removed(engine: Engine, ids: Sequence[str]) -> dict[str, Any]:
    return {"removed": [serializers.summary_object(s) for s in engine.remove(ids)]}


@router.post(
    "/feedback",
    status_code=201,
    response_model=schemas.FeedbackOut,
    responses=problems.described(404, 422, 503),
)
@in_pool("asks")
def give_feedback(body: schemas.FeedbackIn, engine: EngineDep) -> dict[str, Any]:
    """Keep what a person says of an answer; a correct answer is copied from a document."""
    from wenju.qa.feedback import Feedback

    kept: dict[str, Any] = engine.give_feedback(Feedback(**body.model_dump())).as_dict()
    return kept


@router.get(
    "/feedback",
    response_model=schemas.FeedbackListOut,
    responses=problems.described(422, 503),
)
@in_pool("views")
def feedback(
    engine: EngineDep,
    limit: Annotated[int, Query(ge=1, le=schemas.MAX_LISTED)] = 50,
    offset: Annotated[int, Query(ge=0, le=schemas.MAX_NUMBER)] = 0,
) -> dict[str, Any]:
    """What people said of answers, newest first."""
    said = engine.feedback.read()[::-1]
    shown = [one.as_dict() for one in said[offset : offset + limit]]
    return {"total": len(said), "feedback": shown}


@router.get(
    "/suggestions", response_model=schemas.SuggestionsOut, responses=problems.described(422, 503)
)
@in_pool("asks")
def suggestions(
    engine: EngineDep,
    count: Annotated[int, Query(ge=1, le=schemas.MAX_SUGGESTIONS)] = 5,
    language: Annotated[
        Literal["", "zh-Hant", "zh-Hans", "en"], Query(description="Which come first.")
    ] = "",
) -> dict[str, Any]:
    """Questions to begin with, which the documents do answer; fewer where they say little."""
    return {"questions": engine.suggestions(count, language)}


@router.get("/health", response_model=schemas.HealthOut)
@in_pool("watch")
def health(engine: EngineDep) -> dict[str, Any]:
    """That the service answers, and over what."""
    count, passages = engine.library.count()
    return {
        "status": "ok",
        "version": __version__,
        "documents": count,
        "passages": passages,
        "encoder": engine.settings.encoder,
        "reader": engine.settings.reader,
    }


def create_api(engine: Engine) -> FastAPI:
    """The API and its documentation over an engine; the page is added by ``ui.server``."""
    app = FastAPI(
        title="Wenju",
        version=__version__,
        description="Answers copied from documents, with citations exact to the character.",
        # the usual pages load their scripts from the network; ours needs none
        docs_url=None,
        redoc_url=None,
        # clients are made from these names
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.engine = engine
    app.state.pools = pools_of(engine.settings)
    app.state.shutdown = Shutdown(app.state.pools)
    routers = (
        *(asking.router, streaming.router, listing.router, pages.router),
        *(verification.router, router),
    )
    for one in routers:
        app.include_router(one)
    monitoring.install(app, engine)
    app.add_api_route("/docs", _docs, include_in_schema=False)
    problems.install(app, [route for one in routers for route in one.routes])
    describe(app)
    return app


def _docs(request: Request) -> HTMLResponse:
    from wenju.ui.api.reference import reference_html

    page = reference_html(request.app.openapi())
    policy = csp.page_policy(csp.inline_scripts(page), csp.inline_styles(page))
    return HTMLResponse(page, headers={csp.HEADER: policy})
