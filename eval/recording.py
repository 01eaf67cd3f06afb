"""Writing a run while it goes, so that an interrupted one can be continued."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from wenju.eval.configuration import differences
from wenju.eval.datasets import GoldQuestion
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport
from wenju.eval.runs import (
    QUESTIONS,
    REPORT,
    RunError,
    State,
    line_of,
    read_state,
    records_of,
    write_state,
)

_NAMED = 4  # differing keys that an error names


class Recorder:
    """Keeps a run's questions as they are asked; without a folder nothing is written.

    Made by :func:`recording`. ``resumed`` questions were asked by an earlier run that did not
    finish; ``asked`` counts them and those asked since.
    """

    def __init__(
        self,
        folder: Path | None = None,
        state: State | None = None,
        kept: Sequence[QuestionRecord] = (),
        file: IO[bytes] | None = None,
    ) -> None:
        self.folder = folder
        self.resumed = self.asked = len(kept)
        self._earlier = state or State({})
        self._kept = iter(kept)
        self._file = file
        self._reports: list[EvalReport] = []
        self._summaries: list[dict[str, Any]] = []

    def take(self, count: int) -> list[QuestionRecord]:
        """The kept records of the next gold file, which has ``count`` questions: its first ones."""
        return list(islice(self._kept, count))

    def counts(self) -> tuple[int, int] | None:
        """Documents and passages of the next gold file, where they were counted earlier."""
        done, earlier = len(self._reports), self._earlier.reports
        if done >= len(earlier):
            return None
        return earlier[done]["documents"], earlier[done]["passages"]

    def add(self, dataset: str, record: QuestionRecord) -> None:
        """Keep a question that was asked now: no end of this process loses it."""
        if self._file:
            self._file.write(line_of(dataset, record))
            self._file.flush()
        self.asked += 1

    def finish(self, report: EvalReport) -> None:
        """Keep what a gold file came to, all of whose questions have been asked."""
        self._reports.append(report)
        if self.folder:
            self._summaries.append(report.as_dict())
            self._save(self.folder, complete=False)

    def complete(self) -> None:
        """Write the page for people; then, and not before, the run counts as finished."""
        if self.folder:
            from wenju.eval.html import write_html

            write_html(self._reports, self._earlier.configuration, self.folder / REPORT)
            self._save(self.folder, complete=True)

    def _save(self, folder: Path, *, complete: bool) -> None:
        # what an earlier run summed up stays until this one has come as far
        reports = [*self._summaries, *self._earlier.reports[len(self._summaries) :]]
        write_state(folder, State(self._earlier.configuration, reports, complete))


@contextmanager
def recording(
    folder: Path | None,
    configuration: Mapping[str, Any],
    questions: Sequence[tuple[str, GoldQuestion]],
) -> Iterator[Recorder]:
    """A recorder for a run of all these questions, each with its dataset's name.

    Where the folder holds an unfinished run of the same configuration, the questions asked there
    are kept; a finished one is replaced. Raises RunError where it holds anything else, or
    while another process writes to it.
    """
    if folder is None:
        yield Recorder()
        return
    with _locked(folder):
        state = _take_up(folder, configuration)
        kept = _kept(folder, questions)
        write_state(folder, state)
        with (folder / QUESTIONS).open("ab") as file:
            yield Recorder(folder, state, kept, file)


def _locked(folder: Path) -> AbstractContextManager[object]:
    """The folder, made where there is none, for this process alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FileLock(folder / ".lock").acquire(timeout=0)
    except Timeout:
        raise RunError(
            f"Another evaluation is writing to {folder}; wait for it, or give another --out."
        ) from None
    except OSError as error:
        raise RunError(
            f"{folder} cannot be written to ({error.strerror or error}); give another --out."
        ) from None


def _take_up(folder: Path, configuration: Mapping[str, Any]) -> State:
    """The state of the unfinished run in the folder, or of one that begins."""
    state = read_state(folder)
    if state is None:
        _refuse_strange_files(folder)
    elif differing := differences(state.configuration, configuration):
        raise RunError(
            f"{folder} holds a run of another configuration ({_named(differing)}); give another "
            "--out."
        )
    elif not state.complete:
        return state
    for name in (QUESTIONS, REPORT):
        (folder / name).unlink(missing_ok=True)
    return State(configuration)


def _refuse_strange_files(folder: Path) -> None:
    for path in (folder / QUESTIONS, folder / REPORT):
        if path.exists():
            raise RunError(f"{path} exists already and belongs to no run; give another --out.")


def _named(differing: Mapping[str, tuple[Any, Any]]) -> str:
    """The first of the keys with both values, the folder's first."""
    said = [f"{key}: {old!r} there, {new!r} here" for key, (old, new) in differing.items()]
    more = len(said) - _NAMED
    return "; ".join(said[:_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _kept(folder: Path, questions: Sequence[tuple[str, GoldQuestion]]) -> list[QuestionRecord]:
    """The records of the first questions; the file is cut behind the last that is whole."""
    kept, end = [], 0
    for (name, record, size), asked in zip(records_of(folder), questions, strict=False):
        if (name, record.gold) != asked:
            break
        kept.append(record)
        end += size
    if (path := folder / QUESTIONS).exists():
        os.truncate(path, end)
    return kept
