"""The SQLite file below the library: opened, checked, locked, and its errors put into words."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wenju.corpus.errors import WenjuError
from wenju.index.checksums import ADDED, COLUMNS
from wenju.index.schema import SCHEMA, SCHEMA_VERSION, UPGRADES
from wenju.index.storage import Readers, connect, is_writable, unwritable_because


class LibraryError(WenjuError):
    """The library's file cannot be used; the sentence says why and what to do."""


class UnwritableLibrary(LibraryError):
    """The library can be read and cannot be written: its disk is full or read-only."""


class Database:
    """One SQLite file in WAL mode. Safe for use from several threads and processes.

    Where it cannot be written it is opened to be read, and every change is refused with
    UnwritableLibrary. Raises LibraryError when the file is no library, is damaged, or is of a version
    that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._changing = 0  # the thread whose transaction is open
        self.is_read_only = not is_writable(path)
        with self._explained():
            if not self.is_read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = connect(path, read_only=self.is_read_only)
        self._readers = Readers(path, read_only=self.is_read_only)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        with self._explained():
            self._db.execute("PRAGMA foreign_keys = ON")
            self._check_tables()
            self._set_journal()
        version = self.remembered("version") or ""
        if version.isdecimal() and int(version) in UPGRADES:
            self._upgrade(int(version))
        elif version.isdecimal() and int(version) > SCHEMA_VERSION:
            raise LibraryError(
                f"{self.path} is a library of version {version}, this Wenju reads version "
                f"{SCHEMA_VERSION}: update Wenju, or choose another folder with --home."
            )
        elif version != str(SCHEMA_VERSION):
            raise LibraryError(
                f"{self.path} is a library of version {version}, this Wenju reads version "
                f"{SCHEMA_VERSION}. Add the documents again into a new --home."
            )

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
                f"{self.path} is another program's database, expected a Wenju library. "
                "Choose another folder with --home, or move this file away."
            )

    @abstractmethod
    def _upgrade(self, version: int) -> None:
        """Bring an older version's tables and what is in them up to date, all or nothing."""

    def _tables(self) -> set[str]:
        return {name for (name,) in self.rows("SELECT name FROM sqlite_master")}

    def _make_tables(self) -> None:
        for statement in (*SCHEMA.split(";\n"), *ADDED):
            self._db.execute(statement)
        meta = {"version": str(SCHEMA_VERSION), "identity": uuid.uuid4().hex, "revision": "0"}
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite's errors into sentences."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # the last of damaged bytes
            if why := unwritable_because(error):
                raise UnwritableLibrary(
                    f"{self.path} cannot be changed: {why}. It can still be asked, and what was added "
                    "before is kept. Make room or make its folder writable, and do it again."
                ) from error
            raise LibraryError(
                f"{self.path} cannot be used as a Wenju library ({error}). Check that its folder "
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

    def insert(self, table: str, *rows: Sequence[object], on_conflict: str = "ABORT") -> None:
        """Add rows of a table's columns, all or none; ``on_conflict`` is SQLite's word for what then."""
        marks = ", ".join("?" * len(COLUMNS[table]))
        columns = ", ".join(COLUMNS[table])
        self.write(f"INSERT OR {on_conflict} INTO {table} ({columns}) VALUES ({marks})", *rows)

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

    def remembered(self, key: str) -> str | None:
        """What :meth:`remember` stored under this key, or None."""
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else None

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact that can be found out again, such as a measurement."""
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def identity(self) -> str:
        """A random name given when the file was made, so that indexes know whose they are."""
        return self.remembered("identity") or ""

    @property
    def revision(self) -> int:
        """Grows with every change of passages or vectors."""
        return int(self.remembered("revision") or 0)

    def changed(self) -> None:
        """Count a change of passages or vectors; part of the transaction that makes it."""
        self._db.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
