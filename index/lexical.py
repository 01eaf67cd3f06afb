"""BM25 over characters, bigrams and words, by Tantivy."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.document import Passage
from index import manifest
from index.manifest import Manifest
from index.terms import TERMS_VERSION, Terms, query_terms, terms

if TYPE_CHECKING:
    from index.library import Library

BUILT_WITH = f"lexical-1/terms-{TERMS_VERSION}"
_HEAP = 64 << 20
_BATCH = 2000

# BM25 of one term in one field, times the field's weight, summed.
# Learned on DRCD dev and CMRC trial by the script that docs/retrieval.md names.
WEIGHTS = {"characters": 1.0, "bigrams": 1.0, "words": 0.5, "head": 0.4}


class LexicalIndex:
    """A Tantivy index in a folder, kept up to a library by :meth:`sync`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: Any = None

    def sync(self, library: Library) -> None:
        """Bring the index up to the library, from nothing where it cannot be continued."""
        revision = library.revision
        held = manifest.load(self._folder)
        todo = manifest.changes(library, held, BUILT_WITH)
        if not todo.rebuild and not self._opens():
            todo = manifest.changes(library, None, BUILT_WITH)
        if todo.rebuild:
            self._create()
        if todo.rebuild or len(todo.added) or len(todo.removed):
            manifest.discard(self._folder)
            self._apply(library, todo)
        if held is None or todo.rebuild or held[0].revision != revision or len(todo.added):
            manifest.save(
                self._folder, Manifest(BUILT_WITH, library.identity, revision), library.numbers()
            )
        self._index.reload()

    def _opens(self) -> bool:
        if self._index is None:
            try:
                import tantivy

                self._index = tantivy.Index.open(str(self._folder / "tantivy"))
            except (ValueError, OSError):
                return False
        return True

    def _create(self) -> None:
        import tantivy

        folder = self._folder / "tantivy"
        self._index = None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
        for name in WEIGHTS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._index = tantivy.Index(builder.build(), path=str(folder))

    def _apply(self, library: Library, todo: manifest.Changes) -> None:
        """Take out before putting in: an addition cut short is then done over, not doubled."""
        import tantivy

        writer = self._index.writer(_HEAP, 1)
        stale = todo.removed if todo.rebuild else np.concatenate([todo.removed, todo.added])
        for number in stale:
            writer.delete_documents_by_term("number", int(number))
        for first in range(0, len(todo.added), _BATCH):
            batch = [int(n) for n in todo.added[first : first + _BATCH]]
            for number, passage in library.passages(batch).items():
                document = tantivy.Document()
                document.add_unsigned("number", number)
                for name, found in _fields(passage):
                    document.add_text(name, " ".join(found))
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

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
