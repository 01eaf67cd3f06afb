"""A library's tables in PostgreSQL, which any number of processes and machines share."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from wenju.index.distributed.extra import needed
from wenju.index.distributed.schema import statements
from wenju.index.schema import check_version, first_facts
from wenju.index.store import LibraryError, UnwritableLibrary

if TYPE_CHECKING:
    from psycopg import Connection

_WRITING: Final = 0x77656E6A75  # the lock that whoever changes the library holds
_PATIENCE: Final = 60  # seconds that another process may take to write
_CONNECTIONS: Final = 16
_SESSION: Final = {
    "application_name": "wenju",
    "connect_timeout": "5",
    # a machine that is gone lets go of what it had locked
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "options": f"-c lock_timeout={_PATIENCE}s -c idle_in_transaction_session_timeout={_PATIENCE}s",
}
_NEEDED: Final = frozenset({"meta", "documents", "passages", "vectors", "pending"})


class PostgresStore:
    """A database of a PostgreSQL server. Safe for use from several threads, processes and machines.

    Whoever changes the library holds one lock from the beginning of the transaction to its end, so
    changes come one after another as in a file; nobody who reads waits. Of a standby everything can be
    read and nothing changed.
    """

    def __init__(self, url: str) -> None:
        """``url`` is ``postgresql://user:password@host:port/database``; raises LibraryError."""
        needed("psycopg", "psycopg_pool")
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict, make_conninfo
        from psycopg_pool import ConnectionPool

        try:
            parts = conninfo_to_dict(url)
            self._address = make_conninfo(
                url, **{k: v for k, v in _SESSION.items() if k not in parts}
            )
        except ProgrammingError as error:
            raise LibraryError(
                f"WENJU_DATABASE names no database ({_brief(error)}); expected "
                "postgresql://user:password@host:5432/database."
            ) from None
        where = f"{parts.get('host', '')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"
        self.name = f"PostgreSQL at {where}"
        self._lock = threading.RLock()
        self._changing = 0  # the thread whose transaction is open
        self._writer: Connection[Any] | None = None
        self._pool = ConnectionPool(
            self._address,
            min_size=0,
            max_size=_CONNECTIONS,
            kwargs={"autocommit": True},
            check=ConnectionPool.check_connection,
            timeout=10,
            open=False,
        )
        self.is_read_only = False

    def prepare(self, upgrade: Callable[[int], None]) -> None:
        """Make the tables where there are none; ``upgrade`` those of an older version."""
        import psycopg

        with self._explained():
            psycopg.connect(self._address).close()  # says why it fails, which the pool does not
            self._pool.open()
            self.is_read_only = self.rows("SHOW transaction_read_only")[0][0] == "on"
            if not self._tables():
                with self.transaction():
                    if not self._tables():  # another process may have come first
                        self._make_tables()
        if not self._tables() >= _NEEDED:
            raise LibraryError(
                f"{self.name} is another program's database, expected a Wenju library or an empty "
                "one. Name another one in WENJU_DATABASE."
            )
        found = self.rows("SELECT value FROM meta WHERE key = 'version'")
        version = found[0][0] if found else ""
        if older := check_version(self.name, version, "WENJU_DATABASE"):
            upgrade(older)

    def _tables(self) -> set[str]:
        sql = (
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        return {name for (name,) in self.rows(sql)}

    def _make_tables(self) -> None:
        assert self._writer is not None
        self._writer.execute(statements().encode())
        first = (*first_facts(), ("last_number", "0"))
        self.write("INSERT INTO meta VALUES (?, ?)", *first)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the server's errors into sentences."""
        import psycopg
        from psycopg_pool import PoolClosed, PoolTimeout

        try:
            yield
        except (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.DiskFull) as error:
            is_full = isinstance(error, psycopg.errors.DiskFull)
            raise UnwritableLibrary(
                f"{self.name} cannot be changed: {'its disk is full' if is_full else 'it is read-only'}. "
                "It can still be asked, and what was added before is kept."
            ) from error
        except psycopg.errors.LockNotAvailable as error:
            raise LibraryError(
                f"{self.name} has been changed by another process for {_PATIENCE} seconds; try again."
            ) from error
        except (psycopg.OperationalError, PoolTimeout, PoolClosed) as error:
            raise LibraryError(
                f"{self.name} does not answer ({_brief(error)}). Check that the server runs, and the "
                "address, user and password in WENJU_DATABASE."
            ) from error
        except psycopg.Error as error:
            raise LibraryError(
                f"{self.name} cannot be used as a Wenju library ({_brief(error)})."
            ) from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query; waits for no transaction but the caller's own, which it is part of."""
        with self._explained():
            if self.is_changing and self._writer is not None:
                return self._writer.execute(_theirs(sql), _without_nul(values)).fetchall()
            with self._pool.connection() as reader:
                return reader.execute(_theirs(sql), _without_nul(values)).fetchall()

    def write(self, sql: str, *rows: Sequence[object]) -> None:
        """Run a statement for each row of values, all or none."""
        with self.transaction():
            assert self._writer is not None
            with self._writer.cursor() as cursor:
                cursor.executemany(_theirs(sql), map(_without_nul, rows))

    @property
    def is_changing(self) -> bool:
        """Whether this thread is in a transaction of its own."""
        return self._changing == threading.get_ident()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested use joins the outer transaction."""
        with self._lock, self._explained():
            if self._writer is not None:
                yield
                return
            with self._pool.connection() as writer, writer.transaction():
                writer.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITING,))
                self._writer, self._changing = writer, threading.get_ident()
                try:
                    yield
                finally:
                    self._writer, self._changing = None, 0

    @contextmanager
    def apart(self, lock: int, *, waits: bool = True) -> Iterator[Connection[Any] | None]:
        """A transaction that holds another lock than those who change the library.

        None where another process holds it, unless it ``waits`` for that.
        """
        with self._explained(), self._pool.connection() as connection, connection.transaction():
            if waits:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock,))
            else:
                sql = "SELECT pg_try_advisory_xact_lock(%s)"
                row = connection.execute(sql, (lock,)).fetchone()
                if not (row and row[0]):
                    yield None
                    return
            # meanwhile another server is asked
            connection.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'")
            yield connection

    def last_number(self) -> int:
        """The highest number that a passage was ever given, 0 where none was."""
        return int(self.rows("SELECT value FROM meta WHERE key = 'last_number'")[0][0])

    def size(self) -> int:
        """How many bytes the database takes."""
        return int(self.rows("SELECT pg_database_size(current_database())")[0][0])

    def close(self) -> None:
        """Close the connections; it cannot be used afterwards."""
        with self._lock:
            self._pool.close()


def _theirs(sql: str) -> bytes:
    """A statement with PostgreSQL's marks for values; as bytes, for it is put together, not literal."""
    return re.sub(r"\?", "%s", sql).encode()


def _without_nul(values: Sequence[object]) -> list[object]:
    """The values with the replacement character for NUL, which PostgreSQL does not take in a text."""
    return [v.replace("\0", "\ufffd") if isinstance(v, str) and "\0" in v else v for v in values]


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
