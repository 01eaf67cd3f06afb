"""The command line, ``wenju``. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from wenju.ui.cli.archive import export_library, import_library
from wenju.ui.cli.configuration import config
from wenju.ui.cli.conversation import chat
from wenju.ui.cli.correction import set_fields
from wenju.ui.cli.errors import FAILED, INCOMPLETE, UNANSWERED, error_boundary, say
from wenju.ui.cli.evaluation import evaluate
from wenju.ui.cli.execution import carry_out
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
    NoServer,
    Until,
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
    no_server: NoServer = False,
    home: Home = None,
) -> None:
    """Add files or folders; unchanged files are skipped, changed ones replaced.

    The exit code is 0 where all was read, 5 where some of it was not, 1 where nothing was.
    """
    from wenju.ui import serializers
    from wenju.ui.cli import console, reports

    asked = {
        "paths": [str(path.expanduser().absolute()) for path in paths],
        "sync": sync,
        "workers": workers,
        "ray": ray,
    }
    # a cluster is reached from where the command was given
    settings = settings_of(context, home, no_server=no_server or bool(ray))
    outcome = carry_out("add", settings, asked)
    console.emit(outcome) if json else reports.report(outcome, every=verbose)
    if not serializers.kept(outcome):
        if not outcome["failed"]:
            say("Nothing that can be read was found there.")
        raise typer.Exit(FAILED)
    if outcome["failed"]:
        raise typer.Exit(INCOMPLETE)


@app.command("list")
@error_boundary
def list_documents(
    context: typer.Context,
    json: Json = False,
    no_server: NoServer = False,
    home: Home = None,
) -> None:
    """List the documents of the library."""
    from wenju.ui.cli import console

    found = carry_out("list", settings_of(context, home, no_server=no_server), {})
    console.emit(found) if json else console.documents(found["documents"])


@app.command()
@error_boundary
def remove(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(help="Ids, their beginnings, or names.")],
    json: Json = False,
    no_server: NoServer = False,
    home: Home = None,
) -> None:
    """Remove documents; no answer comes from them any more."""
    from wenju.ui.cli import console

    settings = settings_of(context, home, no_server=no_server)
    done = carry_out("remove", settings, {"documents": documents})
    console.emit(done) if json else console.removed(done["removed"])


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
    no_server: NoServer = False,
    home: Home = None,
) -> None:
    """Answer a question with words copied from a document, or say that nothing answers it.

    The exit code is 0 where it was answered and 3 where it was not.
    """
    from wenju.ui.cli import console

    scope = _scope(document, kind, issuer, jurisdiction, (issued_from, issued_until, as_of))
    settings = settings_of(context, home, no_server=no_server)
    answer = carry_out("ask", settings, {"question": question, "scope": scope})
    console.emit(answer) if json else console.answer(console.answer_of(answer))
    if not answer["answered"]:
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
    no_server: NoServer = False,
    home: Home = None,
) -> None:
    """Find the passages that a question is about, best first."""
    from wenju.ui.cli import console

    scope = _scope(document, kind, issuer, jurisdiction, (issued_from, issued_until, ""))
    settings = settings_of(context, home, no_server=no_server)
    found = carry_out("search", settings, {"question": question, "k": k, "scope": scope})
    console.emit(found) if json else console.hits(found["hits"])


def _scope(
    documents: list[str] | None,
    kinds: list[str] | None,
    issuers: list[str] | None,
    jurisdictions: list[str] | None,
    days: tuple[str, str, str],
) -> dict[str, Any]:
    """The arguments of ``scope_of``, as they are sent to a server."""
    given = {"documents": documents, "kinds": kinds, "issuers": issuers}
    return {**given, "jurisdictions": jurisdictions, "days": days}


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
