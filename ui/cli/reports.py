"""What adding did, told to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wenju.corpus.inventory import Inventory, Note, together
from wenju.ui.cli.printing import indented, styled, terminal
from wenju.ui.facts import inventory_of, notes_of
from wenju.ui.texts import EN

_MOST = 20  # files that are named of those that something is said of
_WRONG, _SEE = "✗", "!"


def report(outcome: Mapping[str, Any], *, every: bool = False) -> None:
    """What adding did, what it found, and what it could not do.

    Of many files only the first are named, those that a person should look at before others, unless
    ``every`` one is asked for.
    """
    console = terminal()
    counts = ", ".join(f"{outcome[key]:,} {key}" for key in ("added", "updated", "unchanged"))
    console.print(styled(f"{counts}; {outcome['passages']:,} new passages.", "bold"))
    if outcome["repairs"]:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in outcome["repairs"].items())
        console.print(styled(f"Repaired: {kinds}."))
    if outcome["skipped"]:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in outcome["skipped"].items())
        console.print(styled(f"Not read, of kinds that are not known: {kinds}."))
    _found(outcome["files"], every=every)
    _listed([f"{path} is gone." for path in outcome["gone"]], every=every)
    if outcome["removed"]:
        console.print(styled(f"{outcome['removed']:,} documents were removed with them."))
    elif outcome["gone"]:
        console.print(styled("Answers still come from them; `wenju add --sync` removes them."))
    failed = [f"{failure['source']}: {failure['reason']}" for failure in outcome["failed"]]
    _listed(failed, every=every)


def _found(files: Sequence[Mapping[str, Any]], *, every: bool) -> None:
    """What the files hold together, then a row to each that holds anything but text."""
    console = terminal()
    held = [(file, _inventory(file["inventory"])) for file in files]
    if len(files) > 1 and (said := inventory_of(together(i for _, i in held), EN)):
        console.print(styled(f"Found: {', '.join(said)}."))
    telling = [(f, i) for f, i in held if every or i.counts or i.notes]
    telling.sort(key=lambda pair: not pair[1].asks_for_a_look)
    for file, inventory in telling if every else telling[:_MOST]:
        _row(file, inventory)
    _more(len(telling) if not every else 0)


def _row(file: Mapping[str, Any], inventory: Inventory) -> None:
    """A file with what it holds, and below it what to know of how it was read."""
    said = inventory_of(inventory, EN)
    said += [f"documents: {file['documents']:,}"] if file["documents"] > 1 else []
    repairs = sum(file["repairs"].values())
    said += [f"repairs: {repairs:,}"] if repairs else []
    console = terminal()
    console.print(styled(f"  {file['name']}: {', '.join(said) or 'text'}"))
    for note in notes_of(inventory, EN):
        indented(console, styled(f"{_SEE} {note}", "yellow"))


def _inventory(said: Mapping[str, Any]) -> Inventory:
    """An inventory from its plain values."""
    return Inventory(**{**said, "notes": tuple(Note(**note) for note in said["notes"])})


def _listed(sentences: Sequence[str], *, every: bool) -> None:
    """A line to each of what is wrong."""
    for sentence in sentences if every else sentences[:_MOST]:
        terminal().print(styled(f"{_WRONG} {sentence}", "yellow"))
    _more(len(sentences) if not every else 0)


def _more(count: int) -> None:
    """That there are more than were named."""
    if count > _MOST:
        terminal().print(styled(f"… and {count - _MOST:,} more; --verbose lists them all.", "dim"))
