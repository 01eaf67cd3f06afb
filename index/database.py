"""What every library keeps of itself, wherever its tables lie: facts, identity and revision."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from wenju.index.checksums import COLUMNS, KEYS
from wenju.index.sqlite import SqliteStore
from wenju.index.store import LibraryError, Store, UnwritableLibrary

__all__ = ["Database", "LibraryError", "UnwritableLibrary"]


class Database:
    """A store with the library's tables in it. Safe for use from several threads and processes.

    A path stands for the SQLite file there. Raises LibraryError where the store cannot be used; where it
    cannot be written, every change is refused with UnwritableLibrary.
    """

    def __init__(self, store: Path | Store) -> None:
        if isinstance(store, Path):
            self.path = store
            store = SqliteStore(store)
        self.store: Store = store
        try:
            store.prepare(self._upgrade)
        except BaseException:
            store.close()
            raise

    @abstractmethod
    def _upgrade(self, version: int) -> None:
        """Bring an older version's tables and what is in them up to date, all or nothing."""

    @property
    def name(self) -> str:
        """What a person is told of where the library lies."""
        return self.store.name

    @property
    def is_read_only(self) -> bool:
        """Whether every change is refused."""
        return self.store.is_read_only

    def close(self) -> None:
        """Close the store; it cannot be used afterwards."""
        self.store.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query; waits for no transaction but the caller's own, which it is part of."""
        return self.store.rows(sql, values)

    def write(self, sql: str, *rows: Sequence[object]) -> None:
        """Run a statement for each row of values, all or none."""
        self.store.write(sql, *rows)

    def insert(self, table: str, *rows: Sequence[object], on_conflict: str = "") -> None:
        """Add rows of a table's columns, all or none.

        ``on_conflict`` is what is done where a row of that name is there: ``IGNORE`` or ``REPLACE``, by
        default nothing at all and LibraryError.
        """
        columns, keys = COLUMNS[table], COLUMNS[table][: KEYS[table]]
        set_anew = ", ".join(f'"{c}" = excluded."{c}"' for c in columns if c not in keys)
        then = {"": "", "IGNORE": "DO NOTHING", "REPLACE": f"DO UPDATE SET {set_anew}"}[on_conflict]
        named = ", ".join(f'"{column}"' for column in columns)
        sql = f"INSERT INTO {table} ({named}) VALUES ({', '.join('?' * len(columns))})"
        self.write(f"{sql} ON CONFLICT ({', '.join(keys)}) {then}" if then else sql, *rows)

    @property
    def is_changing(self) -> bool:
        """Whether this thread is in a transaction of its own."""
        return self.store.is_changing

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; nested use joins the outer transaction."""
        return self.store.transaction()

    def remembered(self, key: str) -> str | None:
        """What :meth:`remember` stored under this key, or None."""
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else None

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact that can be found out again, such as a measurement."""
        sql = (
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        self.write(sql, (key, value))

    @property
    def identity(self) -> str:
        """A random name given when the tables were made, so that indexes know whose they are."""
        return self.remembered("identity") or ""

    @property
    def revision(self) -> int:
        """Grows with every change of passages or vectors."""
        return int(self.remembered("revision") or 0)

    def changed(self) -> None:
        """Count a change of passages or vectors; part of the transaction that makes it."""
        counted = "CAST(CAST(value AS BIGINT) + 1 AS TEXT)"
        self.write(f"UPDATE meta SET value = {counted} WHERE key = 'revision'", ())
