"""Files into the library: read, cut, encode, commit, a batch at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.build import build_document
from corpus.document import Document, Passage, Source
from corpus.errors import ReadError
from corpus.passages import cut
from corpus.read import find_files, read
from index.encoder import Encoder
from index.lexical import head
from index.library import Library

Progress = Callable[[int, int, str], None]
"""Called with passages done, passages known so far, and the name of the file at hand."""

_BATCH = 128  # passages encoded before they are committed: what an interruption can cost


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a part of one, that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding did: documents by fate, passages and repairs of the added and updated ones."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    passages: int = 0
    repairs: dict[str, int] = field(default_factory=dict)


def encoded_text(passage: Passage) -> str:
    """What the encoder is given for a passage: what stands above it, then its text."""
    above = head(passage)
    return f"{above}\n{passage.text}" if above else passage.text


class Ingest:
    """One run of adding. Committed batches stay when it is interrupted; running again goes on."""

    def __init__(self, library: Library, encoder: Encoder, progress: Progress | None) -> None:
        self._library = library
        self._encoder = encoder
        self._progress = progress or (lambda done, total, label: None)
        self._fates: Counter[str] = Counter()
        self._repairs: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._pending: list[tuple[Document, list[Passage]]] = []
        self._done = 0
        self._known = 0

    def add_paths(self, paths: Iterable[Path]) -> AddReport:
        """Add files and folders; what cannot be read is reported and the rest goes on."""
        for path in _files(paths, self._failures):
            try:
                reading = read(path)
            except ReadError as error:
                self._failures.append(Failure(path.name, str(error)))
                continue
            self._failures += [Failure(path.name, problem) for problem in reading.problems]
            self._add_origin(str(path.resolve()), reading.sources)
        return self._finish()

    def add_sources(self, sources: Iterable[Source]) -> AddReport:
        """Add texts that were read elsewhere; those of one origin replace what it gave before."""
        by_origin: dict[str, list[Source]] = {}
        for source in sources:
            by_origin.setdefault(source.origin, []).append(source)
        for origin, group in by_origin.items():
            self._add_origin(origin, group)
        return self._finish()

    def _add_origin(self, origin: str, sources: Iterable[Source]) -> None:
        before = self._library.from_origin(origin)
        kept = set()
        for source in sources:
            document = build_document(source)
            kept.add(document.id)
            self._add_document(document, updates=document.name in before.values())
        if self._gone(before, kept):
            self._commit()
            with self._library.transaction():
                for document_id in self._gone(before, kept):
                    self._library.unlink(origin, document_id)

    def _gone(self, before: Iterable[str], kept: set[str]) -> list[str]:
        return sorted(i for i in before if i not in kept)

    def _add_document(self, document: Document, *, updates: bool) -> None:
        if any(document.id == waiting.id for waiting, _ in self._pending):
            self._commit()
        if self._holds(document):
            self._library.link(document.origin, document.id)
            self._fates["unchanged"] += 1
            return
        self._fates["updated" if updates else "added"] += 1
        self._repairs.update(document.repair_counts)
        passages = cut(document)
        self._known += len(passages)
        self._pending.append((document, passages))
        if sum(len(p) for _, p in self._pending) >= _BATCH:
            self._commit()

    def _holds(self, document: Document) -> bool:
        """Whether the library has this text, and says the same of it.

        A text that another file gave first keeps what that file said of it.
        """
        origins = self._library.origins_of(document.id)
        if not origins:
            return False
        known = self._library.summary(document.id)
        same = (known.title, known.date, known.issuer) == (
            *(document.title, document.date, document.issuer),
        )
        return same or origins != [document.origin]

    def _commit(self) -> None:
        """Encode what waits, then store documents, passages and vectors in one transaction."""
        waiting, self._pending = self._pending, []
        texts = [encoded_text(p) for _, passages in waiting for p in passages]
        if not waiting:
            return
        self._progress(self._done, self._known, waiting[0][0].name)
        vectors = self._encoder.encode(texts)
        with self._library.transaction():
            numbers = [n for pair in waiting for n in self._library.add(*pair)]
            self._library.add_vectors(self._encoder.name, numbers, vectors)
        self._done += len(texts)
        self._progress(self._done, self._known, waiting[-1][0].name)

    def _finish(self) -> AddReport:
        self._commit()
        return AddReport(
            added=self._fates["added"],
            updated=self._fates["updated"],
            unchanged=self._fates["unchanged"],
            failed=tuple(self._failures),
            passages=self._done,
            repairs=dict(sorted(self._repairs.items())),
        )


def encode_missing(library: Library, encoder: Encoder, progress: Progress | None = None) -> int:
    """Give every passage a vector of this encoder; returns how many were missing."""
    missing = library.without_vector(encoder.name)
    for first in range(0, len(missing), _BATCH):
        passages = library.passages(missing[first : first + _BATCH])
        vectors = encoder.encode([encoded_text(p) for p in passages.values()])
        library.add_vectors(encoder.name, list(passages), vectors)
        if progress:
            progress(min(first + _BATCH, len(missing)), len(missing), encoder.name)
    return len(missing)


def _files(paths: Iterable[Path], failures: list[Failure]) -> Iterator[Path]:
    """The files below the paths, each once."""
    seen = set()
    for path in paths:
        if not path.exists():
            failures.append(Failure(str(path), f"There is no file or folder {path}."))
            continue
        for file in find_files([path]):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file
