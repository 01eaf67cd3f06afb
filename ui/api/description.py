"""The API's OpenAPI description: FastAPI's, with all that any request may be answered."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI

_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_RETRY: Final = {
    "Retry-After": {
        "description": "Seconds after which to ask again.",
        "schema": {"type": "integer"},
    }
}
COMMON: Final = {
    400: "The request contradicts itself or is cut off.",
    401: "A key is needed, where keys are set.",
    403: "The key may not do this, or a page of another site asks.",
    404: "There is no such thing.",
    408: "The request did not arrive in time.",
    413: "The request is too large.",
    421: "The Host header names another server.",
    422: "The request does not have the expected form.",
    429: "More is asked than can be answered, or too many wrong keys came.",
    431: "Address and headers are too large.",
    503: "It cannot be answered now: the server is about to stop, or cannot store it.",
}
"""What any request of the API may be answered beside what it asks for."""
_ABOUT: Final = COMMON | {409: "The document's file is not kept, so that it has no pages to show."}
_REPLACED: Final = ("HTTPValidationError", "ValidationError")  # FastAPI's own, which nothing sends
_FIRST_ERROR = 400
_WAITED_FOR = frozenset({429, 503})


def describe(app: FastAPI) -> None:
    """Let the application describe itself with what it really answers."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            spec = plain()
            for operation in _operations(spec):
                _complete(operation["responses"])
            for name in _REPLACED:
                spec["components"]["schemas"].pop(name, None)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]


def _operations(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (operation for methods in spec["paths"].values() for operation in methods.values())


def _complete(responses: dict[str, Any]) -> None:
    """Every error that is not described, and of each that it is a problem object."""
    for number in COMMON:
        responses.setdefault(str(number), {})
    for status, said in responses.items():
        plain = (None, "Validation Error", HTTPStatus(int(status)).phrase)
        if int(status) in _ABOUT and said.get("description") in plain:
            said["description"] = _ABOUT[int(status)]
        if int(status) >= _FIRST_ERROR:
            said["content"] = _PROBLEM
        if int(status) in _WAITED_FOR:
            said["headers"] = _RETRY
    responses.update({status: responses.pop(status) for status in sorted(responses)})
