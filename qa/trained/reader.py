"""The trained reader: reads the best passages together with the question until it is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenju.corpus.script import fold
from wenju.index.hit import Hit
from wenju.index.lexical import head
from wenju.qa.candidates import TYPED_KINDS
from wenju.qa.lexical_reader import LexicalReader
from wenju.qa.question import Question
from wenju.qa.reader import Reading, Span
from wenju.qa.signs import asks_the_clock, speaks_of_another_year
from wenju.qa.trained.answers import Group, grouped
from wenju.qa.trained.calibration import Calibration, bundled
from wenju.qa.trained.candidates import Candidate, Surroundings
from wenju.qa.trained.headed import CONFIDENCE, headed, is_on_another
from wenju.qa.trained.lined import lined
from wenju.qa.trained.lists import led
from wenju.qa.trained.scoring import Scorer
from wenju.qa.trained.shaping import is_statement, shaped
from wenju.qa.trained.spans import Scores, sentence_scores

_AT_ONCE = 2  # passages scored together, before it is asked whether that was enough
_SETTLED = 0.75  # confidence at which no more passages are read
_RIVAL = 0.5  # of the best answer's share: another answer that has as much is shown beside it
_EQUAL = 0.8  # the same, where neither can be called the better one
# patterns find telephone numbers and addresses, of which no training text has any
_NEVER_LEARNED = frozenset({"contact"})
_SUPPORTED, _UNSUPPORTED = 0.35, 0.2  # the lexical reader's threshold, and what is kept below it
_OTHER_YEAR = 0.2  # given: the network takes one year's number for another's
_SHOWN = 2  # other answers at most


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: answers, best first, the confidence in the first, and sentences' scores."""

    groups: tuple[Group, ...]
    confidence: float
    sentences: dict[str, list[float]]
    lexical: Reading


