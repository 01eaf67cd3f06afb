"""An inverted index, by Tantivy: numbered entries whose fields hold terms, scored by BM25."""

from __future__ import annotations

import shutil
from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wenju.index.derived import DerivedIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wenju.corpus.document import Passage
    from wenju.index.library import Library

ID = "id"  # a field that is given back with what was found
_HEAP = 64 << 20
_BATCH = 2000
_COMPARED = 200  # entries that are compared term by term

Entry = tuple[int, list[tuple[str, Sequence[str]]]]
"""A number, and the terms of each field."""


class InvertedIndex(DerivedIndex):
    """What the lexical index of passages and the one of documents have in common."""

    def __init__(self, folder: Path, built_with: str, fields: Sequence[str]) -> None:
        super().__init__(folder, built_with)
        self._path = folder / "tantivy"
        self._fields = fields
        self._index: Any = None

    @property
    def total(self) -> int:
        """How many entries there are."""
        return int(self._index.searcher().num_docs)

    def having(self, field: str, term: str) -> int:
        """How many entries have the term in the field."""
        return int(self._index.searcher().doc_freq(field, term))

    def holders(self, field: str, term: str, among: Collection[int]) -> set[int]:
        """Those of the numbered entries that have the term in the field."""
        if not among or not self.having(field, term):
            return set()
        both = all_of([self._only("number", among), self._term(field, term)])
        return {number for number, _ in self._best(both, len(among))}

    def contradictions(self, library: Library, numbers: NDArray[np.int64]) -> list[str]:
        """Whether it has the entries that it lists, and some of them the terms that they should have."""
        import tantivy

        found = self._best(tantivy.Query.all_query(), max(self.total, 1))
        held = {number for number, _ in found}
        there = self._entered(library.passages(numbers.tolist()))
        if not there <= held or not held <= {*numbers.tolist()} or len(found) != len(held):
            return [
                f"It holds {len(found):,} entries, other ones than the {len(numbers):,} it lists."
            ]
        chosen = sorted(there)[:: max(1, len(there) // _COMPARED)]
        wrong = self._differing(library, chosen)
        if not wrong:
            return []
        named = ", ".join(map(str, sorted(wrong)[:5]))
        compared = f"of {len(chosen):,} compared"
        return [f"{len(wrong):,} entries {compared} have other terms (passages {named})."]

    def _entered(self, passages: Mapping[int, Passage]) -> set[int]:
        """Those of the passages that have an entry."""
        return {*passages}

    def _differing(self, library: Library, numbers: list[int]) -> set[int]:
        """Those of the entries that have a term they should not have, or lack one."""
        wanted: dict[tuple[str, str], set[int]] = {}
        for number, fields in self._entries(library, numbers):
            for field, terms in fields:
                for term in terms:
                    for piece in term.split():
                        wanted.setdefault((field, piece), set()).add(number)
        wrong: set[int] = set()
        for (field, term), holding in wanted.items():
            wrong |= holding ^ self.holders(field, term, numbers)
        return wrong

    @abstractmethod
    def _entries(self, library: Library, numbers: list[int]) -> Iterator[Entry]:
        """The entries of these passages, and of those that need none, nothing."""

    def _term(self, field: str, term: str, weight: float = 1.0) -> Any:  # noqa: ANN401
        """BM25 of one term, weighed; tantivy ships no types."""
        import tantivy

        query = tantivy.Query.term_query(self._index.schema, field, term, index_option="freq")
        return tantivy.Query.boost_query(query, weight)

    def _only(self, field: str, values: Iterable[int] | Iterable[str]) -> Any:  # noqa: ANN401
        """Entries with any of the values, which adds nothing to their score."""
        import tantivy

        among = tantivy.Query.term_set_query(self._index.schema, field, list(values))
        return tantivy.Query.const_score_query(among, 0.0)

    def _best(self, query: Any, k: int) -> list[tuple[int, float]]:  # noqa: ANN401
        """Numbers and scores of the best ``k`` entries, best first; none for the query None."""
        if query is None or k <= 0:
            return []
        searcher = self._index.searcher()
        hits = searcher.search(query, k, count=False).hits
        return [(int(searcher.doc(at)["number"][0]), float(score)) for score, at in hits]

    def _open(self) -> bool:
        import tantivy

        try:
            self._index = tantivy.Index.open(str(self._path))
        except (ValueError, OSError):
            return False
        return True

    def _create(self) -> None:
        import tantivy

        self._index = None
        shutil.rmtree(self._path, ignore_errors=True)
        self._path.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        # signed, for Tantivy's Python package deletes nothing by an unsigned number
        builder.add_integer_field("number", stored=True, indexed=True, fast=True)
        for name in self._fields:
            builder.add_text_field(
                name, stored=name == ID, tokenizer_name="whitespace", index_option="freq"
            )
        self._index = tantivy.Index(builder.build(), path=str(self._path))

    def _change(
        self, library: Library, removed: NDArray[np.int64], added: NDArray[np.int64]
    ) -> list[int]:
        writer = self._index.writer(_HEAP, 1)
        for number in removed:
            writer.delete_documents_by_term("number", int(number))
        done: list[int] = []
        for first in range(0, len(added), _BATCH):
            numbers = added[first : first + _BATCH].tolist()
            for number, fields in self._entries(library, numbers):
                writer.add_document(_document(number, fields))
            done += numbers
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return done


def any_of(queries: Iterable[Any]) -> Any:  # noqa: ANN401
    """Entries that any of the queries finds, their scores summed; None without queries."""
    import tantivy

    clauses = [(tantivy.Occur.Should, query) for query in queries]
    return tantivy.Query.boolean_query(clauses) if clauses else None


def all_of(queries: Iterable[Any]) -> Any:  # noqa: ANN401
    """Entries that all of the queries find, their scores summed."""
    import tantivy

    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _document(number: int, fields: Iterable[tuple[str, Sequence[str]]]) -> Any:  # noqa: ANN401
    import tantivy

    document = tantivy.Document()
    document.add_integer("number", number)
    for name, terms in fields:
        document.add_text(name, " ".join(terms))
    return document
