"""A library of version 1, made by hand, opens as one of today."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes import FakeEncoder
from tests.tampering import take_checksums, tamper
from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Page, Passage, Source
from wenju.corpus.inventory import Inventory
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.passages import cut
from wenju.index.corrections import correct
from wenju.index.encoding import encode_missing, encoded_text
from wenju.index.ingest import Ingest
from wenju.index.inspection import inspect_library
from wenju.index.library import Library, LibraryError
from wenju.index.records import document_row

OLD = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
  issuer TEXT NOT NULL, source_text TEXT NOT NULL, text TEXT NOT NULL, repairs TEXT NOT NULL,
  headings TEXT NOT NULL, pages TEXT NOT NULL
);
CREATE TABLE origins (
  origin TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (origin, document_id)
) WITHOUT ROWID;
CREATE INDEX origins_by_document ON origins(document_id);
CREATE TABLE passages (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  headings TEXT NOT NULL, page INTEGER
);
CREATE INDEX passages_by_document ON passages(document_id, position);
CREATE TABLE vectors (
  number INTEGER NOT NULL REFERENCES passages(number) ON DELETE CASCADE,
  encoder TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (number, encoder)
) WITHOUT ROWID;
"""
BODY = "申請人應於期限內向區公所提出申請，由區公所審查後通知結果。" * 9
TEXT = f"停車辦法\n第一章 總則\n第一條 {BODY}\n第二條 {BODY}\n第二章 收費\n第三條 {BODY}\n{BODY}"