class TrainedReader:
    """Spans by a network, weighed across passages beside what the lexical reader finds."""

    def __init__(self, scorer: Scorer, calibration: Calibration | None = None) -> None:
        self._scorer = scorer
        self._calibration = calibration or bundled()
        self._lexical = LexicalReader()

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Spans of the hits' passages, best first: of each answer all that say it.

        ``confidence`` is calibrated, and ``no_answer_score`` is what lacks of it to 1.
        """
        if asks_the_clock(question.folded):
            return Reading((), 1.0, 0.0)
        if question.kind in _NEVER_LEARNED:
            return self._lexically(question, hits)
        read = self.look(question, hits)
        if _is_weak(question, read) and (told := _told_by_layout(question, hits)):
            return told
        if not read.groups:
            return Reading((), 1.0, 0.0)
        first, *others = read.groups
        rivals = [g for g in others if _rivals(question, g, first)][:_SHOWN]
        return Reading(
            spans=tuple(self._shown(question, c, read) for c in _one_per_passage(first)),
            no_answer_score=1 - read.confidence,
            confidence=read.confidence,
            alternatives=tuple(self._shown(question, g.best, read) for g in rivals),
            disputed=any(g.share >= _EQUAL * first.share for g in rivals),
        )

    def _lexically(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """The lexical reader's answer, with its support in place of a probability.

        Where it would refuse, by its own default threshold, hardly anything is left.
        """
        found = self._lexical.read(question, hits)
        support = 1 - found.no_answer_score
        support *= 1.0 if support >= _SUPPORTED else _UNSUPPORTED
        return Reading(found.spans[:1], 1 - support, support)

    def look(self, question: Question, hits: Sequence[Hit], *, early: bool = True) -> Read:
        """Read passages until the answer is settled, or all of them where not ``early``."""
        lexical = self._lexical.read(question, hits)
        found: list[Candidate] = []
        sentences: dict[str, list[float]] = {}
        groups: list[Group] = []
        confidence = 0.0
        for first in range(0, len(hits), _AT_ONCE):
            batch = hits[first : first + _AT_ONCE]
            found += self._candidates(question, batch, hits[0].score, lexical, sentences)
            groups = grouped(found)
            confidence = self._calibration.of(groups) * _kept(question, groups)
            if early and confidence >= _SETTLED:
                break
        return Read(tuple(groups), confidence, sentences, lexical)

    def _candidates(
        self,
        question: Question,
        hits: Sequence[Hit],
        top: float,
        lexical: Reading,
        sentences: dict[str, list[float]],
    ) -> list[Candidate]:
        """The candidates of passages that are scored together; their sentences are noted."""
        texts = [fold(hit.passage.text) for hit in hits]
        inputs = [
            self._scorer.reads.input(question.folded, fold(head(hit.passage)), text)
            for hit, text in zip(hits, texts, strict=True)
        ]
        found: list[Candidate] = []
        for hit, text, read, scores in zip(
            hits, texts, inputs, self._scorer.score(inputs), strict=True
        ):
            sentences[hit.passage.id] = sentence_scores(read, scores)
            around = Surroundings.of(question, hit, top, text, lexical)
            passage = Scores(read, scores, text)
            spans = {(span.start, span.end): span for span in passage.best()}
            for place in around.offered():
                if place not in spans and (span := passage.at(place)):
                    spans[place] = span
            kept = [s for at, s in spans.items() if around.answers(at) and _says(text[slice(*at)])]
            kept = [s for s in kept if not around.is_anothers((s.start, s.end))]
            found += [around.weighed(span, self._calibration.candidate) for span in kept]
        return found

    def _shown(self, question: Question, candidate: Candidate, read: Read) -> Span:
        passage = candidate.hit.passage
        return shaped(
            question, candidate, fold(passage.text), read.lexical, read.sentences[passage.id]
        )


def _is_weak(question: Question, read: Read) -> bool:
    """Whether the layout may know better: doubt, another section, a fragment for how to."""
    if read.confidence < CONFIDENCE:
        return True
    best = read.groups[0].best
    place = (best.scored.start, best.scored.end)
    fragment = question.kind == "method" and not is_statement(fold(best.hit.passage.text), place)
    return fragment or is_on_another(question, best.hit)


def _told_by_layout(question: Question, hits: Sequence[Hit]) -> Reading | None:
    """What a section's heading, an announcement or a line's label says is the answer."""
    section = headed(question, hits) or (led(question, hits) if question.kind == "method" else None)
    spans = [section] if section else lined(question, hits)
    if not spans:
        return None
    others = tuple(spans[1 : 1 + _SHOWN])
    return Reading((spans[0],), 1 - CONFIDENCE, CONFIDENCE, alternatives=others)


def _kept(question: Question, groups: Sequence[Group]) -> float:
    """What is left of the confidence where the best answer's passage speaks of another year."""
    if not groups:
        return 1.0
    passage = groups[0].best.hit.passage
    told = fold(f"{passage.text} {head(passage)} {passage.date}")
    return _OTHER_YEAR if speaks_of_another_year(question.folded, told) else 1.0


def _says(text: str) -> bool:
    """Whether there is more than marks."""
    return any(map(str.isalnum, text))


def _rivals(question: Question, other: Group, first: Group) -> bool:
    """Whether another answer of the same kind is nearly as good, and its passage does answer.

    A document does not disagree with itself: its other values are those of other things.
    """
    typed = question.kind in TYPED_KINDS
    one, two = (group.best.hit.passage.document_id for group in (first, other))
    return (
        typed
        and one != two
        and other.share >= _RIVAL * first.share
        and other.best.scored.margin > 0
    )


def _one_per_passage(group: Group) -> list[Candidate]:
    """The best candidate of each passage, in the group's order."""
    best: dict[str, Candidate] = {}
    for candidate in group.candidates:
        best.setdefault(candidate.hit.passage.id, candidate)
    return list(best.values())
