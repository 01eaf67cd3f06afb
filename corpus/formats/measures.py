"""What archives would take, measured before anything of them is unpacked.

Files, bytes and depth are counted for the file at hand as a whole: an archive in an archive, or a document in
one, adds to what the outer one holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipInfo

from wenju.corpus.errors import ReadError

MOST_FILES = 10_000
MOST_BYTES = 1 << 30  # of an archive of files
MOST_OF_DOCUMENT = 1 << 28  # of what is parsed of one: a book of a thousand pages has a fiftieth
# Text is packed to a tenth, sheets of zeros to a fiftieth; to a thousandth only what is made for it.
MOST_RATIO = 200
_SMALL = 1 << 25  # bytes: up to here any ratio will do
DEEPEST = 4  # files in each other: an archive in a message in an archive in an archive
# what documents hold and no reader unpacks
_MEDIA = frozenset(
    ".png .jpg .jpeg .gif .bmp .tif .tiff .emf .wmf .webp .svm .wav .mp3 .mp4 .m4a .m4v .mov .avi .wmv "
    ".bin .ttf .otf .ttc .woff .woff2 .odttf .fntdata".split()
)


@dataclass
class _Held:
    """What the archives of the file at hand hold so far."""

    files: int = 0
    size: int = 0
    depth: int = 0


_HELD: ContextVar[_Held | None] = ContextVar("held", default=None)


@contextmanager
def of_file(name: str) -> Iterator[None]:
    """A file, or one inside the file at hand; raises ReadError for one that is too deep inside."""
    held = _HELD.get()
    if held is None:
        token = _HELD.set(_Held())
        try:
            yield
        finally:
            _HELD.reset(token)
        return
    if held.depth == DEEPEST:
        raise ReadError(
            f"{name} was not read: it stands in more than {DEEPEST} files that hold each other. Unpack "
            "them and add the folder."
        )
    held.depth += 1
    try:
        yield
    finally:
        held.depth -= 1


def check_archive(entries: Iterable[ZipInfo], packed: int, name: str) -> None:
    """Check an archive of files, ``packed`` bytes long; raises ReadError for one that is too large."""
    _check(list(entries), packed, name, MOST_BYTES, "Unpack it and add the folder.")


def check_document(entries: Iterable[ZipInfo], packed: int, name: str) -> None:
    """Check a document that is an archive; pictures and the like in it do not count, but as files."""
    _check(
        *(list(entries), packed, name, MOST_OF_DOCUMENT),
        "Split it into smaller files, or save its text alone.",
        media=False,
    )


def _check(
    entries: list[ZipInfo], packed: int, name: str, most: int, advice: str, *, media: bool = True
) -> None:
    held = _HELD.get() or _Held()
    parts = [e for e in entries if media or PurePosixPath(e.filename).suffix.lower() not in _MEDIA]
    size = sum(max(0, entry.file_size) for entry in parts)
    held.files += len(entries)
    held.size += size
    if held.files > MOST_FILES:
        raise ReadError(
            f"{name} holds {len(entries):,} files; at most {MOST_FILES:,} are read of one file. {advice}",
            why="too_large",
        )
    if size > most or held.size > MOST_BYTES:
        raise ReadError(
            f"{name} unpacks to {size:,} bytes; at most {most:,} are read, and {MOST_BYTES:,} of all that "
            f"one file holds. {advice}",
            why="too_large",
        )
    if size > _SMALL and size > MOST_RATIO * packed:
        raise ReadError(
            f"{name} unpacks to {size:,} bytes, {size // max(1, packed):,} times its own; more than "
            f"{MOST_RATIO} times is read of no file, since no text is packed so well. {advice}",
            why="too_large",
        )
