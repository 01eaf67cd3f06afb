"""What a derived index says of itself, and what must be done to bring it up to the library."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.library import Library


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose passages an index holds, as of which revision, built how.

    ``built_with`` names the format and everything that shapes the index: another value means that
    it cannot be used at all.
    """

    built_with: str
    library: str
    revision: int


@dataclass(frozen=True)
class Changes:
    """Passage numbers to take out and to put in; ``rebuild`` means start from nothing."""

    rebuild: bool
    removed: NDArray[np.int64]
    added: NDArray[np.int64]


def load(folder: Path) -> tuple[Manifest, NDArray[np.int64]] | None:
    """The manifest and the numbers the index holds, or None when missing or unreadable."""
    try:
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text("utf-8")))
        return manifest, np.load(folder / "numbers.npy")
    except (OSError, ValueError, TypeError):
        return None


def save(folder: Path, manifest: Manifest, numbers: NDArray[np.int64]) -> None:
    """Write numbers, then the manifest; each replaces its old self at once."""
    with (folder / "numbers.tmp").open("wb") as file:
        np.save(file, numbers)
    os.replace(folder / "numbers.tmp", folder / "numbers.npy")
    (folder / "manifest.tmp").write_text(json.dumps(asdict(manifest)), "utf-8")
    os.replace(folder / "manifest.tmp", folder / "manifest.json")


def discard(folder: Path) -> None:
    """Make the index count as missing, before it is changed in place."""
    (folder / "manifest.json").unlink(missing_ok=True)


def changes(
    library: Library, held: tuple[Manifest, NDArray[np.int64]] | None, built_with: str
) -> Changes:
    """What brings an index that holds ``held`` up to the library."""
    wanted = library.numbers()
    nothing = np.empty(0, dtype=np.int64)
    if held is None or held[0].built_with != built_with or held[0].library != library.identity:
        return Changes(True, nothing, wanted)
    numbers = held[1]
    return Changes(
        False,
        np.setdiff1d(numbers, wanted, assume_unique=True),
        np.setdiff1d(wanted, numbers, assume_unique=True),
    )
