"""Where a library lies: whether it can be written there, and how it is opened where it cannot."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wenju.index.checksums import computes_checksums

_PATIENCE = 60  # seconds that another process may take to write
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_KEPT: Final = 8  # connections to read that wait for the next query


def is_writable(path: Path) -> bool:
    """Whether a file can be changed, or made where there is none yet."""
    if not path.exists():
        return True  # making it says why where that fails
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection to a database; raises sqlite3.Error.

    SQLite keeps files beside one that it reads, too. Where it cannot, and none with changes is there,
    the database is read as one that nobody changes.
    """
    if not read_only:
        return _connected(str(path), uri=False)
    address = f"{path.absolute().as_uri()}?mode=ro"
    database = _connected(address, uri=True)
    try:
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        database.close()
        beside = Path(f"{path}-wal")
        if beside.exists() and beside.stat().st_size:
            raise
        return _connected(f"{address}&immutable=1", uri=True)
    return database


class Readers:
    """Connections that read a database while others write to it; safe for use from several threads.

    In WAL mode nobody who reads waits for anybody who writes. A query takes a connection that nothing
    else uses, so that a long one holds up no other.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path, self._read_only = path, read_only
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._is_closed = False

    @contextmanager
    def reader(self) -> Iterator[sqlite3.Connection]:
        """A connection for one query; raises sqlite3.Error."""
        with self._lock:
            if self._is_closed:
                raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
            taken = self._idle.pop() if self._idle else None
        taken = taken or connect(self._path, read_only=self._read_only)
        try:
            yield taken
        finally:
            with self._lock:
                if kept := not self._is_closed and len(self._idle) < _KEPT:
                    self._idle.append(taken)
            if not kept:
                taken.close()

    def close(self) -> None:
        """Close what is idle, and what is in use as soon as it is not."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def unwritable_because(error: Exception) -> str:
    """Why a write failed that a reader need not mind: full or read-only; empty for anything else."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            return "its disk is full"
        return "it is read-only" if code == sqlite3.SQLITE_READONLY else ""
    if isinstance(error, OSError) and error.errno in _FULL:
        return "its disk is full"
    return "it is read-only" if getattr(error, "errno", 0) == errno.EROFS else ""


def _connected(address: str, *, uri: bool) -> sqlite3.Connection:
    database = sqlite3.connect(
        address, timeout=_PATIENCE, check_same_thread=False, isolation_level=None, uri=uri
    )
    computes_checksums(database)
    return database
