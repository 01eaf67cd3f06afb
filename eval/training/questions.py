"""Questions asked for learning: the features of all that was offered, and how right each was."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wenju.corpus.document import Source
from wenju.corpus.sentences import sentence_spans
from wenju.eval.answers import char_f1, contains_answer
from wenju.eval.benchmarks.answers.memory import Memory, RememberedEncoder, RememberedScorer
from wenju.eval.datasets import GoldQuestion, GoldSet
from wenju.eval.error_categories import RIGHT_F1
from wenju.eval.run import fill, in_own_home
from wenju.index.encoder import load_encoder
from wenju.index.hit import Hit
from wenju.qa.engine import Engine
from wenju.qa.features import FEATURES
from wenju.qa.network.scorer import NetworkScorer
from wenju.qa.question import Question, parse
from wenju.qa.ranker import CONSTANT, EVIDENCE, Candidate, Mode, Ranker
from wenju.qa.reader import RankedReader
from wenju.qa.relevance import EVIDENCE as OF_PASSAGES
from wenju.qa.relevance import OF_SENTENCES, Linear, Looked
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PASSAGES = 6
_LONGEST = 300  # characters of a question that is asked
_F1_SHARE = 0.75  # of a target; the rest is whether the sentence holds the answer
_START = Ranker(
    dict.fromkeys((*FEATURES, CONSTANT), 0.0),
    dict.fromkeys((*EVIDENCE, CONSTANT), 0.0),
    Linear(OF_PASSAGES, dict.fromkeys((*OF_PASSAGES, CONSTANT), 0.0)),
    Linear(OF_SENTENCES, dict.fromkeys((*OF_SENTENCES, CONSTANT), 0.0)),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Candidates offered for one question, and how right each is.

    ``kind`` is the question's, and ``of`` says of what it was asked: its ``own`` documents, what was ``left`` of them without the
    one that answers, or ``others``'; where it was asked by a ``lay`` person it is not known where in
    a passage an answer stands. ``table`` has the features, shape (m, n). ``passages`` is the evidence of
    each passage read, shape (p, e), and ``answering`` tells which of them answer; ``sentences`` is that
    of their best sentences, shape (p, f), and ``said`` tells which of these hold an answer. ``ids`` are
    those of the passages.
    """

    of: str
    kind: str
    candidates: tuple[Candidate, ...]
    table: NDArray[np.float64]
    f1: NDArray[np.float64]
    right: tuple[bool, ...]
    passages: NDArray[np.float64]
    answering: tuple[bool, ...]
    sentences: NDArray[np.float64]
    said: tuple[bool, ...]
    ids: tuple[str, ...]

    @property
    def targets(self) -> NDArray[np.float64]:
        """How right each candidate is, from 0 to 1."""
        return _F1_SHARE * self.f1 + (1 - _F1_SHARE) * np.array(self.right, float)

    def scored(self, ranker: Ranker) -> list[Candidate]:
        """The candidates under a ranker's weights."""
        scores = ranker.scores(self.table, self.kind)
        return [replace(c, score=float(s)) for c, s in zip(self.candidates, scores, strict=True)]

    def is_right(self, candidate: Candidate | None) -> bool:
        """Whether a candidate answers."""
        return candidate is not None and self.right[self._at(candidate)]

    def f1_of(self, candidate: Candidate) -> float:
        """A candidate's F1."""
        return float(self.f1[self._at(candidate)])

    def _at(self, candidate: Candidate) -> int:
        key = (candidate.hit.passage.id, candidate.start, candidate.end)
        places = [(c.hit.passage.id, c.start, c.end) for c in self.candidates]
        return places.index(key)


