"""A reader that needs no training: it weighs statements by what they say of the question."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.script import fold
from corpus.sentences import sentence_spans
from index.hit import Hit
from index.lexical import head
from qa.candidates import PATTERNED_KINDS, TYPED_KINDS, Place, candidates
from qa.enumeration import Enumeration, best, enumerations, marked
from qa.matching import Term, covered, occurrences, question_terms, total_weight
from qa.patterns import LABELLED
from qa.question import Question
from qa.reader import Reading, Span

_PART = re.compile(r"[；;]")
_BREAK = re.compile(r"[，,、：:；;。]")
_COPULA = re.compile(r"(?:是指|指的是|重点在于|在于|就是|即为|应为|分别为|是|为|即|指|:|：)")
_LABELS = {
    "date": "时间|日期|期间|期限",
    "time": "时间",
    "place": "地点|地址|场所",
    "contact": "电话|热线|专线|信箱|邮箱|传真|网址|联络|联系|phone|tel|email",
    "amount": "金额|费用|额度|收费|预算",
    "duration": "期限|期间|时限",
    "body": "单位|机关|机构|部门",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts. Tuned on DRCD dev and CMRC trial, which measure nothing here."""

    in_passage: float = 0.5  # a term elsewhere in the passage, against 1 in the statement itself
    in_block: float = 0.8  # the same for a labelled line, which its block is about
    in_head: float = 0.5  # a term only in title, issuer or headings
    fit: float = 0.15  # the statement holds something of the kind asked for
    miss: float = 0.2  # taken off when it holds nothing of a kind that patterns find reliably
    label: float = 0.3  # a line like 地點：… whose label names what is asked for
    number: float = 0.3  # an enumeration of as many things as the question speaks of
    retrieval: float = 0.6  # per unit of fused retrieval score below the best hit
    near: float = 0.3  # a candidate close to the question's terms
    reach: float = 14.0  # characters over which closeness fades
    unfit: float = 0.75  # support left when nothing of the kind asked for was found
    strict_unfit: float = 0.3  # the same for telephone numbers and the like


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of a passage with what it says of the question."""

    hit: Hit
    folded: str  # the whole passage, folded
    start: int
    end: int
    support: float  # share of the question's weight said here or around
    score: float

    @property
    def text(self) -> str:
        return self.folded[self.start : self.end]


class LexicalReader:
    """Scores statements by weighted coverage of the question, then finds a span of its kind."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights or Weights()

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Spans of the hits' passages, best first."""
        terms = question_terms(question)
        top = max((h.score for h in hits), default=0.0)
        statements = [s for hit in hits for s in self._statements(question, terms, hit, top)]
        spans = []
        support = 0.0
        ranked = sorted(statements, key=lambda s: (-s.score, s.hit.rank, s.start))[:12]
        for statement in ranked:
            span, fits = self._span(question, terms, statement)
            spans.append((span, self._supported(question, statement, fits=fits)))
        spans.sort(key=lambda pair: (-pair[0].score, pair[0].hit.rank, pair[0].start))
        support = spans[0][1] if spans else 0.0
        return Reading(tuple(span for span, _ in spans), 1.0 - min(1.0, support))

    def _supported(self, question: Question, statement: _Statement, *, fits: bool) -> float:
        """Mean of what is said in the question's words and what is meant (0 to 1)."""
        similarity = min(1.0, max(0.0, statement.hit.dense_score))
        support = (statement.support + similarity) / 2
        if fits or question.kind not in TYPED_KINDS:
            return support
        strict = question.kind == "contact"
        return support * (self._weights.strict_unfit if strict else self._weights.unfit)

    def _statements(
        self, question: Question, terms: tuple[Term, ...], hit: Hit, top: float
    ) -> Iterator[_Statement]:
        w = self._weights
        folded = fold(hit.passage.text)
        in_passage = covered(terms, folded)
        in_head = covered(terms, fold(head(hit.passage)))
        whole = total_weight(terms)
        for start, end in _parts(folded):
            text = folded[start:end]
            here = covered(terms, text)
            around = w.in_block if LABELLED.match(text) else w.in_passage
            said = sum(
                t.weight * _share(t.text, (here, 1.0), (in_passage, around), (in_head, w.in_head))
                for t in terms
            )
            support = said / whole
            signs = w.label * _labelled(question, text)
            score = support + signs - w.retrieval * (top - hit.score)
            yield _Statement(hit, folded, start, end, support, score)

    def _span(
        self, question: Question, terms: tuple[Term, ...], statement: _Statement
    ) -> tuple[Span, bool]:
        """The best span of the statement, and whether it is of the kind asked for."""
        if question.kind == "enumeration":
            return self._listed(question, statement)
        found = candidates(question, statement.text)
        if found:
            near, place = max(
                ((self._nearness(terms, statement.text, p), p) for p in found),
                key=lambda pair: (pair[0], -pair[1][0]),
            )
            score = statement.score + self._weights.fit + self._weights.near * near
            return self._at(statement, place, score), True
        place = _after_copula(question, terms, statement.text) or (0, len(statement.text))
        score = statement.score - self._weights.miss * (question.kind in PATTERNED_KINDS)
        return self._at(statement, _trim_mark(statement.text, place), score), False

    def _at(
        self,
        statement: _Statement,
        place: Place,
        score: float,
        parts: Sequence[Place] = (),
    ) -> Span:
        at = statement.start
        moved = tuple((a + at, b + at) for a, b in parts)
        return Span(statement.hit, place[0] + at, place[1] + at, score, moved)

    def _listed(self, question: Question, statement: _Statement) -> tuple[Span, bool]:
        w = self._weights
        found = best(question, enumerations(statement.text))
        if found and (found.fits(question.number) or len(found.items) > 1):
            score = statement.score + w.fit + w.number * found.fits(question.number)
            return self._at(statement, (found.start, found.end), score, found.items), True
        numbered = marked(statement.folded)
        if numbered and self._covers(numbered, statement):
            score = statement.score + w.fit + w.number * numbered.fits(question.number)
            span = Span(statement.hit, numbered.start, numbered.end, score, numbered.items)
            return span, True
        place = _trim_mark(statement.text, (0, len(statement.text)))
        return self._at(statement, place, statement.score), False

    def _covers(self, numbered: Enumeration, statement: _Statement) -> bool:
        """Whether the numbered parts begin in the statement or right behind it."""
        return statement.start <= numbered.start <= statement.end + 6

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


def _share(term: str, *places: tuple[frozenset[str], float]) -> float:
    """What a term counts: the share of the first place that holds it."""
    return next((share for held, share in places if term in held), 0.0)


def _parts(folded: str) -> Iterator[Place]:
    """Statements: sentences, parted at semicolons."""
    for start, end in sentence_spans(folded):
        at = start
        for cut in [*(m.end() for m in _PART.finditer(folded, start, end)), end]:
            if folded[at:cut].strip():
                yield at, cut
            at = cut


def _labelled(question: Question, text: str) -> bool:
    """Whether the line's label names what is asked for."""
    line = LABELLED.match(text)
    wanted = _LABELS.get(question.kind)
    if not line or not wanted:
        return False
    return bool(re.search(wanted, line["label"]))


def _after_copula(question: Question, terms: tuple[Term, ...], text: str) -> Place | None:
    """What a statement says a thing is: the rest behind 是, 為, 在於 right after the thing asked."""
    if question.kind not in ("statement", "name", "person", "body", "place"):
        return None
    if not re.search(r"(?:是|为)(?:什么|何|谁|哪)", question.folded):
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
    return start, end
