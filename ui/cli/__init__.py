"""The command line. Its modules need one another, but not through this one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenju.ui.cli.commands import app, main

__all__ = ["app", "main"]


def __getattr__(name: str) -> object:
    """The commands, imported when they are first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'wenju.ui.cli' has no attribute {name!r}")
    return getattr(import_module("wenju.ui.cli.commands"), name)
