"""Bodies of requests as JSON that can be answered: any other is refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

PREFIX: Final = "/api/v1"
_HALVES = range(0xD800, 0xE000)  # surrogates, of which UTF-8 has none


class CheckedRequest(Request):
    """A request whose JSON holds nothing that could not be stored, searched for or sent back."""

    async def json(self) -> Any:  # noqa: ANN401 - any JSON
        """The body; raises JSONDecodeError for what is no JSON, HTTPException (422) for what is no text."""
        if not hasattr(self, "_checked"):
            body = await self.body()
            try:
                self._checked = json.loads(body)
            except json.JSONDecodeError:
                raise
            except (RecursionError, ValueError):
                raise _refused(
                    "The body is not JSON in UTF-8, or is nested too deeply, or has a number that "
                    "is too long."
                ) from None
            if (place := lone_surrogate(self._checked)) is not None:
                raise _refused(
                    f"{place or 'The body'} holds half a character (a surrogate without its other half): "
                    "send text that UTF-8 can hold."
                )
        return self._checked


class CheckedRoute(APIRoute):
    """A route whose bodies are checked like that."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, given a request that checks."""
        handler = super().get_route_handler()

        async def checked(request: Request) -> Response:
            return await handler(CheckedRequest(request.scope, request.receive))

        return checked


def api_router() -> APIRouter:
    """A router of the API, whose bodies are checked."""
    return APIRouter(prefix=PREFIX, route_class=CheckedRoute)


def lone_surrogate(said: object) -> str | None:
    """Where a JSON value holds half a character: its keys and indexes, parted by dots; None nowhere.

    A key that holds one is not repeated.
    """
    waiting: list[tuple[str, object]] = [("", said)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str) and _is_broken(value):
            return place
        if isinstance(value, list):
            waiting += [(_below(place, str(n)), item) for n, item in enumerate(value)]
        elif isinstance(value, dict):
            if any(map(_is_broken, value)):
                return place
            waiting += [(_below(place, key), item) for key, item in value.items()]
    return None


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _is_broken(text: str) -> bool:
    return not text.isascii() and any(ord(character) in _HALVES for character in text)


def _refused(sentence: str) -> HTTPException:
    return HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, sentence)
