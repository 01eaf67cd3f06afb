"""Options that several commands have, and the settings and engine that follow from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenju.ui.cli import session

if TYPE_CHECKING:
    from wenju.qa.engine import Engine
    from wenju.qa.settings import Settings

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
    return session.make_settings(home or context.obj)


def engine_of(context: typer.Context, home: Path | None) -> Engine:
    """The engine of a command; passages that another encoder saw are encoded first, under a bar."""
    from wenju.ui.cli.progress import passage_bar

    with passage_bar() as progress:
        return session.open_engine(settings_of(context, home), progress)


def only(engine: Engine, documents: list[str] | None) -> list[str] | None:
    """The ids of the only documents to look in, None for all of them."""
    from wenju.ui.cli.resolve import find_documents

    return find_documents(engine.library.documents(), documents) if documents else None
