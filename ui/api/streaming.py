"""``/ask`` as a stream of events: what is being done for the answer, then the answer."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Final

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from wenju.qa.steps import Step
from wenju.ui.api import problems, schemas
from wenju.ui.api.asking import answered
from wenju.ui.api.bodies import api_router
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.load.routes import unless_left
from wenju.ui.load.stepwise import Done, stepwise

if TYPE_CHECKING:
    from wenju.qa.engine import Engine
    from wenju.qa.steps import Tell

_MEDIA_TYPE: Final = "text/event-stream"
_EXAMPLE = (
    'event: progress\ndata: {"stage":"searching","done":0,"of":0}\n\n'
    'event: progress\ndata: {"stage":"reading","done":2,"of":6}\n\n'
    'event: answer\ndata: {"question":"…","answered":true,"answer":"…"}\n\n'
)
_STREAM = {
    "description": "Events: `progress` for every step, then `answer` with what /ask answers, or `error` "
    "with a problem object.",
    "content": {_MEDIA_TYPE: {"schema": {"type": "string", "examples": [_EXAMPLE]}}},
}
# proxies pass each event on as it comes
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
router = api_router()


@router.post(
    "/ask/stream",
    response_class=StreamingResponse,
    responses={200: _STREAM, **problems.described(404, 422, 503)},
)
async def ask_stream(request: Request, body: schemas.AskIn, engine: EngineDep) -> Response:
    """Answer a question like /ask, telling what is being done; who closes the connection stops it."""
    steps = stepwise(request.app.state.pools.asks, partial(_answer, body, engine))
    # what is refused before anything was done is refused like any other request
    first = await unless_left(request, anext(steps))
    return StreamingResponse(_events(request, first, steps), 200, _HEADERS, _MEDIA_TYPE)


def _answer(asked: schemas.AskIn, engine: Engine, tell: Tell) -> str:
    said = answered(asked, engine, tell)
    return schemas.AskOut.model_validate(said, from_attributes=True).model_dump_json(by_alias=True)


async def _events(
    request: Request, first: Step | Done[str], steps: AsyncGenerator[Step | Done[str], None]
) -> AsyncGenerator[str, None]:
    try:
        yield _event_of(first)
        async for one in steps:
            yield _event_of(one)
    except Exception as error:  # noqa: BLE001 - the status was sent long ago
        yield _event("error", bytes(problems.problem_of(request, error).body).decode())


def _event_of(one: Step | Done[str]) -> str:
    return _event("answer", one.result) if isinstance(one, Done) else _event("progress", _json(one))


def _json(step: Step) -> str:
    return json.dumps(asdict(step), separators=(",", ":"))


def _event(kind: str, data: str) -> str:
    """An event; JSON has no line breaks outside of its strings, and none unescaped inside."""
    return f"event: {kind}\ndata: {data}\n\n"
