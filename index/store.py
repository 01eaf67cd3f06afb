"""What a library's tables lie in: the few things that SQLite and a database server do each their own way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from wenju.corpus.errors import WenjuError


class LibraryError(WenjuError):
    """The library's file or server cannot be used; the sentence says why and what to do."""


class UnwritableLibrary(LibraryError):
    """The library can be read and cannot be written: its disk is full or read-only."""


class Store(Protocol):
    """Tables with transactions. Safe for use from several threads and processes.

    Statements are written in what SQLite and PostgreSQL have in common, with ``?`` for values. Every
    failure is raised as LibraryError, and as UnwritableLibrary where reading goes on.
    """

    name: str
    """What a person is told of where the tables lie, without any password."""
    is_read_only: bool

    def prepare(self, upgrade: Callable[[int], None]) -> None:
        """Make the tables where there are none; ``upgrade`` those of an older version."""

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query; waits for no transaction but the caller's own, which it is part of."""

    def write(self, sql: str, *rows: Sequence[object]) -> None:
        """Run a statement for each row of values, all or none."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, and one at a time; nested use joins the outer transaction."""

    @property
    def is_changing(self) -> bool:
        """Whether this thread is in a transaction of its own."""

    def last_number(self) -> int:
        """The highest number that a passage was ever given, 0 where none was."""

    def size(self) -> int:
        """How many bytes the tables take."""

    def close(self) -> None:
        """Let go of everything; it cannot be used afterwards."""
