"""Which documents are versions of one text, and which say that they replace another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from wenju.index.records import DocumentFacts
from wenju.index.titles import Title, title_of

_STATUTES: Final = frozenset({"law", "regulation"})
_OTHERS: Final = frozenset({"", "notice"})  # kinds of which the title says whether they are norms
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Version:
    """A document among those of its text. ``since`` is the day from which it counts."""

    id: str
    since: str
    title: Title
    draft: bool
    repealed: str
    expires: str
    years: frozenset[str]

    def begun(self, day: str) -> bool:
        """Whether it counts on a day; a year or month that holds the day has begun."""
        return not self.since or _by(self.since, day)

    def ended(self, day: str) -> Literal["repealed", "expired"] | None:
        """What ended it by that day, None where nothing did."""
        if self.repealed and (not _DAY.fullmatch(self.repealed) or _by(self.repealed, day)):
            return "repealed"
        return "expired" if self.expires and not _by(day, self.expires) else None


def order(version: Version) -> tuple[str, str]:
    """By which versions come one after the other."""
    return version.since, version.id


def may_be_in_force(document: DocumentFacts) -> bool:
    """Whether a document is a text that is in force or not: no news, no answers, no form."""
    kind, title = document.metadata.kind, title_of(document.title)
    if kind in _STATUTES or kind == "draft":
        return bool(title.key)
    return kind in _OTHERS and bool(title.key) and (title.norm or title.notice or title.draft)


def version_of(document: DocumentFacts) -> Version:
    """A document as a version of its text."""
    said, title = document.metadata, title_of(document.title)
    days = [day for day in (said.issued, said.amended, said.effective) if _DAY.fullmatch(day)]
    own = [document.date] if _DAY.fullmatch(document.date) else []
    dates = days or own or sorted(title.years)
    return Version(
        id=document.id,
        since=max(dates, default=""),
        title=title,
        draft=said.kind == "draft" or title.draft,
        repealed=said.repealed,
        expires=said.expires,
        years=frozenset(day[:4] for day in (*dates, *own)) | title.years,
    )


def grouped(
    facts: Sequence[DocumentFacts], versions: Mapping[str, Version]
) -> list[tuple[str, ...]]:
    """The ids of each text's versions, oldest first."""
    by_key: dict[str, list[list[DocumentFacts]]] = defaultdict(list)
    for document in facts:
        groups = by_key[versions[document.id].title.key]
        group = next((g for g in groups if all(_one_text(document, o) for o in g)), None)
        if group is None:
            groups.append([document])
        else:
            group.append(document)
    found = [group for groups in by_key.values() for group in groups]
    return [tuple(sorted((d.id for d in g), key=lambda i: order(versions[i]))) for g in found]


def _one_text(one: DocumentFacts, other: DocumentFacts) -> bool:
    """Whether documents of one title are versions of one text."""
    if not _one_jurisdiction(one, other):
        return False
    # laws carry the names of whoever passed or signed them
    laws = one.metadata.kind == other.metadata.kind == "law"
    issuers = {title_of(d.issuer).key for d in (one, other) if d.issuer}
    return (
        laws or len(issuers) < 2 or bool(one.metadata.jurisdiction and other.metadata.jurisdiction)
    )


def _one_jurisdiction(one: DocumentFacts, other: DocumentFacts) -> bool:
    places = {d.metadata.jurisdiction for d in (one, other)} - {""}
    return len(places) < 2


def replaced_by(
    facts: Sequence[DocumentFacts], versions: Mapping[str, Version]
) -> dict[str, tuple[str, ...]]:
    """By document, those of another title that say that they replace it."""
    by_key: dict[str, list[DocumentFacts]] = defaultdict(list)
    for document in facts:
        by_key[versions[document.id].title.key].append(document)
    found: dict[str, set[str]] = defaultdict(set)
    for newer in facts:
        version = versions[newer.id]
        keys = {title_of(title).key for title in newer.metadata.replaces} - {version.title.key}
        for older in (o for key in sorted(keys - {""}) for o in by_key.get(key, ())):
            before = versions[older.id].since < version.since
            if before and not version.draft and _one_jurisdiction(older, newer):
                found[older.id].add(newer.id)
    return {i: tuple(sorted(newer)) for i, newer in found.items()}


def _by(one: str, other: str) -> bool:
    """Whether a day is not after another; of a year and a day in it, neither is."""
    return one[: len(other)] <= other[: len(one)]
