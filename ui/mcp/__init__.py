"""Wenju as a server of the Model Context Protocol: its tools for programs that run language models."""

from __future__ import annotations

from importlib.util import find_spec


def is_installed() -> bool:
    """Whether the protocol's SDK is there, which the other modules of this folder need."""
    return find_spec("mcp") is not None
