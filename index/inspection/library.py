"""A library's file: every page and every row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from wenju.index.checksums import COLUMNS, damaged
from wenju.index.inspection.documents import inspect_document
from wenju.index.inspection.findings import Finding, fault
from wenju.index.inspection.vectors import inspect_vectors
from wenju.index.library import Library
from wenju.index.records import to_metadata

_MOST = 100  # faults of the file that are told
_NAMED = 5  # damaged rows that are named
# what the rows of a table belong to, where that is not the document as such
_WHERE = {"passages": "passages", "provisions": "passages", "vectors": "vectors"}
Progress = Callable[[int, int], None]
"""Called with the documents read and how many there are."""


def inspect_library(path: Path, progress: Progress | None = None) -> list[Finding]:
    """Everything in a library's file that is not as it was written; empty where all is well.

    Reads all of it. A library of an older version is upgraded when it is opened. Nothing is raised.
    """
    found = [*_pages(path)]
    try:
        library = Library(path)
    except Exception as error:  # whatever damaged bytes lead to
        return found or [fault("file", " ".join(str(error).split()))]
    try:
        for part in (_meta, _checksums, _json, inspect_vectors):
            found += _guarded(part, library)
        found += _guarded(lambda opened: _documents(opened, progress), library)
    finally:
        library.close()
    return found


def _guarded(part: Callable[[Library], Iterator[Finding]], library: Library) -> Iterator[Finding]:
    """What a part finds, up to where damage stops it."""
    try:
        yield from part(library)
    except Exception as error:  # whatever damaged bytes lead to
        said = " ".join(f"{type(error).__name__}: {error}".split())
        yield fault("file", f"It cannot be read to its end ({said}).")


def _pages(path: Path) -> Iterator[Finding]:
    """What SQLite finds: the structure of every page, and rows that refer to nothing."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=60)) as database:
            for (said,) in database.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
                if said != "ok":
                    yield fault("file", f"SQLite says: {' '.join(str(said).split())}.")
            for table, row, other, _ in database.execute("PRAGMA foreign_key_check").fetchall():
                yield fault("file", f"Row {row} of {table} belongs to no row of {other}.")
    except (sqlite3.Error, ValueError) as error:
        yield fault("file", f"SQLite cannot read it: {error}.")


def _meta(library: Library) -> Iterator[Finding]:
    if not library.identity:
        yield fault("file", "The library's name is missing.")
    if not (library.remembered("revision") or "").isdecimal():
        yield fault("file", "The number of the library's changes is missing.")
    # at one moment, for others may add passages meanwhile
    given, last = library.rows(
        "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'passages'), "
        "(SELECT max(number) FROM passages)"
    )[0]
    if last is not None and (given is None or given < last):
        yield fault("passages", "The last number given to a passage is lost.")


def _checksums(library: Library) -> Iterator[Finding]:
    """Rows that are not as they were written."""
    for table in COLUMNS:
        rows = [" ".join(map(str, row)) for row in library.rows(damaged(table))]
        if rows:
            named = "; ".join(rows[:_NAMED]) + ("; …" if len(rows) > _NAMED else "")
            said = f"{len(rows):,} rows of {table} have another checksum than was stored with them"
            yield fault(_WHERE.get(table, "documents"), f"{said}: {named}.")


def _json(library: Library) -> Iterator[Finding]:
    """What people set of documents, and what their files say of those."""
    for origin, field, value in library.rows("SELECT origin, field, value FROM corrections"):
        if not _parses(json.loads, value):
            yield fault("documents", f"What was set as {field} of {origin} cannot be read.")
    for document_id, metadata in library.rows("SELECT document_id, metadata FROM uncorrected"):
        if not _parses(to_metadata, metadata):
            yield fault("documents", f"What the file of {document_id} says of it cannot be read.")


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return False
    return True


def _documents(library: Library, progress: Progress | None) -> Iterator[Finding]:
    ids = [row[0] for row in library.rows("SELECT id FROM documents ORDER BY id")]
    for done, document_id in enumerate(ids, 1):
        revision = library.revision
        found = [*inspect_document(library, document_id)]
        if found and library.revision != revision:  # it was changed while it was read
            found = [*inspect_document(library, document_id)]
        yield from found
        if progress:
            progress(done, len(ids))
