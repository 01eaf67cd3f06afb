"""The library: documents, passages and vectors in tables. The only truth; indexes derive from it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wenju.corpus.document import Document, Passage
from wenju.corpus.errors import WenjuError
from wenju.corpus.statutes import Provision
from wenju.index.checksums import COLUMNS
from wenju.index.database import LibraryError
from wenju.index.records import (
    DocumentFacts,
    DocumentSummary,
    StatuteRecord,
    document_row,
    passage_row,
    provision_row,
    to_document,
    to_facts,
    to_passage,
    to_provision,
    to_statute,
    to_summary,
)
from wenju.index.upgrade import upgrade
from wenju.index.vectors import VectorStore

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Library", "LibraryError", "UnknownDocument"]

_BATCH = 500  # below SQLite's oldest limit on bound values
_GAP = 1 << 30
# of a document that is there: another process may have removed it
_LINK = (
    "INSERT INTO origins (origin, document_id) SELECT ?, id FROM documents WHERE id = ? "
    "ON CONFLICT (origin, document_id) DO NOTHING"
)
_PASSAGE = """
SELECT p.number, p.id, p.document_id, p.position, p.start, p.end, p.headings, p.page,
       p.heading, p.article, p.header, p.read_as,
       substr(d.text, p.start + 1, p.end - p.start), d.title, d.date, d.issuer
