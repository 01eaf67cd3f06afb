"""Where a library lies: whether it can be written there, and how it is opened where it cannot."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Final

_PATIENCE = 60  # seconds that another process may take to write
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


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
    return sqlite3.connect(
        address, timeout=_PATIENCE, check_same_thread=False, isolation_level=None, uri=uri
    )
