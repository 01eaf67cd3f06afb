"""A manifest vouches for an index's files, and only for those it was written over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wenju.index import manifest
from wenju.index.manifest import Manifest

NUMBERS = np.array([3, 5, 1 << 40], dtype=np.int64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "data.bin").write_bytes(b"0123456789")
    manifest.save(tmp_path, Manifest("format-1", "library", 7), NUMBERS)
    return tmp_path


def test_what_was_saved_is_loaded(folder: Path) -> None:
    loaded = manifest.load(folder)
    assert loaded is not None
    about, numbers = loaded
    assert about == Manifest("format-1", "library", 7, manifest.seal(folder))
    assert np.array_equal(numbers, NUMBERS)


def test_confirming_a_revision_changes_nothing_else(folder: Path) -> None:
    before = manifest.load(folder)
    assert before is not None
    later = manifest.confirm(folder, before[0], 9)
    after = manifest.load(folder)
    assert after is not None
    assert after[0] == later == Manifest("format-1", "library", 9, before[0].seal)
    assert np.array_equal(after[1], NUMBERS)


def test_what_was_discarded_is_missing(folder: Path) -> None:
    manifest.discard(folder)
    manifest.discard(folder)
    assert manifest.load(folder) is None
    assert manifest.load(folder / "nowhere") is None


@pytest.mark.parametrize("name", ["manifest.json", "numbers.npy"])
@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"built_with": 1}', b"PK\3\4", b"\xff"]
)
def test_what_cannot_be_read_is_missing(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    assert manifest.load(folder) is None


@pytest.mark.parametrize("length", range(0, 152, 8))
def test_a_shortened_list_of_numbers_is_missing(folder: Path, length: int) -> None:
    whole = (folder / "numbers.npy").read_bytes()
    assert length < len(whole)
    (folder / "numbers.npy").write_bytes(whole[:length])
    assert manifest.load(folder) is None


def test_the_seal_is_broken_by_any_change_of_files(folder: Path) -> None:
    seals = {manifest.seal(folder)}
    data = folder / "deep" / "data.bin"
    for content in (b"0123456788", b"012345678", b"", b"01234567890"):
        data.write_bytes(content)
        seals.add(manifest.seal(folder))
    data.write_bytes(b"0123456789")
    data.rename(folder / "data.bin")
    seals.add(manifest.seal(folder))
    (folder / "data.bin").unlink()
    seals.add(manifest.seal(folder))
    (folder / "numbers.npy").write_bytes(b"")
    seals.add(manifest.seal(folder))
    assert len(seals) == 8


def test_the_seal_takes_no_notice_of_locks_and_leftovers(folder: Path) -> None:
    before = manifest.seal(folder)
    (folder / "deep" / ".writer.lock").write_text("")
    (folder / "vectors.tmp").write_text("half")
    assert manifest.seal(folder) == before
