"""A library's file copied at one moment, and another put in its place in one step."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from wenju.index.database import LibraryError

_BESIDE = ("-wal", "-shm", "-journal")  # files that SQLite keeps beside a database


def snapshot(path: Path, copy: Path) -> None:
    """Copy the library at ``path`` as it is at one moment to ``copy``, a file of its own.

    Others may read and write meanwhile. Raises LibraryError, and then leaves no copy.
    """
    with _explained(path), closing(sqlite3.connect(path, timeout=60)) as source:
        try:
            with closing(sqlite3.connect(copy)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
                faults = target.execute("PRAGMA integrity_check(1)").fetchall()
        except BaseException:
            discard(copy)
            raise
        if faults != [("ok",)]:
            discard(copy)
            raise LibraryError(
                f"{path} is damaged ({faults[0][0]}), and a copy of it would be, too. See what "
                "`wenju doctor` says of it."
            )


def put_in_place(staged: Path, path: Path) -> Path | None:
    """Give ``path`` what the library ``staged`` holds, in one step, whoever has it open.

    An interruption leaves what was there. A file that is damaged, so that SQLite cannot write to it, is
    put aside; returns where to, else None. Raises LibraryError where neither can be done.
    """
    with _explained(path):
        try:
            with closing(sqlite3.connect(staged)) as source:
                with closing(sqlite3.connect(path, timeout=60)) as target:
                    source.backup(target)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return _moved_in(staged, path)
    return None


def put_aside(path: Path) -> Path:
    """Rename a library and what lies beside it; returns its new name, which nothing else has."""
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
    while aside.exists():
        aside = aside.with_name(aside.name + "x")
    os.replace(path, aside)
    for suffix in _BESIDE:
        beside = Path(f"{path}{suffix}")
        if beside.exists():
            os.replace(beside, f"{aside}{suffix}")
    return aside


def discard(path: Path) -> None:
    """Remove a database of our own and what lies beside it."""
    for suffix in ("", *_BESIDE):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _moved_in(staged: Path, path: Path) -> Path:
    aside = put_aside(path)
    os.replace(staged, path)
    return aside


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise LibraryError(
            f"{path} cannot be copied or replaced ({error}). Check that its folder can be written "
            "and has space left; `wenju doctor` says whether it is damaged."
        ) from error
