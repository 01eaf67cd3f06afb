"""The library's tables, their version, and the way from older versions to it."""

from __future__ import annotations

import uuid

from wenju.index.checksums import ADDED
from wenju.index.store import LibraryError

SCHEMA_VERSION = 5

# what turns the tables of an older version into those of the next; ``upgrade`` does the rest
_PROVISIONS = """
CREATE TABLE provisions (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  label TEXT NOT NULL,
  title TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (document_id, position)
) WITHOUT ROWID
"""

# what people set of a document, and what its file says of one of which they did
_CORRECTIONS = """
CREATE TABLE corrections (
  origin TEXT NOT NULL,
  name TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (origin, name, field)
) WITHOUT ROWID
"""
_UNCORRECTED = """
CREATE TABLE uncorrected (
  document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  date TEXT NOT NULL,
  issuer TEXT NOT NULL,
  metadata TEXT NOT NULL
) WITHOUT ROWID
"""

UPGRADES: dict[int, tuple[str, ...]] = {
    1: (
        "ALTER TABLE passages ADD COLUMN heading TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE passages ADD COLUMN article TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE passages ADD COLUMN header TEXT NOT NULL DEFAULT ''",
    ),
    2: (
        "ALTER TABLE documents ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}'",
        _PROVISIONS,
        _CORRECTIONS,
        _UNCORRECTED,
    ),
    3: (
        "ALTER TABLE documents ADD COLUMN regions TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE documents ADD COLUMN inventory TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE passages ADD COLUMN read_as TEXT NOT NULL DEFAULT 'text'",
    ),
    4: ADDED,
}

# a new library's; each of its tables gets checksums besides
SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  date TEXT NOT NULL,
  issuer TEXT NOT NULL,
  source_text TEXT NOT NULL,
  text TEXT NOT NULL,
  repairs TEXT NOT NULL,
  headings TEXT NOT NULL,
  pages TEXT NOT NULL,
  metadata TEXT NOT NULL DEFAULT '{{}}',
  regions TEXT NOT NULL DEFAULT '[]',
  inventory TEXT NOT NULL DEFAULT '{{}}'
);
-- one file may give several documents, and one text may come from several files
CREATE TABLE origins (
  origin TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (origin, document_id)
) WITHOUT ROWID;
CREATE INDEX origins_by_document ON origins(document_id);
-- AUTOINCREMENT: a number is never used twice, so an index can tell old passages from new ones
CREATE TABLE passages (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  headings TEXT NOT NULL,
  page INTEGER,
  heading TEXT NOT NULL DEFAULT '',
  article TEXT NOT NULL DEFAULT '',
  header TEXT NOT NULL DEFAULT '',
  read_as TEXT NOT NULL DEFAULT 'text'
);
CREATE INDEX passages_by_document ON passages(document_id, position);
CREATE TABLE vectors (
  number INTEGER NOT NULL REFERENCES passages(number) ON DELETE CASCADE,
  encoder TEXT NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (number, encoder)
) WITHOUT ROWID;
{_PROVISIONS};
{_CORRECTIONS};
{_UNCORRECTED};
"""


def first_facts() -> list[tuple[str, str]]:
    """What a new library knows of itself."""
    made = {"version": str(SCHEMA_VERSION), "identity": uuid.uuid4().hex, "revision": "0"}
    return [*made.items()]


def check_version(name: str, version: str, elsewhere: str) -> int:
    """The older version that a library is upgraded from, 0 where it need not be.

    Raises LibraryError for a version that cannot be read; ``elsewhere`` is how another place is named.
    """
    if version.isdecimal() and int(version) in UPGRADES:
        return int(version)
    if version.isdecimal() and int(version) > SCHEMA_VERSION:
        raise LibraryError(
            f"{name} is a library of version {version}, this Wenju reads version "
            f"{SCHEMA_VERSION}: update Wenju, or choose another {elsewhere}."
        )
    if version != str(SCHEMA_VERSION):
        raise LibraryError(
            f"{name} is a library of version {version}, this Wenju reads version "
            f"{SCHEMA_VERSION}. Add the documents again into another {elsewhere}."
        )
    return 0
