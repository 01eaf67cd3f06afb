"""Files to sources: finds what can be read, and reads it in its own format."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath

from wenju.corpus.document import Source
from wenju.corpus.encodings import decode
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.books import read_epub
from wenju.corpus.formats.containers import read_zip
from wenju.corpus.formats.legacy import SUFFIXES as LEGACY
from wenju.corpus.formats.legacy import read_legacy
from wenju.corpus.formats.mail import read_mail, read_msg
from wenju.corpus.formats.markup import read_html, read_markdown
from wenju.corpus.formats.ocr.engine import is_installed
from wenju.corpus.formats.ocr.images import SUFFIXES as IMAGES
from wenju.corpus.formats.ocr.images import read_image
from wenju.corpus.formats.ofd import read_ofd
from wenju.corpus.formats.open_document import read_open_document
from wenju.corpus.formats.pdf import read_pdf
from wenju.corpus.formats.plain_xml import read_xml
from wenju.corpus.formats.records import read_jsonl
from wenju.corpus.formats.rich_text import read_rtf
from wenju.corpus.formats.separated import read_csv
from wenju.corpus.formats.sheets import read_sheets
from wenju.corpus.formats.sidecar import SUFFIX as SIDECAR
from wenju.corpus.formats.sidecar import beside
from wenju.corpus.formats.slides import read_slides
from wenju.corpus.formats.word import read_docx
from wenju.corpus.inventory import Note, together

# Bytes, shown name, origin -> the sources and what could not be read of them.
Reader = Callable[[bytes, str, str], tuple[list[Source], list[str]]]
_LONGEST_REASON = 200  # characters of what a parser says


@dataclass(frozen=True, slots=True)
class Reading:
    """The sources of one file, and a sentence for each part of it that could not be read."""

    sources: tuple[Source, ...]
    problems: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to know of what was read."""
        return together(source.inventory for source in self.sources).notes


def read(path: Path, *, name: str | None = None, origin: str | None = None) -> Reading:
    """Read one file by its suffix.

    ``name`` is what a person is shown (default: the file's name; its suffix counts where the
    path's says nothing) and ``origin`` where the text came from (default: the resolved path).
    Raises ReadError when nothing of the file can be read.
    """
    name = name or path.name
    _check(path)
    reader = _reader(path, name)
    with _opening(path):
        data = path.read_bytes()
    if not data.strip():
        raise ReadError(f"{name} is empty; there is nothing to read in it.")
    sources, problems = _parsed(reader, data, name, origin or os.path.realpath(path))
    kept = tuple(source for source in sources if source.text.strip())
    if not kept:
        raise ReadError(f"{name} is empty: it holds no text to answer from.")
    described, said = beside(path, kept)
    return Reading(described, (*problems, *said))


def read_file(path: Path, *, name: str | None = None, origin: str | None = None) -> list[Source]:
    """The sources of one file; ``read`` also tells which parts of it failed. Raises ReadError."""
    return list(read(path, name=name, origin=origin).sources)


def find_files(paths: Iterable[Path], skipped: Counter[str] | None = None) -> Iterator[Path]:
    """The files under ``paths``, in their order; what a folder holds comes sorted by name.

    In folders, hidden files, unsupported suffixes and files met before are passed over, and links are
    followed once; ``skipped`` counts the first two, by suffix or as ``hidden``. A path named outright
    is always yielded, and so is a folder that may not be listed: reading it says why.
    """
    seen: set[Path] = set()
    counted = Counter[str]() if skipped is None else skipped
    for path in paths:
        resolved = Path(os.path.realpath(path))
        if _is_folder(path) and resolved in seen:
            continue
        seen.add(resolved)
        if _is_folder(path):
            yield from _walk(path, seen, counted)
        else:
            yield path


def _walk(folder: Path, seen: set[Path], skipped: Counter[str]) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        # "~$report.docx" is the lock that an office program leaves beside an open document
        if entry.name.startswith((".", "~$")):
            skipped["hidden"] += 1
            continue
        is_folder = _is_folder(entry)
        if not is_folder and not _is_read(entry.suffix.lower()):
            if not entry.name.endswith(SIDECAR):
                skipped[entry.suffix.lower() or "no suffix"] += 1
            continue
        resolved = Path(os.path.realpath(entry))
        if resolved in seen:
            continue
        seen.add(resolved)
        if is_folder:
            yield from _walk(entry, seen, skipped)
        else:
            yield entry


def _is_read(suffix: str) -> bool:
    """Whether files of that suffix are looked for: images only where their text can be recognised."""
    return suffix in SUFFIXES and (suffix not in IMAGES or is_installed())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise ReadError(f"{path} does not exist; check the path.") from None
    except PermissionError:
        raise ReadError(f"{path} may not be opened; give yourself permission to read it.") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{path} could not be opened ({error}); check the path.") from None


def _check(path: Path) -> None:
    with _opening(path):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.listdir(path)  # a folder that may not be listed is reported as such
            raise ReadError(f"{path} is a folder where a file was expected; add its files.")
    if not stat.S_ISREG(mode):
        raise ReadError(f"{path} is a device or a pipe; only files can be read.")


def _reader(path: Path, name: str) -> Reader:
    for suffix in (path.suffix.lower(), PurePath(name).suffix.lower()):
        if suffix in _READERS:
            return _READERS[suffix]
    known = " ".join(sorted(SUFFIXES))
    suffix = path.suffix or "no suffix"
    raise ReadError(f"{name} has {suffix}, which cannot be read; save it as one of {known}.")


def _parsed(reader: Reader, data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """What the reader gives; whatever a parser raises at damaged bytes becomes a ReadError."""
    try:
        sources, problems = reader(data, name, origin)
        if reader is read_pdf:
            sources = [replace(source, original=data) for source in sources]
        return sources, problems
    except ReadError:
        raise
    except RecursionError as error:
        raise ReadError(
            f"{name} is nested too deeply to be read; copy its text into a new file."
        ) from error
    # each format's library breaks at damaged bytes in its own ways, few of them documented
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
        raise ReadError(
            f"{name} is damaged and could not be read ({reason}); "
            "open it in the program it comes from and save it again."
        ) from error


def _read_text(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    return [Source(name, origin, decode(data, name))], []


def _inner(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]] | None:
    """What a file inside another one gives, by its own suffix; None for one that is not read."""
    suffix = PurePath(name).suffix.lower()
    return _parsed(_READERS[suffix], data, name, origin) if _is_read(suffix) else None


_READERS: dict[str, Reader] = {
    ".txt": _read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".csv": read_csv,
    ".tsv": read_csv,
    **dict.fromkeys((".odt", ".ods", ".odp"), read_open_document),
    ".pptx": read_slides,
    ".ofd": read_ofd,
    ".epub": read_epub,
    ".rtf": read_rtf,
    ".xml": read_xml,
    **dict.fromkeys((".eml", ".mht", ".mhtml"), partial(read_mail, inner=_inner)),
    ".msg": partial(read_msg, inner=_inner),
    ".zip": partial(read_zip, inner=_inner),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".et"), read_sheets),
    ".jsonl": read_jsonl,
    **dict.fromkeys(LEGACY, partial(read_legacy, inner=_inner)),
    **dict.fromkeys(IMAGES, read_image),
}
SUFFIXES: frozenset[str] = frozenset(_READERS)
