"""Which of the passages found may answer: those of the texts that count, where they are law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from wenju.corpus.script import to_simplified
from wenju.index.catalogue import Catalogue, asked_of
from wenju.index.hit import Hit
from wenju.index.jurisdictions import compatible, in_any, outermost, within
from wenju.index.scope import Scope
from wenju.index.versions import AFTER, COUNTS, Asked
from wenju.qa.question import Question

Search = Callable[[int, Sequence[str] | None], list[Hit]]
"""Finds so many passages, in these documents only, or in all."""
Usage = Callable[[str, Sequence[str]], dict[str, float]]
"""For a text and jurisdictions: how much rather each speaks so, in nats."""

_DEEP = 8  # times as many passages are looked at as are read
_POOLS = 3  # jurisdictions read for one question
_CLOSE = 0.6  # of the best hit's score, that one of a jurisdiction must have to be read for it
_LOOKED_FOR = 20  # documents whose other version is looked for
_CLEAR = 3.0  # nats by which the words of one country must speak for it, to let it answer alone
_LEAN = 0.5  # the same, to let it answer first
_HINT = 0.05  # what the script of a question speaks for the countries that write it


@dataclass(frozen=True, slots=True)
class Selection:
    """Hits by how they take part, each in the order of search.

    ``pools`` are the hits of one jurisdiction each; that which is meant, or fits best, first.
    ``settled``: the first of them is meant, and the others answer only where it does not; ``leaning``:
    it is rather meant, and answers before others. ``after``
    are hits of texts that are not in force and have no version that is; ``old`` those of versions
    that do not answer. ``reason`` says why there is nothing to read: ``nothing_in_scope``, or
    ``not_in_force`` where only versions were found that do not answer.
    """

    pools: tuple[tuple[Hit, ...], ...] = ()
    settled: bool = False
    leaning: bool = False
    after: tuple[Hit, ...] = ()
    old: tuple[Hit, ...] = ()
    reason: str = ""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Those that come nearest: of the first pool that there is, or else of the others."""
        return next((pool for pool in self.pools if pool), self.after or self.old)


