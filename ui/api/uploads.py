"""An uploaded file into the library."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from wenju.corpus import cancellation
from wenju.corpus.errors import ReadError
from wenju.ui import serializers

if TYPE_CHECKING:
    from wenju.index.ingest import AddReport
    from wenju.qa.engine import Engine

_MAX_NAME = 200  # characters; file systems take 255 bytes
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,16}")


def add_uploads(engine: Engine, files: Sequence[tuple[str, BinaryIO]]) -> list[dict[str, Any]]:
    """Add files one after the other, until nobody waits for them any more."""
    results = []
    for name, file in files:
        cancellation.check()
        results.append(_add_upload(engine, name, file))
    return results


def _add_upload(engine: Engine, name: str, file: BinaryIO) -> dict[str, Any]:
    """Read one file and add what it holds; returns its name and the counts of adding.

    Its origin is its name, so that uploading it again replaces what it held before. A file that
    cannot be read is named under ``failed``; nothing is raised for it.
    """
    from wenju.index.ingest import AddReport, Failure

    shown = file_name(name)
    try:
        report = _added(engine, shown, file)
    except ReadError as error:
        report = AddReport(failed=(Failure(shown, str(error), error.why),))
    return {"name": shown, **serializers.report_object(report)}


def _added(engine: Engine, name: str, file: BinaryIO) -> AddReport:
    """The file on disk for as long as it is read, under a name of our own making."""
    from wenju.corpus.read import read
    from wenju.index.ingest import Failure

    suffix = PurePosixPath(name).suffix
    with TemporaryDirectory(prefix="wenju-") as folder:
        path = Path(folder) / f"upload{suffix if _SUFFIX.fullmatch(suffix) else ''}"
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        reading = read(
            path,
            name=name,
            origin=f"upload:{name}",
            allowance=engine.settings.allowance,
        )
    report = engine.add_sources(reading.sources)
    problems = tuple(Failure(name, problem) for problem in reading.problems)
    files = tuple(replace(file, name=name) for file in report.files)
    return replace(report, failed=(*problems, *report.failed), files=files)


def file_name(name: str) -> str:
    """The last part of an upload's name, which may be a path of the sender's machine."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(c for c in last if c.isprintable())
    return clean[-_MAX_NAME:] or "upload"
