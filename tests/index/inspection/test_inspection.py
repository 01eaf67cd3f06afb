"""What is damaged is found, whatever bytes are hit; what can be repaired is, and the rest is named."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.making import NOTICES, VERSIONS, source, state
from tests.tampering import take_checksums, tamper
from wenju.index.checksums import COLUMNS
from wenju.index.corrections import correct
from wenju.index.encoding import encode_missing
from wenju.index.ingest import Ingest
from wenju.index.inspection import Finding, inspect_indexes, inspect_library, salvage
from wenju.index.library import Library, LibraryError
from wenju.index.query import parse_query
from wenju.index.retriever import HybridRetriever

TEXTS = [
    *NOTICES,
    *VERSIONS.values(),
    "停車辦法\n第一條 為管理停車，訂定本辦法。\n第二條 停車費每小時三十元。\n第三條 本辦法自公布日施行。\n",
    *(
        f"第{n}號公告\n一、時間\n第{n}次會議在下午{n % 9 + 1}點舉行，費用每人{n}元。\n" * 8
        for n in range(12)
    ),
]
QUERY = "生态型联合体最高支持多少"
ENCODER = FakeEncoder()


def found(library: Library, folder: Path) -> list[tuple[str, str, float]]:
    hits = HybridRetriever(library, ENCODER, folder).search(parse_query(QUERY), 5)
    return [(hit.passage.id, hit.passage.text, round(hit.score, 4)) for hit in hits]


def everything(path: Path) -> object:
    library = Library(path)
    vectors = library.rows(
        "SELECT p.id, v.encoder, v.vector FROM vectors v JOIN passages p USING (number) ORDER BY 1, 2"
    )
    kept = (state(library), vectors)
    library.close()
    return kept


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a library and indexes, not to be changed."""
    home = tmp_path_factory.mktemp("whole")
    library = Library(home / "library.sqlite")
    Ingest(library, ENCODER, None).add_sources([source(text) for text in TEXTS])
    found(library, home / "index")
    library.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "home"))


def inspected(home: Path) -> list[Finding]:
    """What the doctor finds in the library and, where that opens, in its indexes."""
    findings = inspect_library(home / "library.sqlite")
    if not any(f.where == "file" for f in findings):
        library = Library(home / "library.sqlite")
        findings += inspect_indexes(library, home / "index")
        library.close()
    return findings


def execute(
    home: Path, sql: str, values: Sequence[object] = (), *, checksums: bool = False
) -> None:
    tamper(home / "library.sqlite", sql, values, checksums=checksums)


def test_nothing_is_found_where_all_is_well(home: Path) -> None:
    assert inspected(home) == []


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE documents SET source_text = source_text || '。' WHERE rowid = 3", "another hash"),
        ("UPDATE documents SET text = replace(text, '1', '2') WHERE rowid = 3", "repairs make"),
        ("UPDATE documents SET repairs = '[' WHERE rowid = 3", "cannot be read"),
        ("UPDATE documents SET headings = '[[0, 99999, 1]]' WHERE rowid = 3", "outside its text"),
        ("UPDATE documents SET metadata = '[]' WHERE rowid = 3", "cannot be read"),
        ("UPDATE documents SET title = '別的標題' WHERE rowid = 3", "other terms"),
        ("UPDATE passages SET end = end + 999 WHERE position = 0", "outside its text"),
        ("UPDATE passages SET start = start + 1 WHERE position = 0", "id of another place"),
        ("UPDATE passages SET position = 7", "not numbered in order"),
        ("UPDATE passages SET heading = '別的'", "not those that this Wenju"),
        ("DELETE FROM provisions", "not those that this Wenju"),
        ("UPDATE vectors SET vector = x'00'", "not of unit length"),
        ("UPDATE vectors SET vector = zeroblob(256)", "not of unit length"),
        ("DELETE FROM origins", "cannot be read"),
        ("DELETE FROM meta WHERE key = 'identity'", "name is missing"),
        ("UPDATE meta SET value = 'x' WHERE key = 'revision'", "number of the library's changes"),
        ("DELETE FROM sqlite_sequence", "last number given"),
        (
            "DELETE FROM passages WHERE number = (SELECT min(number) FROM passages)",
            "belongs to no row",
        ),
        ("INSERT INTO corrections VALUES ('a', 'b', 'date', '{', 1)", "set as date"),
        ("INSERT INTO vectors VALUES (1, 'fake:1', zeroblob(4), 1)", "belongs to no row"),
    ],
)
def test_each_kind_of_fault_is_found(home: Path, sql: str, where: str) -> None:
    execute(home, sql, checksums=True)
    said = [finding.says for finding in inspected(home)]
    assert any(re.search(where, one) for one in said), said