class Selector:
    """Selects hits for one question over one catalogue."""

    def __init__(
        self, catalogue: Catalogue, question: Question, scope: Scope, usage: Usage | None = None
    ) -> None:
        self._catalogue = catalogue
        self._question = question
        held = catalogue.holding(scope)
        self._ids = None if held is None else dict.fromkeys(held)
        self._filtered = scope.filters
        self._usage = usage
        self.asked: Asked = asked_of(question.folded, scope.as_of)

    def select(self, search: Search, k: int) -> Selection:
        """The hits to read, at most ``k`` to a pool."""
        if self._ids is not None and not self._ids:
            return Selection(reason="nothing_in_scope" if self._filtered else "")
        hits = search(_DEEP * k, None if self._ids is None else [*self._ids])
        named = self._catalogue.names.named(self._question.folded)
        hits = self._with_versions(hits, search, k)
        hits = self._with_named(hits, named, search, k)
        by_part: dict[int, list[Hit]] = {}
        for hit in hits:
            by_part.setdefault(self._part(hit), []).append(hit)
        fits = [hit for hit in by_part.pop(COUNTS, []) if self._may_answer(hit, named)]
        after = [hit for hit in by_part.pop(AFTER, []) if self._may_answer(hit, named)]
        pools, lead = self._pools(fits, named, k)
        old = [hit for rest in by_part.values() for hit in rest]
        reason = "" if fits or after or not old else "not_in_force"
        return Selection(
            *(pools, lead >= _CLEAR, lead >= _LEAN),
            *(ranked(after, k), ranked(old, k), reason),
        )

    def _part(self, hit: Hit) -> int:
        """How its document takes part; one whose text in force was left out comes after."""
        document_id, versions = hit.passage.document_id, self._catalogue.versions
        part = versions.part(document_id, self.asked)
        if part <= AFTER or self._ids is None or self.asked.fixed:
            return part
        instead = versions.in_place_of(document_id, self.asked)
        return part if any(i in self._ids for i in instead) else AFTER

    def _with_versions(self, hits: list[Hit], search: Search, k: int) -> list[Hit]:
        """The hits, and those of the versions that answer in the place of others that were found."""
        found = list(dict.fromkeys(hit.passage.document_id for hit in hits[:_LOOKED_FOR]))
        versions = self._catalogue.versions
        out = [i for i in found if versions.part(i, self.asked) > AFTER]
        wanted = dict.fromkeys(j for i in out for j in versions.in_place_of(i, self.asked))
        missing = [i for i in wanted if i not in found and (self._ids is None or i in self._ids)]
        return _merged(hits, search(k, missing)) if missing else hits

    def _with_named(
        self, hits: list[Hit], named: dict[str, str], search: Search, k: int
    ) -> list[Hit]:
        """The hits, and more of the jurisdiction that is named, where there are few."""
        if not named or sum(self._may_answer(hit, named) for hit in hits) >= k:
            return hits
        documents = self._catalogue.documents.values()
        there = [d.id for d in documents if _is_there(d.metadata.jurisdiction, named)]
        if self._ids is not None:
            there = sorted({*there} & {*self._ids})
        return _merged(hits, search(_DEEP * k, there)) if there else hits

    def _may_answer(self, hit: Hit, named: dict[str, str]) -> bool:
        """Whether a passage may hold where the question asks of, or speaks of it."""
        if not named or in_any(self._place(hit), [*named]):
            return True
        said = (hit.passage.folded, to_simplified(hit.passage.title))
        return any(name in text for name in named.values() for text in said)

    def _place(self, hit: Hit) -> str:
        return self._catalogue.jurisdiction(hit.passage.document_id)

    def _pools(
        self, hits: Sequence[Hit], named: dict[str, str], k: int
    ) -> tuple[tuple[tuple[Hit, ...], ...], float]:
        """The hits by jurisdiction, and by how much the first is rather meant than another."""
        paths = list(dict.fromkeys(path for hit in hits if (path := self._place(hit))))
        if len(paths) < 2:  # noqa: PLR2004 - one place or none
            return (ranked(hits, k),), 0.0
        meant, lead = self._meant(paths)
        # what is named comes before what holds there too
        paths.sort(key=lambda path: (path not in named, -meant.get(outermost(path), 0)))
        pools: list[tuple[Hit, ...]] = []
        taken: set[str] = set()
        for path in paths[: _POOLS + 1]:
            first = not pools
            pool = [h for h in hits if _of_pool(self._place(h), path, lead=first)]
            pool = [h for h in pool if h.passage.id not in taken]
            taken |= {h.passage.id for h in pool}
            if pool:
                pools.append(ranked(pool, k))
        best = max((pool[0].score for pool in pools), default=0.0)
        near = [pool for pool in pools[:_POOLS] if pool[0].score >= _CLOSE * best]
        return tuple(near), lead

    def _meant(self, paths: Iterable[str]) -> tuple[dict[str, float], float]:
        """How much the question's words speak for each country, and for the first above the next."""
        outer = list(dict.fromkeys(outermost(path) for path in paths))
        if self._usage is None or len(outer) < 2:  # noqa: PLR2004
            return {}, 0.0
        scores = self._usage(self._question.folded, outer)
        best, second = sorted(scores.values(), reverse=True)[:2]
        traditional = to_simplified(self._question.text) != self._question.text
        hints = {place: _HINT * self._catalogue.writes(place, traditional) for place in outer}
        return {p: s + hints[p] for p, s in scores.items()}, best - second


def ranked(hits: Sequence[Hit], k: int) -> tuple[Hit, ...]:
    """The first ``k``, with their ranks among these."""
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits[:k], start=1))


def _of_pool(place: str, path: str, *, lead: bool) -> bool:
    """Whether a text may answer for a jurisdiction: its own, or, with the first, one that holds there."""
    return place == path or (lead and (not place or within(path, place)))


def _is_there(place: str, named: Iterable[str]) -> bool:
    return bool(place) and any(compatible(place, path) for path in named)


def _merged(hits: Sequence[Hit], more: Sequence[Hit]) -> list[Hit]:
    """Both, each passage once, best first."""
    each = {hit.passage.id: hit for hit in (*more, *hits)}
    return sorted(each.values(), key=lambda hit: (-hit.score, hit.passage.id))
