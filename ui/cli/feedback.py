"""``wenju feedback``: what people said of answers, listed and made into gold questions."""

from __future__ import annotations

import json as json_lines
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wenju.ui.cli.errors import FAILED, CommandError, error_boundary, say
from wenju.ui.cli.options import Home, Json, settings_of

if TYPE_CHECKING:
    from wenju.index.library import Library
    from wenju.qa.feedback import FeedbackStore
    from wenju.qa.feedback.gold import GoldLines

_SHOWN = 5  # questions named of those that are left out

feedback_commands = typer.Typer(name="feedback", no_args_is_help=True, help="Feedback on answers.")


@feedback_commands.command("list")
@error_boundary
def list_feedback(
    context: typer.Context,
    limit: Annotated[int, typer.Option("-n", min=1, help="How many at most.")] = 50,
    json: Json = False,
    home: Home = None,
) -> None:
    """List feedback on answers, newest first."""
    from wenju.qa.stores import open_feedback, open_library
    from wenju.ui.cli import console

    settings = settings_of(context, home)
    library = open_library(settings)
    try:
        said = open_feedback(settings, library).read()[::-1]
    finally:
        library.close()
    shown = [one.as_dict() for one in said[:limit]]
    console.emit({"total": len(said), "feedback": shown}) if json else _print(shown, len(said))


@feedback_commands.command()
@error_boundary
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The gold file to write, a .jsonl.")],
    documents: Annotated[
        bool,
        typer.Option(
            "--documents",
            help="Write the library's documents beside it, for use without this library.",
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
    json: Json = False,
    home: Home = None,
) -> None:
    """Write gold questions for `wenju eval` from feedback: with right or corrected answers, or without any."""
    from wenju.qa.stores import open_feedback, open_library
    from wenju.ui.cli import console

    settings = settings_of(context, home)
    file = file.expanduser()
    folder = file.with_name(f"{file.stem}-documents") if documents else None
    _check(file, folder, force)
    library = open_library(settings)
    try:
        outcome = _export(library, open_feedback(settings, library), file, folder)
    finally:
        library.close()
    console.emit(outcome) if json else _report(outcome)
    if not outcome["questions"]:
        raise typer.Exit(FAILED)


def _check(file: Path, folder: Path | None, force: bool) -> None:
    """Raise CommandError for a name that evaluation would misread, or that is taken."""
    if file.suffix.lower() != ".jsonl":
        raise CommandError(f"{file} is not a .jsonl, as a gold file must be; give it that suffix.")
    taken = [path for path in (file, folder) if path and path.exists()]
    if taken and not force:
        raise CommandError(f"{taken[0]} exists already; choose another name, or add --force.")


def _export(
    library: Library, feedback: FeedbackStore, file: Path, folder: Path | None
) -> dict[str, Any]:
    """Write the file, unless there is nothing to write; what became of the feedback, as counts."""
    from wenju.qa.feedback.gold import export, file_names

    names = file_names(library.documents()) if folder else None
    gold = export(feedback, library, names)
    header = [{"documents": folder.name}] if folder else []
    if gold.lines:
        try:
            if folder and names:
                _write_documents(library, folder, names)
            lines = (json_lines.dumps(line, ensure_ascii=False) for line in [*header, *gold.lines])
            file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(
                f"{error.filename or file} cannot be written ({error.strerror or error}); choose "
                "another place for the gold file."
            ) from None
    return _outcome(gold, file, len(names or ()))


def _write_documents(library: Library, folder: Path, names: dict[str, str]) -> None:
    """The documents' source texts, and none that an earlier export has left there."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for document_id, name in names.items():
        text = library.document(document_id).source_text
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _outcome(gold: GoldLines, file: Path, documents: int) -> dict[str, Any]:
    return {
        "file": str(file),
        "questions": len(gold.lines),
        "unanswerable": sum(line.get("answerable") is False for line in gold.lines),
        "documents": documents,
        "without_answer": list(gold.without_answer),
        "gone": list(gold.gone),
    }


def _report(outcome: dict[str, Any]) -> None:
    if outcome["questions"]:
        counts = f"{outcome['questions']:,} questions, {outcome['unanswerable']:,} unanswerable"
        typer.echo(f"{outcome['file']}: {counts}. Run them with `wenju eval {outcome['file']}`.")
    else:
        say("There is nothing to export yet: no answer was called right, or corrected.")
    _say_left_out("answered wrongly, and nobody gave the correct answer", outcome["without_answer"])
    _say_left_out("whose documents are no longer in the library", outcome["gone"])


def _say_left_out(why: str, questions: list[str]) -> None:
    from wenju.ui.cli import console

    if questions:
        more = ", …" if len(questions) > _SHOWN else ""
        named = console.plain_text(", ".join(questions[:_SHOWN])).plain
        say(f"Left out, {len(questions):,} questions {why}: {named}{more}")


def _print(said: list[dict[str, Any]], total: int) -> None:
    from rich.table import Table

    from wenju.ui.cli import console

    if not said:
        typer.echo("There is no feedback yet.")
        return
    shown = Table(box=None, header_style="dim", pad_edge=False)
    for column in ("time", "verdict", "question", "answer", "correct", "comment"):
        shown.add_column(column)
    for one in said:
        verdict = one["verdict"].replace("_", " ")
        words = (one[key] for key in ("question", "answer", "correct", "comment"))
        shown.add_row(
            *map(console.plain_text, (one["time"][:16].replace("T", " "), verdict, *words))
        )
    console.table(shown)
    if total > len(said):
        say(f"{total - len(said):,} older ones are not shown; ask for more with -n.")
