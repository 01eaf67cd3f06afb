"""The library: documents, passages and vectors in SQLite. The only truth; indexes derive from it."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.document import Document, Passage
from corpus.errors import WenjuError
from index.records import (
    DocumentSummary,
    document_row,
    passage_row,
    to_document,
    to_passage,
    to_summary,
)
from index.schema import SCHEMA, SCHEMA_VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 500  # below SQLite's oldest limit on bound values
_PASSAGE = """
SELECT p.number, p.id, p.document_id, p.position, p.start, p.end, p.headings, p.page,
       substr(d.text, p.start + 1, p.end - p.start), d.title, d.date, d.issuer
FROM passages p JOIN documents d ON d.id = p.document_id
"""


class LibraryError(WenjuError):
    """The library's file cannot be used; the sentence says why and what to do."""


class UnknownDocument(WenjuError):
    """No document has this id."""


class Library:
    """One SQLite file in WAL mode. Safe for use from several threads and processes.

    Raises LibraryError when the file is no library, is damaged, or is of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                path, timeout=60, check_same_thread=False, isolation_level=None
            )
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"{path} cannot be opened as a Wenju library ({error}). "
                "Choose another folder with --home, or move this file away."
            ) from error

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        with self.transaction():
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                for statement in SCHEMA.split(";\n"):
                    self._db.execute(statement)
                meta = {"version": str(SCHEMA_VERSION), "identity": uuid.uuid4().hex, "revision": 0}
                self._db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        version = self._meta("version")
        if version != str(SCHEMA_VERSION):
            raise LibraryError(
                f"{self.path} is a library of version {version}, this Wenju reads version "
                f"{SCHEMA_VERSION}. Add the documents again into a new --home."
            )

    def close(self) -> None:
        """Close the file; the library cannot be used afterwards."""
        with self._lock:
            self._db.close()

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def _meta(self, key: str) -> str:
        return str(self._rows("SELECT value FROM meta WHERE key = ?", (key,))[0][0])

    def remembered(self, key: str) -> str | None:
        """What :meth:`remember` stored under this key, or None."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact that can be found out again, such as a measurement."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def identity(self) -> str:
        """A random name given when the file was made, so that indexes know whose they are."""
        return self._meta("identity")

    @property
    def revision(self) -> int:
        """Grows with every change of passages or vectors."""
        return int(self._meta("revision"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested use joins the outer transaction."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _changed(self) -> None:
        self._db.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")

    def add(self, document: Document, passages: Sequence[Passage]) -> list[int]:
        """Store a document and its passages; returns the passages' numbers, in order.

        A document of the same id is replaced. Its origins are kept.
        """
        with self.transaction():
            origins = [*self.origins_of(document.id), document.origin]
            self._db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            marks = ", ".join("?" * 10)
            self._db.execute(f"INSERT INTO documents VALUES ({marks})", document_row(document))
            for origin in origins:
                self.link(origin, document.id)
            numbers = [self._add_passage(passage) for passage in passages]
            self._changed()
        return numbers

    def _add_passage(self, passage: Passage) -> int:
        cursor = self._db.execute(
            "INSERT INTO passages (id, document_id, position, start, end, headings, page) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            passage_row(passage),
        )
        return int(cursor.lastrowid or 0)

    def link(self, origin: str, document_id: str) -> None:
        """Remember that the document came from ``origin`` too."""
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO origins VALUES (?, ?)", (origin, document_id))

    def unlink(self, origin: str, document_id: str) -> None:
        """Forget that the document came from ``origin``; without an origin it is removed."""
        with self.transaction():
            self._db.execute(
                "DELETE FROM origins WHERE origin = ? AND document_id = ?", (origin, document_id)
            )
            if not self.origins_of(document_id):
                self.remove([document_id])

    def origins_of(self, document_id: str) -> list[str]:
        """Where the document came from, sorted."""
        sql = "SELECT origin FROM origins WHERE document_id = ? ORDER BY origin"
        return [row[0] for row in self._rows(sql, (document_id,))]

    def from_origin(self, origin: str) -> dict[str, str]:
        """Document id to name, of the documents that came from ``origin``."""
        sql = "SELECT d.id, d.name FROM documents d JOIN origins o ON o.document_id = d.id "
        return dict(self._rows(sql + "WHERE o.origin = ? ORDER BY d.id", (origin,)))

    def documents(self) -> list[DocumentSummary]:
        """All documents, by name."""
        return self._summaries("")

    def _summaries(self, where: str, values: Sequence[object] = ()) -> list[DocumentSummary]:
        rows = self._rows(
            "SELECT d.id, d.name, (SELECT min(origin) FROM origins WHERE document_id = d.id), "
            "d.title, d.date, d.issuer, length(d.text), "
            "(SELECT count(*) FROM passages WHERE document_id = d.id), d.repairs "
            f"FROM documents d {where} ORDER BY d.name, d.id",
            values,
        )
        return [to_summary(row) for row in rows]

    def summary(self, document_id: str) -> DocumentSummary:
        """One document without its text; raises UnknownDocument."""
        found = self._summaries("WHERE d.id = ?", (document_id,))
        if not found:
            raise UnknownDocument(
                f"There is no document {document_id!r}. List the documents to see their ids."
            )
        return found[0]

    def document(self, document_id: str) -> Document:
        """One document with its text; raises UnknownDocument."""
        origin = self.summary(document_id).origin
        row = self._rows("SELECT * FROM documents WHERE id = ?", (document_id,))[0]
        return to_document(row, origin)

    def remove(self, ids: Sequence[str]) -> list[DocumentSummary]:
        """Remove documents with all that hangs on them; returns what was removed.

        Raises UnknownDocument for an unknown id, and then removes nothing.
        """
        with self.transaction():
            removed = [self.summary(i) for i in ids]
            self._db.executemany("DELETE FROM documents WHERE id = ?", [(i,) for i in ids])
            self._changed()
        return removed

    def passages_of(self, document_id: str) -> list[Passage]:
        """The document's passages, in order."""
        rows = self._rows(_PASSAGE + "WHERE p.document_id = ? ORDER BY p.position", (document_id,))
        return [to_passage(row) for row in rows]

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Number to passage; numbers that are no longer there are left out."""
        found: dict[int, Passage] = {}
        rest = iter(numbers)
        while batch := list(islice(rest, _BATCH)):
            marks = ",".join("?" * len(batch))
            rows = self._rows(_PASSAGE + f"WHERE p.number IN ({marks})", batch)
            found |= {row[0]: to_passage(row) for row in rows}
        return found

    def numbers(self) -> NDArray[np.int64]:
        """Every passage's number, ascending, shape (n,)."""
        rows = self._rows("SELECT number FROM passages ORDER BY number")
        return np.array([row[0] for row in rows], dtype=np.int64)

    def count(self) -> tuple[int, int]:
        """How many documents and how many passages there are."""
        sql = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        documents, passages = self._rows(sql)[0]
        return documents, passages

    def add_vectors(
        self, encoder: str, numbers: Sequence[int], vectors: NDArray[np.float32]
    ) -> None:
        """Store the passages' vectors, shape (n, dimension), under the encoder's name."""
        rows = [
            (number, encoder, vector.astype("<f4").tobytes())
            for number, vector in zip(numbers, vectors, strict=True)
        ]
        with self.transaction():
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            self._changed()

    def vectors(self, encoder: str, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Pairs of number and float32 vector, ascending, for those that have one."""
        for first in range(0, len(numbers), _BATCH):
            batch = [int(n) for n in numbers[first : first + _BATCH]]
            marks = ",".join("?" * len(batch))
            sql = f"SELECT number, vector FROM vectors WHERE encoder = ? AND number IN ({marks})"
            for number, vector in self._rows(sql + " ORDER BY number", (encoder, *batch)):
                yield number, np.frombuffer(vector, dtype="<f4")

    def without_vector(self, encoder: str) -> list[int]:
        """Numbers of the passages that this encoder has not seen, ascending."""
        rows = self._rows(
            "SELECT number FROM passages WHERE number NOT IN "
            "(SELECT number FROM vectors WHERE encoder = ?) ORDER BY number",
            (encoder,),
        )
        return [row[0] for row in rows]
