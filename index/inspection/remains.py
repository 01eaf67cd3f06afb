"""What can still be read of a damaged library, row by row, and is what it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Source, content_id
from wenju.index.checksums import COLUMNS, computes_checksums, is_damaged
from wenju.index.inspection.documents import faults_of
from wenju.index.inspection.vectors import is_unit
from wenju.index.records import to_document, to_metadata

# damaged bytes lead to any of these
DAMAGE = (sqlite3.Error, ValueError, TypeError, AttributeError, KeyError, RecursionError)
_GAPS = 100_000  # rows that may have been removed before the last one
_BOTH = ("ASC", "DESC")  # a damaged page stops a walk, so it is walked from both ends


class Remains:
    """A damaged library, opened to be read only; what cannot be read is passed over."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.Error for a file of which nothing can be read."""
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except UnicodeDecodeError as error:  # SQLite quotes a damaged name in its message
            raise sqlite3.DatabaseError(f"its list of tables is damaged ({error.reason})") from None
        computes_checksums(self._db)
        columns = {row[1] for row in self.rows("PRAGMA table_info(documents)")}
        self._has_checksums = "checksum" in columns
        self._numbers = dict(self._walked("SELECT id, number FROM passages ORDER BY id"))
        self.described_anew: set[str] = set()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query; those before the damage where it stops."""
        found: list[Any] = []
        with suppress(*DAMAGE):
            found.extend(self._db.execute(sql, values))
        return found

    def _walked(self, ordered: str) -> list[Any]:
        """The rows of a query that ends with its order, from both ends to what is damaged."""
        return [row for way in _BOTH for row in self.rows(f"{ordered} {way}")]

    def _sound(self, table: str) -> str:
        """The condition that a row is as it was written; older libraries have no checksums to tell."""
        return f"NOT ({is_damaged(table)})" if self._has_checksums else "1"

    def meta(self, key: str) -> str | None:
        """What the library remembers under a key."""
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0][0]) if found else None

    def documents(self) -> Iterator[tuple[str, Document | None]]:
        """The name of each document, and the document where it is what it was."""
        for row in self._document_rows():
            document = None
            with suppress(*DAMAGE):
                document = self._document(row)
            yield str(row[2]), document

    def named(self) -> set[str]:
        """The ids of all documents that anything still speaks of."""
        sqls = (
            "SELECT id FROM documents ORDER BY id",
            "SELECT document_id FROM origins ORDER BY origin",
            "SELECT document_id FROM passages ORDER BY number",
        )
        return {str(row[0]) for sql in sqls for row in self._walked(sql)}

    def origins(self, document_id: str) -> list[str]:
        """Where a document came from, as far as that is known."""
        sql = f"SELECT origin FROM origins WHERE document_id = ? AND {self._sound('origins')}"
        rows = self.rows(f"{sql} ORDER BY origin", (document_id,))
        return [row[0] for row in rows if isinstance(row[0], str)]

    def vectors(self, passage_id: str) -> dict[str, bytes]:
        """A passage's vectors by encoder, those that are what the encoder gave."""
        number = self._numbers.get(passage_id)
        sql = f"SELECT encoder, vector FROM vectors WHERE number = ? AND {self._sound('vectors')}"
        rows = self.rows(sql, (number,)) if number is not None else []
        return {str(e): v for e, v in rows if isinstance(v, bytes) and v and is_unit(v)}

    def number(self, passage_id: str) -> int | None:
        """The number that a passage had."""
        return self._numbers.get(passage_id)

    def corrections(self) -> list[tuple[str, str, str, str]]:
        """What people set of documents."""
        sql = (
            f"SELECT origin, name, field, value FROM corrections WHERE {self._sound('corrections')}"
        )
        rows = self._walked(f"{sql} ORDER BY origin")
        return [row for row in dict.fromkeys(rows) if _parses(row[3])]

    def uncorrected(self) -> list[tuple[str, ...]]:
        """What the files of documents say of those of which people set something."""
        columns = ", ".join(COLUMNS["uncorrected"])
        sql = f"SELECT {columns} FROM uncorrected WHERE {self._sound('uncorrected')}"
        rows = self._walked(f"{sql} ORDER BY document_id")
        return [row for row in dict.fromkeys(rows) if _parses(row[4])]

    def _document_rows(self) -> Iterator[Any]:
        """Each row of the documents once, by every way that leads to it."""
        known = {r[0] for r in self._walked("SELECT rowid FROM documents ORDER BY rowid")}
        known |= {r[0] for r in self._walked("SELECT rowid FROM documents ORDER BY id")}
        # a damaged number may be of any size
        last = min(max(known, default=0), 10 * len(known) + _GAPS)
        columns = ", ".join(COLUMNS["documents"]) if self._has_checksums else "*"
        sql = f"SELECT {self._sound('documents')}, {columns} FROM documents WHERE rowid = ?"
        for number in sorted(known | {*range(1, last + 1)}):
            yield from self.rows(sql, (number,))

    def _document(self, row: Sequence[Any]) -> Document | None:
        """The document of a row; made anew where only its source text is what it was.

        What its file said of it beside the text, a date or a title, is then not known to be true and is
        left out.
        """
        is_sound, document_id, name, *_ = row
        source_text = row[6]
        if content_id(source_text) != document_id:
            return None
        origins = self.origins(document_id)
        origin = origins[0] if origins else f"recovered:{name}"
        with suppress(*DAMAGE):
            document = to_document(row[1:], origin)
            if is_sound and not [*faults_of(document)]:
                return document
        self.described_anew.add(str(name))
        return build_document(Source(str(name), origin, source_text))


def _parses(text: object) -> bool:
    with suppress(*DAMAGE):
        value = json.loads(text) if isinstance(text, str) else None
        if isinstance(value, dict):
            to_metadata(text)
        return value is not None
    return False
