"""The one base of every error that is meant for a person to read."""

from __future__ import annotations


class WenjuError(Exception):
    """A sentence for the user: the offending value, what was expected, what to do."""


class ReadError(WenjuError):
    """A file could not be read; the sentence names the file and the reason."""
