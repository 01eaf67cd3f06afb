"""What a derived index says of itself on disk: whose passages it holds, and what its files are."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MANIFEST, _NUMBERS = "manifest.json", "numbers.npy"
_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose passages an index holds, as of which revision, and how it was built.

    ``built_with`` names the format and everything that shapes the index: another value means that
    it cannot be used at all. ``library`` is the library's identity, ``seal`` a checksum of the
    index's files, the list of numbers among them.
    """

    built_with: str
    library: str
    revision: int
    seal: str = ""


def load(folder: Path) -> tuple[Manifest, NDArray[np.int64]] | None:
    """The manifest and the passage numbers the index holds; None when missing or unreadable."""
    try:
        manifest = Manifest(**json.loads((folder / _MANIFEST).read_text("utf-8")))
        with (folder / _NUMBERS).open("rb") as file:
            numbers = np.lib.format.read_array(file)
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return manifest, numbers


def save(folder: Path, manifest: Manifest, numbers: NDArray[np.int64]) -> Manifest:
    """Write the numbers, then the manifest, of an index whose files are written; returns it sealed.

    Each file replaces its old self at once.
    """
    with (folder / "numbers.tmp").open("wb") as file:
        np.save(file, numbers)
    os.replace(folder / "numbers.tmp", folder / _NUMBERS)
    return _write(folder, replace(manifest, seal=seal(folder)))


def confirm(folder: Path, manifest: Manifest, revision: int) -> Manifest:
    """Say that an index holds all of a later revision too, for which nothing had to be changed."""
    return _write(folder, replace(manifest, revision=revision))


def _write(folder: Path, manifest: Manifest) -> Manifest:
    (folder / "manifest.tmp").write_text(json.dumps(asdict(manifest)), "utf-8")
    os.replace(folder / "manifest.tmp", folder / _MANIFEST)
    return manifest


def discard(folder: Path) -> None:
    """Make the index count as missing, before anything in it is changed."""
    (folder / _MANIFEST).unlink(missing_ok=True)


def seal(folder: Path) -> str:
    """A checksum of the names and contents of the index's files, without its manifest and locks."""
    crc = 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.name != _MANIFEST and path.suffix != ".tmp" and not path.name.startswith("."):
            crc = zlib.crc32(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode(), crc)
            with path.open("rb") as file:
                while block := file.read(_READ):
                    crc = zlib.crc32(block, crc)
    return f"{crc:08x}"
