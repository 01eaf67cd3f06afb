"""What the documents of a library say of themselves, with what follows from it; kept until it changes."""

from __future__ import annotations

import datetime
import threading
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property, partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import to_simplified
from wenju.index.jurisdictions import JurisdictionNames, outermost
from wenju.index.library import Library
from wenju.index.records import DocumentFacts
from wenju.index.scope import Scope
from wenju.index.titles import years_of
from wenju.index.versions import Asked, Versions

_phrase = partial(phrase, of="versions")
_REMEMBERED = 16  # ways of asking for which it is known which documents count


class Catalogue:
    """The documents of one revision of a library."""

    def __init__(self, documents: list[DocumentFacts]) -> None:
        self.documents = {d.id: d for d in documents}
        self._known: dict[Asked, frozenset[str]] = {}

    @cached_property
    def versions(self) -> Versions:
        """Which documents are versions of one text."""
        return Versions(self.documents.values())

    @cached_property
    def names(self) -> JurisdictionNames:
        """What jurisdictions are named by."""
        return JurisdictionNames(self.documents.values())

    def jurisdiction(self, document_id: str) -> str:
        """A document's jurisdiction, empty where it is not known."""
        known = self.documents.get(document_id)
        return known.metadata.jurisdiction if known else ""

    def writes(self, country: str, traditional: bool) -> bool:
        """Whether a country's documents are mostly written in Traditional characters, or are not."""
        return (self._traditional.get(country, 0.0) > 0.5) == traditional  # noqa: PLR2004 - most

    @cached_property
    def _traditional(self) -> dict[str, float]:
        """By country, the share of its titles that are in Traditional characters."""
        titles: dict[str, list[bool]] = defaultdict(list)
        for document in self.documents.values():
            if place := outermost(document.metadata.jurisdiction):
                language = document.metadata.language
                in_title = to_simplified(document.title) != document.title
                titles[place].append(language == "zh-Hant" if language else in_title)
        return {place: sum(found) / len(found) for place, found in titles.items()}

    def holding(self, scope: Scope) -> list[str] | None:
        """The ids of the documents in a scope, None for all of them."""
        return scope.holding(self.documents.values())

    def answering(self, scope: Scope, asked: Asked) -> Collection[str] | None:
        """The ids of the documents in a scope that may answer a question, None for all of them."""
        held, counting = self.holding(scope), self._counting(asked)
        if held is None:
            return None if len(counting) == len(self.documents) else counting
        return counting.intersection(held)

    def _counting(self, asked: Asked) -> frozenset[str]:
        if asked not in self._known:
            while len(self._known) >= _REMEMBERED:
                self._known.pop(next(iter(self._known)), None)
            self._known[asked] = frozenset(self.documents) - self.versions.left_out(asked)
        return self._known[asked]


class Catalogues:
    """The catalogue of a library as it is now; safe for use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._revision = -1
        self._catalogue = Catalogue([])

    def current(self) -> Catalogue:
        """Made anew where the library has changed."""
        with self._lock:
            revision = self._library.revision
            if revision != self._revision:
                self._catalogue = Catalogue(self._library.facts())
                self._revision = revision
            return self._catalogue


def asked_of(folded: str, as_of: str = "") -> Asked:
    """Which versions a folded question is asked of; ``as_of`` is a day that a person chose."""
    day = as_of or datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()
    return Asked(
        day=day,
        fixed=bool(as_of),
        years=frozenset() if as_of else years_of(folded),
        old=bool(_phrase("asks_old").search(folded)),
        draft=bool(_phrase("asks_draft").search(folded)),
        upcoming=bool(_phrase("asks_upcoming").search(folded)),
    )
