"""What an archive says of itself: its version, what it holds, and a checksum of each file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, Final

from wenju.corpus.errors import WenjuError
from wenju.qa.settings import Settings
from wenju.qa.stores import is_shared

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORMAT, VERSION = "wenju-archive", 1
CONTENTS: Final = "contents.json"
LIBRARY, FEEDBACK, NAMES = "library.sqlite", "feedback.jsonl", "statute_names.tsv"
ORIGINALS: Final = "originals/"
LARGEST_CONTENTS: Final = 64 << 20  # bytes of the list of files
_BLOCK = 1 << 20
# files of ours have plain names; a name that leads elsewhere is no file of ours
_ORIGINAL = re.compile(rf"{ORIGINALS}[0-9A-Za-z_][0-9A-Za-z_.-]{{0,120}}")


class ArchiveError(WenjuError):
    """An archive cannot be written, or cannot be read; nothing has changed then."""


def only_embedded(settings: Settings) -> None:
    """Raise ArchiveError for a library that several machines share."""
    if is_shared(settings):
        raise ArchiveError(
            f"The library lies in {settings.store} and its database, which `wenju export` and `wenju import` "
            "do not copy: back up PostgreSQL with pg_dump, from which `wenju doctor --repair` makes the "
            "indexes anew. For a library in a folder, name it with --home."
        )


@dataclass(frozen=True, slots=True)
class File:
    """A file of an archive: how many bytes it has, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds; ``schema`` is the version of the library's tables."""

    format: str
    version: int
    wenju: str
    made: str
    library: str
    schema: int
    revision: int
    documents: int
    passages: int
    files: Mapping[str, File]

    def dumps(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def is_original(name: str) -> bool:
    """Whether a file of an archive is an original one, lying where those lie."""
    return bool(_ORIGINAL.fullmatch(name))


def read_contents(said: bytes, archive: str) -> Contents:
    """What an archive says of itself; raises ArchiveError where it is none, or of a newer Wenju."""
    from pydantic import ValidationError

    try:
        value = json.loads(said)
        known = isinstance(value, dict) and value.get("format") == FORMAT
        version = value.get("version") if known else None
    except (ValueError, RecursionError):
        known, version = False, None
    if not known:
        raise not_an_archive(archive)
    if isinstance(version, int) and version > VERSION:
        raise ArchiveError(
            f"{archive} is an archive of version {version}, this Wenju reads version {VERSION}: "
            "update Wenju."
        )
    try:
        found = _adapter().validate_python(value)
    except ValidationError:
        raise damaged(archive, f"its {CONTENTS} is incomplete") from None
    for name in found.files:
        if name not in (LIBRARY, FEEDBACK, NAMES) and not is_original(name):
            raise damaged(archive, f"it names a file {name!r} that no archive has")
    if LIBRARY not in found.files:
        raise damaged(archive, "it holds no library")
    return found


def not_an_archive(archive: str) -> ArchiveError:
    """What is said of a file that is something else."""
    return ArchiveError(
        f"{archive} is no archive of a library; expected a file that `wenju export` made."
    )


def damaged(archive: str, why: str) -> ArchiveError:
    """What is said of an archive that is not as it was written."""
    return ArchiveError(
        f"{archive} is damaged ({why}); nothing was changed. Use another copy of it."
    )


def copied(source: IO[bytes], target: IO[bytes], most: int | None = None) -> File:
    """Copy all bytes; returns how many they are and their hash. Stops behind ``most`` bytes."""
    digest, size = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        size += len(block)
        digest.update(block)
        target.write(block)
        if most is not None and size > most:
            break
    return File(size, digest.hexdigest())


@cache
def _adapter() -> TypeAdapter[Contents]:
    from pydantic import TypeAdapter

    return TypeAdapter(Contents)
