"""An index that is derived from the library, and how it is kept up to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wenju.index import manifest
from wenju.index.manifest import Manifest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wenju.index.library import Library


@dataclass(frozen=True, slots=True)
class Contents:
    """The numbers of a library's passages, ascending, as of a revision or a later one."""

    revision: int
    numbers: NDArray[np.int64]

    @classmethod
    def of(cls, library: Library) -> Contents:
        """Those of now; the revision first, so that what is added meanwhile is seen the next time."""
        revision = library.revision
        return cls(revision, library.numbers())


class DerivedIndex(ABC):
    """An index in a folder of its own, kept up to a library by :meth:`sync`.

    The manifest is taken away before anything is changed and written when all of it is done, with
    the numbers of the passages that really went in: an index cut short is one that is missing, and
    none claims a passage that it does not hold.
    """

    def __init__(self, folder: Path, built_with: str) -> None:
        """``built_with`` names the format and all that shapes the index."""
        self._folder = folder
        self._built_with = built_with
        self._opened: Manifest | None = None

    @property
    def built_with(self) -> str:
        """The format and all that shapes the index."""
        return self._built_with

    def opens(self) -> bool:
        """Open what is on disk, without bringing it up to the library; False where that cannot be."""
        return self._open()

    @abstractmethod
    def contradictions(self, library: Library, numbers: NDArray[np.int64]) -> list[str]:
        """What an index that is open holds otherwise than the library does, a sentence each.

        ``numbers`` are the passages that it says it holds. What the library has changed since the
        index was written is no contradiction.
        """

    def sync(self, library: Library, contents: Contents | None = None) -> None:
        """Bring the index up to the library, from nothing where it cannot be continued.

        ``contents`` are the library's, where they are known.
        """
        contents = contents or Contents.of(library)
        revision, wanted = contents.revision, contents.numbers
        held = self._held(library)
        known = np.empty(0, dtype=np.int64) if held is None else held
        removed = added = known[:0]
        if not np.array_equal(known, wanted):
            removed = np.setdiff1d(known, wanted, assume_unique=True)
            added = np.setdiff1d(wanted, known, assume_unique=True)
        if held is None or len(removed) or len(added):
            self._opened = None
            manifest.discard(self._folder)
            if held is None:
                self._create()
            done = np.array(self._change(library, removed, added), dtype=np.int64)
            numbers = np.union1d(np.setdiff1d(known, removed), done)
            about = Manifest(self._built_with, library.identity, revision)
            self._opened = manifest.save(self._folder, about, numbers)
        elif self._opened and self._opened.revision != revision:
            self._opened = manifest.confirm(self._folder, self._opened, revision)

    def _held(self, library: Library) -> NDArray[np.int64] | None:
        """The numbers in the index on disk, which is then open; None where it is of no use."""
        self._folder.mkdir(parents=True, exist_ok=True)
        found = manifest.load(self._folder)
        if found is None:
            return None
        about, numbers = found
        if (about.built_with, about.library) != (self._built_with, library.identity):
            return None
        if self._opened is None or about.seal != self._opened.seal:
            # written by another process, or not yet opened by this one
            if about.seal != manifest.seal(self._folder) or not self._open():
                return None
        self._opened = about
        return numbers

    @abstractmethod
    def _open(self) -> bool:
        """Open what is on disk; False where that cannot be done."""

    @abstractmethod
    def _create(self) -> None:
        """Begin an empty index in place of what there is."""

    @abstractmethod
    def _change(
        self, library: Library, removed: NDArray[np.int64], added: NDArray[np.int64]
    ) -> list[int]:
        """Take passages out and put others in, on disk; returns the numbers that went in."""
