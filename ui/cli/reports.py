"""What adding did, told to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wenju.ui.cli.printing import styled, terminal

_MOST_GONE = 20  # files that are named
_WRONG = "✗"


def report(outcome: Mapping[str, Any]) -> None:
    """What adding did, and what it could not do."""
    console = terminal()
    counts = ", ".join(f"{outcome[key]:,} {key}" for key in ("added", "updated", "unchanged"))
    console.print(styled(f"{counts}; {outcome['passages']:,} new passages.", "bold"))
    if outcome["repairs"]:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in outcome["repairs"].items())
        console.print(styled(f"Repaired: {kinds}."))
    if outcome["skipped"]:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in outcome["skipped"].items())
        console.print(styled(f"Not read, of kinds that are not known: {kinds}."))
    _gone(outcome)
    for failure in outcome["failed"]:
        console.print(styled(f"{_WRONG} {failure['source']}: {failure['reason']}", "yellow"))


def _gone(outcome: Mapping[str, Any]) -> None:
    """The files that are no longer in their folders, and what became of their documents."""
    console, gone = terminal(), outcome["gone"]
    for path in gone[:_MOST_GONE]:
        console.print(styled(f"{_WRONG} {path} is gone.", "yellow"))
    if len(gone) > _MOST_GONE:
        console.print(styled(f"… and {len(gone) - _MOST_GONE:,} more.", "yellow"))
    if outcome["removed"]:
        console.print(styled(f"{outcome['removed']:,} documents were removed with them."))
    elif gone:
        console.print(styled("Answers still come from them; `wenju add --sync` removes them."))
