"""A library as one file: the same answers elsewhere, and nothing touched by what is damaged."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeEncoder
from tests.making import NOTICES, VERSIONS, source
from tests.properties import cases
from tests.qa.archive.conftest import QUESTIONS, Home, held, tree
from tests.tampering import take_checksums
from wenju.index.library import Library, LibraryError
from wenju.index.schema import SCHEMA_VERSION
from wenju.qa.archive import ArchiveError, export_home, import_home
from wenju.qa.engine import Engine
from wenju.qa.feedback import FeedbackError, FeedbackStore
from wenju.qa.settings import Settings


def answers(settings: Settings, questions: tuple[str, ...] = QUESTIONS) -> list[dict[str, Any]]:
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        return [replace(engine.ask(q), took_ms=0.0).as_dict() for q in questions]


def test_everything_is_there_elsewhere(filled: Settings, home: Home, tmp_path: Path) -> None:
    archive, there = tmp_path / "a.zip", home("there")
    contents = export_home(filled, archive)
    done = import_home(there, archive)
    assert (done.documents, done.feedback, done.originals, done.replaced) == (4, 1, 2, 0)
    assert contents.documents == 4 and contents.schema == SCHEMA_VERSION
    assert held(there) == held(filled)
    for name in (
        "feedback.jsonl",
        "statute_names.tsv",
        "originals/ab12.pdf",
        "originals/ab12.link",
    ):
        assert (there.home / name).read_bytes() == (filled.home / name).read_bytes()
    before = answers(filled)
    assert answers(there) == before and any(answer["answered"] for answer in before)


@cases(10)
@given(texts=st.lists(st.sampled_from([*NOTICES, *VERSIONS.values()]), unique=True))
def test_the_same_answers_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("homes")
    here, there = (
        Settings(home=folder / name, cache=folder / "cache", reader="lexical")
        for name in ("here", "there")
    )
    with Engine.open(here, encoder=FakeEncoder()) as engine:
        engine.add_sources([source(text) for text in texts])
    export_home(here, folder / "a.zip")
    import_home(there, folder / "a.zip")
    assert held(there) == held(here)
    asked = (*QUESTIONS, "碧水县乡镇卫生院门诊报销比例是多少")
    assert answers(there, asked) == answers(here, asked)
    shutil.rmtree(folder)


def test_what_is_there_is_replaced_only_where_that_is_said(
    filled: Settings, home: Home, tmp_path: Path
) -> None:
    archive, there = tmp_path / "a.zip", home("there")
    export_home(filled, archive)
    with Engine.open(there, encoder=FakeEncoder()) as engine:
        engine.add_sources([source("另一份公告\n會議在下午三點舉行。")])
        before, revision = held(there), engine.library.revision
        with pytest.raises(ArchiveError, match="--replace"):
            import_home(there, archive)
        assert held(there) == before
        # a server that has it open answers from the new one at once
        engine.library.remember("revision", "1000")
        assert not engine.ask(QUESTIONS[0]).answered
        assert import_home(there, archive, replace=True).replaced == 1
        assert engine.library.revision > 1000 > revision
        assert "1000万元" in engine.ask(QUESTIONS[0]).answer
    assert import_home(there, archive, replace=True).feedback == 0  # it has it
    assert len(FeedbackStore(there.feedback_path).read()) == 1


def test_a_damaged_library_is_put_aside(filled: Settings, home: Home, tmp_path: Path) -> None:
    archive, there = tmp_path / "a.zip", home("there")
    export_home(filled, archive)
    there.home.mkdir()
    there.library_path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(ArchiveError, match="damaged library"):
        import_home(there, archive)
    aside = import_home(there, archive, replace=True).put_aside
    assert Path(aside).read_bytes().startswith(b"no database")
    assert held(there) == held(filled)


def test_it_is_exported_while_it_changes(filled: Settings, home: Home, tmp_path: Path) -> None:
    with Engine.open(filled, encoder=FakeEncoder()) as engine:
        stop = threading.Event()

        def change() -> None:
            for n in range(10_000):
                if stop.is_set():
                    return
                engine.add_sources([source(f"第{n}號公告\n會議在第{n}會議室舉行。", name="n.txt")])

        thread = threading.Thread(target=change)
        thread.start()
        try:
            for n in range(4):
                export_home(filled, tmp_path / f"{n}.zip")
        finally:
            stop.set()
            thread.join()
    for n in range(4):
        import_home(home(f"there{n}"), tmp_path / f"{n}.zip")
        library = Library(home(f"there{n}").library_path)
        assert library.count()[0] in (4, 5)
        assert library.without_vector("fake:1") == []
        library.close()


def test_an_archive_is_not_written_over_another_file(filled: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(b"mine")
    with pytest.raises(ArchiveError, match="--overwrite"):
        export_home(filled, archive)
    assert archive.read_bytes() == b"mine"
    export_home(filled, archive, overwrite=True)
    assert zipfile.is_zipfile(archive)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.zip"]


def test_there_must_be_a_library(home: Home, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no library"):
        export_home(home("nowhere"), tmp_path / "a.zip")
    assert not home("nowhere").home.exists()


def test_a_damaged_library_is_not_exported(filled: Settings, tmp_path: Path) -> None:
    data = bytearray(filled.library_path.read_bytes())
    data[8192:12288] = b"\xab" * 4096
    filled.library_path.write_bytes(data)
    with pytest.raises(LibraryError, match="damaged"):
        export_home(filled, tmp_path / "a.zip")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == []


_ARCHIVES: list[tuple[bytes, Settings, object]] = []


def _archive(factory: pytest.TempPathFactory) -> tuple[bytes, Settings, object]:
    """One archive's bytes for all examples, a home with another library, and what that holds."""
    if not _ARCHIVES:
        folder = factory.mktemp("damaged")
        here, there = (Settings(home=folder / n, reader="lexical") for n in ("here", "there"))
        for settings, texts in ((here, NOTICES), (there, VERSIONS.values())):
            with Engine.open(settings, encoder=FakeEncoder()) as engine:
                engine.add_sources([source(text) for text in texts])
        (here.home / "originals").mkdir()
        (here.home / "originals" / "f.pdf").write_bytes(bytes(range(256)) * 8)
        export_home(here, folder / "a.zip")
        _ARCHIVES.append(((folder / "a.zip").read_bytes(), there, held(here)))
    return _ARCHIVES[0]


