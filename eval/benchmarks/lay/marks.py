"""Where the right article stands, among what is found and among what is shown; and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wenju.corpus.document import Passage
from wenju.eval.benchmarks.lay.questions import LaySet, Question
from wenju.eval.benchmarks.statutes.truth import Number
from wenju.eval.benchmarks.unseen.figures import Figures
from wenju.eval.intervals import bootstrap
from wenju.qa.engine import Engine

DEPTH = 5
Spot = tuple[str, int, int]
"""A document's id, and a half-open place in its source."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The first rank, from 1, of a right passage, None where there is none.

    ``found`` is among the search's first five, ``shown`` among what the answer cites, or what is nearest
    where nothing was answered. ``answered`` is None where only the search was asked.
    """

    side: str
    found: int | None
    shown: int | None = None
    answered: bool | None = None


class Judge:
    """Tells of a passage whether it is one of an article that answers."""

    def __init__(self, engine: Engine, lay: LaySet) -> None:
        self._engine = engine
        ids = {held.name: held.id for held in engine.library.documents()}
        self._places: dict[tuple[str, Number], Spot] = {
            (law.name, place.number): (ids[law.name], place.start, place.end)
            for law in lay.laws
            for place in law.places
        }

    def mark(self, question: Question, *, ask: bool = True) -> Mark:
        """Search for a question, and ask it."""
        gold = [self._places[article] for article in question.articles]
        hits = self._engine.search(question.text, DEPTH)
        found = _first((self._spot(hit.passage) for hit in hits), gold)
        if not ask:
            return Mark(question.side, found)
        answer = self._engine.ask(question.text)
        cited = answer.citations if answer.answered else answer.nearest
        shown = _first(((one.document_id, one.start, one.end) for one in cited), gold)
        return Mark(question.side, found, shown, answer.answered)

    def _spot(self, passage: Passage) -> Spot:
        document = self._engine.library.document(passage.document_id)
        return (passage.document_id, *document.alignment.to_source(passage.start, passage.end))


def _first(passages: Iterable[Spot], gold: Sequence[Spot]) -> int | None:
    places = enumerate(passages, 1)
    return next((rank for rank, place in places if any(same(place, one) for one in gold)), None)


def same(passage: Spot, article: Spot) -> bool:
    """Whether half of the passage is the article's, or half of the article stands in it."""
    overlap = min(passage[2], article[2]) - max(passage[1], article[1])
    shorter = min(passage[2] - passage[1], article[2] - article[1])
    return passage[0] == article[0] and overlap > 0 and 2 * overlap >= shorter


_SHARES: dict[str, Callable[[Mark], bool]] = {
    "recall_at_1": lambda mark: mark.found == 1,
    "recall_at_5": lambda mark: mark.found is not None,
    "shown_first": lambda mark: mark.shown == 1,
    "shown": lambda mark: mark.shown is not None,
    "answered": lambda mark: bool(mark.answered),
    "right_of_answered": lambda mark: mark.shown == 1,
}


def figures(marks: Sequence[Mark]) -> Figures:
    """The share of questions of which each holds, with its interval; those of answers where asked.

    ``right_of_answered`` is the share of answers that cite a right article first.
    """
    asked = [mark for mark in marks if mark.answered is not None]
    over = {name: marks if name.startswith("recall") else asked for name in _SHARES}
    over["right_of_answered"] = [mark for mark in asked if mark.answered]
    return {
        name: bootstrap([float(holds(mark)) for mark in over[name]]) if over[name] else None
        for name, holds in _SHARES.items()
    }
