"""A passage beside a question: what each statement says of it, and what of the kind is there."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from wenju.index.hit import Hit
from wenju.index.jurisdictions import compatible
from wenju.qa.candidates import TYPED_KINDS, candidates
from wenju.qa.cells import typed_cells
from wenju.qa.conditions import Conditions
from wenju.qa.namesakes import Tail
from wenju.qa.network.spans import Scored, Scores
from wenju.qa.parallels import Parallels
from wenju.qa.passage import PassageView, Place, view_of
from wenju.qa.question import Question
from wenju.qa.tables import Tables
from wenju.qa.terms import covered, occurrences, total_weight

_BREAK = re.compile(r"[，,、：:；;。]")
_CLAUSE, _PIECE = re.compile(r"[，,；;。\n]"), re.compile(r"[，,、；;。\n]")
_REACH = 14.0  # characters over which closeness fades
# what a term counts that is said, beside the statement itself, …
_IN_PASSAGE = 0.55  # elsewhere in the passage
_IN_BLOCK = 0.8  # the same for a labelled line or a table's row: its block names the thing
_IN_PREVIOUS = 0.65  # in the statement before: 它, 該中心 and the like refer there
_IN_QUESTION = 0.85  # in the question that the statement answers
_IN_HEAD = 0.5  # only in title, issuer or headings

Shares = Sequence[tuple[frozenset[str], float]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What all passages found tell of the question's names, to read each passage by.

    ``tails`` are the ends of the question's names that something else may share; ``tables`` are the
    rows of tables, None where none were looked at.
    """

    tails: tuple[Tail, ...] = ()
    tables: Tables | None = None


