"""What is no file, or not to be had, is that file's failure; nothing waits for it."""

from __future__ import annotations

import inspect
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wenju.corpus.errors import ReadError
from wenju.corpus.formats.sidecar import SUFFIX
from wenju.corpus.opened import content
from wenju.corpus.read import find_files, read
from wenju.corpus.worker.pool import Workers


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _linked(path: Path) -> Path:
    path.symlink_to(path)
    return path


def _socket(path: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _device(path: Path) -> Path:
    path.symlink_to("/dev/zero")
    return path


ODD: list[tuple[Callable[[Path], Path], str]] = [
    (_pipe, "is a device or a pipe"),
    (_device, "is a device or a pipe"),
    (_socket, "device or"),
    (_folder, "is a folder"),
    (_linked, "could not be opened .Too many levels of symbolic links"),
    (lambda path: path, "does not exist"),
    (lambda path: path.with_name("名" * 100 + ".md"), "could not be opened .File name too long"),
    (lambda path: path / "below.md", "does not exist"),
]


@pytest.mark.parametrize(("make", "said"), ODD)
def test_what_is_no_file(
    tmp_path: Path, workers: Workers, make: Callable[[Path], Path], said: str
) -> None:
    """By ``content``, too: a pipe may be put in the place of a file that was looked at."""
    path = make(tmp_path / "a.md")
    for attempt in (read, content):
        with pytest.raises(ReadError, match=said) as caught:
            attempt(path)
        assert str(path) in str(caught.value)
    assert workers.pids() == []


def test_a_file_that_vanishes(
    tmp_path: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("文", encoding="utf-8")
    status = path.stat()
    path.unlink()
    monkeypatch.setattr("wenju.corpus.opened.check", lambda path: status)
    with pytest.raises(ReadError, match=r"a\.md does not exist"):
        read(path)
    assert len(workers.pids()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read(tmp_path: Path, workers: Workers) -> None:
    path = tmp_path / "a.md"
    path.write_text("文", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match=r"a\.md may not be opened"):
        read(path)


@pytest.mark.parametrize("make", [_pipe, _device, _linked, _folder])
def test_a_sidecar_that_is_no_file(
    tmp_path: Path, workers: Workers, make: Callable[[Path], Path]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("文", encoding="utf-8")
    sidecar = make(tmp_path / f"a.txt{SUFFIX}")
    reading = read(path)
    assert [source.text for source in reading.sources] == ["文"]
    assert len(reading.problems) == 1 and sidecar.name in reading.problems[0]


def test_folders_deeper_than_functions_may_stand_in_each_other(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 250)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("文", encoding="utf-8")
    (tmp_path / "z.txt").write_text("文", encoding="utf-8")
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        found = list(find_files([tmp_path]))
    finally:
        sys.setrecursionlimit(usual)
    assert found == [deep / "a.txt", tmp_path / "z.txt"]