@cases(60)
@given(data=st.data())
def test_a_damaged_archive_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole, there, wanted = _archive(tmp_path_factory)
    folder = there.home.parent
    damaged = bytearray(whole)
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        del damaged[at:]
    else:
        junk = data.draw(st.binary(min_size=1, max_size=40))
        damaged[at : at + len(junk)] = junk
    (folder / "damaged.zip").write_bytes(damaged)
    before = tree(there.home)
    fresh = Settings(home=folder / "fresh", reader="lexical")
    try:
        import_home(fresh, folder / "damaged.zip")
    except (ArchiveError, LibraryError) as error:
        assert str(error).endswith(".") and "\n" not in str(error)
        assert not fresh.home.exists()
        with pytest.raises((ArchiveError, LibraryError)):
            import_home(there, folder / "damaged.zip", replace=True)
        assert tree(there.home) == before
    else:  # only what nothing depends on, such as a time
        assert held(fresh) == wanted
        assert (fresh.home / "originals" / "f.pdf").read_bytes() == bytes(range(256)) * 8
        shutil.rmtree(fresh.home)


def rewritten(archive: Path, change: dict[str, Any], extra: dict[str, bytes] | None = None) -> None:
    """The archive with some of what it says of itself changed."""
    with zipfile.ZipFile(archive) as old:
        files = {name: old.read(name) for name in old.namelist()}
    contents = json.loads(files["contents.json"]) | change
    files["contents.json"] = json.dumps(contents).encode()
    with zipfile.ZipFile(archive, "w") as new:
        for name, data in (files | (extra or {})).items():
            new.writestr(name, data)


