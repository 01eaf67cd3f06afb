"""Which version of the reading this is, and what a file is: whether one would be read as it was before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from wenju.corpus.formats.sidecar import SUFFIX, has_sidecar
from wenju.corpus.opened import content

# those that read files, or parts of them; the rest of what is read is this package's own code and words
_LIBRARIES: Final = (
    *(
        "charset-normalizer",
        "lxml",
        "markdown-it-py",
        "olefile",
        "onnxruntime",
        "opencc",
        "openpyxl",
    ),
    *("pillow", "pypdfium2", "pypinyin", "python-calamine", "rapidocr", "striprtf", "trafilatura"),
)
_NO_PART = ("__pycache__", "samples")


def file_fingerprint(path: Path) -> str:
    """A hash of a file's name and bytes, of its sidecar's, and of the version of the reading.

    Raises ReadError where the file or its sidecar cannot be read.
    """
    parts = [
        reading_version().encode(),
        path.name.encode("utf-8", "surrogateescape"),
        content(path),
    ]
    if has_sidecar(path):
        parts.append(content(path.with_name(path.name + SUFFIX)))
    return _hash(parts)


@cache
def reading_version() -> str:
    """A hash of all that decides what a file's bytes become: this package, and libraries that it reads with."""
    parts = [f"{name} {_version(name)}".encode() for name in _LIBRARIES]
    return _hash([*parts, *_contents(files("wenju.corpus"))])


def _contents(folder: Traversable) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name in _NO_PART:
            continue
        if entry.is_dir():
            yield from _contents(entry)
        else:
            yield entry.name.encode()
            yield entry.read_bytes()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _hash(parts: list[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()
