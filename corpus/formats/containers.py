"""Files that hold files: archives, and messages with what is attached to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.archive import Archive
from wenju.corpus.formats.measures import MOST_BYTES, check_archive

Inner = Callable[[bytes, str, str], tuple[list[Source], list[str]] | None]
"""Bytes, shown name, origin: what a file inside gives, None for one of a kind that is not read."""


class _Files(Archive):
    """An archive of files, all of which may be unpacked."""

    check = staticmethod(check_archive)
    most = MOST_BYTES


def read_zip(data: bytes, name: str, origin: str, inner: Inner) -> tuple[list[Source], list[str]]:
    """The sources of an archive's files, named ``archive.zip/folder/file.docx``; raises ReadError.

    Files of unknown kinds are counted among the problems, broken ones named.
    """
    archive = _Files(data, name, ".zip")
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
