"""``/metrics`` for Prometheus and ``/ready`` for what sends requests to the server."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel

from wenju.ui.api import problems
from wenju.ui.load.routes import in_pool

router = APIRouter()


class ReadyOut(BaseModel):
    """That the server can answer now."""

    status: Literal["ready"] = "ready"


@router.get("/ready", response_model=ReadyOut, responses=problems.described(503))
@in_pool("watch")
def ready(request: Request) -> ReadyOut | JSONResponse:
    """Whether questions are answered now; 503 with the reason where they are not."""
    if reasons := request.app.state.readiness.reasons():
        return problems.problem(503, " ".join(reasons))
    return ReadyOut()


@router.get("/metrics", response_class=PlainTextResponse)
@in_pool("watch")
def metrics(request: Request) -> PlainTextResponse:
    """Questions, answers, requests and the size of the library, in Prometheus' text format."""
    from wenju.ui.monitoring.metrics import MEDIA_TYPE

    return PlainTextResponse(request.app.state.metrics.text(), media_type=MEDIA_TYPE)
