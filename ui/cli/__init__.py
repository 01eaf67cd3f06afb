"""The command line."""

from wenju.ui.cli.commands import app, main

__all__ = ["app", "main"]
