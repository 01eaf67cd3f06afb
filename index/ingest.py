"""Files into the library: read, cut, encode, commit, a batch at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import numpy as np

from wenju.corpus import cancellation
from wenju.corpus.allowance import Allowance
from wenju.corpus.document import Document, Passage, Source
from wenju.corpus.errors import ReadError
from wenju.corpus.inventory import together
from wenju.corpus.passages import cut
from wenju.corpus.statutes import Provision
from wenju.corpus.worker.jobs import Cuts
from wenju.index.corrections import corrected, corrections_of, keep_uncorrected
from wenju.index.encoder import Encoder
from wenju.index.encoding import BATCH, Progress, encoded_text
from wenju.index.files import files_below
from wenju.index.gone import forget, without_gone
from wenju.index.library import Library
from wenju.index.originals import Originals
from wenju.index.preparation import Made, Origin, Preparation
from wenju.index.readings import Kept, Readings
from wenju.index.report import AddReport, Failure, FileReport, SourceNote

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["AddReport", "Failure", "FileReport", "Ingest", "Progress", "SourceNote"]


class Ingest:
    """One run of adding. Committed batches stay when it is interrupted; running again goes on."""

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        progress: Progress | None,
        originals: Originals | None = None,
        allowance: Allowance | None = None,
        committed: Callable[[], None] | None = None,
        workers: int = 1,
        batch: int = BATCH,
    ) -> None:
        """``originals`` is where files are kept; without one none are.

        ``allowance`` is what reading a file, building and cutting a document may take each; by
        default what the environment says.
        ``committed`` is called whenever something was stored. ``workers`` files are read at once, and
        ``batch`` passages encoded at once.
        """
        self._library = library
        self._encoder = encoder
        self._originals = originals
        allowance = allowance or Allowance.from_environment()
        self._readings = Readings(library, allowance, originals)
        self._preparation = Preparation(library, self._readings, allowance, workers)
        self._batch = batch
        self._committed = committed or (lambda: None)
        self._progress = progress or (lambda done, total, label: None)
        self._fates: Counter[str] = Counter()
        self._repairs: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._notes: list[SourceNote] = []
        self._files: list[FileReport] = []
        self._pending: list[tuple[Document, list[Passage], list[Provision]]] = []
        self._uncorrected: dict[str, Document] = {}
        self._done = 0
        self._known = 0

    def add_paths(self, paths: Iterable[Path], *, sync: bool = False) -> AddReport:
        """Add files and folders; what cannot be read is reported and the rest goes on.

        With ``sync``, what is gone from a folder leaves the library too.
        """
        given = list(paths)
        skipped, missing = Counter[str](), list[Failure]()
        for file, made in self._preparation.files(files_below(given, missing, skipped)):
            self._add_file(file, made)
        self._failures = missing + self._failures
        report = self._finish()
        gone, removed = forget(self._library, given, sync=sync)
        return replace(report, skipped=dict(sorted(skipped.items())), gone=gone, removed=removed)

    def add_sources(self, sources: Iterable[Source]) -> AddReport:
        """Add texts that were read elsewhere; those of one origin replace what it gave before."""
        by_origin: dict[str, list[Source]] = {}
        for source in sources:
            by_origin.setdefault(source.origin, []).append(source)
        origins = (Origin(origin, tuple(group)) for origin, group in by_origin.items())
        for origin, made in self._preparation.texts(origins):
            self._add_origin(origin.name, made)
        return self._finish()

    def _add_file(self, file: Origin, made: Iterator[Made]) -> None:
        """Add one file, unless it would give what the library has of it."""
        if known := file.known:
            self._fates["unchanged"] += known.report.documents
            self._notes += known.notes
            self._files.append(known.report)
            return
        if file.error:
            self._failed(file.name, file.error)
        self._failures += [Failure(file.name, problem) for problem in file.problems]
        if file.error or file.path is None:
            return
        noted = len(self._notes)
        ids, is_whole = self._add_origin(file.origin, made)
        if not is_whole or file.problems:
            return  # what could not be read is tried again
        if self._readings.fingerprint(file.path) == file.fingerprint:  # else it changed meanwhile
            has_original = any(source.original for source in file.sources)
            kept = Kept(ids, self._files[-1], tuple(self._notes[noted:]), has_original)
            self._readings.keep(file.origin, file.fingerprint, kept)

    def _add_origin(self, origin: str, made: Iterator[Made]) -> tuple[tuple[str, ...], bool]:
        """Add the documents of a file in place of those that it gave before.

        Returns their ids, and whether every source gave one.
        """
        before = self._library.from_origin(origin)
        kept: dict[str, None] = {}
        found: list[Document] = []
        new, is_whole = 0, True
        for one in made:
            try:
                document, cuts = self._corrected(one, origin)
                if document.id in kept:
                    self._fates["unchanged"] += 1
                else:
                    new += self._add_document(document, cuts, known=document.id in before)
            except ReadError as error:
                self._failed(one.source.name, error)
                is_whole = False
                continue
            found.append(document)
            kept[document.id] = None
        self._tell(PurePath(origin).name, found)
        # what takes the place of a document that failed is not known
        gone = [i for i in before if i not in kept] if is_whole else []
        # what takes the place of something that the file no longer holds is an update of it
        self._fates["updated"] += min(new, len(gone))
        self._fates["added"] += new - min(new, len(gone))
        if gone:
            self._commit(origin, gone)
        return tuple(kept), is_whole

    def _corrected(self, made: Made, origin: str) -> tuple[Document, Cuts | None]:
        """The document of a source, with what people corrected of it; raises ReadError."""
        if (plain := made.document) is None:
            raise made.error or ReadError(f"{made.source.name} gave no document.")
        corrections = corrections_of(self._library, origin, made.source.name)
        document = corrected(plain, corrections)
        if self._originals and made.source.original:
            self._originals.keep(document.id, made.source.original)
        if not corrections:
            return document, made.cuts
        self._uncorrected[document.id] = plain
        return document, None  # passages say the title, too

    def _failed(self, name: str, error: ReadError) -> None:
        self._failures.append(Failure(name, str(error), error.why))

    def _tell(self, name: str, documents: Sequence[Document]) -> None:
        """Keep what was found in a file for the report."""
        repairs = Counter[str]()
        for document in documents:
            repairs.update(document.repair_counts)
            self._notes += (
                SourceNote(document.name, note.kind, note.detail)
                for note in document.inventory.notes
            )
        inventory = together(document.inventory for document in documents)
        self._files.append(
            FileReport(name, len(documents), dict(sorted(repairs.items())), inventory)
        )

    def _add_document(self, document: Document, cuts: Cuts | None, *, known: bool) -> bool:
        """Whether the document is new to the library; an old one that changed is an update.

        It is cut where ``cuts`` is None; raises ReadError where that cannot be done.
        """
        if any(document.id == waiting.id for waiting, *_ in self._pending):
            self._commit()
        with self._library.transaction():  # what was looked at is not removed before it is linked
            held = self._holds(document)
            if held:
                self._library.link(document.origin, document.id)
        if held:
            self._fates["unchanged"] += 1
            return False
        passages, provisions = cuts or self._preparation.cuts(document)
        known = known or bool(self._library.origins_of(document.id))  # of a file that was renamed
        self._fates["updated"] += known
        self._repairs.update(document.repair_counts)
        self._known += len(passages)
        self._pending.append((document, passages, provisions))
        if sum(len(passages) for _, passages, _ in self._pending) >= self._batch:
            self._commit()
        return not known

    def _holds(self, document: Document) -> bool:
        """Whether the library has this text, and says the same of it.

        A text that another file gave first keeps what that file said of it. A name alone is no
        difference: the lines of a JSONL file are named by their numbers.
        """
        origins = without_gone(self._library, document)
        if origins != [document.origin]:
            return bool(origins)
        known = self._library.document(document.id)
        told = replace(known, regions=document.regions, inventory=document.inventory)
        if replace(told, name=document.name) != document:
            return False
        if told != known:  # of a library that did not keep them
            self._library.set_reading(document, cut(document))
        if known.name != document.name:
            self._library.rename(document.id, document.name)
        return True

    def _commit(self, origin: str = "", gone: Sequence[str] = ()) -> None:
        """Encode what waits, then store documents, passages and vectors in one transaction.

        ``gone`` are documents that ``origin`` no longer holds; they leave in the same moment.
        """
        waiting, self._pending = self._pending, []
        if not waiting and not gone:
            self._readings.store()
            return
        vectors = self._encode([(d.name, encoded_text(p)) for d, cuts, _ in waiting for p in cuts])
        with self._library.transaction():
            numbers = [n for made in waiting for n in self._library.add(*made)]
            for plain in (self._uncorrected.pop(made[0].id, None) for made in waiting):
                if plain:
                    keep_uncorrected(self._library, plain)
            if numbers:
                self._library.add_vectors(self._encoder.name, numbers, vectors)
            for document_id in gone:
                self._library.unlink(origin, document_id)
            self._readings.store()
        self._committed()

    def _encode(self, texts: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Vectors of pairs of file name and text, shape (n, dimension), with progress."""
        vectors = [np.empty((0, self._encoder.dimension), dtype=np.float32)]
        for first in range(0, len(texts), self._batch):
            batch = texts[first : first + self._batch]
            cancellation.check()
            self._progress(self._done, self._known, batch[0][0])
            vectors.append(self._encoder.encode([text for _, text in batch]))
            self._done += len(batch)
            self._progress(self._done, self._known, batch[-1][0])
        return np.concatenate(vectors)

    def _finish(self) -> AddReport:
        self._commit()
        return AddReport(
            added=self._fates["added"],
            updated=self._fates["updated"],
            unchanged=self._fates["unchanged"],
            failed=tuple(self._failures),
            passages=self._done,
            repairs=dict(sorted(self._repairs.items())),
            notes=tuple(self._notes),
            files=tuple(self._files),
        )
