"""A run of the evaluation as a folder: its files, and reading it back.

``run.json`` holds the configuration and what was summed up, ``questions.jsonl`` a line for each
question asked, ``report.html`` all of it for people. ``eval.recording`` writes them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from wenju.corpus.errors import WenjuError
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport, summarise

RUN, QUESTIONS, REPORT = "run.json", "questions.jsonl", "report.html"
_FORMAT = 1


class RunError(WenjuError):
    """A run's folder cannot be read, or not be written to."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: what it was made with, and a report, records included, for each gold file."""

    folder: Path
    configuration: Mapping[str, Any]
    reports: tuple[EvalReport, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What ``run.json`` says: ``reports`` are the JSON objects of the gold files summed up so far.

    A run that is not ``complete`` was interrupted, or is still going on.
    """

    configuration: Mapping[str, Any]
    reports: Sequence[Mapping[str, Any]] = ()
    complete: bool = False


def read_run(folder: Path) -> Run:
    """A finished run, its records too; raises RunError."""
    state = read_state(folder)
    if state is None:
        raise RunError(f"{folder} holds no run; give the folder that `wenju eval` wrote.")
    if not state.complete:
        raise RunError(
            f"The run in {folder} is not finished; run the same command again to continue it."
        )
    lines = records_of(folder)
    reports = tuple(_report(folder, summary, lines) for summary in state.reports)
    return Run(folder, state.configuration, reports)


def _report(
    folder: Path, summary: Mapping[str, Any], lines: Iterator[tuple[str, QuestionRecord, int]]
) -> EvalReport:
    """The report that was written, made anew of its records."""
    dataset, count = summary["dataset"], summary["questions"]
    records = [record for name, record, _ in islice(lines, count) if name == dataset]
    if len(records) < count:
        raise RunError(
            f"{folder / QUESTIONS} lacks questions of {dataset}: {count:,} were expected, "
            f"{len(records):,} can be read. Run the evaluation again."
        )
    made = summarise(dataset, records, documents=summary["documents"], passages=summary["passages"])
    return replace(made, skipped=tuple(summary.get("skipped", ())))


def records_of(folder: Path) -> Iterator[tuple[str, QuestionRecord, int]]:
    """Dataset, record and size in bytes of every line, up to the first that is not whole."""
    path = folder / QUESTIONS
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                values = json.loads(line)
                found = values["dataset"], QuestionRecord.from_dict(values), len(line)
            except (ValueError, KeyError, TypeError):
                return
            if not line.endswith(b"\n"):
                return
            yield found


def line_of(dataset: str, record: QuestionRecord) -> bytes:
    """A question as a line of ``questions.jsonl``."""
    return _json({"dataset": dataset, **record.as_dict()}) + b"\n"


def read_state(folder: Path) -> State | None:
    """What ``run.json`` says; None where there is none. Raises RunError."""
    path = folder / RUN
    try:
        state = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} cannot be read ({error}); give another folder.") from None
    if not isinstance(state, dict) or state.get("format") != _FORMAT:
        raise RunError(
            f"{path} is not of the format that this version reads ({_FORMAT}); run the evaluation "
            "again, into another folder."
        )
    return State(state["configuration"], state["reports"], state["complete"])


def write_state(folder: Path, state: State) -> None:
    """Replace ``run.json`` at once, so that nobody ever reads half of it."""
    values = {
        "format": _FORMAT,
        "complete": state.complete,
        "configuration": state.configuration,
        "reports": list(state.reports),
    }
    (folder / "run.tmp").write_bytes(_json(values, indent=2) + b"\n")
    os.replace(folder / "run.tmp", folder / RUN)


def _json(value: Mapping[str, Any], indent: int | None = None) -> bytes:
    """JSON in UTF-8; where half a surrogate pair stands, which UTF-8 lacks, in escapes."""
    try:
        return json.dumps(value, ensure_ascii=False, indent=indent).encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent).encode()
