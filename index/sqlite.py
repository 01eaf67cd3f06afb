"""A library's tables in one SQLite file: opened, checked, locked, and its errors put into words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wenju.index.checksums import ADDED
from wenju.index.schema import SCHEMA, check_version, first_facts
from wenju.index.storage import Readers, connect, is_writable, unwritable_because
from wenju.index.store import LibraryError, UnwritableLibrary


class SqliteStore:
    """One SQLite file in WAL mode. Safe for use from several threads and processes.

    Where it cannot be written it is opened to be read, and every change is refused with
    UnwritableLibrary. Raises LibraryError when the file is no library, is damaged, or is of a version
    that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self._lock = threading.RLock()
        self._changing = 0  # the thread whose transaction is open
        self.is_read_only = not is_writable(path)
        with self._explained():
            if not self.is_read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = connect(path, read_only=self.is_read_only)
        self._readers = Readers(path, read_only=self.is_read_only)

    def prepare(self, upgrade: Callable[[int], None]) -> None:
        """Make the tables where there are none; ``upgrade`` those of an older version."""
        with self._explained():
            self._db.execute("PRAGMA foreign_keys = ON")
            self._check_tables()
            self._set_journal()
        found = self.rows("SELECT value FROM meta WHERE key = 'version'")
        version = found[0][0] if found else ""
        if older := check_version(self.name, version, "folder with --home"):
            upgrade(older)

    def _set_journal(self) -> None:
        # asked for only where it changes something: it waits for no other process
        is_wal = self._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        if not is_wal and not self.is_read_only:
            self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")

    def _check_tables(self) -> None:
        """Make the tables in an empty file; raises LibraryError for another program's."""
        if not self._tables():
            with self.transaction():
                if not self._tables():  # another process may have come first
                    self._make_tables()
        if not {"meta", "documents", "passages", "vectors"} <= self._tables():
            raise LibraryError(
                f"{self._path} is another program's database, expected a Wenju library. "
                "Choose another folder with --home, or move this file away."
            )

    def _tables(self) -> set[str]:
        return {name for (name,) in self.rows("SELECT name FROM sqlite_master")}

    def _make_tables(self) -> None:
        for statement in (*SCHEMA.split(";\n"), *ADDED):
            self._db.execute(statement)
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", first_facts())

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite's errors into sentences."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # the last of damaged bytes
            if why := unwritable_because(error):
                raise UnwritableLibrary(
                    f"{self._path} cannot be changed: {why}. It can still be asked, and what was added "
                    "before is kept. Make room or make its folder writable, and do it again."
                ) from error
            raise LibraryError(
                f"{self._path} cannot be used as a Wenju library ({error}). Check that its folder "
                "can be written and has space left, or choose another folder with --home."
            ) from error

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        with self._lock:
            self._readers.close()
            self._db.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query; waits for no transaction but the caller's own, which it is part of."""
        with self._explained():
            if self.is_changing:
                return self._db.execute(sql, values).fetchall()
            with self._readers.reader() as reader:
                return reader.execute(sql, values).fetchall()

    def write(self, sql: str, *rows: Sequence[object]) -> None:
        """Run a statement for each row of values, all or none."""
        with self.transaction():
            self._db.executemany(sql, rows)

    @property
    def is_changing(self) -> bool:
        """Whether this thread is in a transaction of its own."""
        return self._changing == threading.get_ident()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested use joins the outer transaction."""
        with self._lock, self._explained():
            if self._db.in_transaction:
                yield
                return
            try:
                self._db.execute("BEGIN IMMEDIATE")
                self._changing = threading.get_ident()
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # nothing happens where SQLite has rolled back itself, as it may on a full disk
                self._db.rollback()
                raise
            finally:
                self._changing = 0

    def last_number(self) -> int:
        """The highest number that a passage was ever given, 0 where none was."""
        last = self.rows("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        return int(last[0][0]) if last else 0

    def size(self) -> int:
        """How many bytes the file takes, 0 where it is gone."""
        return self._path.stat().st_size if self._path.exists() else 0