def test_vectors_are_compared_with_their_other_copy(home: Path) -> None:
    _turn_a_vector(home, checksums=True)
    assert any("not the library's" in finding.says for finding in inspected(home))


def test_a_vector_has_a_checksum(home: Path) -> None:
    _turn_a_vector(home, checksums=False)
    shutil.rmtree(home / "index")
    assert ["vectors"] == [f.where for f in inspected(home) if f.severity == "fault"]


def _turn_a_vector(home: Path, *, checksums: bool) -> None:
    """Change two numbers of a vector for each other, so that it is as long as it was."""
    with closing(sqlite3.connect(home / "library.sqlite")) as library:
        number, vector = library.execute("SELECT number, vector FROM vectors LIMIT 1").fetchone()
    changed = vector[4:8] + vector[:4] + vector[8:]
    assert changed != vector
    sql = "UPDATE vectors SET vector = ? WHERE number = ?"
    execute(home, sql, (changed, number), checksums=checksums)


@pytest.mark.parametrize("table", COLUMNS)
def test_each_value_of_each_row_is_under_its_checksum(home: Path, table: str) -> None:
    library = Library(home / "library.sqlite")
    document = library.documents()[0]
    correct(library, document.id, {"title": "人給的標題"})
    library.close()
    pristine = (home / "library.sqlite").read_bytes()
    for column in COLUMNS[table]:
        (home / "library.sqlite").write_bytes(pristine)
        one, changed = f"(SELECT max({column}) FROM {table})", f"coalesce({column}, '') || '1'"
        execute(home, f"UPDATE {table} SET {column} = {changed} WHERE {column} IS {one}")
        said = [f.says for f in inspect_library(home / "library.sqlite")]
        assert any(f"rows of {table} have another checksum" in one for one in said), (column, said)


def test_a_document_whose_date_is_another_is_described_anew(home: Path) -> None:
    name = "公告.txt"
    library = Library(home / "library.sqlite")
    given = replace(source("一則公告\n會議在下午舉行。", name=name), date="2024-05-01")
    Ingest(library, ENCODER, None).add_sources([given])
    library.close()
    execute(home, "UPDATE documents SET date = '2034-05-01' WHERE name = ?", (name,))
    kept = salvage(home / "library.sqlite", home / "index")
    assert (kept.lost, kept.described_anew, kept.encoded_again) == ((), (name,), 0)
    assert "2034" not in str(everything(home / "library.sqlite"))


