"""The command line, ``wenju``. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wenju.ui import opening
from wenju.ui.chatting import chat
from wenju.ui.errors import FAILED, UNANSWERED, guarded, say
from wenju.ui.evaluation import evaluate
from wenju.ui.feedback_commands import feedback_commands
from wenju.ui.options import Document, Home, Json, only, opened, settings_of

app = typer.Typer(
    name="wenju",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from wenju.ui.doctor import wenju_version

        typer.echo(f"wenju {wenju_version()}")
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
@guarded
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with all they hold.")],
    json: Json = False,
    home: Home = None,
) -> None:
    """Add files or folders; known files are updated or left alone."""
    from wenju.ui import plain, progress, show

    with opened(context, home) as engine:
        outcome = plain.report_object(progress.adding(engine, [p.expanduser() for p in paths]))
    show.emit(outcome) if json else show.report(outcome)
    if not plain.kept(outcome):
        if not outcome["failed"]:
            say("Nothing that can be read was found there.")
        raise typer.Exit(FAILED)


@app.command("list")
@guarded
def list_documents(context: typer.Context, json: Json = False, home: Home = None) -> None:
    """List the documents of the library."""
    from wenju.index.library import Library
    from wenju.ui import plain, show

    library = Library(settings_of(context, home).library_path)
    documents = [plain.summary_object(d) for d in library.documents()]
    library.close()
    show.emit({"documents": documents}) if json else show.documents(documents)


@app.command()
@guarded
def remove(
    context: typer.Context,
    documents: Annotated[list[str], typer.Argument(help="Ids, their beginnings, or names.")],
    json: Json = False,
    home: Home = None,
) -> None:
    """Remove documents; no answer comes from them any more."""
    from wenju.ui import plain, show
    from wenju.ui.find import find_documents

    with opened(context, home) as engine:
        ids = find_documents(engine.library.documents(), documents)
        removed = [plain.summary_object(d) for d in engine.remove(ids)]
    show.emit({"removed": removed}) if json else show.removed(removed)


@app.command()
@guarded
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What you want to know.", show_default=False)],
    document: Document = None,
    json: Json = False,
    home: Home = None,
) -> None:
    """Answer a question with words copied from a document, or say that nothing answers it.

    The exit code is 0 where it was answered and 3 where it was not.
    """
    from wenju.ui import plain, show
    from wenju.ui.progress import waiting

    with opened(context, home) as engine, waiting("Looking…"):
        answer = engine.ask(question, within=only(engine, document))
        opening.mention_emptiness(engine)
    show.emit(plain.answer_object(answer)) if json else show.answer(answer)
    if not answer.answered:
        raise typer.Exit(UNANSWERED)


@app.command()
@guarded
def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to look for.", show_default=False)],
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages at most.")] = 10,
    document: Document = None,
    json: Json = False,
    home: Home = None,
) -> None:
    """Find the passages a question is about, best first."""
    from wenju.ui import plain, show
    from wenju.ui.progress import waiting

    with opened(context, home) as engine, waiting("Looking…"):
        hits = engine.search(question, k, within=only(engine, document))
        opening.mention_emptiness(engine)
    show.emit(plain.search_object(question, hits)) if json else show.hits(hits)


@app.command()
@guarded
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")] = 8000,
    samples: Annotated[
        bool, typer.Option("--samples", help="Fill an empty library with the bundled samples.")
    ] = False,
    home: Home = None,
) -> None:
    """Open the chat and the API in one process."""
    from wenju.ui.server import listen, serve_forever, with_samples

    with listen(host, port) as socket, opened(context, home) as engine:
        if samples:
            with_samples(engine)
        serve_forever(engine, socket)


app.command()(chat)
app.command("eval")(evaluate)
app.add_typer(feedback_commands)


@app.command()
@guarded
def doctor(context: typer.Context, json: Json = False, home: Home = None) -> None:
    """Look whether everything is in order, and say what is not."""
    from wenju.ui import show
    from wenju.ui.doctor import examine
    from wenju.ui.progress import waiting

    with waiting("Looking…"):
        found = examine(settings_of(context, home))
    show.emit(found) if json else show.health(found)
    if not found["ok"]:
        raise typer.Exit(FAILED)


def main() -> None:
    """The entry of the ``wenju`` command."""
    app()
