"""The indexes beside a library: whether they hold what the library says, by content."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from wenju.index import manifest
from wenju.index.dense import DenseIndex
from wenju.index.derived import DerivedIndex
from wenju.index.documents import DocumentIndex
from wenju.index.inspection.findings import Finding, fault, note
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wenju.index.manifest import Manifest

_PATIENCE = 30  # seconds that another process may take to write an index
NAMES: Final = ("dense", "lexical", "documents")


def inspect_indexes(library: Library, folder: Path) -> list[Finding]:
    """What of the indexes is not what the library says; needs no model."""
    with _still(folder):
        return [finding for name in NAMES for finding in _inspect(library, folder / name)]


@contextmanager
def _still(folder: Path) -> Iterator[None]:
    """No other process writes the indexes meanwhile, where that can be seen to."""
    lock = FileLock(folder / ".lock", timeout=_PATIENCE)
    try:
        if folder.is_dir():
            lock.acquire()
    except (OSError, Timeout):
        pass  # read-only, or being built: then it is seen as it is
    try:
        yield
    finally:
        lock.release()


def remove_index(folder: Path, name: str) -> None:
    """Take an index away, so that the next search builds it from the library, encoding nothing."""
    manifest.discard(folder / name)
    shutil.rmtree(folder / name, ignore_errors=True)


def sound_vectors(folder: Path) -> tuple[str, DenseIndex] | None:
    """The encoder's name and the dense index, where it is whole; its vectors are a second copy."""
    found = manifest.load(folder / "dense")
    if found is None or found[0].seal != manifest.seal(folder / "dense"):
        return None
    index = _index_of("dense", found[0], folder / "dense")
    if not isinstance(index, DenseIndex) or not index.opens():
        return None
    return found[0].built_with.split("/", 1)[1].rsplit("/", 1)[0], index


def _inspect(library: Library, folder: Path) -> Iterator[Finding]:
    name, found = folder.name, manifest.load(folder)
    if found is None:
        if (folder / "manifest.json").exists():
            yield fault(name, "What the index says of itself cannot be read.")
        else:
            yield note(name, "not built yet; the next question builds it.")
        return
    about, numbers = found
    if about.library != library.identity:
        yield note(name, "it is another library's; the next question builds it anew.")
        return
    if about.seal != manifest.seal(folder):
        yield fault(name, "Its files are not as they were written.")
    else:
        yield from _inspect_whole(library, folder, about, numbers)


def _inspect_whole(
    library: Library, folder: Path, about: Manifest, numbers: NDArray[np.int64]
) -> Iterator[Finding]:
    """What an index whose files are as they were written holds otherwise than the library."""
    name = folder.name
    index = _index_of(name, about, folder)
    if index is None:
        yield note(name, "it is of another version; the next question builds it anew.")
    elif not index.opens():
        yield fault(name, "It cannot be opened.")
    else:
        if about.revision != library.revision:
            yield note(name, f"{len(numbers):,} passages, behind the library.")
        yield from (fault(name, said) for said in _contradictions(index, library, numbers))


def _contradictions(index: DerivedIndex, library: Library, numbers: NDArray[np.int64]) -> list[str]:
    try:
        return index.contradictions(library, numbers)
    except Exception as error:  # whatever damaged rows of the library lead to
        return [f"It cannot be compared with the library ({type(error).__name__}: {error})."]


def _index_of(name: str, about: Manifest, folder: Path) -> DerivedIndex | None:
    """The index that was built so; None where this Wenju builds it otherwise."""
    index: DerivedIndex
    if name == "dense":
        parts = about.built_with.split("/", 1)[-1].rsplit("/", 1)
        if len(parts) != 2 or not parts[1].isdecimal():  # noqa: PLR2004 - the encoder, its dimension
            return None
        index = DenseIndex(folder, _Named(parts[0], int(parts[1])))
    else:
        index = LexicalIndex(folder) if name == "lexical" else DocumentIndex(folder)
    return index if index.built_with == about.built_with else None


class _Named:
    """An encoder's name and dimension, for an index whose encoder is not at hand."""

    def __init__(self, name: str, dimension: int) -> None:
        self.name, self.dimension = name, dimension

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        raise NotImplementedError("nothing is encoded to inspect an index")
