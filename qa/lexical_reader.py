"""A reader that needs no training: it weighs statements, then finds a span of the kind asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from wenju.corpus.values.shapes import DATE
from wenju.index.hit import Hit
from wenju.qa.candidates import PATTERNED_KINDS, QUANTITIES, TYPED_KINDS, candidates
from wenju.qa.enumeration import enumerations, marked
from wenju.qa.matching import Term, covered, occurrences, question_terms, total_weight
from wenju.qa.names import Place
from wenju.qa.question import Question
from wenju.qa.reader import Reading, Span
from wenju.qa.signs import labelled, same_limit
from wenju.qa.statements import Statement, Weighing, Weights
from wenju.qa.tables import cells

_BREAK = re.compile(r"[，,、：:；;。]")
_COPULA = re.compile(r"(?:是指|指的是|重点在于|在于|就是|即为|应为|分别为|是|为|即|指|:|：)")
_IS_WHAT = re.compile(r"(?:是|为|在于|指)(?:什么|何|谁|哪)")
_STATEMENTS_READ = 12
_LIMIT_REACH = 4  # characters before a number in which 最高 speaks of it


class LexicalReader:
    """Scores statements by weighted coverage of the question, then looks inside the best."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights or Weights()

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Spans of the hits' passages, best first."""
        terms = question_terms(question)
        top = max((h.score for h in hits), default=0.0)
        statements = [
            statement
            for hit in hits
            for statement in Weighing(question, terms, hit, self._weights).statements(top)
        ]
        ranked = sorted(statements, key=lambda s: (-s.score, s.hit.rank, s.start))
        read = [self._read(question, terms, s) for s in ranked[:_STATEMENTS_READ]]
        read.sort(key=lambda pair: (-pair[0].score, pair[0].hit.rank, pair[0].start))
        support = read[0][1] if read else 0.0
        return Reading(tuple(span for span, _ in read), 1.0 - min(1.0, support))

    def _read(
        self, question: Question, terms: tuple[Term, ...], statement: Statement
    ) -> tuple[Span, float]:
        """The statement's best span and its support."""
        span = self._span(question, terms, statement)
        fits = span is not None
        return span or self._whole(question, terms, statement), self._supported(
            question, statement, fits=fits
        )

    def _supported(self, question: Question, statement: Statement, *, fits: bool) -> float:
        """Weighted mean of what is said in the question's words and what is meant (0 to 1)."""
        w = self._weights
        similarity = min(1.0, max(0.0, statement.hit.dense_score))
        support = statement.kept * (w.said * statement.coverage + (1 - w.said) * similarity)
        if fits or question.kind not in TYPED_KINDS | {"enumeration"}:
            return support
        if question.kind == "contact":
            return support * w.strict_unfit
        return support * (w.quantity_unfit if question.kind in QUANTITIES else w.unfit)

    def _span(
        self, question: Question, terms: tuple[Term, ...], statement: Statement
    ) -> Span | None:
        """The best span of the kind asked for, or None."""
        if question.kind == "enumeration":
            return self._listed(question, terms, statement)
        value = labelled(question, statement.text)
        if value and question.kind not in PATTERNED_KINDS | {"person"}:
            found = [value]
        else:
            real = statement.hit.passage.text[statement.start : statement.end]
            found = cells(question, terms, statement) or candidates(question, statement.text, real)
        if not found:
            return None
        signs, place = max(
            ((self._candidate_signs(question, terms, statement.text, p), p) for p in found),
            key=lambda pair: (pair[0], -pair[1][0]),
        )
        return _at(statement, place, statement.score + self._weights.fit + signs)

    def _candidate_signs(
        self, question: Question, terms: tuple[Term, ...], text: str, place: Place
    ) -> float:
        """What speaks for a candidate beside its statement: it is near, it is the most allowed."""
        w = self._weights
        before = max(0, place[0] - _LIMIT_REACH)
        limit = w.limit * same_limit(question, text[before : place[1]])
        return w.near * self._nearness(terms, text, place) + limit

    def _whole(self, question: Question, terms: tuple[Term, ...], statement: Statement) -> Span:
        """The statement itself, or what it says the thing asked for is."""
        place = _after_copula(question, terms, statement.text) or (0, len(statement.text))
        w = self._weights
        miss = w.miss + (w.measure_miss if question.measure else 0.0)
        miss += w.strict_miss * (question.kind == "contact")
        score = statement.score - miss * (question.kind in PATTERNED_KINDS)
        return _at(statement, _trim_mark(statement.text, place), score)

    def _listed(
        self, question: Question, terms: tuple[Term, ...], statement: Statement
    ) -> Span | None:
        """The enumeration that is nearest and fits the number asked for, or numbered parts."""
        w = self._weights
        found = [
            (
                w.number * e.fit(question.number)
                + w.near * self._nearness(terms, statement.text, (e.start, e.end)),
                e,
            )
            for e in enumerations(statement.text)
            if not question.asks_years or DATE.search(statement.text, e.start, e.end)
        ]
        if found:
            signs, best = max(found, key=lambda pair: (pair[0], len(pair[1].items)))
            score = statement.score + w.fit + signs
            return _at(statement, (best.start, best.end), score, best.items)
        parts = marked(statement.folded)
        # numbered parts that begin in the statement or right behind it
        if parts and statement.start <= parts.start <= statement.end + 6:
            score = statement.score + w.fit + w.number * parts.fit(question.number)
            return Span(statement.hit, parts.start, parts.end, score, parts.items)
        return None

    def _nearness(self, terms: tuple[Term, ...], text: str, place: Place) -> float:
        """How close the question's terms stand to a candidate, 0 to 1; each break halves it."""
        total = 0.0
        for term in terms:
            closeness = 0.0
            for at in occurrences(term.text, text):
                left, right = sorted([(at, at + len(term.text)), place])
                between = text[left[1] : right[0]] if left[1] < right[0] else ""
                halved = 0.5 ** len(_BREAK.findall(between))
                closeness = max(closeness, halved * math.exp(-len(between) / self._weights.reach))
            total += term.weight * closeness
        return total / total_weight(terms)


def _at(statement: Statement, place: Place, score: float, parts: Sequence[Place] = ()) -> Span:
    """A span of the passage from a place in the statement."""
    at = statement.start
    moved = tuple((a + at, b + at) for a, b in parts)
    return Span(statement.hit, place[0] + at, place[1] + at, score, moved)


def _after_copula(question: Question, terms: tuple[Term, ...], text: str) -> Place | None:
    """What a statement says a thing is: the rest behind 是, 為, 在於 right after the thing asked."""
    if question.kind not in ("statement", "name", "person", "body", "place"):
        return None
    if not _IS_WHAT.search(question.folded):
        return None
    for match in _COPULA.finditer(text):
        near = text[max(0, match.start() - 8) : match.start()]
        if len(text) - match.end() >= 2 and covered(terms, near):
            return match.end(), len(text)
    return None


def _trim_mark(text: str, place: Place) -> Place:
    """Without list marks before and a closing mark behind."""
    start, end = place
    while start < end and text[start] in " -•·*、，,：:":
        start += 1
    while end > start + 1 and text[end - 1] in " 。；;，,":
        end -= 1
    # a line of nothing but marks stays as it is: an answer is never empty
    return (start, end) if start < end else place
