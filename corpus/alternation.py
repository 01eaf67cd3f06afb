"""Alternations that patterns are built from."""

from __future__ import annotations


def any_of(words: str) -> str:
    """A group that matches any of the blank-separated alternatives, longer ones first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"
