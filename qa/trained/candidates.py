"""Candidate answers and the signs by which they are weighed across passages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from wenju.index.hit import Hit
from wenju.qa.candidates import QUANTITIES, TYPED_KINDS, candidates
from wenju.qa.question import Question
from wenju.qa.reader import Reading, Span
from wenju.qa.signs import asks, is_page_line, is_signature
from wenju.qa.statements import statement_spans
from wenju.qa.trained.spans import Scored

SIGNS: Final = (
    "share",
    "margin",
    "sentence",
    "gap",
    "similarity",
    "lexical_first",
    "lexical_near",
    "support",
    "typed",
    "holds_typed",
    "untyped",
    "listed",
    "counted",
)
"""Names of the signs, in their order; each is a number of about -1 to 1."""

Place = tuple[int, int]
_FINES = re.compile("[罚违赔责犯]|[不未没]")  # questions whose answer may be a fine
_FINED_BEFORE, _FINED_BEHIND = (
    re.compile(r"处[^,。;]{0,12}\Z"),
    re.compile(r"[^,。;]{0,12}罚[锾款金]"),
)
_LAST_CLAUSE = re.compile(r"[^,、;:。\s]+\Z")
_LEADING = re.compile("^(?:其中|以及|包括|[和及与含有达])+")
_MARKS = "。；;！？!? \n"
_EXPLAINED = frozenset({"method", "reason", "yes_no", "definition"})  # by no heading
_HEADING = re.compile(r"\A[^。;:\n]{1,30}(?=\n\s*\S)")
_FLOOR, _MARGIN = -12.0, 10.0
_LEXICAL, _TYPED = 5, 12  # of the lexical spans and of the typed places, how many are looked at


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a hit's passage, its signs, and its weight (higher is better).

    ``broken`` is one that runs from the middle of a statement over its end, or into half of
    another.
    """

    hit: Hit
    scored: Scored
    signs: tuple[float, ...]
    weight: float
    broken: bool = False

    def sign(self, name: str) -> float:
        """One of its signs, by name."""
        return self.signs[SIGNS.index(name)]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a passage's spans are weighed beside.

    ``top`` is the best hit's retrieval score; ``typed`` are the places of things of the kind asked
    for, None where the kind has no form; ``lexical`` is what the lexical reader found;
    ``statements`` are the passage's, each to its last character that is no mark, and whether it
    answers nothing by its form; ``folded`` is its text.
    """

    question: Question
    hit: Hit
    top: float
    typed: tuple[Place, ...] | None
    lexical: Reading
    statements: tuple[tuple[Place, bool], ...]
    folded: str = ""

    @classmethod
    def of(
        cls, question: Question, hit: Hit, top: float, folded: str, lexical: Reading
    ) -> Surroundings:
        """Look for what there is of the kind asked for."""
        typed = None
        if question.kind in TYPED_KINDS:
            typed = tuple(candidates(question, folded, hit.passage.text))
        places = list(statement_spans(folded))
        held = [(a, a + len(folded[a:b].rstrip(_MARKS))) for a, b in places]
        statements = tuple(
            (place, _is_beside_the_point(question, folded, at))
            for place, at in zip(held, places, strict=True)
        )
        return cls(question, hit, top, typed, lexical, statements, folded)

    def offered(self) -> list[Place]:
        """Places to be weighed beside the network's own: of the kind asked for, and lexical ones."""
        found = [(s.start, s.end) for s in self._lexical_spans(_LEXICAL)]
        return list(dict.fromkeys([*found, *(self.typed or ())[:_TYPED]]))

    def answers(self, place: Place) -> bool:
        """Whether a place may answer: words of a question (a reporter's, a heading's) do not.

        Nor do a heading where something is to be explained, and the date of the page or document
        for when something was.
        """
        heading = _HEADING.match(self.folded) if self.question.kind in _EXPLAINED else None
        if heading and place[1] <= heading.end():
            return False
        held = [void for at, void in self.statements if _overlap(at, place)]
        return not held or not all(held)

    def is_anothers(self, place: Place) -> bool:
        """Whether a quantity stands by another name, and just one beside it by the one asked for.

        生态型10家,任务型30家,平台型20家 tells of 平台型 that there are 20, whatever the network says.
        And a fine (处3000元以下罚款) is no fee.
        """
        if self.question.kind not in QUANTITIES:
            return False
        held = [p for p in self.typed or () if _overlap(p, place)]
        if held and all(map(self._is_fine, held)) and not _FINES.search(self.question.folded):
            return True
        beside = [p for p in self.typed or () if self._in_one_statement(p, place)]
        asked = [p for p in beside if self._is_named(p)]
        others = (p for p in beside if p not in asked)
        return len(asked) == 1 and any(_overlap(p, place) for p in others)

    def _is_fine(self, place: Place) -> bool:
        before, behind = self.folded[: place[0]], self.folded[place[1] :]
        return bool(_FINED_BEHIND.match(behind) and _FINED_BEFORE.search(before[-16:]))

    def _in_one_statement(self, a: Place, b: Place) -> bool:
        return any(_overlap(at, a) and _overlap(at, b) for at, _ in self.statements)

    def _is_named(self, place: Place) -> bool:
        """Whether what stands before a quantity, from the last comma on, is in the question."""
        before = _LAST_CLAUSE.search(self.folded, 0, place[0])
        name = _LEADING.sub("", before[0]) if before else ""
        return len(name) > 1 and name in self.question.folded

    def _is_broken(self, place: Place) -> bool:
        held = [at for at, _ in self.statements if _overlap(at, place)]
        whole = bool(held) and place[0] <= held[0][0] and place[1] >= held[-1][1]
        return len(held) > 1 and not whole

    def weighed(self, scored: Scored, weights: Mapping[str, float]) -> Candidate:
        """A span with its signs and weight."""
        place = (scored.start, scored.end)
        listed = [s for s in self._lexical_spans(_LEXICAL) if s.parts and place == (s.start, s.end)]
        counted = any(len(s.parts) == self.question.number for s in listed)
        first = float(any(_overlap((s.start, s.end), place) for s in self._lexical_spans(1)))
        signs = (
            max(scored.log_share, _FLOOR) / -_FLOOR,
            max(-1.0, min(1.0, scored.margin / _MARGIN)),
            logistic(scored.sentence),
            self.hit.score - self.top,
            self.hit.dense_score,
            first,
            float(any(_overlap((s.start, s.end), place) for s in self._lexical_spans(_LEXICAL))),
            first * (1 - self.lexical.no_answer_score),
            float(place in (self.typed or ())),
            float(any(_overlap(p, place) for p in self.typed or ())),
            float(self.typed == ()),
            float(bool(listed)),
            float(counted),
        )
        return Candidate(self.hit, scored, signs, _weight(signs, weights), self._is_broken(place))

    def _lexical_spans(self, count: int) -> list[Span]:
        """Those of the best lexical spans that lie in this passage."""
        spans = self.lexical.spans[:count]
        return [s for s in spans if s.hit.passage.id == self.hit.passage.id]


def _is_beside_the_point(question: Question, folded: str, at: Place) -> bool:
    """Whether a statement asks, or tells when the page or the document was made, and no more."""
    text = folded[slice(*at)]
    return asks(text) or is_page_line(question, text) or is_signature(question, folded, *at)


def reweighed(candidate: Candidate, weights: Mapping[str, float]) -> Candidate:
    """The candidate under other weights of its signs."""
    return replace(candidate, weight=_weight(candidate.signs, weights))


def _weight(signs: Sequence[float], weights: Mapping[str, float]) -> float:
    weighed = (weights[name] * sign for name, sign in zip(SIGNS, signs, strict=True))
    return weights["constant"] + sum(weighed)


def _overlap(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def logistic(x: float) -> float:
    """One over one plus e to the minus x."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
