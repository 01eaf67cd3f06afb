"""Archives that would fill memory are refused before anything of them is unpacked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from tests.corpus.formats.office import FILES, PROSE
from wenju.corpus.errors import ReadError
from wenju.corpus.formats import archive as archives
from wenju.corpus.formats.measures import DEEPEST, MOST_BYTES, MOST_FILES, MOST_OF_DOCUMENT
from wenju.corpus.read import read

ZIPPED = (
    ".docx",
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".pptx",
    ".odt",
    ".ods",
    ".odp",
    ".epub",
    ".ofd",
    ".zip",
)
MADE = {**FILES, ".xlsm": FILES[".xlsx"], ".xlsb": FILES[".xlsx"], ".odp": FILES[".odt"]}


def claiming(data: bytes, size: int, name: str = "more.xml") -> bytes:
    """The archive with one more part, which says that it holds so many bytes."""
    file = BytesIO(data)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, b" ")
        archive.getinfo(name).file_size = size
    return file.getvalue()


def zipped(parts: dict[str, bytes], method: int = ZIP_STORED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def refused(folder: Path, suffix: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is said of a file that is refused with nothing of it unpacked."""

    def unpacked(*arguments: object, **named: object) -> bytes:
        raise AssertionError("something was unpacked")

    path = folder / f"a{suffix}"
    path.write_bytes(data)
    monkeypatch.setattr(ZipFile, "open", unpacked)
    with pytest.raises(ReadError) as caught:
        read(path)
    return str(caught.value)


@pytest.mark.parametrize("suffix", ZIPPED)
def test_what_unpacks_to_too_much(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = MOST_BYTES if suffix == ".zip" else MOST_OF_DOCUMENT
    said = refused(tmp_path, suffix, claiming(MADE[suffix](), most), monkeypatch)
    assert said.startswith(f"a{suffix} unpacks to ") and f"at most {most:,} are read" in said


@pytest.mark.parametrize("suffix", ZIPPED)
def test_what_is_packed_better_than_text_can_be(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refused(tmp_path, suffix, claiming(MADE[suffix](), 40_000_000), monkeypatch)
    assert f"a{suffix} unpacks to 40," in said and "times its own" in said


@pytest.mark.parametrize("suffix", ZIPPED)
def test_what_holds_too_many_files(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = BytesIO(MADE[suffix]())
    with ZipFile(file, "a") as archive:
        for number in range(MOST_FILES):
            archive.writestr(f"{number}", b"")
    said = refused(tmp_path, suffix, file.getvalue(), monkeypatch)
    assert f"at most {MOST_FILES:,} are read" in said


@pytest.mark.parametrize("suffix", sorted({*ZIPPED} - {".zip"}))
def test_pictures_of_a_document_take_nothing(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(claiming(MADE[suffix](), MOST_OF_DOCUMENT, "media/film.mp4"))
    assert PROSE in read(path).sources[0].text


def test_a_part_that_is_named_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives.Archive, "most", 20_000)
    path = tmp_path / "a.epub"
    path.write_bytes(FILES[".epub"]())
    assert PROSE in read(path).sources[0].text
    archive = archives.Archive(path.read_bytes(), "a.epub", ".epub")
    part = max(archive.names, key=lambda name: len(archive.read(name)))
    with pytest.raises(ReadError, match=r"a\.epub has parts that are named again and again"):
        for _ in range(20_000):
            archive.read(part)


def nested(depth: int) -> bytes:
    data, name = PROSE.encode(), "a.txt"
    for _ in range(depth):
        data, name = zipped({name: data}), "a.zip"
    return data


def test_archives_in_each_other_have_an_end(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(nested(DEEPEST))
    assert [source.text for source in read(path).sources] == [PROSE]
    path.write_bytes(nested(DEEPEST + 1))
    with pytest.raises(
        ReadError,
        match=r"^Nothing of a\.zip could be read\. .* more than 4 files that hold each other",
    ):
        read(path)
    path.write_bytes(zipped({"0.txt": PROSE.encode(), "1.zip": nested(DEEPEST)}))
    reading = read(path)
    assert [source.name for source in reading.sources] == ["a.zip/0.txt"]
    (said,) = reading.problems
    assert "more than 4 files that hold each other" in said


def test_what_one_file_holds_is_counted_together(tmp_path: Path) -> None:
    """And the next file begins anew."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{number}.bin": b"" for number in range(6000)} | {"a.txt": b"x"}))
    for _ in range(2):
        assert read(path).sources
    both = tmp_path / "b.zip"
    both.write_bytes(zipped({"1.zip": path.read_bytes(), "2.zip": path.read_bytes()}))
    reading = read(both)
    assert [source.name for source in reading.sources] == ["b.zip/1.zip/a.txt"]
    assert any(said.startswith("b.zip/2.zip holds 6,001 files") for said in reading.problems)
