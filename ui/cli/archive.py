"""``wenju export`` and ``wenju import``: a library as one file, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from wenju.ui.cli.errors import error_boundary
from wenju.ui.cli.options import Home, Json, settings_of


@error_boundary
def export_library(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The archive to write, such as library.zip.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write in the place of a file of this name.")
    ] = False,
    json: Json = False,
    home: Home = None,
) -> None:
    """Write the library with all that belongs to it into one file, also while it is served."""
    from wenju.qa.archive import export_home
    from wenju.ui.cli import console
    from wenju.ui.cli.progress import spinner

    with spinner("Writing…"):
        contents = export_home(settings_of(context, home), file.expanduser(), overwrite=overwrite)
    if json:
        console.emit(asdict(contents))
        return
    size = file.expanduser().stat().st_size / 1e6
    console.line(
        f"{file}: {contents.documents:,} documents, {len(contents.files):,} files, {size:,.1f} MB."
    )


@error_boundary
def import_library(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An archive that `wenju export` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the documents that are there.")
    ] = False,
    json: Json = False,
    home: Home = None,
) -> None:
    """Put an archive's library in place, once all of it is checked."""
    from wenju.qa.archive import import_home
    from wenju.ui.cli import console
    from wenju.ui.cli.progress import spinner

    with spinner("Reading…"):
        done = import_home(settings_of(context, home), file.expanduser(), replace=replace)
    if json:
        console.emit(asdict(done))
        return
    console.line(
        f"Imported {done.documents:,} documents with {done.passages:,} passages, "
        f"{done.originals:,} original files and {done.feedback:,} pieces of feedback."
    )
    if done.upgraded_from is not None:
        console.line(f"The archive's library was of version {done.upgraded_from} and is upgraded.")
    if done.put_aside:
        console.line(f"The library that was there is damaged; it is kept as {done.put_aside}.")
