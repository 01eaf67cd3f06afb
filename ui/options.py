"""Options that several commands have, and the settings that follow from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui import opening

if TYPE_CHECKING:
    from qa.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(
        "--home", help="The folder that holds the library (or set WENJU_HOME).", show_default=False
    ),
]
Document = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        "-d",
        help="Look in this document only: its id, the beginning of its id, or its name. May be "
        "given several times.",
        show_default=False,
    ),
]


def settings_of(context: typer.Context, home: Path | None) -> Settings:
    """The settings, with the home given behind the command, before it, or by the environment."""
    return opening.make_settings(home or context.obj)
