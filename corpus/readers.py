"""The readers of all formats: the bytes of a file to sources, in this process and without limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath

from wenju.corpus import limits
from wenju.corpus.document import Source
from wenju.corpus.encodings import decode
from wenju.corpus.errors import ReadError
from wenju.corpus.formats import measures
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
from wenju.corpus.formats.sidecar import beside
from wenju.corpus.formats.slides import read_slides
from wenju.corpus.formats.word import read_docx
from wenju.corpus.inventory import Note, together
from wenju.corpus.opened import content

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


def read_here(path: Path, name: str, origin: str) -> Reading:
    """Read one file in this process; raises ReadError when nothing of it can be read.

    ``name`` is what a person is shown; an empty ``origin`` stands for the resolved path.
    """
    reader = reader_of(path, name)
    try:
        with measures.of_file(name):
            return _read(reader, path, name, origin or os.path.realpath(path))
    except ReadError:
        raise
    except Exception as error:
        raise failure(name, error) from error


def _read(reader: Reader, path: Path, name: str, origin: str) -> Reading:
    data = content(path)
    if not data.strip():
        raise ReadError(f"{name} is empty; there is nothing to read in it.", why="empty")
    sources, problems = _parsed(reader, data, name, origin)
    kept = tuple(source for source in sources if source.text.strip())
    if not kept and problems:
        raise ReadError(f"Nothing of {name} could be read. {problems[0]}")
    if not kept:
        raise ReadError(f"{name} is empty: it holds no text to answer from.", why="empty")
    described, said = beside(path, kept)
    return Reading(described, (*problems, *said))


def is_read(suffix: str) -> bool:
    """Whether files of that suffix are looked for: images only where their text can be recognised."""
    return suffix in SUFFIXES and (suffix not in IMAGES or is_installed())


def reader_of(path: Path, name: str) -> Reader:
    """The reader by the path's suffix, else by the shown name's; raises ReadError for another."""
    for suffix in (path.suffix.lower(), PurePath(name).suffix.lower()):
        if suffix in READERS:
            return READERS[suffix]
    known = " ".join(sorted(SUFFIXES))
    suffix = path.suffix or "no suffix"
    raise ReadError(
        f"{name} has {suffix}, which cannot be read; save it as one of {known}.", why="format"
    )


def _parsed(reader: Reader, data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """What the reader gives; whatever a parser raises at damaged bytes becomes a ReadError."""
    try:
        sources, problems = reader(data, name, origin)
    # each format's library breaks at damaged bytes in its own ways, few of them documented
    except Exception as error:
        raise failure(name, error) from error
    if reader is read_pdf:
        sources = [replace(source, original=data) for source in sources]
    return sources, problems


def failure(name: str, error: Exception) -> ReadError:
    """The error of a file at which something was raised, as a sentence."""
    if any(isinstance(cause, MemoryError) for cause in _causes(error)):
        held = limits.allowance()
        return (
            held.too_large(name)
            if held
            else ReadError(f"{name} takes more memory than is free.", why="too_large")
        )
    if isinstance(error, ReadError):
        return error
    if isinstance(error, RecursionError):
        return ReadError(f"{name} is nested too deeply to be read; copy its text into a new file.")
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
    return ReadError(
        f"{name} is damaged and could not be read ({reason}); "
        "open it in the program it comes from and save it again.",
        why="damaged",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it was raised at; readers give a sentence of their own at many."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _read_text(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    return [Source(name, origin, decode(data, name))], []


def _inner(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]] | None:
    """What a file inside another one gives, by its own suffix; None for one that is not read."""
    suffix = PurePath(name).suffix.lower()
    if not is_read(suffix):
        return None
    with measures.of_file(name):
        return _parsed(READERS[suffix], data, name, origin)


READERS: dict[str, Reader] = {
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
SUFFIXES: frozenset[str] = frozenset(READERS)
