"""Files and texts to documents and passages, ahead of the library that takes them.

Whatever asks the library is done by the thread that takes the results; reading, building and cutting are
done by others where there are several workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from wenju.corpus.allowance import Allowance
from wenju.corpus.document import Document, Source
from wenju.corpus.errors import ReadError
from wenju.corpus.read import read
from wenju.corpus.worker.jobs import Cuts, building, cutting
from wenju.corpus.worker.pool import WORKERS
from wenju.index.ahead import ahead
from wenju.index.library import Library
from wenju.index.readings import Kept, Readings


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """A file as it was read, or texts that came from one place.

    ``known`` is what it gave before, where it would give just that and was not read. ``error`` is why it
    could not be read, ``problems`` say what of it could not.
    """

    name: str
    sources: tuple[Source, ...] = ()
    problems: tuple[str, ...] = ()
    error: ReadError | None = None
    path: Path | None = None
    fingerprint: str = ""
    known: Kept | None = None

    @property
    def origin(self) -> str:
        """Where it came from, as its documents say it."""
        return self.sources[0].origin


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a source: its document and, where they were wanted, its passages; or why there is none."""

    source: Source
    document: Document | None = None
    cuts: Cuts | None = None
    error: ReadError | None = None


Prepared = tuple[Origin, Iterator[Made]]
"""What came from one place, and what was made of it, in order."""


class Preparation:
    """What is done before the library is written to, by ``workers`` at once."""

    def __init__(
        self, library: Library, readings: Readings, allowance: Allowance, workers: int
    ) -> None:
        """``allowance`` is what each file, document and cutting may take."""
        self._library = library
        self._readings = readings
        self._allowance = allowance
        self._workers = workers

    def files(self, paths: Iterable[Path]) -> Iterator[Prepared]:
        """What files give, in their order."""
        return self.texts(ahead(self._read, map(self._looked_up, paths), self._workers))

    def texts(self, origins: Iterable[Origin]) -> Iterator[Prepared]:
        """What was read gives, in its order. Take all that was made of one before the next."""
        made = ahead(self._made, self._pieces(origins), self._workers)
        for origin, group in groupby(made, key=itemgetter(0)):
            yield origin, (one for _, one in group if one is not None)

    def cuts(self, document: Document) -> Cuts:
        """The passages and provisions of a document; raises ReadError."""
        return WORKERS.run(cutting(document), self._allowance)

    def _looked_up(self, path: Path) -> Origin:
        fingerprint = self._readings.fingerprint(path)
        known = self._readings.unchanged(path, fingerprint)
        return Origin(path.name, path=path, fingerprint=fingerprint, known=known)

    def _read(self, file: Origin) -> Origin:
        if file.known or file.path is None:
            return file
        try:
            reading = read(file.path, allowance=self._allowance)
        except ReadError as error:
            return replace(file, error=error)
        return replace(file, sources=reading.sources, problems=reading.problems)

    def _pieces(self, origins: Iterable[Origin]) -> Iterator[tuple[Origin, Source | None, bool]]:
        """Each source, and whether it is cut at once; of what has none, the origin alone."""
        for origin in origins:
            if not origin.sources:
                yield origin, None, False
                continue
            # of a file that changed, most documents are there and need not be cut
            is_new = self._workers > 1 and not self._library.from_origin(origin.origin)
            yield from ((origin, source, is_new) for source in origin.sources)

    def _made(self, piece: tuple[Origin, Source | None, bool]) -> tuple[Origin, Made | None]:
        origin, source, is_cut = piece
        if source is None:
            return origin, None
        try:
            document = WORKERS.run(building(source), self._allowance)
            cuts = self.cuts(document) if is_cut else None
        except ReadError as error:
            return origin, Made(source, error=error)
        return origin, Made(source, document, cuts)
