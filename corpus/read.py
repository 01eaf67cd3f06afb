"""Files to sources: finds what can be read, and has it read within its limits.

A file is read in a process of its own kind (``corpus.worker``), so that none can take more than its
allowance or crash who asks for it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from wenju.corpus import opened
from wenju.corpus.allowance import Allowance
from wenju.corpus.document import Source
from wenju.corpus.formats.sidecar import SUFFIX as SIDECAR
from wenju.corpus.formats.sidecar import has_sidecar
from wenju.corpus.readers import SUFFIXES, Reading, is_read, read_here, reader_of
from wenju.corpus.worker.jobs import reading
from wenju.corpus.worker.pool import WORKERS

__all__ = ["SUFFIXES", "Reading", "find_files", "read", "read_file"]

# A text file gives its characters and nothing else, in time that grows with its size: up to this one
# that is less than sending it to another process and back.
_SMALL = 64 * 1024  # bytes


def read(
    path: Path,
    *,
    name: str | None = None,
    origin: str | None = None,
    allowance: Allowance | None = None,
) -> Reading:
    """Read one file by its suffix, within its allowance (default: that of the environment).

    ``name`` is what a person is shown (default: the file's name; its suffix counts where the
    path's says nothing) and ``origin`` where the text came from (default: the resolved path).
    Raises ReadError when nothing of the file can be read, or it takes more than its allowance.
    """
    name = name or path.name
    status = opened.check(path)
    reader_of(path, name)
    if path.suffix.lower() == ".txt" and status.st_size <= _SMALL and not has_sidecar(path):
        return read_here(path, name, origin or "")
    return WORKERS.run(reading(path, name, origin or ""), allowance or Allowance.from_environment())


def read_file(path: Path, *, name: str | None = None, origin: str | None = None) -> list[Source]:
    """The sources of one file; ``read`` also tells which parts of it failed. Raises ReadError."""
    return list(read(path, name=name, origin=origin).sources)


def find_files(paths: Iterable[Path], skipped: Counter[str] | None = None) -> Iterator[Path]:
    """The files under ``paths``, in their order; what a folder holds comes sorted by name.

    In folders, hidden files, unsupported suffixes and files met before are passed over, and links are
    followed once; ``skipped`` counts the first two, by suffix or as ``hidden``. A path named outright
    is always yielded, and so is a folder that may not be listed: reading it says why.
    """
    seen: set[str] = set()
    counted = Counter[str]() if skipped is None else skipped
    for path in paths:
        resolved = os.path.realpath(path)
        if _is_folder(path) and resolved in seen:
            continue
        seen.add(resolved)
        if _is_folder(path):
            yield from _walk(path, seen, counted)
        else:
            yield path


def _walk(folder: Path, seen: set[str], skipped: Counter[str]) -> Iterator[Path]:
    """What is below a folder; folders may stand in each other deeper than functions may."""
    waiting = [folder]
    while waiting:
        at = waiting.pop()
        if at is not folder and not _is_wanted(at, seen, skipped):
            continue
        try:
            waiting += sorted(at.iterdir(), reverse=True)
        except OSError:  # a file, or a folder that may not be listed
            yield at


def _is_wanted(entry: Path, seen: set[str], skipped: Counter[str]) -> bool:
    """Whether an entry is to be read or looked into; what is passed over is counted."""
    # "~$report.docx" is the lock that an office program leaves beside an open document
    if entry.name.startswith((".", "~$")):
        skipped["hidden"] += 1
        return False
    if not _is_folder(entry) and not is_read(entry.suffix.lower()):
        if not entry.name.endswith(SIDECAR):
            skipped[entry.suffix.lower() or "no suffix"] += 1
        return False
    resolved = os.path.realpath(entry)
    if resolved in seen:
        return False
    seen.add(resolved)
    return True


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
