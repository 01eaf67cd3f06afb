"""Files that hold files: archives, and messages with what is attached to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.archive import Archive

Inner = Callable[[bytes, str, str], tuple[list[Source], list[str]] | None]
"""Bytes, shown name, origin: what a file inside gives, None for one of a kind that is not read."""

_MOST = 10_000  # files of an archive
_LARGEST = 1 << 30  # bytes that an archive may hold, unpacked


def read_zip(data: bytes, name: str, origin: str, inner: Inner) -> tuple[list[Source], list[str]]:
    """The sources of an archive's files, named ``archive.zip/folder/file.docx``; raises ReadError.

    Files of unknown kinds are counted among the problems, broken ones named.
    """
    archive = Archive(data, name, ".zip")
    size = archive.size()
    if len(archive.names) > _MOST or size > _LARGEST:
        raise ReadError(
            f"{name} holds {len(archive.names)} files of {size:,} bytes; at most {_MOST:,} files and "
            f"{_LARGEST:,} bytes are read of an archive. Unpack it and add the folder."
        )
    sources: list[Source] = []
    problems: list[str] = []
    for part, shown in archive.files():
        read_into(sources, problems, archive.read(part), f"{name}/{shown}", origin, inner)
    return sources, [*archive.problems, *problems]


def read_into(
    sources: list[Source], problems: list[str], data: bytes, name: str, origin: str, inner: Inner
) -> None:
    """Add what a file inside gives; a fault of it is a problem of the whole."""
    if not data.strip():
        return
    try:
        found = inner(data, name, origin)
    except ReadError as error:
        problems.append(str(error))
        return
    if found is None:
        problems.append(f"{name} was not read: {PurePath(name).suffix or 'no suffix'} is no text.")
        return
    sources += [source for source in found[0] if source.text.strip()]
    problems += found[1]