class Asker:
    """Asks gold sets for learning, with networks that remember what they computed."""

    def __init__(self, settings: Settings, memory: Path, mode: Mode) -> None:
        kept = Memory(memory)
        self._settings = settings
        self._encoder = RememberedEncoder(load_encoder(settings.encoder), kept)
        scorer = RememberedScorer(NetworkScorer(), kept) if mode == "trained" else None
        self._reader = RankedReader(_START, scorer)

    def ask(
        self, gold: GoldSet, others: Sequence[GoldQuestion], *, alone: bool = False
    ) -> Iterator[Asked]:
        """The set's questions over its own documents, over those left, and the others' questions.

        ``alone``: each over its own document only.
        """
        settings = in_own_home(self._settings, gold.sources or (), self._encoder.name)
        with Engine.open(settings, encoder=self._encoder, reader=self._reader) as engine:
            fill(engine, gold.name, gold.sources or (), settings.home / "complete", _tell)
            for done, question in enumerate(gold.questions, 1):
                if len(question.text) <= _LONGEST:
                    yield from self._ask(engine, question, done, alone=alone)
                _tell(f"{gold.name}: ask", done, len(gold.questions))
            for question in (q for q in others if len(q.text) <= _LONGEST):
                hits = engine.search(question.text, _PASSAGES // 2)
                yield self._look(parse(question.text), hits, "others")

    def ask_lay(
        self, name: str, asked: Mapping[str, frozenset[str]], sources: Sequence[Source]
    ) -> Iterator[Asked]:
        """Questions with the ids of the documents that answer them, not where; every third without them.

        What they are asked of tells of passages alone: no candidate is known to be right.
        """
        settings = in_own_home(self._settings, sources, self._encoder.name)
        with Engine.open(settings, encoder=self._encoder, reader=self._reader) as engine:
            fill(engine, name, sources, settings.home / "complete", _tell)
            for number, (text, documents) in enumerate(asked.items(), 1):
                hits = engine.search(text, 2 * _PASSAGES)
                left = [h for h in hits if h.passage.document_id not in documents]
                read = hits if number % 3 else left

                def answers(hit: Hit, documents: frozenset[str] = documents) -> bool:
                    return hit.passage.document_id in documents

                yield self._look(parse(text), read[:_PASSAGES], "lay", (), answers)
                _tell(f"{name}: ask", number, len(asked))

    def _ask(
        self, engine: Engine, question: GoldQuestion, number: int, *, alone: bool
    ) -> Iterator[Asked]:
        parsed, document = parse(question.text), question.document
        if alone:
            hits = engine.search(question.text, _PASSAGES // 2, document_ids=[document or ""])
            of = "own" if question.answerable else "left"
            yield self._look(parsed, hits, of, question.answers, _answering(question))
            return
        hits = engine.search(question.text, _PASSAGES + _PASSAGES // 2)
        yield self._look(parsed, hits[:_PASSAGES], "own", question.answers, _answering(question))
        left = [h for h in hits if h.passage.document_id != document]
        if number % 3 == 0:
            yield self._look(parsed, left[: _PASSAGES // 2], "left")

    def _look(
        self,
        question: Question,
        hits: Sequence[Hit],
        of: str,
        golds: Sequence[str] = (),
        answers: Callable[[Hit], bool] = lambda _: False,
    ) -> Asked:
        read = self._reader.look(question, hits, early=False)
        found = tuple(c for group in read.groups for c in group.candidates)
        f1 = np.array([char_f1(_text(c), golds) for c in found])
        right = tuple(f >= RIGHT_F1 or _holds(c, golds) for f, c in zip(f1, found, strict=True))
        table = np.array([c.features for c in found]).reshape(len(found), len(FEATURES))
        seen = read.looked
        return Asked(
            of,
            question.kind,
            found,
            table,
            f1,
            right,
            np.array([one.evidence for one in seen]).reshape(len(seen), len(OF_PASSAGES)),
            tuple(answers(one.hit) for one in seen),
            np.array([one.of_sentence for one in seen]).reshape(len(seen), len(OF_SENTENCES)),
            tuple(contains_answer(_sentence(one), golds) for one in seen),
            tuple(one.hit.passage.id for one in seen),
        )


def _answering(question: GoldQuestion) -> Callable[[Hit], bool]:
    """Whether a passage is of the document that answers, and holds an answer."""

    def answers(hit: Hit) -> bool:
        own = question.document in (None, hit.passage.document_id)
        return own and contains_answer(hit.passage.text, question.answers)

    return answers


def _sentence(looked: Looked) -> str:
    return looked.hit.passage.text[slice(*looked.sentence)]


def _text(candidate: Candidate) -> str:
    return candidate.hit.passage.text[candidate.start : candidate.end]


def _holds(candidate: Candidate, golds: Sequence[str]) -> bool:
    """Whether the sentences of a candidate hold an answer."""
    text = candidate.hit.passage.text
    spans = [s for s in sentence_spans(text) if s[0] < candidate.end and candidate.start < s[1]]
    return bool(spans) and contains_answer(text[spans[0][0] : spans[-1][1]], golds)


def _tell(label: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r{label}: {done} of {total}   " + ("\n" if done == total else ""))
