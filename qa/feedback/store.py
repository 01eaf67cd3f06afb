"""What people say of answers, kept line by line beside the library."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from filelock import FileLock, Timeout

from wenju.corpus.errors import WenjuError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Verdict = Literal["right", "wrong", "should_not_have_answered"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

VERSION = 1
"""Of a line of the file; a line without one is of the first."""

_PATIENCE = 30  # seconds that another process may take to write its line
_log = logging.getLogger(__name__)


class BadFeedback(WenjuError):
    """What was said of an answer does not fit together, or is in no document."""


class FeedbackError(WenjuError):
    """The file of the feedback cannot be read or written."""


def _new_id() -> str:
    return secrets.token_hex(10)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a person says of an answer; ``question`` is complete without what was asked before.

    ``answer`` is what was answered, empty where nothing was; ``correct`` the answer that should
    have been given, copied from a document, empty where the person gave none. ``document_id``,
    ``start`` and ``end`` are the place of ``correct``, else of ``answer``, in the document's
    ``source_text``, None where it is not known. ``time`` is UTC, in ISO 8601.
    """

    id: str = field(default_factory=_new_id)
    time: str = field(default_factory=_now)
    question: str
    verdict: Verdict
    answer: str = ""
    correct: str = ""
    document_id: str | None = None
    start: int | None = None
    end: int | None = None
    comment: str = ""

    @property
    def words(self) -> str:
        """What the place is the place of."""
        return self.correct or self.answer

    @property
    def place(self) -> tuple[int, int] | None:
        """The half-open place in the document's source text."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the file, the command line and the API."""
        return asdict(self)


class FeedbackStore:
    """A JSONL file of feedback, a line to each. Safe for use from several threads and processes.

    A line that was cut short, as when the machine stopped while it was written, is passed over,
    and costs no other.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, feedback: Feedback) -> None:
        """Add to the end; once this returns it is on the disk. Raises FeedbackError."""
        said = {"version": VERSION, **feedback.as_dict()}
        with self._locked():
            self._append(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def merge(self, data: bytes) -> int:
        """Add another file's lines but those that are here; returns how many. Raises FeedbackError."""
        with self._locked():
            held = {feedback.id for feedback in self.read()}
            lines = [line for line in data.split(b"\n") if line.strip()]
            new = {
                f.id: line for line in lines if (f := self._read_line(line)) and f.id not in held
            }
            if new:
                self._append(b"".join(line + b"\n" for line in new.values()))
        return len(new)

    def _append(self, lines: bytes) -> None:
        with self.path.open("ab+") as file:
            # what was cut short becomes a line of its own, and these stay whole
            file.write(lines if _ends_a_line(file) else b"\n" + lines)
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """No other process writes meanwhile; raises FeedbackError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=_PATIENCE):
                yield
        except Timeout:
            raise self._unusable("another process has kept it locked") from None
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None

    def read(self) -> list[Feedback]:
        """All of it, in the order it was given; raises FeedbackError."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None
        lines = [line for line in data.split(b"\n") if line.strip()]
        found = [read for line in lines if (read := self._read_line(line))]
        if lost := len(lines) - len(found):
            _log.warning("%s: %d lines are not feedback and are skipped.", self.path, lost)
        return found

    def _read_line(self, line: bytes) -> Feedback | None:
        """A line's feedback, None for what is none; raises FeedbackError for a newer version's."""
        try:
            value = json.loads(line)
            version = value.pop("version", VERSION)
            if isinstance(version, int) and version > VERSION:
                raise FeedbackError(
                    f"{self.path} holds feedback of version {version}, this Wenju reads version "
                    f"{VERSION}: update Wenju."
                )
            return _adapter().validate_python(value)
        except (ValueError, AttributeError, RecursionError):
            return None

    def _unusable(self, why: str) -> FeedbackError:
        return FeedbackError(
            f"The feedback in {self.path} cannot be used ({why}). Check that its folder can be "
            "written and has space left, or choose another with --home."
        )


def _ends_a_line(file: BinaryIO) -> bool:
    if not file.seek(0, os.SEEK_END):
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


@cache
def _adapter() -> TypeAdapter[Feedback]:
    from pydantic import TypeAdapter

    return TypeAdapter(Feedback)
