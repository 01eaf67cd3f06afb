"""BM25 over characters, bigrams and words, by Tantivy."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import Passage
from index.derived import DerivedIndex
from index.terms import TERMS_VERSION, Terms, query_terms, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.library import Library

BUILT_WITH = f"lexical-2/terms-{TERMS_VERSION}"
_HEAP = 64 << 20
_BATCH = 2000

# BM25 of one term in one field, times the field's weight, summed.
# The best of a small grid on DRCD dev and half A of CMRC dev (docs/retrieval.md).
WEIGHTS = {"characters": 1.0, "bigrams": 1.0, "words": 0.5, "head": 0.4}


class LexicalIndex(DerivedIndex):
    """A Tantivy index; a passage's terms stand in four fields, each with its weight."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, BUILT_WITH)
        self._path = folder / "tantivy"
        self._index: Any = None

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
        for name in WEIGHTS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._index = tantivy.Index(builder.build(), path=str(self._path))

    def _change(
        self, library: Library, removed: NDArray[np.int64], added: NDArray[np.int64]
    ) -> list[int]:
        writer = self._index.writer(_HEAP, 1)
        for number in removed:
            writer.delete_documents_by_term("number", int(number))
        done: list[int] = []
        for first in range(0, len(added), _BATCH):
            passages = library.passages(added[first : first + _BATCH].tolist())
            for number, passage in passages.items():
                writer.add_document(_document(number, passage))
            done += passages
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return done

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The best ``k`` passage numbers with their scores, best first; none where no term fits."""
        query = self._query(question)
        return self._run(query, k) if query is not None and k > 0 else []

    def scores(self, question: str, numbers: Sequence[int]) -> dict[int, float]:
        """The scores of the given passages; 0 where no term fits."""
        import tantivy

        query = self._query(question)
        if query is None or not numbers:
            return dict.fromkeys(numbers, 0.0)
        schema = self._index.schema
        among = tantivy.Query.term_set_query(schema, "number", list(numbers))
        both = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.const_score_query(among, 0.0)),
                (tantivy.Occur.Must, query),
            ]
        )
        return dict.fromkeys(numbers, 0.0) | dict(self._run(both, len(numbers)))

    def ideal(self, question: str) -> float:
        """What a passage of average length would score that holds each of the question's terms once.

        The sum of the terms' weights and inverse document frequencies, ``ln(1 + (N - n + 0.5) /
        (n + 0.5))`` as in BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance
        Framework); the head is not asked to repeat the text. Positive, for any question.
        """
        searcher = self._index.searcher()
        found, total = query_terms(question), 0.0
        for field in ("characters", "bigrams", "words"):
            for term in getattr(found, field):
                held = searcher.doc_freq(field, term)
                rarity = math.log(1 + (searcher.num_docs - held + 0.5) / (held + 0.5))
                total += WEIGHTS[field] * rarity
        return total or 1.0

    def _run(self, query: Any, k: int) -> list[tuple[int, float]]:  # noqa: ANN401
        searcher = self._index.searcher()
        hits = searcher.search(query, k, count=False).hits
        return [(int(searcher.doc(at)["number"][0]), float(score)) for score, at in hits]

    def _query(self, question: str) -> Any:  # noqa: ANN401  (tantivy ships no types)
        import tantivy

        schema = self._index.schema
        found = query_terms(question)
        by_field = {
            "characters": found.characters,
            "bigrams": found.bigrams,
            "words": found.words,
            "head": _head(found),
        }
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(schema, field, term, index_option="freq"),
                    WEIGHTS[field],
                ),
            )
            for field, wanted in by_field.items()
            for term in wanted
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None


def _document(number: int, passage: Passage) -> Any:  # noqa: ANN401
    import tantivy

    document = tantivy.Document()
    document.add_integer("number", number)
    for name, found in _fields(passage):
        document.add_text(name, " ".join(found))
    return document


def _fields(passage: Passage) -> Iterable[tuple[str, list[str]]]:
    body = terms(passage.text)
    yield "characters", body.characters
    yield "bigrams", body.bigrams
    yield "words", body.words
    yield "head", _head(terms(head(passage)))


def head(passage: Passage) -> str:
    """What stands above a passage: title, issuer and heading path."""
    return " ".join(filter(None, [passage.title, passage.issuer, *passage.headings]))


def _head(found: Terms) -> list[str]:
    """The head's terms: bigrams for Han, words for the rest."""
    return [*found.bigrams, *(w for w in found.words if w.isascii())]
