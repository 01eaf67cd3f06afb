"""The command line."""

from __future__ import annotations


def main() -> None:
    """Run ``wenju``: the modules of this package do not need one another through it."""
    from wenju.ui.cli.commands import main

    main()


__all__ = ["main"]
