"""What routes are given: the engine that the application was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request

if TYPE_CHECKING:
    from wenju.qa.engine import Engine


async def engine_of(request: Request) -> Engine:
    """The engine that the application was made with; a coroutine, for others wait for a thread."""
    engine: Engine = request.app.state.engine
    return engine


# `Any`, because FastAPI evaluates the annotation and importing the engine is not its business
EngineDep = Annotated[Any, Depends(engine_of)]
