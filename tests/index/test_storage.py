"""Full disks, read-only homes, indexes that cannot be written: a sentence, and answers go on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.making import NOTICES, source
from wenju.corpus.errors import storage_sentence
from wenju.index import index_storage
from wenju.index.database import UnwritableLibrary
from wenju.index.index_storage import IndexStorageError
from wenju.index.library import Library
from wenju.qa.engine import Engine
from wenju.qa.feedback import Feedback, FeedbackError
from wenju.qa.settings import Settings

QUESTION = "生态型联合体最高支持多少"
Disk = Callable[[str], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small disk of its own, mounted with the given options; skipped where that is not allowed."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / "disk"
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("disks cannot be mounted here")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


def settings_of(home: Path, tmp_path: Path) -> Settings:
    return Settings(home=home, cache=tmp_path / "cache", reader="lexical")


def opened(settings: Settings) -> Engine:
    return Engine.open(settings, encoder=FakeEncoder())


def fill(settings: Settings, *, ask: bool) -> None:
    with opened(settings) as engine:
        engine.add_sources([source(text) for text in NOTICES])
        if ask:
            engine.ask(QUESTION)


def read_only(place: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)


@pytest.mark.parametrize("indexed", [True, False])
def test_a_read_only_home_answers_and_takes_nothing(
    disk: Disk, tmp_path: Path, caplog: pytest.LogCaptureFixture, indexed: bool
) -> None:
    settings = settings_of(disk("size=20m") / "home", tmp_path)
    fill(settings, ask=indexed)
    read_only(tmp_path / "disk")
    with opened(settings) as engine:
        assert "1000万元" in engine.ask(QUESTION).answer
        assert "cannot be written" in caplog.text
        with pytest.raises(UnwritableLibrary, match="read-only"):
            engine.add_sources([source("另一份公告\n會議改期。")])
        with pytest.raises(UnwritableLibrary, match="read-only"):
            engine.remove([engine.library.documents()[0].id])
        with pytest.raises(FeedbackError):
            engine.give_feedback(Feedback(question=QUESTION, verdict="right", answer="1000万元"))
        assert "1000万元" in engine.ask(QUESTION).answer


def test_what_is_not_encoded_in_a_read_only_home_is_found_by_its_words(
    disk: Disk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(disk("size=20m") / "home", tmp_path)
    fill(settings, ask=False)
    read_only(tmp_path / "disk")
    with Engine.open(settings, encoder=FakeEncoder(name="fake:2")) as engine:
        assert "by their words only" in caplog.text
        assert "1000万元" in engine.ask(QUESTION).answer


def test_a_full_disk_is_said_and_costs_nothing_that_was_there(disk: Disk, tmp_path: Path) -> None:
    place = disk("size=6m")
    settings = settings_of(place / "home", tmp_path)
    fill(settings, ask=True)
    with opened(settings) as engine:
        before = engine.library.count()
        free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
        (place / "rest").write_bytes(bytes(free))
        text = "".join(f"第{n}條 會議在第{n}會議室舉行，費用每人{n}元。\n" for n in range(9000))
        with pytest.raises(UnwritableLibrary, match="its disk is full"):
            engine.add_sources([source("大公告\n" + text)])
        assert engine.library.count() == before
        assert "1000万元" in engine.ask(QUESTION).answer
        (place / "rest").unlink()
        engine.add_sources([source("另一份公告\n會議改期。")])
        assert engine.library.count()[0] == before[0] + 1


def test_a_full_library_file_is_said(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    with library.transaction():  # of the connection that writes
        library.rows(f"PRAGMA max_page_count = {library.rows('PRAGMA page_count')[0][0]}")
    with pytest.raises(UnwritableLibrary, match="full.*can still be asked"):
        library.remember("x", "y" * 100_000)
    assert library.remembered("x") is None
    library.close()


class Unwritable:
    """An index folder that cannot be written, as a file in its place is; for every user."""

    def __init__(self, settings: Settings) -> None:
        settings.index_path.parent.mkdir(parents=True, exist_ok=True)
        settings.index_path.write_text("in the way")


def test_an_index_that_cannot_be_written_is_kept_elsewhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(tmp_path / "home", tmp_path)
    fill(settings, ask=False)
    Unwritable(settings)
    with opened(settings) as engine:
        assert "1000万元" in engine.ask(QUESTION).answer
        engine.add_sources([source("松江市公告\n成人票每張60元。")])
        assert "60元" in engine.ask("成人票每張多少錢").answer
    assert caplog.text.count("cannot be written") == 1


def test_where_nothing_can_be_written_there_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(tmp_path / "home", tmp_path)
    fill(settings, ask=False)
    Unwritable(settings)

    def full(**given: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index_storage, "mkdtemp", full)
    with opened(settings) as engine, pytest.raises(IndexStorageError, match="TMPDIR"):
        engine.ask(QUESTION)


def test_answers_go_on_from_what_was_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(tmp_path / "home", tmp_path)
    fill(settings, ask=True)

    def full(*given: object, **named: object) -> str:
        raise OSError(28, "No space left on device")

    with opened(settings) as engine:
        assert engine.ask(QUESTION).answered
        monkeypatch.setattr(index_storage, "mkdtemp", full)
        monkeypatch.setattr("wenju.index.manifest.save", full)
        engine.add_sources([source("松江市公告\n成人票每張60元。")])
        for _ in range(2):
            assert "1000万元" in engine.ask(QUESTION).answer
        gone = [d.id for d in engine.library.documents() if "支持办法" in d.title]
        engine.remove(gone)
        assert not engine.ask(QUESTION).answered
    assert caplog.text.count("Answers go on") == 1


@pytest.mark.parametrize(("number", "said"), [(28, "full"), (30, "read-only"), (13, "this user")])
def test_a_file_that_cannot_be_written_is_a_sentence(number: int, said: str) -> None:
    assert said in storage_sentence(OSError(number, "x", "/a/b"))
    assert storage_sentence(OSError(2, "x", "/a/b")) == ""


def test_a_library_with_changes_beside_it_that_cannot_be_read_is_not_read_without_them(
    tmp_path: Path,
) -> None:
    from wenju.index.storage import connect

    path = tmp_path / "library.sqlite"
    Library(path).close()
    (tmp_path / "library.sqlite-wal").write_bytes(b"x" * 100)
    (tmp_path / "library.sqlite-shm").mkdir()  # so that SQLite cannot use it
    with pytest.raises(sqlite3.Error):
        connect(path, read_only=True).execute("SELECT * FROM meta")
