"""Which request a thread or task works for, so that what it logs can be found by it."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

HEADER = "x-request-id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")

request_id: ContextVar[str] = ContextVar("request_id", default="")


def id_of(given: str) -> str:
    """The id that a client gave its request where it is one that can be logged, else a new one."""
    return given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
