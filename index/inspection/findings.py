"""What an inspection finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about something that is not as it should be.

    A ``fault`` may lead to wrong answers or none; a ``note`` does not: it mends itself, or is only not
    what this version would write. ``where`` is what it is about: ``file``, ``documents``, ``passages``,
    ``vectors``, or the name of an index.
    """

    severity: Literal["fault", "note"]
    where: str
    says: str


def fault(where: str, says: str) -> Finding:
    """A finding that has to be repaired."""
    return Finding("fault", where, says)


def note(where: str, says: str) -> Finding:
    """A finding that needs nothing to be done."""
    return Finding("note", where, says)