class PassageContext:
    """A hit's passage as it is read for one question.

    ``top`` is the best hit's retrieval score; ``scores`` the network's, None where none reads;
    ``beside`` is what the other passages tell of the question's names.
    """

    def __init__(
        self,
        question: Question,
        hit: Hit,
        top: float,
        scores: Scores | None,
        beside: Beside = Beside(),  # noqa: B008 - frozen
    ) -> None:
        self.question = question
        self.tails = beside.tails
        self.hit = hit
        self.top = top
        self.scores = scores
        self.view: PassageView = view_of(hit.passage)
        self.folded = self.view.folded
        self.tables = beside.tables or Tables(question, [self.view])
        self._positions = {t.text: occurrences(t.text, self.folded) for t in question.terms}
        self._total = total_weight(question.terms)

    @cached_property
    def typed(self) -> tuple[Place, ...] | None:
        """Places of the kind asked for, in order; None where the kind has no form."""
        if self.question.kind not in TYPED_KINDS:
            return None
        found = candidates(self.question, self.folded, self.hit.passage.text)
        cells = [c for c in typed_cells(self.question, self.view) if not _touches(c, found)]
        return tuple(c for c in sorted([*found, *cells]) if not self.is_of_another(c))

    @cached_property
    def spans(self) -> tuple[Scored, ...]:
        """The network's best spans, best first, but for those of another row; none where none reads."""
        found = self.scores.best() if self.scores else ()
        return tuple(one for one in found if not self.is_of_another((one.start, one.end)))

    @cached_property
    def is_misled(self) -> bool:
        """Whether the network's best span stands in another row of a table than the question names."""
        first = self.scores.best()[:1] if self.scores else []
        return any(self.is_of_another((one.start, one.end)) for one in first)

    def is_of_another(self, place: Place) -> bool:
        """Whether it stands in another row, or column, of a table than the question names."""
        return self.tables.names_another(self.view, place)

    @cached_property
    def parallels(self) -> Parallels:
        """What of it stands beside others of its kind."""
        return Parallels(self.question, self.view, self.typed, self.said_in)

    @cached_property
    def conditions(self) -> Conditions:
        """The conditions it sets that what the question names may meet."""
        return Conditions(self.question, self.view, self.parallels)

    @cached_property
    def in_head(self) -> frozenset[str]:
        """The question's terms that stand above the passage."""
        return covered(self.question.terms, self.view.head)

    @cached_property
    def in_passage(self) -> frozenset[str]:
        """The question's terms that stand in the passage."""
        return frozenset(t for t, places in self._positions.items() if places)

    @cached_property
    def coverage(self) -> tuple[float, ...]:
        """Of each statement, the share of the question's weight said in it or around it, 0 to 1."""
        found = []
        asked = before = frozenset[str]()
        for statement in self.view.statements:
            here = self.said_in((statement.start, statement.end))
            if statement.item:
                before = frozenset()  # parts of a list do not speak of one another
            block = _IN_BLOCK if statement.row or statement.labelled else _IN_PASSAGE
            shares = (
                (here, 1.0),
                (asked, _IN_QUESTION),
                (before, _IN_PREVIOUS),
                (self.in_passage, block),
                (self.in_head, _IN_HEAD),
            )
            said = sum(t.weight * _share(t.text, shares) for t in self.question.terms)
            found.append(said / self._total)
            before = here
            if statement.asks:
                asked = here
        return tuple(found)

    def said_in(self, place: Place) -> frozenset[str]:
        """The question's terms that stand in a place of the passage."""
        start, end = place
        return frozenset(
            term
            for term, at in self._positions.items()
            if any(start <= a and a + len(term) <= end for a in at)
        )

    def covered_at(self, place: Place) -> float:
        """The best coverage of the statements that a place lies in."""
        held = [
            coverage
            for s, coverage in zip(self.view.statements, self.coverage, strict=True)
            if s.start < place[1] and place[0] < s.stop
        ]
        return max(held, default=0.0)

    def clause_coverage(self, place: Place) -> float:
        """The share of the question's weight said in the clause of a place, but not by itself.

        A clause lies between marks such as commas, and where something of a form is asked for
        between the marks of an enumeration too.
        """
        start, end = place
        held = self.view.touched(place)
        low, high = (held[0].start, held[-1].stop) if held else place
        mark = _CLAUSE if self.typed is None else _PIECE
        before = max((m.end() for m in mark.finditer(self.folded, low, start)), default=low)
        behind = mark.search(self.folded, end, high)
        said = self.said_in((before, start)) | self.said_in(
            (end, behind.start() if behind else high)
        )
        return sum(t.weight for t in self.question.terms if t.text in said) / self._total

    def nearness(self, place: Place) -> float:
        """How close the question's terms stand to a place in its statements, 0 to 1.

        Each mark that breaks the sentence between them halves it.
        """
        around = self.view.around(place)
        total = sum(t.weight * self._closeness(t.text, place, around) for t in self.question.terms)
        return total / self._total

    def _closeness(self, term: str, place: Place, around: Place) -> float:
        best = 0.0
        positions = self._positions[term]
        for at in positions[bisect_right(positions, around[0] - 1) :]:
            if at >= around[1]:
                break
            left, right = sorted([(at, at + len(term)), place])
            between = self.folded[left[1] : right[0]] if left[1] < right[0] else ""
            halved = 0.5 ** len(_BREAK.findall(between))
            best = max(best, halved * math.exp(-len(between) / _REACH))
        return best


def is_elsewhere(context: PassageContext) -> bool:
    """Whether the question names places, and the passage others only: none the same, inside or around."""
    asked, told = context.question.places, context.view.places
    fits = any(compatible(one, other) for one in asked for other in told)
    return bool(asked and told) and not fits


def _share(term: str, shares: Shares) -> float:
    """What a term counts: the largest share of a place that holds it."""
    return max((share for held, share in shares if term in held), default=0.0)


def _touches(place: Place, others: Sequence[Place]) -> bool:
    """Whether a place overlaps one of others."""
    return any(a < place[1] and place[0] < b for a, b in others)
