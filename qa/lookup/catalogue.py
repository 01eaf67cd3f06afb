"""The statutes of a library by their names; versions of one title are one statute, its newest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.index.records import StatuteRecord
from wenju.qa.lookup.titles import core_of, is_short_for, kind_word, names_of, seen

_LONGEST_SHORT = 15  # characters of initials with the word for the kind
_FARTHEST = 3  # distances from a title that names made of titles have
_COUNTRIES = {"TW": "of_tw", "CN": "of_cn", "HK": "of_hk", "MO": "of_mo"}
_phrase = partial(phrase, of="lookups")


@dataclass(frozen=True, slots=True)
class Entry:
    """A statute: its document, what it is called, where it is from and how new it is.

    ``key`` is its folded title and ``core`` that without nation and version; ``date`` is the newest
    day that its metadata or the name of its file gives.
    """

    id: str
    title: str
    key: str
    core: str
    jurisdiction: str
    date: str
    draft: bool
    repealed: bool

    @property
    def version_of(self) -> tuple[str, str]:
        """What all versions of one statute have in common."""
        return self.core, self.jurisdiction

    @property
    def standing(self) -> tuple[bool, bool, str, str]:
        """The higher, the sooner it is the one that is meant: no draft, in force, newest."""
        return not self.draft, not self.repealed, self.date, self.id


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, ``text[start:end]``, and the statutes that it may stand for."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class StatuteCatalogue:
    """Statutes by their names.

    ``others`` are further names: what a name is also called. ``document_ids``, in what follows,
    names the only documents to look among, None for all of them.
    """

    def __init__(
        self, records: Iterable[StatuteRecord], others: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.entries = tuple(map(entry_of, records))
        self._others = {seen(name): names for name, names in others.items()}
        self._names: dict[str, list[tuple[int, Entry]]] = {}
        self._by_initial: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries:
            for distance, name in names_of(entry.key):
                self._names.setdefault(name, []).append((distance, entry))
            self._by_initial.setdefault((entry.core[:1], kind_word(entry.core)), []).append(entry)
        self._longest = max(map(len, [*self._names, *self._others]), default=0)

    def newest(self, document_ids: Collection[str] | None = None) -> tuple[Entry, ...]:
        """All statutes, one to a title, the newest first."""
        return newest(e for e in self.entries if document_ids is None or e.id in document_ids)

    def called(self, name: str, document_ids: Collection[str] | None = None) -> tuple[Entry, ...]:
        """The statutes of a name, one to a title, newest first; none where it is nobody's.

        Of those that it may stand for the ones whose titles are nearest to it.
        """
        found = [
            (d, e)
            for d, e in self._names.get(name, ())
            if document_ids is None or e.id in document_ids
        ]
        for other in () if found else self._others.get(name, ()):
            nearest = self._names.get(seen(other), ())
            found += [
                (_FARTHEST, e) for _, e in nearest if document_ids is None or e.id in document_ids
            ]
        least = min((distance for distance, _ in found), default=0)
        return newest(e for distance, e in found if distance == least)

    def short_for(
        self, name: str, document_ids: Collection[str] | None = None
    ) -> tuple[Entry, ...]:
        """The statutes whose titles have a name's characters for initials."""
        candidates = self._by_initial.get((name[:1], kind_word(name)), ())
        return newest(
            e
            for e in candidates
            if (document_ids is None or e.id in document_ids) and is_short_for(name, e.core)
        )

    def named_in(self, text: str, document_ids: Collection[str] | None = None) -> Named | None:
        """The longest name in a folded text that is no part of another word; the first of them."""
        best: Named | None = None
        for start in _beginnings(text):
            least = best.end - best.start if best else 1
            for end in range(min(len(text), start + self._longest), start + least, -1):
                name = text[start:end]
                if not (name in self._names or name in self._others) or not _ends(text, end):
                    continue
                if entries := of_country(self.called(name, document_ids), _country(text[:start])):
                    best = Named(start, end, entries)
                    break
        return best

    def short_before(
        self, text: str, end: int, document_ids: Collection[str] | None = None
    ) -> Named | None:
        """The initials that a text up to a place ends in, the longest that are a statute's."""
        for start in _beginnings(text[:end]):
            if end - start > _LONGEST_SHORT:
                continue
            if entries := of_country(
                self.short_for(text[start:end], document_ids), _country(text[:start])
            ):
                return Named(start, end, entries)
        return None


def _beginnings(text: str) -> list[int]:
    """Where names may begin in a text."""
    return [at for at in range(len(text)) if _phrase("before_name").search(text, 0, at)]


def _ends(text: str, end: int) -> bool:
    """Whether a name may end there: 民法 is no part of 民法典, nor act of action."""
    last, after = text[end - 1], text[end : end + 1]
    if last.isalpha() and last.isascii() and after.isalpha() and after.isascii():
        return False
    return bool(_phrase("behind_name").match(text, end))


def of_country(entries: tuple[Entry, ...], country: str) -> tuple[Entry, ...]:
    """Those of a country, else those of which it is not known."""
    own = tuple(e for e in entries if e.jurisdiction.startswith(country))
    return own or tuple(e for e in entries if not e.jurisdiction)


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of the versions of each statute the one that stands; the newest statute first.

    Versions of which none is dated are all there: none of them can be called the newest.
    """
    by_title: dict[tuple[str, str], dict[str, Entry]] = {}
    for entry in entries:
        by_title.setdefault(entry.version_of, {})[entry.id] = entry
    kept: list[Entry] = []
    for versions in by_title.values():
        best = max(entry.standing for entry in versions.values())
        same = [e for e in versions.values() if e.standing[:3] == best[:3]]
        kept += same if not best[2] else [versions[best[3]]]
    return tuple(sorted(kept, key=lambda e: e.standing, reverse=True))


def entry_of(record: StatuteRecord) -> Entry:
    """A document with articles as the catalogue has it."""
    key = seen(record.label)
    known = record.metadata
    days = [known.amended, known.effective, known.issued, record.date]
    in_name = _phrase("iso_date").search(record.name)
    return Entry(
        id=record.id,
        title=record.label,
        key=key,
        core=core_of(key),
        jurisdiction=known.jurisdiction or _nation(key),
        date=max([*days, in_name[0] if in_name else ""]),
        draft=known.kind == "draft" or bool(_phrase("draft").search(key)),
        repealed=bool(known.repealed),
    )


def _nation(key: str) -> str:
    nation = _phrase("nation").match(key)
    return _country(nation[0]) if nation else ""


def _country(text: str) -> str:
    """The country that the end of a text names, empty where it names none."""
    return next((c for c, name in _COUNTRIES.items() if _phrase(name).search(text)), "")
