"""``wenju eval``: score gold questions, keep the run, compare two runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenju.ui.cli import session
from wenju.ui.cli.errors import CommandError, error_boundary, say
from wenju.ui.cli.options import Home, Json, settings_of

if TYPE_CHECKING:
    from wenju.eval.configuration import Request
    from wenju.eval.preparation import Prepared
    from wenju.eval.report import EvalReport
    from wenju.qa.settings import Settings

BROKEN = 3
"""The exit code where a share is below its ``--fail-under`` or above its ``--fail-over``."""
_WITH_COMPARE = frozenset({"compare", "json", "home"})


class Script(StrEnum):
    """What questions can be converted to."""

    HANS = "hans"
    HANT = "hant"


_Gold = Annotated[list[Path] | None, typer.Argument(help="SQuAD-style JSON, or Wenju's JSONL.")]
_Limit = Annotated[
    int | None, typer.Option(min=1, help="Ask only this many questions of each file.")
]
_Seed = Annotated[int, typer.Option(help="The seed of the draw that --limit makes.")]
_Questions = Annotated[
    Path | None, typer.Option(help="Ask this file's questions instead, matched by id.")
]
_Script = Annotated[Script | None, typer.Option(help="Convert the questions.")]
_Distractors = Annotated[
    list[Path] | None, typer.Option(help="More documents, which answer nothing.")
]
_DistractorPassages = Annotated[
    int | None, typer.Option(min=1, help="Take about this many passages of them.")
]
_OffTopic = Annotated[
    Path | None,
    typer.Option(help="Also ask this file's questions, as ones that the documents do not answer."),
]
_GivenContext = Annotated[
    bool,
    typer.Option(
        "--given-context",
        help="Read each question against its own gold document only, where that is known; "
        "retrieval is still measured over all documents.",
    ),
]
_Out = Annotated[
    Path | None,
    typer.Option(
        help="The run's folder, below HOME/eval/runs where none is given; an interrupted run "
        "in it is continued.",
        show_default=False,
    ),
]
_Details = Annotated[
    Path | None, typer.Option(help="Also write every question's outcome to this JSONL file.")
]
_FailUnder = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=VALUE",
        help=f"Exit with {BROKEN} where a gold file is below, as in recall_at_1=.95; not for measures where lower is better.",
    ),
]
_FailOver = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=VALUE",
        help=f"Exit with {BROKEN} where a gold file is above, as in ece=.1; for measures where lower is better.",
    ),
]
_Compare = Annotated[
    tuple[Path, Path] | None,
    typer.Option(metavar="RUN1 RUN2", help="Say what changed from one run's folder to another's."),
]


@error_boundary
def evaluate(
    context: typer.Context,
    gold: _Gold = None,
    json: Json = False,
    limit: _Limit = None,
    seed: _Seed = 0,
    questions: _Questions = None,
    script: _Script = None,
    distractors: _Distractors = None,
    distractor_passages: _DistractorPassages = None,
    off_topic: _OffTopic = None,
    given_context: _GivenContext = False,
    out: _Out = None,
    details: _Details = None,
    fail_under: _FailUnder = None,
    fail_over: _FailOver = None,
    compare: _Compare = None,
    home: Home = None,
) -> None:
    """Score retrieval and answers on gold questions, or compare two runs of it."""
    if compare:
        _refuse_more(context)
        _show_comparison(compare, json)
        return
    if not gold:
        raise CommandError("No gold file was named; name one, or two runs after --compare.")
    from wenju.eval.configuration import Request
    from wenju.eval.thresholds import bounds, broken

    kept = bounds(fail_under or (), fail_over or ())
    _check_parent(details)
    request = Request(
        paths=tuple(gold),
        limit=limit,
        seed=seed,
        questions=questions,
        script=script.value if script else None,
        distractors=tuple(distractors or ()),
        distractor_passages=distractor_passages,
        off_topic=off_topic,
        given_context=given_context,
    )
    reports = _run(request, settings_of(context, home), out, details, json)
    if said := broken(reports, kept):
        say("\n".join(said))
        raise typer.Exit(BROKEN)


def _run(
    request: Request, settings: Settings, out: Path | None, details: Path | None, json: bool
) -> list[EvalReport]:
    """Ask everything, keep it, print what it came to."""
    import shutil

    from wenju.eval import report
    from wenju.eval.configuration import identity
    from wenju.eval.preparation import prepare
    from wenju.eval.runs import QUESTIONS, REPORT
    from wenju.ui.cli import console
    from wenju.ui.cli.progress import spinner

    with spinner("Reading…"):
        prepared = prepare(request, settings)
    folder = out.expanduser() if out else _runs(settings) / identity(prepared.configuration)
    reports = _recorded(prepared, folder)
    if details:
        shutil.copyfile(folder / QUESTIONS, details)
    objects = [r.as_dict() for r in reports]
    if json:
        console.emit(objects[0] if len(objects) == 1 else objects)
    else:
        console.table(report.table(reports))
    say(f"Report: {folder / REPORT}")
    say(f"Run: {folder}")
    return reports


def _runs(settings: Settings) -> Path:
    return settings.home / "eval" / "runs"


def _recorded(prepared: Prepared, folder: Path) -> list[EvalReport]:
    """The run, under bars of progress; Ctrl-C says what was kept."""
    from wenju.eval import run
    from wenju.eval.recording import recording
    from wenju.ui.cli.progress import bars

    kept = (
        f"the questions asked so far are kept in {folder}, and what was indexed in "
        f"{prepared.settings.home / 'eval'}: the same command continues from there"
    )
    questions = prepared.questions
    with recording(folder, prepared.configuration, questions) as recorder:
        if recorder.resumed:
            say(f"{recorder.resumed:,} of {len(questions):,} questions are done already.")
        with bars(kept) as progress:
            return run.carry_out(prepared, recorder, progress, session.open_engine)


def _show_comparison(folders: tuple[Path, Path], json: bool) -> None:
    from wenju.eval.compare import compare
    from wenju.eval.runs import read_run
    from wenju.ui.cli import console

    before, after = (read_run(folder.expanduser()) for folder in folders)
    compared = compare(before, after)
    console.emit(compared.as_dict()) if json else console.comparison(compared)


def _refuse_more(context: typer.Context) -> None:
    """Two runs are compared as they are: whatever else is given would do nothing."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    typed = [name for name, source in sources.items() if source and source.name == "COMMANDLINE"]
    if given := [name for name in typed if name not in _WITH_COMPARE]:
        raise CommandError(
            "--compare takes two runs and asks nothing; leave out "
            + ", ".join("the gold files" if name == "gold" else _option(name) for name in given)
            + "."
        )


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _check_parent(details: Path | None) -> None:
    """Before an hour is spent on what could then not be written."""
    if details and not details.parent.is_dir():
        raise CommandError(f"--details {details}: there is no folder {details.parent}; create it.")
