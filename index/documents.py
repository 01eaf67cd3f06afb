"""BM25 of whole documents: what a passage is about is often said elsewhere in its document."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.index.inverted import ID, Entry, InvertedIndex, all_of, any_of
from wenju.index.jurisdictions import outermost
from wenju.index.library import Library, UnknownDocument
from wenju.index.passage_features import rarity
from wenju.index.terms import TERMS_VERSION, query_terms, subject_terms

if TYPE_CHECKING:
    from wenju.corpus.document import Passage
    from wenju.index.query import Query

_FORMAT = "documents-2"


class DocumentIndex(InvertedIndex):
    """An entry for each document, numbered as its first passage is.

    So the passages' numbers tell what has to be changed, as they do for the other indexes.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, f"{_FORMAT}/terms-{TERMS_VERSION}", [ID, "text", "jurisdiction"])

    def shares(self, query: Query, document_ids: Iterable[str]) -> dict[str, float]:
        """Each document's BM25, as a share of what one that has each term once would get.

        0 or more; about 1 where everything fits.
        """
        ids = sorted(set(document_ids))
        wanted = query.subject
        ideal = sum(rarity(self.having("text", term), self.total) for term in wanted)
        if not ids or not ideal:
            return dict.fromkeys(ids, 0.0)
        about = any_of(self._term("text", term) for term in wanted)
        found = self._scored(all_of([self._only(ID, ids), about]), len(ids))
        return dict.fromkeys(ids, 0.0) | {i: score / ideal for i, score in found}

    def usage(self, folded: str, jurisdictions: Sequence[str]) -> dict[str, float]:
        """How much rather each country's documents speak as a folded text does, in nats.

        The sum over its words of the logarithm of how many of the country's documents have one,
        against how many would if all spoke alike; one is added to both, so that few documents say
        little.
        """
        sizes = {place: self.having("jurisdiction", place) for place in jurisdictions}
        found = dict.fromkeys(jurisdictions, 0.0)
        for word in query_terms(folded).words:
            holding = {place: self._holding(word, place) for place in jurisdictions}
            usual = sum(holding.values()) / max(1, sum(sizes.values()))
            for place, count in holding.items():
                found[place] += math.log((count + 1) / (usual * sizes[place] + 1))
        return found

    def _holding(self, word: str, place: str) -> int:
        """How many of a country's documents have a word."""
        pieces = dict.fromkeys(subject_terms(word))
        both = all_of([self._term("jurisdiction", place), *(self._term("text", p) for p in pieces)])
        return int(self._index.searcher().search(both, 1, count=True).count or 0)

    def _scored(self, query: Any, k: int) -> list[tuple[str, float]]:  # noqa: ANN401
        searcher = self._index.searcher()
        hits = searcher.search(query, k, count=False).hits
        return [(searcher.doc(at)[ID][0], float(score)) for score, at in hits]

    def _entered(self, passages: Mapping[int, Passage]) -> set[int]:
        return {number for number, passage in passages.items() if passage.position == 0}

    def _entries(self, library: Library, numbers: list[int]) -> Iterator[Entry]:
        passages = library.passages(numbers).items()
        for number, document_id in [(n, p.document_id) for n, p in passages if p.position == 0]:
            try:
                document = library.document(document_id)
            except UnknownDocument:
                continue  # removed since the passages were listed
            about = f"{document.title}\n{document.issuer}\n{document.text}"
            place = outermost(document.metadata.jurisdiction)
            own = [("text", subject_terms(about)), ("jurisdiction", [place] if place else [])]
            yield number, [(ID, [document.id]), *own]
