"""Which documents a question is asked of, and on which day: what a person chose beforehand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from wenju.corpus.errors import WenjuError
from wenju.corpus.metadata.fields import KINDS
from wenju.corpus.script import fold, to_simplified
from wenju.index.jurisdictions import path_of, within
from wenju.index.records import DocumentFacts

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class BadScope(WenjuError):
    """A filter has a value that it cannot have."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The only documents to look in, and the day whose law counts. Empty leaves a filter out.

    ``document_ids`` are ids, None for all documents. ``kinds`` are of
    :data:`corpus.metadata.fields.KINDS`; ``issuers`` are names or parts of them; ``jurisdictions``
    are paths (``TW/臺北市``) or names (臺北市), and hold what lies below them. ``issued_from`` and
    ``issued_until`` are days (``2021-05-01``), months or years, both included; a document without a
    date is outside of them. ``as_of`` is such a day too: texts count that were in force on it; empty
    for today. Raises BadScope for a kind or a day that is none.
    """

    document_ids: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    issued_from: str = ""
    issued_until: str = ""
    as_of: str = ""

    def __post_init__(self) -> None:
        """Check what can be checked without documents."""
        for kind in self.kinds:
            if kind not in KINDS:
                raise BadScope(f"There is no kind {kind!r}; expected one of {', '.join(KINDS)}.")
        for name in ("issued_from", "issued_until", "as_of"):
            day = getattr(self, name)
            if day and not _DAY.fullmatch(day):
                raise BadScope(f"{name} is {day!r}; expected a day such as 2021-05-01, or 2021.")

    def only(self, document_ids: Collection[str] | None) -> Scope:
        """The same, in these documents only; None changes nothing."""
        if document_ids is None:
            return self
        ids = sorted({*document_ids})
        if self.document_ids is not None:
            ids = sorted({*ids} & {*self.document_ids})
        return replace(self, document_ids=tuple(ids))

    @property
    def filters(self) -> bool:
        """Whether it asks of documents what they say of themselves."""
        return bool(
            self.kinds
            or self.issuers
            or self.jurisdictions
            or self.issued_from
            or self.issued_until
        )

    def holding(self, documents: Iterable[DocumentFacts]) -> list[str] | None:
        """The ids of the documents that are in it; None where all are."""
        if not self.filters:
            return None if self.document_ids is None else [*self.document_ids]
        named = None if self.document_ids is None else {*self.document_ids}
        return [d.id for d in documents if (named is None or d.id in named) and self._holds(d)]

    def _holds(self, facts: DocumentFacts) -> bool:
        said, issuer = facts.metadata, _plain(facts.issuer)
        issued = said.issued or said.amended or facts.date
        return (
            (not self.kinds or said.kind in self.kinds)
            and (not self.issuers or any(_plain(i) in issuer for i in self.issuers))
            and (not self.jurisdictions or _lies_in(said.jurisdiction, self.jurisdictions))
            and (not self.issued_from or (issued >= self.issued_from and bool(issued)))
            and (
                not self.issued_until
                or ("" < issued[: len(self.issued_until)] <= self.issued_until)
            )
        )


def _lies_in(jurisdiction: str, wanted: Iterable[str]) -> bool:
    return bool(jurisdiction) and any(within(jurisdiction, path_of(name)) for name in wanted)


def _plain(name: str) -> str:
    return fold(to_simplified(name)).replace(" ", "")
