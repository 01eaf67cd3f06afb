"""The indexes that lie in a folder of this machine: FAISS and Tantivy."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from wenju.corpus.document import Passage
from wenju.index.dense import DenseIndex
from wenju.index.derived import Contents
from wenju.index.documents import DocumentIndex
from wenju.index.encoder import Encoder
from wenju.index.index_storage import UNSTORED, temporary_places, unusable
from wenju.index.indexes import ALL_READ
from wenju.index.inference import cores
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library
from wenju.index.passage_features import Counts
from wenju.index.query import Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOG = logging.getLogger(__name__)


@cache
def _beside() -> ThreadPoolExecutor:
    """Threads that search by vectors while words are searched for."""
    return ThreadPoolExecutor(cores(), thread_name_prefix="wenju-dense")


class EmbeddedIndexes:
    """A dense, a lexical and a document index in one folder, kept up to a library."""

    def __init__(self, library: Library, encoder: Encoder, folder: Path) -> None:
        self._library = library
        self._encoder = encoder
        self._is_moved = self._is_fixed = False
        self._open_in(folder)
        self._revision = -1

    def _open_in(self, folder: Path) -> None:
        self._folder = folder
        self._dense = DenseIndex(folder / "dense", self._encoder)
        self._lexical = LexicalIndex(folder / "lexical")
        self._documents = DocumentIndex(folder / "documents")

    def sync(self) -> bool:
        """Bring the indexes up to the library; costs nothing when they are.

        Where their folder cannot be written, they are kept in a temporary one as long as this object
        lives; where there is none either, what was indexed before is searched; the log says so. Raises
        IndexStorageError where nothing was.
        """
        revision = self._library.revision
        if self._revision == revision:
            return False
        if self._is_fixed:
            self._revision = revision
            return True
        try:
            self._bring_up()
        except UNSTORED as error:
            self._bring_up_elsewhere(error)
        return True

    def _bring_up_elsewhere(self, error: Exception) -> None:
        before = (self._folder, self._dense, self._lexical, self._documents)
        for place in temporary_places(self, self._folder, error) if not self._is_moved else ():
            self._open_in(place)
            self._is_moved = True
            try:
                self._bring_up()
                return
            except UNSTORED as another:
                error = another
        self._folder, self._dense, self._lexical, self._documents = before
        if self._revision < 0:
            self._is_moved = False
            raise unusable(self._folder, error) from error
        # what an index holds in memory is whole until it is written again
        self._is_fixed = True
        _LOG.warning(
            "%s Answers go on from what was indexed before.", unusable(self._folder, error)
        )

    def _bring_up(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        # two processes must not write one index
        with FileLock(self._folder / ".lock"):
            contents = Contents.of(self._library)
            for index in (self._dense, self._lexical, self._documents):
                index.sync(self._library, contents)
            self._revision = contents.revision

    def committed(self) -> None:
        """The next search brings up all at once, which takes less."""

    def found(
        self,
        query: Query,
        vector: NDArray[np.float32],
        pool: int,
        document_ids: Collection[str] | None,
    ) -> tuple[list[int], dict[int, float]]:
        """The passages that either search finds, or all of the documents', and their cosines."""
        among = None
        if document_ids is not None:
            among = self._library.numbers_of(sorted(set(document_ids)))
            if len(among) <= ALL_READ:
                return among, self._dense.scores(vector, among)
        # neither keeps Python's lock while it searches
        dense = _beside().submit(self._dense.search, vector, pool, among)
        try:
            lexical = [*self._lexical.search(query, pool, among)]
            if among is None:
                lexical += self._lexical.search_translated(query, pool)
        finally:
            near = dict(dense.result())
        unseen = sorted({n for n, _ in lexical} - set(near))
        return sorted({*near, *unseen}), near | self._dense.scores(vector, unseen)

    def counts(self, query: Query) -> Counts:
        """How many passages have a term."""
        return self._lexical

    def has_language(self, *, han: bool) -> bool:
        """Whether any passage is written in Chinese, or any in another language."""
        return self._lexical.has_language(han=han)

    def in_han(self, passages: Mapping[int, Passage]) -> set[int]:
        """The numbers of those that are written in Chinese."""
        return self._lexical.in_han(passages)

    def values_in(self, passages: Mapping[int, Passage], query: Query) -> dict[int, set[str]]:
        """Which of the query's values stand in each of the passages."""
        return self._lexical.values_in(passages, query)

    def shares(self, query: Query, document_ids: Iterable[str]) -> dict[str, float]:
        """Each document's BM25, as a share of what one that has each term once would get."""
        return self._documents.shares(query, document_ids)

    def usage(self, folded: str, jurisdictions: Sequence[str]) -> dict[str, float]:
        """How much rather each jurisdiction's documents speak as a folded text does, in nats."""
        return self._documents.usage(folded, jurisdictions)

    def close(self) -> None:
        """Nothing is open."""