@pytest.mark.parametrize("change", [{"version": 2}, {"schema": SCHEMA_VERSION + 1}])
def test_what_a_newer_wenju_wrote_is_refused(
    filled: Settings, home: Home, tmp_path: Path, change: dict[str, Any]
) -> None:
    export_home(filled, tmp_path / "a.zip")
    rewritten(tmp_path / "a.zip", change)
    with pytest.raises(ArchiveError, match="update Wenju"):
        import_home(home("there"), tmp_path / "a.zip")
    assert not home("there").home.exists()


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil", "originals/../../evil", "originals/.x"]
)
def test_no_file_leaves_the_home(filled: Settings, home: Home, tmp_path: Path, name: str) -> None:
    export_home(filled, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as old:
        files = json.loads(old.read("contents.json"))["files"]
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    files[name] = {"size": 0, "sha256": empty}
    rewritten(tmp_path / "a.zip", {"files": files}, {name: b""})
    with pytest.raises(ArchiveError, match="no archive has"):
        import_home(home("there"), tmp_path / "a.zip")
    assert not (tmp_path / "evil.txt").exists() and not home("there").home.exists()


def test_a_file_that_grows_beyond_what_it_says_is_refused(
    filled: Settings, home: Home, tmp_path: Path
) -> None:
    export_home(filled, tmp_path / "a.zip")
    rewritten(tmp_path / "a.zip", {}, {"feedback.jsonl": b"x" * 10_000_000})
    with pytest.raises(ArchiveError, match="checksum"):
        import_home(home("there"), tmp_path / "a.zip")


@pytest.mark.parametrize("said", ["missing", "empty", "text"])
def test_what_is_no_archive_is_refused(home: Home, tmp_path: Path, said: str) -> None:
    path = tmp_path / "a.zip"
    if said != "missing":
        path.write_bytes(b"" if said == "empty" else "不是檔案".encode())
    with pytest.raises(ArchiveError, match="wenju export"):
        import_home(home("there"), path)


def test_an_older_library_is_upgraded(
    filled: Settings, home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    export_home(filled, tmp_path / "a.zip")
    # as the archive of an older Wenju: the library in it has fewer tables
    with zipfile.ZipFile(tmp_path / "a.zip") as old:
        (tmp_path / "old.sqlite").write_bytes(old.read("library.sqlite"))
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as library:
        take_checksums(library)
        for table in ("provisions", "corrections", "uncorrected"):
            library.execute(f"DROP TABLE {table}")
        kept = [row[1] for row in library.execute("PRAGMA table_info(documents)")]
        for column in kept[kept.index("metadata") :]:
            library.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        if "read_as" in [row[1] for row in library.execute("PRAGMA table_info(passages)")]:
            library.execute("ALTER TABLE passages DROP COLUMN read_as")
        library.execute("UPDATE meta SET value = '2' WHERE key = 'version'")
        library.commit()
    data = (tmp_path / "old.sqlite").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as old:
        files = json.loads(old.read("contents.json"))["files"]
    import hashlib

    files["library.sqlite"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    rewritten(tmp_path / "a.zip", {"files": files, "schema": 2}, {"library.sqlite": data})
    assert import_home(home("there"), tmp_path / "a.zip").upgraded_from == 2
    assert "upgraded" in caplog.text
    assert [a["answer"] for a in answers(home("there"))] == [a["answer"] for a in answers(filled)]


def test_feedback_of_a_newer_wenju_is_refused(filled: Settings) -> None:
    with filled.feedback_path.open("a", encoding="utf-8") as file:
        file.write('{"version": 2, "id": "x"}\n')
    with pytest.raises(FeedbackError, match="update Wenju"):
        FeedbackStore(filled.feedback_path).read()


def test_a_newer_library_is_refused(filled: Settings) -> None:
    with closing(sqlite3.connect(filled.library_path)) as library:
        library.execute("UPDATE meta SET value = '99' WHERE key = 'version'")
        library.commit()
    with pytest.raises(LibraryError, match="version 99.*update Wenju"):
        Library(filled.library_path)
