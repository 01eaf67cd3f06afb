"""The indexes that several machines share: candidates from Milvus, counts from PostgreSQL."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from wenju.corpus.document import Passage
from wenju.index.distributed.counts import SharedCounts
from wenju.index.distributed.entries import (
    FORMAT,
    HAN,
    OTHER,
    words_asked,
    words_translated,
)
from wenju.index.distributed.milvus import Address, Milvus, MilvusError
from wenju.index.distributed.pending import BATCH, INDEXING, Made, all_pending, bring_up, check_ours
from wenju.index.distributed.postgres import PostgresStore
from wenju.index.encoder import Encoder
from wenju.index.indexes import ALL_READ
from wenju.index.library import Library
from wenju.index.passage_features import Counts
from wenju.index.query import Query, pieces_of
from wenju.index.store import LibraryError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOG = logging.getLogger(__name__)


class SharedIndexes:
    """Indexes of one library that any number of processes bring up and search together.

    They are made when they are first opened. Raises LibraryError where they were made with another
    encoder or by another version of Wenju, or where Milvus has lost them: :meth:`rebuild` makes them anew.
    """

    def __init__(self, library: Library, milvus: Address, encoder: Encoder) -> None:
        """``library`` lies in PostgreSQL."""
        assert isinstance(library.store, PostgresStore)
        self._library, self._store = library, library.store
        built_with = f"{FORMAT}/{encoder.name}/{encoder.dimension}"
        made_of = f"{library.identity}/{built_with}"
        name = f"wenju_{hashlib.sha256(made_of.encode()).hexdigest()[:24]}"
        self.milvus = Milvus(milvus, name, encoder.dimension)
        self._made = Made(self.milvus, encoder.name, built_with)
        self._counts = SharedCounts(library)
        self._state: tuple[str, ...] = ()

    def open(self) -> None:
        """Make the indexes where there never were any, and check that they are ours; raises LibraryError."""
        if self._library.remembered("built_with") is None:
            self._make(only_new=True)
        check_ours(self._library, self._made.built_with)
        if not self.milvus.exists():
            raise LibraryError(
                f"{self.milvus.name} does not have the passages of {self._library.name}. Check the address "
                "in WENJU_STORE; if it has lost them, `wenju doctor --repair` indexes them anew."
            )

    def rebuild(self) -> None:
        """Make the indexes anew from the library, for all that share it."""
        self._make(only_new=False)
        self.bring_up()

    def _make(self, *, only_new: bool) -> None:
        with self._store.apart(INDEXING) as connection:
            assert connection is not None  # it has waited
            if only_new and self._library.remembered("built_with") is not None:
                return  # another process has come first
            self.milvus.create()
            all_pending(connection, self._made.built_with)

    def bring_up(self) -> None:
        """Bring the indexes up to all that the library holds now."""
        if not self._store.is_read_only:
            bring_up(self._library, self._store, self._made)

    def committed(self) -> None:
        """Bring up what was just added; where Milvus does not answer, the next search does it."""
        try:
            self.bring_up()
        except MilvusError as error:
            _LOG.warning("%s What was added is indexed with the next question.", error)

    def sync(self) -> bool:
        """Bring the indexes up, by so many passages that a question need not wait long; adding does the rest.

        Raises LibraryError where another process has made them anew with other settings.
        """
        state = self._told()
        if state == self._state:
            return False
        check_ours(self._library, self._made.built_with)
        done = self._store.is_read_only or bring_up(self._library, self._store, self._made, BATCH)
        self._counts.forget()
        # the revision as it was before, where somebody has changed it meanwhile
        self._state = (*self._told()[:-1], state[-1]) if done else ()
        return True

    def _told(self) -> tuple[str, ...]:
        """What the indexes were made with, how often they were brought up, and the library's revision."""
        keys = ("built_with", "indexed", "revision")
        sql = "SELECT key, value FROM meta WHERE key IN (?, ?, ?)"
        held = dict(self._library.rows(sql, keys))
        return tuple(held.get(key, "") for key in keys)

    def found(
        self,
        query: Query,
        vector: NDArray[np.float32],
        pool: int,
        document_ids: Collection[str] | None,
    ) -> tuple[list[int], dict[int, float]]:
        """The passages that either search finds, or all of the documents', and their cosines."""
        only = ""
        if document_ids is not None:
            ids = sorted(set(document_ids))
            # nearly all documents may be meant, whose passages would be too many to list
            numbers = self._library.numbers_of(ids) if len(ids) <= ALL_READ else None
            if numbers is not None and len(numbers) <= ALL_READ:
                return numbers, self._cosines(vector, numbers)
            only = self._only(ids)
        near = self.milvus.nearest(vector, pool, only)
        lexical = self.milvus.best(words_asked(query), pool, only)
        if not only:
            lexical += self.milvus.best(self._translated(query), pool)
        found = sorted({*near, *lexical})
        # of the vectors as they are stored, whatever an index of Milvus's rounds
        return found, self._cosines(vector, found)

    def _only(self, ids: Sequence[str]) -> str:
        """What Milvus filters documents by: those that are asked for or those that are not, if fewer."""
        named, word = ids, "in"
        if 2 * len(ids) > self._library.count()[0]:
            named, word = sorted(self._library.ids() - {*ids}), "not in"
        listed = ", ".join(f'"{document_id}"' for document_id in named)
        return f"document {word} [{listed}]" if named else ""

    def _translated(self, query: Query) -> str:
        """The words of the translations that any passage has."""
        pieces = [pieces_of(other) for t in query.translations for other, _ in t.alternatives]
        pieces += [pieces_of(t.words) for t in query.translations]
        self._counts.read_query(query)
        known = [
            (field, found)
            for field, found in pieces
            if all(self._counts.having(field, term) for term in found)
        ]
        return words_translated(known)

    def _cosines(self, vector: NDArray[np.float32], numbers: Sequence[int]) -> dict[int, float]:
        return {n: float(v @ vector) for n, v in self._library.vectors(self._made.encoder, numbers)}

    def counts(self, query: Query) -> Counts:
        """How many passages have the query's terms."""
        self._counts.read_query(query)
        return self._counts

    def has_language(self, *, han: bool) -> bool:
        """Whether any passage is written in Chinese, or any in another language."""
        self._counts.read([HAN, OTHER])
        return self._counts.count(HAN if han else OTHER) > 0

    def in_han(self, passages: Mapping[int, Passage]) -> set[int]:
        """The numbers of those that are written in Chinese."""
        return {number for number, han, _ in self._marks(passages) if han}

    def values_in(self, passages: Mapping[int, Passage], query: Query) -> dict[int, set[str]]:
        """Which of the query's values stand in each of the passages."""
        asked, found = {*query.values}, {number: set[str]() for number in passages}
        for number, _, said in self._marks(passages) if asked else ():
            found[number] = asked.intersection(said)
        return found

    def _marks(self, numbers: Collection[int]) -> list[tuple[int, bool, list[str]]]:
        sql = "SELECT number, han, said FROM marks WHERE number = ANY(?)"
        return self._library.rows(sql, ([*numbers],))

    def shares(self, query: Query, document_ids: Iterable[str]) -> dict[str, float]:
        """Each document's BM25, as a share of what one that has each term once would get."""
        return self._counts.shares(query, document_ids)

    def usage(self, folded: str, jurisdictions: Sequence[str]) -> dict[str, float]:
        """How much rather each jurisdiction's documents speak as a folded text does, in nats."""
        return self._counts.usage(folded, jurisdictions)

    def close(self) -> None:
        """Close the connection to Milvus."""
        self.milvus.close()
