"""``wenju import``: an archive checked whole, brought up to date, and only then put in place."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from filelock import FileLock, Timeout

from wenju.index.library import Library
from wenju.index.replacement import put_in_place
from wenju.index.schema import SCHEMA_VERSION
from wenju.qa.archive.contents import (
    CONTENTS,
    FEEDBACK,
    LARGEST_CONTENTS,
    LIBRARY,
    NAMES,
    ORIGINALS,
    ArchiveError,
    Contents,
    copied,
    damaged,
    not_an_archive,
    only_embedded,
    read_contents,
)
from wenju.qa.feedback import FeedbackStore
from wenju.qa.settings import Settings

_SPARE = 16 << 20  # bytes that stay free
_STAGE = ".import"


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing did: how much there is now, and what became of what was there.

    ``replaced`` is how many documents the library in its place had; ``upgraded_from`` the version of the
    archive's library where it was older, else None; ``put_aside`` where a damaged library went.
    """

    documents: int
    passages: int
    feedback: int
    originals: int
    replaced: int
    upgraded_from: int | None = None
    put_aside: str = ""


def import_home(settings: Settings, file: Path, *, replace: bool = False) -> Imported:
    """Put an archive's library in the place of the home's; what belongs to it is added.

    Everything is checked before anything is changed, and the library changes in one step: it is the
    old one or the new one, whenever the machine stops. Raises ArchiveError where the archive is damaged
    or of a newer Wenju, or where there are documents and ``replace`` is not given; LibraryError.
    """
    only_embedded(settings)
    with _explained(file), _opened(file) as archive:
        contents = _contents(archive, file.name)
        before = _documents_in(settings.library_path)
        if before != 0 and not replace:
            holds = "a damaged library" if before is None else f"{before:,} documents"
            raise ArchiveError(
                f"{settings.home} holds {holds}; give --replace to put the archive's "
                f"{contents.documents:,} in their place, or choose another --home."
            )
        with _staged(settings.home) as stage:
            _extract(archive, contents, stage, file.name)
            _prepare(stage, contents, settings.library_path, file.name)
            return _put_in_place(stage, contents, settings, before or 0)


@contextmanager
def _opened(file: Path) -> Iterator[ZipFile]:
    if not file.is_file():
        raise ArchiveError(f"There is no file {file}; name an archive that `wenju export` made.")
    try:
        archive = ZipFile(file)
    except OSError:
        raise
    except Exception:  # whatever its parser makes of damaged bytes
        raise not_an_archive(file.name) from None
    with archive:
        yield archive


def _contents(archive: ZipFile, name: str) -> Contents:
    try:
        size = archive.getinfo(CONTENTS).file_size
        said = archive.read(CONTENTS) if size <= LARGEST_CONTENTS else b""
    except KeyError:
        raise not_an_archive(name) from None
    except Exception as error:
        raise damaged(name, f"its {CONTENTS} cannot be read: {error}") from None
    contents = read_contents(said, name)
    if contents.schema > SCHEMA_VERSION:
        raise ArchiveError(
            f"{name} holds a library of version {contents.schema}, this Wenju reads version "
            f"{SCHEMA_VERSION}: update Wenju."
        )
    held = sorted(info.filename for info in archive.infolist())
    if held != sorted([*contents.files, CONTENTS]):
        raise damaged(name, "its files are not those that it lists")
    return contents


def _documents_in(path: Path) -> int | None:
    """How many documents a library has; None for a file that cannot be counted."""
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as library:
            return int(library.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return None if path.stat().st_size else 0


@contextmanager
def _staged(home: Path) -> Iterator[Path]:
    """A folder in the home that only this import uses, removed again with all that is in it."""
    made = not home.exists()
    stage = home / _STAGE
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / f"{_STAGE}.lock", timeout=0):
            shutil.rmtree(stage, ignore_errors=True)  # of an import that was cut short
            stage.mkdir()
            try:
                yield stage
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    except Timeout:
        raise ArchiveError(f"Another import into {home} is running; wait for it.") from None
    finally:
        if made and {path.name for path in home.iterdir()} == {f"{_STAGE}.lock"}:
            shutil.rmtree(home)  # nothing was put there


def _extract(archive: ZipFile, contents: Contents, stage: Path, name: str) -> None:
    """Every file of the archive into the folder, its bytes counted and hashed."""
    size = sum(file.size for file in contents.files.values())
    free = shutil.disk_usage(stage).free
    if size + _SPARE > free:
        raise ArchiveError(
            f"{name} needs {size / 1e6:,.0f} MB, and {stage.parent} has {free / 1e6:,.0f} MB free; "
            "nothing was changed."
        )
    for inside, expected in contents.files.items():
        target = stage / inside
        target.parent.mkdir(exist_ok=True)
        try:
            with archive.open(inside) as source, target.open("wb") as copy:
                found = copied(source, copy, expected.size)
        except OSError:
            raise
        except Exception as error:  # whatever its parser makes of damaged bytes
            raise damaged(name, f"{inside} cannot be read: {error}") from None
        if found != expected:
            raise damaged(name, f"{inside} has another checksum")


def _prepare(stage: Path, contents: Contents, path: Path, name: str) -> None:
    """Check and upgrade the archive's library, and number its changes beyond those of the old one.

    So a server that has the old one open sees that all has changed.
    """
    with closing(sqlite3.connect(stage / LIBRARY)) as found:
        if found.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise damaged(name, "its library is")
    library = Library(stage / LIBRARY)
    try:
        if library.identity != contents.library:
            raise damaged(name, "its library is another one")
        revision = _revision_of(path)
        if revision is not None and library.count() != (0, 0):
            library.remember("revision", str(max(revision, library.revision) + 1))
    finally:
        library.close()


def _revision_of(path: Path) -> int | None:
    """The revision of the library in place; None where there is none, or none that can be read."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as library:
            found = library.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
            return int(found[0])
    except (sqlite3.Error, TypeError, ValueError):
        return None


def _put_in_place(stage: Path, contents: Contents, settings: Settings, before: int) -> Imported:
    """The files that add to what is there first, the library in one step, then what belongs to it."""
    originals = [name for name in contents.files if name.startswith(ORIGINALS)]
    for name in originals:
        target = settings.home / name
        target.parent.mkdir(exist_ok=True)
        os.replace(stage / name, target)
    documents = _documents_in(stage / LIBRARY) or 0
    with closing(sqlite3.connect(stage / LIBRARY)) as library:
        passages = int(library.execute("SELECT count(*) FROM passages").fetchone()[0])
    aside = put_in_place(stage / LIBRARY, settings.library_path)
    added = 0
    if FEEDBACK in contents.files:
        added = FeedbackStore(settings.feedback_path).merge((stage / FEEDBACK).read_bytes())
    if NAMES in contents.files:
        _keep_names(stage / NAMES, settings.home / NAMES)
    older = contents.schema if contents.schema < SCHEMA_VERSION else None
    return Imported(documents, passages, added, len(originals), before, older, str(aside or ""))


def _keep_names(new: Path, path: Path) -> None:
    """The archive's names of statutes; those that were there stay beside them."""
    if path.exists() and path.read_bytes() != new.read_bytes():
        os.replace(path, path.with_name(f"{path.name}.before-import"))
    os.replace(new, path)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"{file} cannot be imported ({error.strerror or error}): {error.filename or file}. Check "
            "that both folders can be used and have space left; the library is as it was."
        ) from None
