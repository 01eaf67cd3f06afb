"""Files that are as they were are not read again; whatever could change what they give has them read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes import FakeEncoder
from wenju.corpus import fingerprint
from wenju.corpus.allowance import Allowance
from wenju.corpus.read import read as read_file
from wenju.corpus.readers import Reading
from wenju.index import preparation
from wenju.index.ingest import AddReport, Ingest
from wenju.index.library import Library
from wenju.index.originals import Originals

LETTER = "停車場公告\n停車場最高收費每日 120 元。\n"
PAGE = "<h1>圖書館公告</h1><p>圖書館每週一休館。</p>"


class Broken(FakeEncoder):
    """An encoder that fails."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        raise KeyboardInterrupt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    (made / "letter.txt").write_text(LETTER, "utf-8")
    (made / "page.html").write_text(PAGE, "utf-8")
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read, as they are."""
    names: list[str] = []

    def reading(path: Path, *, allowance: Allowance | None = None) -> Reading:
        names.append(path.name)
        return read_file(path, allowance=allowance)

    monkeypatch.setattr(preparation, "read", reading)
    return names


def add(library: Library, folder: Path, *, sync: bool = False) -> AddReport:
    return Ingest(library, FakeEncoder(), None).add_paths([folder], sync=sync)


def test_what_is_unchanged_is_not_read_and_is_reported_as_before(
    library: Library, folder: Path, read: list[str]
) -> None:
    first = add(library, folder)
    read.clear()
    again = add(library, folder)
    assert read == []
    assert (again.unchanged, again.added, again.passages) == (2, 0, 0)
    assert (again.files, again.notes) == (first.files, first.notes)


def test_only_the_file_that_changed_is_read(
    library: Library, folder: Path, read: list[str]
) -> None:
    add(library, folder)
    (folder / "letter.txt").write_text(LETTER.replace("120", "140"), "utf-8")
    read.clear()
    report = add(library, folder)
    assert read == ["letter.txt"]
    assert (report.updated, report.unchanged) == (1, 1)
    assert sorted("140" in library.document(d.id).text for d in library.documents()) == [
        False,
        True,
    ]


def described(folder: Path) -> None:
    (folder / "letter.txt.meta.toml").write_text('issuer = "停車管理處"\n', "utf-8")


def renamed(folder: Path) -> None:
    (folder / "letter.txt").rename(folder / "notice.txt")


def emptied(folder: Path) -> None:
    (folder / "letter.txt").write_text("", "utf-8")


@pytest.mark.parametrize("change", [described, renamed, emptied])
def test_what_gives_something_else_is_read(
    library: Library, folder: Path, read: list[str], change: Callable[[Path], None]
) -> None:
    add(library, folder)
    change(folder)
    read.clear()
    add(library, folder)
    assert len(read) == 1 and read != ["page.html"]


def test_another_version_of_the_reading_reads_all(
    library: Library, folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, folder)
    monkeypatch.setattr(fingerprint, "reading_version", lambda: "another")
    read.clear()
    assert add(library, folder).unchanged == 2
    assert sorted(read) == ["letter.txt", "page.html"]


def test_the_version_of_the_reading_is_that_of_its_code(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "words.txt").write_text("甲", "utf-8")
    before = [*fingerprint._contents(tmp_path)]
    (tmp_path / "inner" / "words.txt").write_text("乙", "utf-8")
    assert [*fingerprint._contents(tmp_path)] != before


def test_what_was_removed_comes_back(library: Library, folder: Path) -> None:
    add(library, folder)
    library.remove([library.documents()[0].id])
    assert add(library, folder).added == 1
    assert library.count()[0] == 2


def test_of_two_files_with_one_text_the_one_that_stays_tells_its_own(
    library: Library, folder: Path
) -> None:
    described(folder)
    add(library, folder)
    (folder / "same.txt").write_text(LETTER, "utf-8")
    add(library, folder)
    (folder / "letter.txt").unlink()
    add(library, folder, sync=True)
    add(library, folder)
    assert "停車管理處" not in {d.issuer for d in library.documents()}


def test_what_was_not_stored_is_read_again(library: Library, folder: Path, read: list[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        Ingest(library, Broken(), None).add_paths([folder])
    read.clear()
    assert add(library, folder).added == 2
    assert sorted(read) == ["letter.txt", "page.html"]


def test_what_could_not_be_read_is_tried_again(
    library: Library, folder: Path, read: list[str]
) -> None:
    (folder / "lines.jsonl").write_text('{"text": "一則公告。"}\n{broken\n', "utf-8")
    failed = add(library, folder).failed
    read.clear()
    assert failed and add(library, folder).failed == failed
    assert read == ["lines.jsonl"]


def test_a_file_whose_original_is_gone_is_read_again(
    library: Library, tmp_path: Path, read: list[str]
) -> None:
    originals = Originals(tmp_path / "originals")
    file = Path(str(files("wenju.corpus.samples"))) / "housing.pdf"

    def adding() -> None:
        Ingest(library, FakeEncoder(), None, originals).add_paths([file])

    adding()
    adding()
    assert read == ["housing.pdf"]
    shutil.rmtree(tmp_path / "originals")
    adding()
    assert read == ["housing.pdf"] * 2 and len(originals.documents()) == 1


def test_what_is_gone_is_forgotten(library: Library, folder: Path) -> None:
    add(library, folder)
    (folder / "page.html").unlink()
    add(library, folder, sync=True)
    found = library.rows("SELECT key FROM meta WHERE key LIKE 'reading/%'")
    assert [key for (key,) in found] == [f"reading/{folder / 'letter.txt'}"]
