"""Work that nobody waits for any more: what takes long looks now and then whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

Check = Callable[[], None]
"""Raises what ends the work, once it is not wanted any more."""

_CHECK: ContextVar[Check | None] = ContextVar("check", default=None)


def end_by(check: Check) -> None:
    """Have the work of this thread or task end by what ``check`` raises."""
    _CHECK.set(check)


def check() -> None:
    """Go on, or raise what ends the work at hand; by default nothing does."""
    current()()


def current() -> Check:
    """What ends the work of this thread or task, for work that it has others do."""
    return _CHECK.get() or (lambda: None)
