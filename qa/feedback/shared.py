"""What people say of answers, in the database that holds the library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wenju.corpus.errors import WenjuError
from wenju.qa.feedback.store import VERSION, Feedback, FeedbackError, FeedbackStore

if TYPE_CHECKING:
    from wenju.index.library import Library

_ADDED = "INSERT INTO feedback (id, line) VALUES (?, ?) ON CONFLICT (id) DO NOTHING"


class SharedFeedback(FeedbackStore):
    """A table of lines. Safe for use from several threads, processes and machines."""

    def __init__(self, library: Library) -> None:
        super().__init__(Path(library.name))
        self._library = library

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except WenjuError as error:
            raise FeedbackError(str(error)) from error

    def append(self, feedback: Feedback) -> None:
        """Add to the end; once this returns it is on the server's disk. Raises FeedbackError."""
        said = {"version": VERSION, **feedback.as_dict()}
        with self._told():
            self._library.write(_ADDED, (feedback.id, json.dumps(said)))

    def merge(self, data: bytes) -> int:
        """Add a file's lines but those that are here; returns how many. Raises FeedbackError."""
        new = [feedback for line in data.split(b"\n") if (feedback := self._read_line(line))]
        with self._told(), self._library.transaction():
            before = len(self._lines())
            for feedback in new:
                self.append(feedback)
            return len(self._lines()) - before

    def read(self) -> list[Feedback]:
        """All of it, in the order it was given; raises FeedbackError."""
        with self._told():
            lines = self._lines()
        return [said for line in lines if (said := self._read_line(line.encode()))]

    def _lines(self) -> list[str]:
        rows = self._library.rows("SELECT line FROM feedback ORDER BY position")
        return [row[0] for row in rows]
