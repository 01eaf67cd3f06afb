"""``wenju verify``: an answer that was kept, checked again against the library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from wenju.ui.cli.errors import MOVED, UNANSWERED, CommandError, error_boundary
from wenju.ui.cli.options import Home, Json, settings_of

if TYPE_CHECKING:
    from wenju.qa.recheck import CheckedCitation, Recheck

_EXIT: Final = {"unchanged": 0, "moved": MOVED, "gone": UNANSWERED}
_SIGNS: Final = {"unchanged": ("✓", "green"), "moved": ("→", "yellow"), "gone": ("✗", "bold red")}


@error_boundary
def verify(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(help="What `wenju ask --json` printed; - for standard input.")
    ] = "-",
    json: Json = False,
    home: Home = None,
) -> None:
    """Check an answer again: is each citation unchanged, moved or gone.

    The exit code is 0 where all are unchanged, 4 where words stand elsewhere now, 3 where some are gone.
    """
    from wenju.qa.recheck import read_claim, recheck
    from wenju.qa.stores import is_shared, open_library
    from wenju.ui import serializers
    from wenju.ui.cli import console

    claim = read_claim(_read(file))
    settings = settings_of(context, home)
    if not is_shared(settings) and not settings.library_path.is_file():
        raise CommandError(
            f"There is no library at {settings.library_path} to check against; name its folder with "
            "--home."
        )
    library = open_library(settings)
    try:
        found = recheck(claim, library)
    finally:
        library.close()
    console.emit(serializers.recheck_object(found)) if json else _print(found)
    if code := _EXIT[found.status]:
        raise typer.Exit(code)


def _read(file: str) -> bytes:
    """The file's bytes, or those of standard input."""
    from pathlib import Path

    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).expanduser().read_bytes()
    except OSError as error:
        raise CommandError(
            f"{file} cannot be read ({error.strerror or error}); name a file that holds an answer."
        ) from None


def _print(found: Recheck) -> None:
    """A line to each citation, and below it where its words stand now."""
    from wenju.ui.cli.printing import styled, terminal

    console = terminal()
    if found.reason:
        console.print(styled(found.reason, "bold red"))
    for number, checked in enumerate((*found.citations, *found.nearest), 1):
        sign, style = _SIGNS[checked.status]
        said = " ".join(filter(None, [f"[{number}]", checked.source, checked.status]))
        console.print(styled(f"{sign} {said}{_why(checked)}", style))
        for place in checked.places:
            where = f"{place.source} ({place.document_id[:8]}), {place.start}–{place.end}"
            console.print(styled(f"    {checked.words}: {where}"))
    console.print(styled(f"Checked against revision {found.revision} of the library.", "dim"))


def _why(checked: CheckedCitation) -> str:
    return f": {checked.reason}" if checked.reason else ""
