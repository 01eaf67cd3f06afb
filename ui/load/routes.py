"""Routes that work in a pool: a function of a route becomes one that waits for its place there."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial, wraps
from typing import Any, Literal, TypeVar

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

from wenju.ui.load.pool import Left, Pool

_Result = TypeVar("_Result")
_REQUEST = "request"  # the parameter that carries it
Endpoint = Callable[..., Coroutine[Any, Any, Response]]
PoolName = Literal["asks", "changes", "views", "watch"]


def in_pool(name: PoolName) -> Callable[[Callable[..., Any]], Endpoint]:
    """Run a route's function in this pool of ``app.state.pools``, and make its response there, too.

    The event loop only passes it on. Where the client goes while it waits, its place is free at once.
    Put it below the route's own decorator.
    """

    def decorate(function: Callable[..., Any]) -> Endpoint:
        signature = inspect.signature(function)
        takes_it = _REQUEST in signature.parameters

        @wraps(function)
        async def endpoint(**given: Any) -> Response:  # noqa: ANN401 - of any route
            request: Request = given[_REQUEST] if takes_it else given.pop(_REQUEST)
            pool: Pool = getattr(request.app.state.pools, name)
            work = partial(_responded, function, given, request.scope["route"])
            return await unless_left(request, pool.run(work))

        parameters = [p.replace(kind=p.KEYWORD_ONLY) for p in signature.parameters.values()]
        if not takes_it:
            kind = inspect.Parameter.KEYWORD_ONLY
            parameters.append(inspect.Parameter(_REQUEST, kind, annotation=Request))
        # read by FastAPI
        setattr(endpoint, "__signature__", signature.replace(parameters=parameters))  # noqa: B010
        return endpoint

    return decorate


def _responded(function: Callable[..., Any], given: dict[str, Any], route: Any) -> Response:  # noqa: ANN401
    """The response of a route's function, checked against the route's model."""
    said = function(**given)
    if isinstance(said, Response):
        return said
    model: type[BaseModel] = route.response_model
    body = model.model_validate(said, from_attributes=True).model_dump_json(by_alias=True)
    return Response(body, route.status_code or 200, media_type="application/json")


async def unless_left(request: Request, work: Awaitable[_Result]) -> _Result:
    """What comes of the work, which is given up when the client goes before; raises Left then."""
    answered = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({answered, gone}, return_when=asyncio.FIRST_COMPLETED)
        if answered.done():
            return answered.result()
        raise Left("The client has gone.")
    finally:
        for task in (answered, gone):
            task.cancel()
        await asyncio.gather(answered, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    """Until the client has closed its connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
