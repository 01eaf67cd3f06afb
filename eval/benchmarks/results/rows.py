"""The rows of the results: Wenju, Wenju without one of its parts, its parts alone, others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.corpus.document import Passage
from wenju.eval.benchmarks.encoders import EncoderProxy
from wenju.eval.benchmarks.external.systems import SYSTEMS, System
from wenju.eval.benchmarks.results.baselines import (
    NO_VARIANTS,
    SUM_FIELDS,
    SUM_POOL,
    FieldIndex,
    Fields,
    PlainSum,
    Searcher,
    Vectors,
    Words,
)
from wenju.index.dense import DenseIndex
from wenju.index.encoder import Encoder
from wenju.index.hit import Hit
from wenju.index.library import Library
from wenju.index.query import Query
from wenju.index.retriever import HybridRetriever, Search
from wenju.index.weights import FEATURES, Features, bundled_weights
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DEFAULTS = Search()
_REMEMBERED = 8  # searches: rows take turns at one question


class RememberingEncoder(EncoderProxy):
    """Another encoder, which is asked once for a question that several rows search for."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._questions = lru_cache(_REMEMBERED)(lambda texts: encoder.encode(texts, query=True))

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """The encoder's own vectors."""
        return self._questions(tuple(texts)) if query else super().encode(texts)


class SharingRetriever(HybridRetriever):
    """The product's retriever; what it found last can be weighed anew by other rows."""

    def __init__(self, library: Library, encoder: Encoder, folder: Path) -> None:
        super().__init__(library, encoder, folder)
        self._remembered = lru_cache(_REMEMBERED)(super().candidates)

    def candidates(
        self, query: Query, k: int = 0, document_ids: Collection[str] | None = None
    ) -> list[tuple[Passage, Features]]:
        """The product's own."""
        if document_ids is not None:
            return super().candidates(query, k, document_ids)
        return self._remembered(query, k)


class Reweighed:
    """Another retriever's candidates in the order that other weights give them."""

    def __init__(self, whole: HybridRetriever, weights: Features) -> None:
        self._whole = whole
        self._weights = weights

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best ``k`` hits; ties break by passage id."""
        found = self._whole.candidates(query, k)
        rows = [(features.score(self._weights), p, features.similarity) for p, features in found]
        rows.sort(key=lambda row: (-row[0], row[1].id))
        return [Hit(p, score, n, near, 0.0) for n, (score, p, near) in enumerate(rows[:k], 1)]


class Parts:
    """One library's indexes, opened when a row first needs them."""

    def __init__(self, library: Library, encoder: Encoder, settings: Settings) -> None:
        self.library = library
        self.encoder = RememberingEncoder(encoder)
        self._folder = settings.index_path
        self.whole = SharingRetriever(library, self.encoder, self._folder)
        # under the product's own lock, so that the indexes below only open what it wrote
        self.whole.sync()

    @cached_property
    def plain(self) -> HybridRetriever:
        """The product's retriever with an empty table of variants."""
        search = replace(_DEFAULTS, variants=NO_VARIANTS)
        return HybridRetriever(self.library, self.encoder, self._folder, search)

    @cached_property
    def lexical(self) -> FieldIndex:
        """The lexical index by itself."""
        index = FieldIndex(self._folder / "lexical")
        index.sync(self.library)
        return index

    @cached_property
    def dense(self) -> DenseIndex:
        """The vectors by themselves."""
        index = DenseIndex(self._folder / "dense", self.encoder)
        index.sync(self.library)
        return index


@dataclass(frozen=True, slots=True)
class Row:
    """A way to search: ``about`` says which, ``configuration`` does so for programs.

    ``make`` gives its retriever over an indexed library, and ``encodes`` says whether that needs
    vectors. A row of another ``system`` has none: ``whole`` says whether that is given whole
    documents or the passages that Wenju searches.
    """

    name: str
    about: str
    configuration: Mapping[str, Any]
    make: Callable[[Parts], Searcher] | None = None
    encodes: bool = False
    system: System | None = None
    whole: bool = True


def _words(name: str, *names: str) -> Row:
    fields: Fields = dict.fromkeys(names, 1.0)
    about = f"BM25 of {', '.join(names)} of the passages' text"
    return Row(name, about, {"fields": fields}, lambda p: Words(p.library, p.lexical, fields))


def _wenju(
    name: str, about: str, weights: Features, make: Callable[[Parts], Searcher], *, variants: bool
) -> Row:
    configuration = {"weights": asdict(weights), "pool": _DEFAULTS.pool, "variants": variants}
    return Row(name, about, configuration, make, encodes=True)


def _without(feature: str) -> Row:
    weights = bundled_weights().without(feature)
    return _wenju(
        f"Wenju without {feature}",
        f"its candidates, ordered with a weight of 0 for {feature}",
        weights,
        lambda p: Reweighed(p.whole, weights),
        variants=True,
    )


def _other(system: System, *, whole: bool) -> Row:
    called = {"haystack": "Haystack"}.get(system.name, system.name)
    configuration = {
        "system": system.called,
        "requirements": list(system.requirements),
        "indexed": "documents" if whole else "Wenju's passages",
    }
    given = "the documents" if whole else "the passages that Wenju searches, with what stands above"
    name = called if whole else f"{called}, Wenju's passages"
    about = f"{called} {system.version}, its keyword search with its defaults, given {given}"
    return Row(name, about, configuration, system=system, whole=whole)


@cache
def all_rows() -> dict[str, Row]:
    """Every row by name, in the order they are shown in."""
    whole = bundled_weights()
    rows = (
        _words("BM25 words", "words"),
        _words("BM25 characters", "characters"),
        _words("BM25 characters + bigrams + words", "characters", "bigrams", "words"),
        *_fused(),
        _wenju("Wenju", "as it comes", whole, lambda p: p.whole, variants=True),
        *map(_without, FEATURES),
        _wenju(
            "Wenju without variants",
            "with an empty table of variants",
            whole,
            lambda p: p.plain,
            variants=False,
        ),
        *(_other(system, whole=documents) for system in SYSTEMS for documents in (True, False)),
    )
    return {row.name: row for row in rows}


def _fused() -> tuple[Row, Row]:
    return (
        Row(
            "vectors",
            "the cosine alone",
            {"similarity": "cosine"},
            lambda p: Vectors(p.library, p.encoder, p.dense),
            encodes=True,
        ),
        Row(
            "vectors + BM25",
            "the plain sum `similarity + BM25 / ideal BM25` that Wenju began with; titles and "
            "headings are one of the fields",
            {"fields": SUM_FIELDS, "pool": SUM_POOL},
            lambda p: PlainSum(p.library, p.encoder, p.dense, p.lexical),
            encodes=True,
        ),
    )
