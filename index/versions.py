"""Versions of one text, and which of them is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from wenju.index.families import (
    Version,
    grouped,
    may_be_in_force,
    order,
    replaced_by,
    version_of,
)
from wenju.index.records import DocumentFacts

Status = Literal["in_force", "superseded", "repealed", "expired", "draft", "not_yet", "unknown"]
COUNTS, AFTER, NEVER = range(3)
"""How a document takes part in answering: it answers; only where nothing else does; not at all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a text is in force on a day; ``current`` is the id of the version that is, if any."""

    status: Status
    current: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which versions a question is asked of: those in force on ``day``, unless it says more.

    ``fixed``: a person chose the day. ``years`` bind to the versions of those years, where there
    are any; ``old``, ``draft`` and ``upcoming`` ask for versions that do not count otherwise.
    """

    day: str
    fixed: bool = False
    years: frozenset[str] = frozenset()
    old: bool = False
    draft: bool = False
    upcoming: bool = False


class Versions:
    """The versions of every text of a library."""

    def __init__(self, documents: Iterable[DocumentFacts]) -> None:
        facts = [d for d in documents if may_be_in_force(d)]
        self._versions = {d.id: version_of(d) for d in facts}
        self._groups = grouped(facts, self._versions)
        self._of: dict[str, tuple[str, ...]] = {i: g for g in self._groups for i in g}
        self._replacing = replaced_by(facts, self._versions)
        several = (i for group in self._groups if len(group) > 1 for i in group)
        replacing = (i for newer in self._replacing.values() for i in newer)
        self._related = {*several, *self._replacing, *replacing}

    def of(self, document_id: str) -> tuple[str, ...]:
        """The ids of all versions of a document's text, oldest first, itself among them."""
        return self._of.get(document_id, (document_id,))

    def since(self, document_id: str) -> str:
        """The day from which a text counts, empty where it is not known or it is no such text."""
        version = self._versions.get(document_id)
        return version.since if version else ""

    def same_text(self, one: str, other: str) -> bool:
        """Whether two documents are versions of one text, or one replaces the other."""
        replaced = (self._replacing.get(a, ()) for a in (one, other))
        return other in self.of(one) or any(i in newer for newer in replaced for i in (one, other))

    def standing(self, document_id: str, day: str) -> Standing:
        """Whether a document is in force on a day (``YYYY-MM-DD``)."""
        version = self._versions.get(document_id)
        if version is None:
            return Standing("unknown")
        current = self._current(document_id, day)
        if version.draft:
            return Standing("draft", current)
        if not version.begun(day):
            return Standing("not_yet", current)
        if current and current != document_id:
            return Standing("superseded", current)
        if ended := version.ended(day):
            return Standing(ended)
        if self._successors(document_id, day):
            return Standing("superseded")
        return Standing("in_force" if version.since else "unknown")

    def part(self, document_id: str, asked: Asked) -> int:
        """How a document takes part in an answer: COUNTS, AFTER or NEVER."""
        if document_id not in self._versions:
            return COUNTS
        chosen = self._chosen(document_id, asked)
        if chosen is not None:
            return COUNTS if document_id in chosen else NEVER
        standing = self.standing(document_id, asked.day)
        if standing.status in ("in_force", "unknown"):
            return COUNTS
        if standing.current or standing.status == "superseded":
            return NEVER
        if standing.status == "not_yet" and asked.fixed:
            return NEVER
        return AFTER if document_id in self._latest(document_id, asked.day) else NEVER

    def left_out(self, asked: Asked) -> set[str]:
        """The ids of all documents that do not take part at all."""
        related = {i for i in self._related if self.part(i, asked) == NEVER}
        if not asked.fixed or (asked.upcoming and not asked.draft):
            return related
        # a text of one version takes part from its day on
        alone = (v for v in self._versions.values() if v.id not in self._related)
        return related | {v.id for v in alone if not v.draft and not v.begun(asked.day)}

    def in_place_of(self, document_id: str, asked: Asked) -> list[str]:
        """The versions that answer in the place of one that does not."""
        ids = {*self.of(document_id), self._current(document_id, asked.day)} - {"", document_id}
        return sorted(i for i in ids if self.part(i, asked) == COUNTS)

    def _chosen(self, document_id: str, asked: Asked) -> set[str] | None:
        """The versions of a document's text that a question asks for; None where it asks for none."""
        group = [self._versions[i] for i in self.of(document_id)]
        if dated := _of_years(group, asked.years):
            enacted = [v for v in dated if not v.draft]
            return {v.id for v in (dated if asked.draft else enacted or dated)}
        if past := [i for y in sorted(asked.years) for i in self._in_force(group, y, asked.day)]:
            return {*past}
        if asked.draft:
            return _last(v for v in group if v.draft) or None
        if asked.upcoming:
            later = [v for v in group if not v.draft and not v.begun(asked.day)]
            return {v.id for v in later if v.since == min(w.since for w in later)} or None
        if asked.old:
            gone = [v for v in group if self.standing(v.id, asked.day).status in _GONE]
            return _last(gone) or self._chosen_of_replaced(document_id)
        return None

    def _in_force(self, group: Sequence[Version], year: str, day: str) -> set[str]:
        """What was in force at the end of a year that is over; empty where nothing was."""
        if len(group) == 1 or year >= day[: len(year)]:
            return set()
        begun = [v for v in group if not v.draft and v.since and v.begun(year)]
        ended = {v.id for v in begun if v.ended(year)}
        return _last(begun) - ended

    def _chosen_of_replaced(self, document_id: str) -> set[str] | None:
        """Nothing of a text that has taken the place of another, where that is asked for."""
        replaces = any(document_id in newer for newer in self._replacing.values())
        return set() if replaces else None

    def _current(self, document_id: str, day: str) -> str:
        """The version in force on a day of the text that a document is of, or of what replaced it."""
        seen, at = {document_id}, document_id
        group = [self._versions[i] for i in self.of(at)]
        last = _last(v for v in group if not v.draft and v.since and v.begun(day))
        at = at if at in last else max(last, default=at)
        while newer := [i for i in self._replacers(at, day) if i not in seen]:
            at = max(newer, key=lambda i: order(self._versions[i]))
            seen.add(at)
        version = self._versions[at]
        fits = not version.draft and version.since and version.begun(day)
        return at if fits and not version.ended(day) else ""

    def _latest(self, document_id: str, day: str) -> set[str]:
        """Of versions none of which is in force, those that come nearest to it."""
        group = [self._versions[i] for i in self.of(document_id)]
        enacted = [v for v in group if not v.draft]
        return _last([v for v in enacted if v.begun(day)] or enacted or group)

    def _successors(self, document_id: str, day: str) -> list[str]:
        """Versions that have taken a document's place by a day."""
        version = self._versions.get(document_id)
        if version is None:
            return []
        group = (self._versions[i] for i in self.of(document_id))
        same = [
            v.id for v in group if not v.draft and v.begun(day) and "" < version.since < v.since
        ]
        return [*same, *self._replacers(document_id, day)]

    def _replacers(self, document_id: str, day: str) -> list[str]:
        found = self._replacing.get(document_id, ())
        return [i for i in found if self._versions[i].begun(day)]


_GONE: Final = frozenset({"superseded", "repealed", "expired"})


def _last(versions: Iterable[Version]) -> set[str]:
    """The ids of the latest versions: of several parts of one edition, all."""
    found = [*versions]
    return {v.id for v in found if v.since == max(w.since for w in found)}


def _of_years(group: Sequence[Version], years: frozenset[str]) -> list[Version]:
    """The versions that count since one of the years, or else those that name one."""
    since = [v for v in group if v.since[:4] in years]
    return since or [v for v in group if v.years & years]
