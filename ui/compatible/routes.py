"""``/v1/chat/completions`` and ``/v1/models``, as clients of OpenAI's API ask for them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from wenju.corpus.errors import WenjuError
from wenju.ui.api import problems
from wenju.ui.api.bodies import CheckedRoute
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.compatible.completion import Completion, read_conversation
from wenju.ui.compatible.schemas import MODEL, ChatIn
from wenju.ui.load.pool import Left
from wenju.ui.load.routes import in_pool


class CompatibleRoute(CheckedRoute):
    """A route whose errors have the form that these clients expect."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with its errors in that form."""
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except Left:
                raise
            except (WenjuError, RequestValidationError, HTTPException) as error:
                return _error(problems.problem_of(request, error))

        return answered


def _error(problem: JSONResponse) -> JSONResponse:
    """A problem as an error of OpenAI's API, with its status."""
    status = problem.status_code
    kind = {429: "rate_limit_error", 503: "server_error", 500: "server_error"}
    said = problems.detail_of(problem)
    error = {"message": said, "type": kind.get(status, "invalid_request_error")}
    kept = {k: v for k, v in problem.headers.items() if k == "retry-after"}
    return JSONResponse({"error": error | {"param": None, "code": None}}, status, kept)


router = APIRouter(prefix="/v1", route_class=CompatibleRoute, include_in_schema=False)


@router.post("/chat/completions")
@in_pool("asks")
def complete(body: ChatIn, engine: EngineDep) -> Response:
    """Answer the last message with quotations, whole or as a stream."""
    question, earlier = read_conversation(body.messages)
    completion = Completion(engine.ask(question, earlier=earlier))
    if not body.stream:
        return JSONResponse(completion.whole())
    usage = body.stream_options is not None and body.stream_options.include_usage
    return StreamingResponse(completion.events(usage=usage), media_type="text/event-stream")


@router.get("/models")
async def models() -> JSONResponse:
    """The one model there is."""
    return JSONResponse({"object": "list", "data": [_MODEL]})


@router.get("/models/{name}")
async def model(name: str) -> JSONResponse:
    """That model; 404 for any other."""
    if name != MODEL:
        said = f"There is no model {name!r}; the only one is {MODEL!r}."
        raise HTTPException(HTTPStatus.NOT_FOUND, said)
    return JSONResponse(_MODEL)


_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
