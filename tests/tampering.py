"""Libraries changed behind Wenju's back: as damage, an older Wenju or a faulty one leaves them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from wenju.index.checksums import COLUMNS, computes_checksums


def tamper(path: Path, sql: str, values: Sequence[object] = (), *, checksums: bool = False) -> None:
    """Change rows as damage does; with ``checksums`` those too, as a writer with a fault would."""
    with closing(sqlite3.connect(path)) as library:
        computes_checksums(library)
        if not checksums:
            _drop_triggers(library)
        library.execute(sql, values)
        library.commit()


def take_checksums(library: sqlite3.Connection) -> None:
    """Make the tables those of version 4, which had no checksums."""
    _drop_triggers(library)
    for table in COLUMNS:
        library.execute(f"ALTER TABLE {table} DROP COLUMN checksum")
    library.execute("UPDATE meta SET value = '4' WHERE key = 'version'")


def _drop_triggers(library: sqlite3.Connection) -> None:
    triggers = library.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        library.execute(f"DROP TRIGGER {name}")
