"""A checksum in each row of the library, so that a row whose bytes changed by themselves is told.

Triggers compute it with every change, so whoever writes need not think of it. CRC-32 sees damage, not
forgery; what is cited has a cryptographic hash besides, the document's id.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

# what each table holds, in its order: first what names a row
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "documents": (
        *("id", "name", "title", "date", "issuer", "source_text", "text", "repairs", "headings"),
        *("pages", "metadata", "regions", "inventory"),
    ),
    "origins": ("origin", "document_id"),
    "passages": (
        *("number", "id", "document_id", "position", "start", "end", "headings", "page"),
        *("heading", "article", "header", "read_as"),
    ),
    "vectors": ("number", "encoder", "vector"),
    "provisions": ("document_id", "position", "kind", "number", "label", "title", "start", "end"),
    "corrections": ("origin", "name", "field", "value"),
    "uncorrected": ("document_id", "title", "date", "issuer", "metadata"),
}
# how many of them name a row
KEYS: Final[Mapping[str, int]] = {
    "documents": 1,
    "origins": 2,
    "passages": 1,
    "vectors": 2,
    "provisions": 2,
    "corrections": 3,
    "uncorrected": 1,
}


def checksum_of(*values: bytes | None) -> int:
    """The CRC-32 of a row's values, each with its length."""
    parts = [b"-" if value is None else b"%d:%b" % (len(value), value) for value in values]
    return zlib.crc32(b"".join(parts))


def computes_checksums(database: sqlite3.Connection) -> None:
    """Let a connection compute checksums; one that cannot may read and not write."""
    database.create_function("checksum_of", -1, checksum_of, deterministic=True)


def damaged(table: str) -> str:
    """The query for what names the rows of a table that are not as they were written."""
    return f"SELECT {', '.join(_key(table))} FROM {table} WHERE {is_damaged(table)}"


def is_damaged(table: str) -> str:
    """The condition that a row is not as it was written."""
    return f"{table}.checksum IS NOT {_computed(table, table)}"


def _key(table: str) -> tuple[str, ...]:
    return COLUMNS[table][: KEYS[table]]


def _computed(table: str, row: str) -> str:
    # bytes, since damaged ones may be no text
    values = ", ".join(f"CAST({row}.{column} AS BLOB)" for column in COLUMNS[table])
    return f"checksum_of({values})"


def _statements(table: str) -> Iterator[str]:
    """What gives a table its checksums."""
    yield f"ALTER TABLE {table} ADD COLUMN checksum INTEGER"
    yield f"UPDATE {table} SET checksum = {_computed(table, table)}"
    named = " AND ".join(f"{column} = new.{column}" for column in _key(table))
    kept = f"UPDATE {table} SET checksum = {_computed(table, 'new')} WHERE {named}"
    for event in ("INSERT", f"UPDATE OF {', '.join(COLUMNS[table])}"):
        name = f"{table}_{event.split()[0].lower()}"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {kept}; END"


ADDED: Final = tuple(statement for table in COLUMNS for statement in _statements(table))
"""The statements that give a library without checksums some."""