class Counting(FakeEncoder):
    """An encoder that keeps the texts it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        self.given += texts
        return super().encode(texts, query=query)


def old_library(path: Path, document: Document, passages: list[Passage]) -> Path:
    """A library of version 1 with a vector to each of the passages."""
    db = sqlite3.connect(path)
    db.executescript(OLD)
    meta = {"version": "1", "identity": "abc", "revision": "7"}
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    db.execute(f"INSERT INTO documents VALUES ({', '.join('?' * 10)})", document_row(document)[:10])
    db.execute("INSERT INTO origins VALUES (?, ?)", (document.origin, document.id))
    for number, p in enumerate(passages, 41):
        headings = json.dumps(p.headings, ensure_ascii=False)
        row = (number, p.id, p.document_id, p.position, p.start, p.end, headings, p.page)
        db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        vector = FakeEncoder().encode([encoded_text(p)])[0].tobytes()
        db.execute("INSERT INTO vectors VALUES (?, ?, ?)", (number, "fake:1", vector))
    db.commit()
    db.close()
    return path


@pytest.fixture
def document() -> Document:
    return build_document(Source("停車辦法.txt", "/停車辦法.txt", TEXT))


def test_passages_learn_what_they_are_and_keep_their_vectors(
    tmp_path: Path, document: Document, caplog: pytest.LogCaptureFixture
) -> None:
    path = old_library(tmp_path / "library.sqlite", document, cut(document))
    with caplog.at_level(logging.WARNING):
        library = Library(path)
    assert "version 1" in caplog.text and "upgraded" in caplog.text
    assert library.passages_of(document.id) == cut(document)
    told = [(p.heading, p.article) for p in cut(document)]
    assert told[0] == ("", "")  # the document's title
    assert told[1:3] == [("第一章 總則", "第一條"), ("第一章 總則", "第二條")]
    assert set(told[3:]) == {("第二章 收費", "第三條")}
    assert library.numbers().tolist() == list(range(41, 41 + len(cut(document))))
    assert library.identity == "abc" and library.revision > 7
    encoder = Counting()
    assert encode_missing(library, encoder) == 0 and not encoder.given
    library.close()


def test_passages_that_are_cut_otherwise_now_are_encoded_anew(
    tmp_path: Path, document: Document
) -> None:
    passages = cut(document)
    other = Passage("old", document.id, 0, 0, 4, document.text[:4], ("別的",))
    path = old_library(tmp_path / "library.sqlite", document, [other, *passages[1:]])
    library = Library(path)
    assert library.passages_of(document.id) == passages
    encoder = Counting()
    assert encode_missing(library, encoder) == 1
    assert encoder.given == [encoded_text(passages[0])]
    assert 41 not in library.numbers()
    library.close()


def test_opening_it_twice_changes_it_once(tmp_path: Path, document: Document) -> None:
    path = old_library(tmp_path / "library.sqlite", document, cut(document))
    Library(path).close()
    library = Library(path)
    revision, numbers = library.revision, library.numbers().tolist()
    library.close()
    again = Library(path)
    assert (again.revision, again.numbers().tolist()) == (revision, numbers)
    again.close()


def test_what_breaks_off_changes_nothing(
    tmp_path: Path, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_library(tmp_path / "library.sqlite", document, cut(document))
    with monkeypatch.context() as patch:
        patch.setattr("wenju.index.upgrade.cut", lambda document, layout: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Library(path)
    db = sqlite3.connect(path)
    assert db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone() == ("1",)
    assert len(db.execute("PRAGMA table_info(passages)").fetchall()) == 8
    db.close()
    Library(path).close()


def test_a_version_from_before_the_first_is_refused(tmp_path: Path, document: Document) -> None:
    path = old_library(tmp_path / "library.sqlite", document, [])
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    db.commit()
    db.close()
    with pytest.raises(LibraryError, match="version 0"):
        Library(path)


def test_it_learns_what_documents_say_of_themselves(tmp_path: Path) -> None:
    told = "停車辦法\n發布日期：2024年5月6日\n2023年1月1日起草。\n第一條 " + BODY
    now = build_document(Source("停車辦法.txt", "/停車辦法.txt", told))
    # an older version took the first date that turned up; nobody knows of the other where it is from
    for stored, day in (("2023-01-01", "2024-05-06"), ("1999-09-09", "1999-09-09")):
        before = replace(now, date=stored, metadata=Metadata())
        path = old_library(tmp_path / f"{stored}.sqlite", before, cut(before))
        library = Library(path)
        after = library.document(now.id)
        assert (after.date, after.metadata) == (day, now.metadata)
        assert after.metadata.issued == "2024-05-06"
        encoder = Counting()
        assert encode_missing(library, encoder) == 0 and not encoder.given
        library.close()


# what version 4 added, taken out again
LESS = (
    "ALTER TABLE documents DROP COLUMN regions",
    "ALTER TABLE documents DROP COLUMN inventory",
    "ALTER TABLE passages DROP COLUMN read_as",
    "UPDATE meta SET value = '3' WHERE key = 'version'",
)


def lessen(path: Path) -> None:
    """Make a library one of version 3."""
    db = sqlite3.connect(path)
    take_checksums(db)
    for statement in LESS:
        db.execute(statement)
    db.commit()
    db.close()


def test_version_3_loses_nothing_and_learns_how_files_were_read(tmp_path: Path) -> None:
    path, file = tmp_path / "library.sqlite", tmp_path / "名冊.html"
    rows = "".join(f"<tr><td>{n}檔</td><td>{n}000</td></tr>" for n in range(1, 4))
    page = f"<h1>補貼辦法</h1><table><tr><th>檔次</th><th>金額</th></tr>{rows}</table>"
    file.write_text(page, "utf-8")
    library, encoder = Library(path), Counting()
    Ingest(library, encoder, None).add_paths([file])
    (summary,) = library.documents()
    correct(library, summary.id, {"number": "府農字第1號", "title": "補貼新辦法"})
    encode_missing(library, encoder)
    before, passages = library.document(summary.id), library.passages_of(summary.id)
    assert before.regions and {p.read_as for p in passages} == {"table"}
    numbers, revision = library.numbers().tolist(), library.revision
    library.close()
    lessen(path)
    library = Library(path)
    after = library.document(summary.id)
    assert after == replace(before, regions=(), inventory=Inventory())
    assert library.passages_of(summary.id) == [replace(p, read_as="text") for p in passages]
    assert library.numbers().tolist() == numbers and library.revision > revision
    # adding the file again tells the rest, and nothing is encoded for it
    encoder.given.clear()
    report = Ingest(library, encoder, None).add_paths([file])
    assert (report.added, report.updated, report.unchanged, encoder.given) == (0, 0, 1, [])
    assert library.document(summary.id) == before
    assert library.passages_of(summary.id) == passages
    assert library.numbers().tolist() == numbers
    library.close()


def test_pages_and_doubts_of_version_3_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    pages = (Page(0, 1), Page(5, 3))
    document = build_document(
        Source("a.pdf", "/a.pdf", "第一頁。\n第三頁，本文到此。", pages=pages)
    )
    library = Library(path)
    library.add(document, cut(document))
    library.close()
    lessen(path)
    library = Library(path)
    assert library.summary(document.id).inventory == Inventory(pages=3)
    library.close()


def test_version_4_gets_checksums_of_all_it_holds(tmp_path: Path) -> None:
    path, encoder = tmp_path / "library.sqlite", FakeEncoder()
    library = Library(path)
    Ingest(library, encoder, None).add_sources([Source("停車辦法.txt", "/停車辦法.txt", TEXT)])
    correct(library, library.documents()[0].id, {"title": "停車新辦法"})
    encode_missing(library, encoder)
    library.close()
    with closing(sqlite3.connect(path)) as old:
        take_checksums(old)
        old.commit()
    Library(path).close()
    assert inspect_library(path) == []
    tamper(path, "UPDATE documents SET date = '2099-01-01'")
    assert any("checksum" in found.says for found in inspect_library(path))
