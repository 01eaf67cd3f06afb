"""Lists of documents as people look through them: searched, filtered, sorted, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from wenju.corpus.errors import WenjuError
from wenju.corpus.script import fold, to_simplified
from wenju.index.library import Library
from wenju.index.records import DocumentFacts, DocumentSummary
from wenju.index.scope import Scope

_BATCH: Final = 500  # below SQLite's oldest limit on bound values
Sort = Literal["name", "title", "date", "issuer", "kind", "added"]


class BadListing(WenjuError):
    """A list is asked for in a way that there is none."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which documents are wanted, and in which order.

    ``query`` are words that must all stand in the title, the name, the issuer or the number, whatever
    their script and case. ``limit`` None is all of them. Documents without a date, an issuer or a kind come
    last, whichever way they are sorted by it; ``added`` is the order in which they were added.
    """

    query: str = ""
    scope: Scope = Scope()
    sort: Sort = "name"
    descending: bool = False
    offset: int = 0
    limit: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves out documents, whatever the page."""
        return bool(self.query or self.scope != Scope())


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of a page, and how many there are on all pages together."""

    total: int
    documents: list[DocumentSummary]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that documents have, and how many have it."""

    value: str
    documents: int


_KEYS: Final[Mapping[str, Callable[[DocumentFacts], str]]] = {
    "name": lambda d: d.name,
    "title": lambda d: d.label,
    "date": lambda d: d.metadata.issued or d.metadata.amended or d.date,
    "issuer": lambda d: d.issuer,
    "kind": lambda d: d.metadata.kind,
}


def listed(library: Library, documents: Iterable[DocumentFacts], wanted: Listing) -> Listed:
    """The page that is wanted of a library; ``documents`` are all that it has."""
    ids = ids_of(library, documents, wanted)
    end = None if wanted.limit is None else wanted.offset + wanted.limit
    page = ids[wanted.offset : end]
    batches = (page[at : at + _BATCH] for at in range(0, len(page), _BATCH))
    found = {d.id: d for batch in batches for d in library.documents(batch)}
    return Listed(len(ids), [found[i] for i in page if i in found])


def ids_of(library: Library, documents: Iterable[DocumentFacts], wanted: Listing) -> list[str]:
    """The ids of all documents that are wanted, in their order, whatever the page."""
    found = _sorted(library, _found(documents, wanted), wanted)
    return [document.id for document in found]


def _found(documents: Iterable[DocumentFacts], wanted: Listing) -> list[DocumentFacts]:
    known = {document.id: document for document in documents}
    held = wanted.scope.holding(known.values())
    inside = known.values() if held is None else [known[i] for i in held if i in known]
    words = _plain(wanted.query).split()
    return [d for d in inside if not words or _has(d, words)]


def _has(document: DocumentFacts, words: Iterable[str]) -> bool:
    number = document.metadata.number
    said = _plain(f"{document.title}\n{document.name}\n{document.issuer}\n{number}")
    return all(word in said for word in words)


def _sorted(library: Library, found: list[DocumentFacts], wanted: Listing) -> list[DocumentFacts]:
    """In the order wanted; what is alike in it by name and id."""
    if wanted.sort == "added":
        # passages are numbered as they are added
        sql = "SELECT document_id, min(number) FROM passages GROUP BY document_id"
        order = dict(library.rows(sql))
        return sorted(found, key=lambda d: order.get(d.id, 0), reverse=wanted.descending)
    if wanted.sort not in _KEYS:
        known = ", ".join([*_KEYS, "added"])
        raise BadListing(f"Documents cannot be sorted by {wanted.sort!r}; expected one of {known}.")
    key = _KEYS[wanted.sort]
    found = sorted(found, key=lambda d: (d.name, d.id))
    said = sorted((d for d in found if key(d)), key=key, reverse=wanted.descending)
    return [*said, *(d for d in found if not key(d))]


def facets_of(documents: Iterable[DocumentFacts]) -> dict[str, list[Facet]]:
    """What documents can be chosen by, each value with how many have it, the most frequent first.

    A jurisdiction counts for those that it lies in, too.
    """
    counted: dict[str, Counter[str]] = {
        name: Counter() for name in ("kinds", "issuers", "jurisdictions")
    }
    for document in documents:
        counted["kinds"][document.metadata.kind] += 1
        counted["issuers"][document.issuer] += 1
        parts = document.metadata.jurisdiction.split("/")
        counted["jurisdictions"].update("/".join(parts[: n + 1]) for n in range(len(parts)))
    return {name: _facets(values) for name, values in counted.items()}


def _facets(counted: Counter[str]) -> list[Facet]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Facet(value, count) for value, count in ordered if value]


def _plain(text: str) -> str:
    return fold(to_simplified(text))
