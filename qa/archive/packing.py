"""``wenju export``: a library and what belongs to it into one file, also while a server is serving."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from wenju import __version__
from wenju.index.library import Library
from wenju.index.replacement import discard, snapshot
from wenju.qa.archive.contents import (
    CONTENTS,
    FEEDBACK,
    FORMAT,
    LIBRARY,
    NAMES,
    ORIGINALS,
    VERSION,
    ArchiveError,
    Contents,
    File,
    copied,
    is_original,
    only_embedded,
)
from wenju.qa.settings import Settings

_BESIDE = (".part", ".tmp", ".lock")  # endings of files that are being written


def export_home(settings: Settings, file: Path, *, overwrite: bool = False) -> Contents:
    """Write the library, its feedback, its names of statutes and its original files into an archive.

    The library is copied as it is at one moment, whoever writes meanwhile; one of an older version is
    upgraded first. The archive takes its name when it is complete and on the disk. Raises ArchiveError,
    LibraryError.
    """
    only_embedded(settings)
    if not settings.library_path.is_file():
        raise ArchiveError(
            f"There is no library in {settings.home} to export; name its folder with --home."
        )
    if file.exists() and not overwrite:
        raise ArchiveError(f"{file} is there already; choose another name, or give --overwrite.")
    Library(settings.library_path).close()
    part, copy = file.with_name(f"{file.name}.part"), file.with_name(f"{file.name}.library.part")
    try:
        discard(copy)
        file.parent.mkdir(parents=True, exist_ok=True)
        snapshot(settings.library_path, copy)
        contents = _write(part, settings, copy)
        _flush(part)
        os.replace(part, file)
    except OSError as error:
        raise ArchiveError(
            f"{file} cannot be written ({error.strerror or error}). Check that its folder can be "
            "written and has space left."
        ) from None
    finally:
        discard(copy)
        part.unlink(missing_ok=True)
    return contents


def _write(part: Path, settings: Settings, copy: Path) -> Contents:
    files: dict[str, File] = {}
    with ZipFile(part, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, path in _sources(settings, copy):
            # what is compressed already does not get smaller
            how = ZIP_STORED if name.startswith(ORIGINALS) else ZIP_DEFLATED
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue  # removed since it was listed
            about = ZipInfo(name)
            about.compress_type = how
            with source, archive.open(about, "w", force_zip64=True) as target:
                files[name] = copied(source, target)
        contents = _contents(copy, files)
        archive.writestr(CONTENTS, contents.dumps())
    return contents


def _sources(settings: Settings, copy: Path) -> Iterator[tuple[str, Path]]:
    """The archive's files by name, each with where it lies."""
    yield LIBRARY, copy
    for name in (FEEDBACK, NAMES):
        if (settings.home / name).is_file():
            yield name, settings.home / name
    originals = settings.home / ORIGINALS
    for path in sorted(originals.iterdir()) if originals.is_dir() else ():
        name = f"{ORIGINALS}{path.name}"
        if is_original(name) and path.is_file() and path.suffix not in _BESIDE:
            yield name, path


def _contents(copy: Path, files: dict[str, File]) -> Contents:
    with closing(sqlite3.connect(copy)) as library:
        meta = dict(library.execute("SELECT key, value FROM meta"))
        counts = [
            library.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("documents", "passages")
        ]
    return Contents(
        format=FORMAT,
        version=VERSION,
        wenju=__version__,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        library=meta["identity"],
        schema=int(meta["version"]),
        revision=int(meta["revision"]),
        documents=counts[0],
        passages=counts[1],
        files=files,
    )


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
