"""Options that several commands have, and the settings and engine that follow from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenju.ui.cli import session

if TYPE_CHECKING:
    from wenju.index.scope import Scope
    from wenju.qa.engine import Engine
    from wenju.qa.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Home = Annotated[
    Path | None,
    typer.Option(
        "--home", help="The folder that holds the library (or set WENJU_HOME).", show_default=False
    ),
]
NoServer = Annotated[
    bool,
    typer.Option("--no-server", help="Do not let a server that runs on the same home do the work."),
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

Kind = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        help="Look in documents of this kind only: law, regulation, notice, press_conference, faq, "
        "draft or form. May be given several times.",
        show_default=False,
    ),
]
Issuer = Annotated[
    list[str] | None,
    typer.Option(
        "--issuer",
        help="Look in documents of this body only; a part of its name is enough. May be given "
        "several times.",
        show_default=False,
    ),
]
Jurisdiction = Annotated[
    list[str] | None,
    typer.Option(
        "--jurisdiction",
        help="Look in this place's documents only: TW, TW/臺北市, 北京. May be given several times.",
        show_default=False,
    ),
]
From = Annotated[
    str,
    typer.Option(
        "--from",
        help="Look in documents issued on this day or later: 2021-05-01, 2021-05 or 2021.",
        show_default=False,
    ),
]
Until = Annotated[
    str,
    typer.Option(
        "--until", help="Look in documents issued on this day or earlier.", show_default=False
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        help="Answer by what was in force on this day: 2021-05-01, 2021-05 or 2021.",
        show_default=False,
    ),
]


def settings_of(context: typer.Context, home: Path | None, *, no_server: bool = False) -> Settings:
    """The settings, with the home given behind the command, before it, or by the environment."""
    settings = session.make_settings(home or context.obj)
    return settings.model_copy(update={"use_server": False}) if no_server else settings


def engine_of(context: typer.Context, home: Path | None) -> Engine:
    """The engine of a command; passages that another encoder saw are encoded first, under a bar."""
    from wenju.ui.cli.progress import passage_bar

    with passage_bar() as progress:
        return session.open_engine(settings_of(context, home), progress)


def only(engine: Engine, documents: list[str] | None) -> list[str] | None:
    """The ids of the only documents to look in, None for all of them."""
    from wenju.ui.cli.resolve import find_documents

    return find_documents(engine.library.documents(), documents) if documents else None


def scope_of(
    engine: Engine,
    documents: list[str] | None = None,
    kinds: list[str] | None = None,
    issuers: list[str] | None = None,
    jurisdictions: list[str] | None = None,
    days: tuple[str, str, str] = ("", "", ""),
) -> Scope:
    """What the options of a command leave; ``days`` are issued from and until, and as of.

    Raises CommandError for a document that is not there, BadScope for a value that is none.
    """
    from wenju.index.scope import Scope

    ids = only(engine, documents)
    return Scope(
        None if ids is None else tuple(ids),
        *(tuple(kinds or ()), tuple(issuers or ()), tuple(jurisdictions or ())),
        *days,
    )
