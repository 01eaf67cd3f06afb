"""``POST /verify``: an answer checked again against the library."""

from __future__ import annotations

from typing import Any

from wenju.qa.recheck import ClaimedAnswer, recheck
from wenju.ui import serializers
from wenju.ui.api import problems, schemas
from wenju.ui.api.bodies import api_router
from wenju.ui.api.dependencies import EngineDep
from wenju.ui.load.routes import in_pool

router = api_router()


@router.post(
    "/verify", response_model=schemas.RecheckOut, responses=problems.described(413, 422, 503)
)
@in_pool("asks")
def verify(body: ClaimedAnswer, engine: EngineDep) -> dict[str, Any]:
    """Check an answer again: is each citation unchanged, moved or gone. Needs no model."""
    return serializers.recheck_object(recheck(body, engine.library))
