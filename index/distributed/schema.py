"""The tables in PostgreSQL: the library's own, files and feedback, and what the shared indexes need.

The library's own tables are made by the statements of :mod:`wenju.index.schema`, put into PostgreSQL's words.
"""

from __future__ import annotations

import re
from typing import Final

from wenju.index.schema import SCHEMA

_WORDS: Final = (
    (r"INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT PRIMARY KEY"),
    (r"\)\s*WITHOUT ROWID", ")"),
    (r"\bnumber INTEGER\b", "number BIGINT"),
    (r"\bBLOB\b", "BYTEA"),
    # compared by code points, as SQLite and Python do
    (r"\bTEXT\b", 'TEXT COLLATE "C"'),
)

# ``since`` is when a file was kept for a document that is not there yet, infinity once it is, and before all
# time once it is gone
_FILES: Final = """
CREATE TABLE originals (hash TEXT PRIMARY KEY, data BYTEA NOT NULL);
CREATE TABLE original_links (
  document_id TEXT PRIMARY KEY,
  hash TEXT NOT NULL REFERENCES originals(hash),
  since TIMESTAMPTZ NOT NULL
);
CREATE INDEX original_links_by_hash ON original_links(hash);
CREATE INDEX original_links_by_since ON original_links(since);
CREATE TABLE feedback (
  position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  line TEXT NOT NULL
);
"""

# ``pending`` says of which passages the indexes do not know what became of them. ``counted`` is whether the
# counts include the passage, ``was`` the text of one that is gone. Triggers write it in the transaction of
# every change, so that nobody who dies in between leaves an index that is wrong and does not know it.
_INDEXING: Final = """
CREATE TABLE pending (number BIGINT PRIMARY KEY, counted BOOLEAN NOT NULL, was TEXT);
CREATE TABLE counts (term BIGINT PRIMARY KEY, holding BIGINT NOT NULL) WITH (fillfactor = 70);
CREATE TABLE marks (number BIGINT PRIMARY KEY, han BOOLEAN NOT NULL, said TEXT[] NOT NULL);
CREATE TABLE subjects (
  number BIGINT PRIMARY KEY,
  document_id TEXT NOT NULL,
  place TEXT NOT NULL,
  length BIGINT NOT NULL,
  terms BYTEA NOT NULL,
  times BYTEA NOT NULL
);
CREATE INDEX subjects_by_document ON subjects(document_id);
"""

_TRIGGERS: Final = """
CREATE FUNCTION passage_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pending VALUES (NEW.number, false, NULL) ON CONFLICT (number) DO NOTHING;
  UPDATE meta SET value = NEW.number WHERE key = 'last_number' AND value::bigint < NEW.number;
  RETURN NEW;
END $$;
CREATE FUNCTION passage_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pending
    SELECT OLD.number, true, substr(d.text, OLD.start + 1, OLD."end" - OLD.start)
    FROM documents d WHERE d.id = OLD.document_id
    ON CONFLICT (number) DO UPDATE SET was = excluded.was;
  RETURN OLD;
END $$;
CREATE FUNCTION document_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- while their text is there
  DELETE FROM passages WHERE document_id = OLD.id;
  UPDATE original_links SET since = '-infinity' WHERE document_id = OLD.id;
  RETURN OLD;
END $$;
CREATE FUNCTION document_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE original_links SET since = 'infinity' WHERE document_id = NEW.id;
  RETURN NEW;
END $$;
CREATE FUNCTION vector_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- whoever brings up this passage without its vector is waited for
  INSERT INTO pending VALUES (NEW.number, true, NULL)
    ON CONFLICT (number) DO UPDATE SET counted = pending.counted;
  RETURN NEW;
END $$;
CREATE TRIGGER passage_added AFTER INSERT ON passages FOR EACH ROW EXECUTE FUNCTION passage_added();
CREATE TRIGGER passage_removed BEFORE DELETE ON passages FOR EACH ROW EXECUTE FUNCTION passage_removed();
CREATE TRIGGER document_removed BEFORE DELETE ON documents
  FOR EACH ROW EXECUTE FUNCTION document_removed();
CREATE TRIGGER document_added AFTER INSERT ON documents
  FOR EACH ROW EXECUTE FUNCTION document_added();
CREATE TRIGGER vector_changed AFTER INSERT OR UPDATE ON vectors
  FOR EACH ROW EXECUTE FUNCTION vector_changed();
"""


def translated(sql: str) -> str:
    """Statements for SQLite's tables, in PostgreSQL's words."""
    for ours, theirs in _WORDS:
        sql = re.sub(ours, theirs, sql)
    return sql


def statements() -> str:
    """What makes all tables in an empty database."""
    return translated(SCHEMA) + _FILES + _INDEXING + _TRIGGERS
