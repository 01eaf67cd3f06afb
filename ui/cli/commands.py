"""The command line, ``wenju``. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wenju.ui.cli import session
from wenju.ui.cli.archive import export_library, import_library
from wenju.ui.cli.configuration import config
from wenju.ui.cli.conversation import chat
from wenju.ui.cli.correction import set_fields
from wenju.ui.cli.errors import FAILED, INCOMPLETE, UNANSWERED, error_boundary, say
from wenju.ui.cli.evaluation import evaluate
from wenju.ui.cli.feedback import feedback_commands
from wenju.ui.cli.mcp import mcp
from wenju.ui.cli.options import (
    AsOf,
    Document,
    From,
    Home,
    Issuer,
    Json,
    Jurisdiction,
    Kind,
    Until,
    engine_of,
    scope_of,
    settings_of,
)
from wenju.ui.cli.server import serve
from wenju.ui.cli.verification import verify

app = typer.Typer(
    name="wenju",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from wenju import __version__

        typer.echo(f"wenju {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    home: Home = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Answers copied from your documents, with the exact place they were copied from."""
    context.obj = home


@app.command()
@error_boundary
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with everything in them.")],
    sync: Annotated[
        bool, typer.Option("--sync", help="Remove what is no longer in the folders.")
    ] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=1024, help="Files that are read at once.")
    ] = 1,
    ray: Annotated[
        str,
        typer.Option(
            "--ray",
            metavar="ADDRESS",
            help="Encode on a Ray cluster, that many tasks at once: auto, ray://host:10001, or local.",
        ),
    ] = "",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say of every file what was found in it.")
    ] = False,
    json: Json = False,
    home: Home = None,
) -> None:
    """Add files or folders; unchanged files are skipped, changed ones replaced.

    The exit code is 0 where all was read, 5 where some of it was not, 1 where nothing was.
    """
    from wenju.ui import serializers
    from wenju.ui.cli import console, progress, reports

    with engine_of(context, home) as engine:
        outcome = serializers.report_object(
            progress.add_paths(
                engine, [p.expanduser() for p in paths], sync=sync, workers=workers, ray=ray
            )
        )
    console.emit(outcome) if json else reports.report(outcome, every=verbose)
    if not serializers.kept(outcome):
        if not outcome["failed"]:
            say("Nothing that can be read was found there.")
        raise typer.Exit(FAILED)
    if outcome["failed"]:
        raise typer.Exit(INCOMPLETE)


@app.command("list")
@error_boundary
def list_documents(context: typer.Context, json: Json = False, home: Home = None) -> None:
    """List the documents of the library."""
    from wenju.qa.stores import open_library
    from wenju.ui import serializers
    from wenju.ui.cli import console

    library = open_library(settings_of(context, home))
    documents = [serializers.summary_object(d) for d in library.documents()]
    library.close()
    console.emit({"documents": documents}) if json else console.documents(documents)


@app.command()
@error_boundary
def remove(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(help="Ids, their beginnings, or names.")],
    json: Json = False,
    home: Home = None,
) -> None:
    """Remove documents; no answer comes from them any more."""
    from wenju.ui import serializers
    from wenju.ui.cli import console
    from wenju.ui.cli.resolve import find_documents

    with engine_of(context, home) as engine:
        ids = find_documents(engine.library.documents(), documents)
        removed = [serializers.summary_object(d) for d in engine.remove(ids)]
    console.emit({"removed": removed}) if json else console.removed(removed)


@app.command()
@error_boundary
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What you want to know.", show_default=False)],
    document: Document = None,
    kind: Kind = None,
    issuer: Issuer = None,
    jurisdiction: Jurisdiction = None,
    issued_from: From = "",
    issued_until: Until = "",
    as_of: AsOf = "",
    json: Json = False,
    home: Home = None,
) -> None:
    """Answer a question with words copied from a document, or say that nothing answers it.

    The exit code is 0 where it was answered and 3 where it was not.
    """
    from wenju.ui import serializers
    from wenju.ui.cli import console
    from wenju.ui.cli.progress import spinner

    days = (issued_from, issued_until, as_of)
    with engine_of(context, home) as engine, spinner("Looking…"):
        scope = scope_of(engine, document, kind, issuer, jurisdiction, days)
        answer = engine.ask(question, scope=scope)
        session.mention_emptiness(engine)
    console.emit(serializers.answer_object(answer)) if json else console.answer(answer)
    if not answer.answered:
        raise typer.Exit(UNANSWERED)


@app.command()
@error_boundary
def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to look for.", show_default=False)],
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages at most.")] = 10,
    document: Document = None,
    kind: Kind = None,
    issuer: Issuer = None,
    jurisdiction: Jurisdiction = None,
    issued_from: From = "",
    issued_until: Until = "",
    json: Json = False,
    home: Home = None,
) -> None:
    """Find the passages that a question is about, best first."""
    from wenju.ui import serializers
    from wenju.ui.cli import console
    from wenju.ui.cli.progress import spinner

    days = (issued_from, issued_until, "")
    with engine_of(context, home) as engine, spinner("Looking…"):
        scope = scope_of(engine, document, kind, issuer, jurisdiction, days)
        hits = engine.search(question, k, scope=scope)
        session.mention_emptiness(engine)
    console.emit(serializers.search_object(question, hits)) if json else console.hits(hits)


app.command("set")(set_fields)
app.command()(serve)
app.command()(mcp)
app.command()(config)
app.command()(chat)
app.command()(verify)
app.command("export")(export_library)
app.command("import")(import_library)
app.command("eval")(evaluate)
app.add_typer(feedback_commands)


@app.command()
@error_boundary
def doctor(
    context: typer.Context,
    mend: Annotated[
        bool,
        typer.Option("--repair", help="Repair the library and its indexes; stop a server first."),
    ] = False,
    json: Json = False,
    home: Home = None,
) -> None:
    """Check that everything works, every page and row of the library, and say what does not."""
    from wenju.ui.cli import console
    from wenju.ui.cli.doctor import examine, repair
    from wenju.ui.cli.progress import spinner

    with spinner("Looking…"):
        settings = settings_of(context, home)
        found = examine(settings)
        if mend and (repaired := repair(settings, found)):
            found = examine(settings) | {"repaired": repaired}
    console.emit(found) if json else console.health(found)
    if not found["ok"]:
        raise typer.Exit(FAILED)


def main() -> None:
    """The entry of the ``wenju`` command."""
    app()