FROM passages p JOIN documents d ON d.id = p.document_id
"""
_PLACE = """
SELECT number, id, document_id, position, start, "end", headings, page, heading, article, header, read_as
FROM passages
"""
_TEXT = "SELECT id, text, title, date, issuer FROM documents"


class UnknownDocument(WenjuError):
    """No document has this id."""


class Library(VectorStore):
    """Documents with their passages and vectors. Safe for use from several threads and processes.

    A library of an older version is upgraded when it is opened. Raises LibraryError when
    the file is no library, is damaged, or is of a version that cannot be read, and wherever SQLite
    fails.
    """

    _counted: tuple[tuple[str, int], tuple[int, int]] = (("", -1), (0, 0))

    def _upgrade(self, version: int) -> None:
        upgrade(self, version)

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        provisions: Sequence[Provision] = (),
    ) -> list[int]:
        """Store a document, its passages and its provisions; returns the passages' numbers, in order.

        A document of the same id is replaced. Its origins are kept.
        """
        with self.transaction():
            origins = [*self.origins_of(document.id), document.origin]
            self.write("DELETE FROM documents WHERE id = ?", (document.id,))
            self.insert("documents", document_row(document))
            self.write(_LINK, *((origin, document.id) for origin in origins))
            numbers = self.add_passages(passages)
            self.set_provisions(document.id, provisions)
            self.changed()
        return numbers

    def set_provisions(self, document_id: str, provisions: Sequence[Provision]) -> None:
        """Store the divisions and articles of a document that is there, in place of what it had."""
        with self.transaction():
            self.write("DELETE FROM provisions WHERE document_id = ?", (document_id,))
            rows = [(document_id, i, *provision_row(p)) for i, p in enumerate(provisions)]
            self.insert("provisions", *rows)

    def provisions_of(self, document_id: str) -> list[Provision]:
        """The divisions and articles of a document, in its order."""
        sql = (
            'SELECT kind, number, label, title, start, "end" FROM provisions '
            "WHERE document_id = ? ORDER BY position"
        )
        return [to_provision(row) for row in self.rows(sql, (document_id,))]

    def statutes(self) -> list[StatuteRecord]:
        """The documents that have articles, in the order of their ids."""
        sql = (
            "SELECT d.id, d.title, d.name, d.date, d.metadata, p.articles FROM documents d JOIN "
            "(SELECT document_id, count(*) AS articles FROM provisions WHERE kind = 'article' "
            "GROUP BY document_id) p ON p.document_id = d.id ORDER BY d.id"
        )
        return [to_statute(row) for row in self.rows(sql)]

    def add_passages(self, passages: Sequence[Passage]) -> list[int]:
        """Store passages of a document that is there; returns their numbers, in order."""
        numbers = self._new_numbers(len(passages))
        rows = [(n, *passage_row(p)) for n, p in zip(numbers, passages, strict=True)]
        self.insert("passages", *rows)
        return numbers

    def _new_numbers(self, count: int) -> list[int]:
        """Numbers above all that were ever given, behind a gap of random width.

        An index may know of numbers that the library has forgotten, when an older copy of its file
        was put back or a power cut took the last commit. The gap keeps them from being given to
        other passages.
        """
        first = self.store.last_number() + 1 + secrets.randbelow(_GAP)
        return list(range(first, first + count))

    def link(self, origin: str, document_id: str) -> None:
        """Remember that the document came from ``origin`` too; nothing happens where it is gone."""
        self.write(_LINK, (origin, document_id))

    def unlink(self, origin: str, document_id: str) -> None:
        """Forget that the document came from ``origin``; without an origin it is removed."""
        with self.transaction():
            sql = "DELETE FROM origins WHERE origin = ? AND document_id = ?"
            self.write(sql, (origin, document_id))
            is_held = self.rows("SELECT 1 FROM documents WHERE id = ?", (document_id,))
            if is_held and not self.origins_of(document_id):
                self.remove([document_id])

    def rename(self, document_id: str, name: str) -> None:
        """Give a document the name that its file has for it now."""
        self.write("UPDATE documents SET name = ? WHERE id = ?", (name, document_id))

    def set_reading(self, document: Document, passages: Sequence[Passage]) -> None:
        """Store how a document that is there was read: its regions, its inventory, its passages' kinds."""
        row = document_row(document)
        with self.transaction():
            sql = "UPDATE documents SET regions = ?, inventory = ? WHERE id = ?"
            self.write(sql, (*row[-2:], document.id))
            kinds = [(passage.read_as, passage.id) for passage in passages]
            self.write("UPDATE passages SET read_as = ? WHERE id = ?", *kinds)
            self.changed()

    def origins_of(self, document_id: str) -> list[str]:
        """Where the document came from, sorted."""
        sql = "SELECT origin FROM origins WHERE document_id = ? ORDER BY origin"
        return [row[0] for row in self.rows(sql, (document_id,))]

    def origins(self) -> list[str]:
        """Everything that documents came from, sorted."""
        return [row[0] for row in self.rows("SELECT DISTINCT origin FROM origins ORDER BY origin")]

    def from_origin(self, origin: str) -> dict[str, str]:
        """Document id to name, of the documents that came from ``origin``."""
        sql = "SELECT d.id, d.name FROM documents d JOIN origins o ON o.document_id = d.id "
        return dict(self.rows(sql + "WHERE o.origin = ? ORDER BY d.id", (origin,)))

    def ids(self) -> set[str]:
        """The ids of all documents."""
        return {row[0] for row in self.rows("SELECT id FROM documents")}

    def documents(self, ids: Sequence[str] | None = None) -> list[DocumentSummary]:
        """All documents, or those of these ids that are there, by name."""
        if ids is None:
            return self._summaries("")
        return self._summaries(f"WHERE d.id IN ({','.join('?' * len(ids))})", ids)

    def _summaries(self, where: str, values: Sequence[object] = ()) -> list[DocumentSummary]:
        rows = self.rows(
            "SELECT d.id, d.name, (SELECT min(origin) FROM origins WHERE document_id = d.id), "
            "d.title, d.date, d.issuer, length(d.text), "
            "(SELECT count(*) FROM passages WHERE document_id = d.id), d.repairs, d.metadata, "
            f"d.inventory FROM documents d {where} ORDER BY d.name, d.id",
            values,
        )
        return [to_summary(row) for row in rows]

    def facts(self) -> list[DocumentFacts]:
        """What every document says of itself, by id."""
        sql = "SELECT id, name, title, date, issuer, metadata FROM documents ORDER BY id"
        return [to_facts(row) for row in self.rows(sql)]

    def summary(self, document_id: str) -> DocumentSummary:
        """One document without its text; raises UnknownDocument."""
        found = self._summaries("WHERE d.id = ?", (document_id,))
        return found[0] if found else _unknown(document_id)

    def document(self, document_id: str) -> Document:
        """One document with its text; raises UnknownDocument."""
        columns = ", ".join(f"d.{column}" for column in COLUMNS["documents"])
        sql = f"SELECT min(o.origin), {columns} FROM documents d "
        sql += "JOIN origins o ON o.document_id = d.id WHERE d.id = ? GROUP BY d.id"
        found = self.rows(sql, (document_id,))
        return to_document(found[0][1:], found[0][0]) if found else _unknown(document_id)

    def remove(self, ids: Sequence[str]) -> list[DocumentSummary]:
        """Remove documents with all that hangs on them; returns what was removed.

        Raises UnknownDocument for an unknown id, and then removes nothing.
        """
        with self.transaction():
            removed = [self.summary(i) for i in dict.fromkeys(ids)]
            self.write("DELETE FROM documents WHERE id = ?", *((d.id,) for d in removed))
            self.changed()
        return removed

    def passages_of(self, document_id: str) -> list[Passage]:
        """The document's passages, in order."""
        rows = self.rows(_PASSAGE + "WHERE p.document_id = ? ORDER BY p.position", (document_id,))
        return [to_passage(row) for row in rows]

    def numbers_of(self, document_ids: Iterable[str]) -> list[int]:
        """The numbers of the documents' passages, ascending; unknown documents have none."""
        found: list[int] = []
        rest = iter(document_ids)
        while batch := list(islice(rest, _BATCH)):
            marks = ",".join("?" * len(batch))
            rows = self.rows(f"SELECT number FROM passages WHERE document_id IN ({marks})", batch)
            found += (row[0] for row in rows)
        return sorted(found)

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Number to passage; numbers that are no longer there are left out."""
        found: dict[int, Passage] = {}
        rest = iter(numbers)
        while batch := list(islice(rest, _BATCH)):
            found |= self._many(batch) if len(batch) == _BATCH else self._few(batch)
        return found

    def _few(self, numbers: Collection[int]) -> dict[int, Passage]:
        rows = self._of_each(_PASSAGE, "p.number", numbers)
        return {row[0]: to_passage(row) for row in rows}

    def _many(self, numbers: Collection[int]) -> dict[int, Passage]:
        """The same of so many that most stand beside others: each document's text is read once.

        SQLite looks for a passage from its document's beginning, for each of them anew.
        """
        rows = self._of_each(_PLACE, "number", numbers)
        texts = {i: told for i, *told in self._of_each(_TEXT, "id", {row[2] for row in rows})}
        found = {}
        for row in rows:
            if row[2] in texts:  # else removed meanwhile
                text, *about = texts[row[2]]
                found[row[0]] = to_passage((*row, text[row[4] : row[5]], *about))
        return found

    def _of_each(self, select: str, key: str, values: Collection[object]) -> list[Any]:
        marks = ",".join("?" * len(values))
        return self.rows(f"{select} WHERE {key} IN ({marks})", [*values])

    def numbers(self) -> NDArray[np.int64]:
        """Every passage's number, ascending, shape (n,)."""
        rows = self.rows("SELECT number FROM passages ORDER BY number")
        return np.array([row[0] for row in rows], dtype=np.int64)

    @property
    def is_empty(self) -> bool:
        """Whether there is no passage; at once, however many there are."""
        return not self.rows("SELECT 1 FROM passages LIMIT 1")

    def count(self) -> tuple[int, int]:
        """How many documents and how many passages there are; at once where nothing has changed."""
        known, revision = self._counted, (self.identity, self.revision)
        if known[0] == revision and not self.is_changing:
            return known[1]
        sql = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        documents, passages = self.rows(sql)[0]
        if not self.is_changing:  # what is not committed may never be
            self._counted = (revision, (documents, passages))
        return documents, passages


def _unknown(document_id: str) -> NoReturn:
    raise UnknownDocument(
        f"There is no document {document_id!r}. List the documents to see their ids."
    )
