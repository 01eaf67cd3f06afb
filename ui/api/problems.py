"""Errors of the API as RFC 9457 problem objects: a sentence each, never a traceback."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from wenju.corpus.errors import ReadError, WenjuError, storage_sentence
from wenju.corpus.formats.pdf.sheet import UnknownPage
from wenju.corpus.metadata.given import MetadataError
from wenju.index.library import UnknownDocument
from wenju.index.pages import BadPlace, NoOriginal
from wenju.index.scope import BadScope
from wenju.qa.feedback import BadFeedback
from wenju.qa.question import BadQuestion
from wenju.qa.texts import BadTexts
from wenju.ui.api.schemas import Problem
from wenju.ui.load.pool import Busy, Left, Refused
from wenju.ui.monitoring.context import HEADER, request_id

MEDIA_TYPE = "application/problem+json"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]
CLIENT_LEFT = 499  # what logs and metrics say of a request whose client went; nobody receives it
_LOG = logging.getLogger(__name__)
_UNEXPECTED = (
    "Something went wrong that Wenju did not expect. The server's log has the details; "
    "asking again may help."
)


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object
) -> JSONResponse:
    """A problem response; ``more`` are its extension members."""
    title = HTTPStatus(status).phrase
    body = Problem(title=title, status=status, detail=detail).model_dump()
    return JSONResponse({**body, **more}, status, headers, media_type=MEDIA_TYPE)


def problem_of(request: Request, error: Exception) -> JSONResponse:
    """The problem that an error of a route is answered with."""
    if isinstance(error, WenjuError):
        after = {"Retry-After": str(error.retry_after)} if isinstance(error, Refused) else None
        return problem(_status_of(error), str(error), after)
    if isinstance(error, RequestValidationError):
        return _invalid(request, error)
    return _http_error(request, error)


def detail_of(problem: JSONResponse) -> str:
    """The sentence of a problem."""
    return str(json.loads(bytes(problem.body))["detail"])


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses for the statuses a route may answer with."""
    return {
        status: {"model": Problem, "description": HTTPStatus(status).phrase} for status in statuses
    }


def install(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Give the application its handlers, and an answer for what none of the routes under /api take.

    Call it after every route is there: whatever comes later is shadowed under /api.
    """
    app.add_exception_handler(WenjuError, _wenju_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OSError, _storage_error)
    app.add_exception_handler(Exception, _unexpected)

    def nothing_here(request: Request) -> JSONResponse:
        return _no_such_path(request, routes)

    app.add_api_route("/api/{path:path}", nothing_here, methods=METHODS, include_in_schema=False)


def _wenju_error(request: Request, error: Exception) -> Response:
    if isinstance(error, Left):
        return Response(status_code=CLIENT_LEFT)
    return problem_of(request, error)


def _storage_error(request: Request, error: Exception) -> JSONResponse:
    """A disk that is full or cannot be written, without where it is."""
    if isinstance(error, OSError) and storage_sentence(error):
        _LOG.error("%s %s: %s", request.method, request.url.path, error)
        detail = "The server cannot store this: its disk is full or cannot be written."
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, detail)
    return _unexpected(request, error)


def _status_of(error: Exception) -> int:
    if isinstance(error, Busy):
        return HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(error, UnknownDocument | UnknownPage):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, NoOriginal):
        return HTTPStatus.CONFLICT
    refused = BadQuestion | BadFeedback | BadPlace | BadScope | BadTexts | MetadataError | ReadError
    if isinstance(error, refused):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.SERVICE_UNAVAILABLE


def _invalid(request: Request, error: Exception) -> JSONResponse:
    found: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    errors = [{"field": _field(e["loc"]), "message": e["msg"]} for e in found]
    said = "; ".join(f"{e['field']}: {e['message']}" for e in errors)
    detail = f"The request does not have the expected form ({said}). See /docs."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def _field(place: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in place[1:] or place)


def _http_error(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        return _unexpected(request, error)
    detail = str(error.detail)
    if detail == HTTPStatus(error.status_code).phrase:
        detail = f"{request.method} {request.url.path}: {detail}. See /docs."
    return problem(error.status_code, detail, error.headers)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    # this response is made outside of what gives all others the id of their request
    headers = {HEADER: given} if (given := request_id.get()) else None
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, _UNEXPECTED, headers)


def _no_such_path(request: Request, routes: Sequence[BaseRoute]) -> JSONResponse:
    """404, or 405 where the path exists for another method."""
    allowed: set[str] = set()
    for route in routes:
        match, _ = route.matches(request.scope)
        if match == Match.PARTIAL:
            allowed |= set(getattr(route, "methods", None) or ())
    if allowed:
        said = ", ".join(sorted(allowed))
        detail = f"{request.url.path} takes {said}, not {request.method}."
        return problem(HTTPStatus.METHOD_NOT_ALLOWED, detail, {"Allow": said})
    return problem(HTTPStatus.NOT_FOUND, f"There is nothing at {request.url.path}. See /docs.")