def damages(home: Path, count: int, seed: int) -> Iterator[Callable[[], None]]:
    """Bytes of the library overwritten at random places, from one byte to three pages."""
    chance, path = random.Random(seed), home / "library.sqlite"
    data = path.read_bytes()
    for _ in range(count):
        size = chance.choice([1, 1, 2, 8, 64, 512, 4096, 12288])
        at = chance.randrange(0, len(data) - size)
        junk = chance.randbytes(size)

        def damage(at: int = at, junk: bytes = junk) -> None:
            for suffix in ("-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            path.write_bytes(data[:at] + junk + data[at + len(junk) :])

        yield damage


@pytest.mark.parametrize("count", [24, pytest.param(150, marks=pytest.mark.slow)])
def test_random_damage_is_found_or_changes_nothing(home: Path, count: int) -> None:
    before, seen = everything(home / "library.sqlite"), 0
    for damage in damages(home, count, 11):
        damage()
        if inspected(home):
            seen += 1
        else:
            assert everything(home / "library.sqlite") == before
    assert seen > count / 2


@pytest.mark.parametrize("count", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_what_is_repaired_is_sound(home: Path, whole: Path, count: int) -> None:
    before = everything(whole / "library.sqlite")
    repaired = 0
    for damage in damages(home, count, 12):
        damage()
        findings = inspected(home)
        if not any(finding.severity == "fault" for finding in findings):
            continue
        try:
            kept = salvage(home / "library.sqlite", home / "index")
        except LibraryError as error:
            assert "wenju import" in str(error)
        else:
            repaired += 1
            _check(home, before, kept.lost, kept.documents)
        shutil.rmtree(home)
        shutil.copytree(whole, home)
    assert repaired > count / 4


def _check(home: Path, before: object, lost: tuple[str, ...], documents: int) -> None:
    """No text is another than it was; what is missing is named; nothing is wrong any more."""
    assert isinstance(before, tuple)
    library = Library(home / "library.sqlite")
    encode_missing(library, ENCODER)
    held = {d.id: library.document(d.id) for d in library.documents()}
    found(library, home / "index")
    library.close()
    texts = {i: kept[0] for i, kept in before[0].items()}
    assert all(
        (d.source_text, d.text) == (texts[i].source_text, texts[i].text) for i, d in held.items()
    )
    assert len(held) == documents
    assert len(held) == len(texts) or lost
    assert [f for f in inspected(home) if f.severity == "fault"] == []


def test_repair_encodes_nothing_again_where_vectors_are_sound(home: Path, whole: Path) -> None:
    execute(home, "UPDATE documents SET text = replace(text, '1', '2') WHERE rowid = 3")
    kept = salvage(home / "library.sqlite", home / "index")
    assert (kept.lost, kept.encoded_again, kept.documents) == ((), 0, len(TEXTS))
    assert everything(home / "library.sqlite") == everything(whole / "library.sqlite")
    assert Path(kept.put_aside).exists()


def test_vectors_come_from_the_index_where_the_library_lost_them(home: Path, whole: Path) -> None:
    execute(home, "UPDATE vectors SET vector = zeroblob(256)")
    assert salvage(home / "library.sqlite", home / "index").encoded_again == 0
    assert everything(home / "library.sqlite") == everything(whole / "library.sqlite")


def test_a_document_whose_text_is_another_is_lost_and_named(home: Path) -> None:
    execute(home, "UPDATE documents SET source_text = '別的' WHERE rowid = 1")
    with closing(sqlite3.connect(home / "library.sqlite")) as library:
        (name,) = library.execute("SELECT name FROM documents WHERE rowid = 1").fetchone()
    assert salvage(home / "library.sqlite", home / "index").lost == (name,)


@pytest.mark.parametrize("name", ["dense", "lexical", "documents"])
def test_a_damaged_index_is_found(home: Path, name: str) -> None:
    files = sorted(
        path
        for path in (home / "index" / name).rglob("*")
        if path.is_file() and path.stat().st_size > 64 and path.name != "manifest.json"
    )
    data = bytearray(files[0].read_bytes())
    data[len(data) // 2] ^= 1
    files[0].write_bytes(data)
    assert any(finding.where == name for finding in inspected(home))


def test_a_number_of_any_size_is_no_end(home: Path) -> None:
    execute(home, "UPDATE documents SET rowid = 4611686018427387904 WHERE rowid = 3")
    kept = salvage(home / "library.sqlite", home / "index")
    assert (kept.documents, kept.lost) == (len(TEXTS), ())


def test_bytes_that_are_no_text_are_a_sentence(home: Path) -> None:
    path = home / "library.sqlite"
    path.write_bytes(
        path.read_bytes().replace(b"CREATE TABLE passages", b"CREATE TABLE \xe0\xe0ssages")
    )
    with pytest.raises(LibraryError):
        Library(path)
    assert inspect_library(path)[0].severity == "fault"


def test_what_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"nothing of the kind" * 500)
    assert inspect_library(path)[0].severity == "fault"
    with pytest.raises(LibraryError, match="wenju import"):
        salvage(path, tmp_path / "index")
    assert path.read_bytes().startswith(b"nothing")


def test_what_is_added_and_removed_meanwhile_is_no_fault(home: Path) -> None:
    stop = threading.Event()
    library = Library(home / "library.sqlite")

    def change() -> None:
        while not stop.is_set():
            Ingest(library, ENCODER, None).add_sources([source("新公告\n會議改期。", name="n.txt")])
            library.remove([d.id for d in library.documents() if d.name == "n.txt"])

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(3):
            found_now = inspect_library(home / "library.sqlite")
            assert [f for f in found_now if f.severity == "fault"] == []
    finally:
        stop.set()
        thread.join()
        library.close()


def test_what_a_library_without_checksums_holds_is_kept(home: Path) -> None:
    with closing(sqlite3.connect(home / "library.sqlite")) as library:
        take_checksums(library)
        library.commit()
    kept = salvage(home / "library.sqlite", home / "index")
    assert (kept.documents, kept.lost, kept.encoded_again) == (len(TEXTS), (), 0)
