"""Documents that answer nothing, read from whatever they are packed in."""

from __future__ import annotations

import lzma
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from wenju.corpus.build import build_document
from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.passages import cut
from wenju.corpus.read import SUFFIXES, find_files, read
from wenju.eval.places import DatasetError

_LINES = 500  # records of a packed JSONL file that are unpacked at a time
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz")


def read_distractors(
    paths: Iterable[Path], passages: int | None, skipped: list[str]
) -> list[Source]:
    """The documents of files, folders, tar archives and ``.jsonl.xz`` files.

    With a number of ``passages`` only as many documents are read as make up that many, the last
    one cut short. What cannot be read is noted in ``skipped``. Raises DatasetError for a path that
    is not there and for a broken archive.
    """
    return list(_capped(_read_all(paths, skipped), passages))


def _read_all(paths: Iterable[Path], skipped: list[str]) -> Iterator[Source]:
    """The distractors, read as they are needed; what cannot be read is noted, the rest goes on."""
    for path in paths:
        if not path.exists():
            raise DatasetError(f"There are no distractors at {path}; give a file or a folder.")
        for file, name, origin in _files(path):
            try:
                reading = read(file, name=name, origin=origin)
            except ReadError as error:
                skipped.append(str(error))
                continue
            skipped += reading.problems
            yield from reading.sources


def _files(path: Path) -> Iterator[tuple[Path, str, str]]:
    """Files to read with the name and origin to give them; packed ones last until the next."""
    if path.name.endswith(_TARS):
        files = _unpacked_tar(path)
    elif path.name.endswith(".jsonl.xz"):
        files = _unpacked_lines(path)
    else:
        yield from ((file, file.name, str(file)) for file in find_files([path]))
        return
    try:
        yield from ((file, name, f"{path.name}/{name}") for file, name in files)
    except (tarfile.TarError, lzma.LZMAError, EOFError, OSError) as error:
        raise DatasetError(f"{path} cannot be unpacked ({error}); give a whole archive.") from error


def _unpacked_tar(path: Path) -> Iterator[tuple[Path, str]]:
    """Regular files of readable kinds; where a member says it belongs plays no part."""
    with TemporaryDirectory() as folder, tarfile.open(path) as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            content = archive.extractfile(member) if member.isreg() else None
            if content and name.suffix.lower() in SUFFIXES and not name.name.startswith("."):
                file = Path(folder, "member" + name.suffix.lower())
                file.write_bytes(content.read())
                yield file, str(name)


def _unpacked_lines(path: Path) -> Iterator[tuple[Path, str]]:
    """The records, some at a time, so that only what is asked for is unpacked."""
    name = path.name.removesuffix(".jsonl.xz")
    with TemporaryDirectory() as folder, lzma.open(path, "rt", encoding="utf-8") as lines:
        file = Path(folder, "lines.jsonl")
        for number in count(1):
            text = "".join(islice(lines, _LINES))
            if not text:
                return
            file.write_text(text, encoding="utf-8")
            yield file, f"{name}-{number}.jsonl"


def _capped(sources: Iterable[Source], passages: int | None) -> Iterator[Source]:
    """Sources of this many passages together, the last one cut short; all of them without a cap."""
    if passages is None:
        yield from sources
        return
    for source in sources if passages > 0 else ():
        document = build_document(source)
        cuts = cut(document)
        if len(cuts) > passages:
            _, end = document.alignment.to_source(0, cuts[passages - 1].end)
            source = replace(
                source,
                text=source.text[:end],
                headings=tuple(h for h in source.headings if h.end <= end),
                pages=tuple(p for p in source.pages if p.start < end),
            )
        yield source
        passages -= len(cuts)
        if passages <= 0:
            return
