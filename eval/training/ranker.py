"""Calibrate the trained reader: ``python -m wenju.eval.training.ranker GOLD…``.

Two logistic regressions over questions that the network was not trained on: how good a candidate
is (its ``char_f1``), and how probably the best of them is right. Every set's questions are asked
of its own documents, of the same without the one that answers, of the same without the sentences
that answer, and of another set's.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wenju.corpus.document import content_id
from wenju.corpus.script import fold
from wenju.corpus.sentences import sentence_spans
from wenju.eval.answers import char_f1, contains_answer
from wenju.eval.datasets import GoldQuestion, GoldSet, load
from wenju.eval.error_categories import RIGHT_F1
from wenju.eval.run import fill, in_own_home
from wenju.eval.training.network.gold import held_out
from wenju.index.encoder import load_encoder
from wenju.index.hit import Hit
from wenju.qa.engine import Engine
from wenju.qa.question import Question, parse
from wenju.qa.settings import Settings
from wenju.qa.trained import changes
from wenju.qa.trained.answers import Group, grouped
from wenju.qa.trained.calibration import BUNDLED, CONFIDENCE, Calibration, confidence_signs, save
from wenju.qa.trained.candidates import SIGNS, Candidate, reweighed
from wenju.qa.trained.inputs import Input, Reads
from wenju.qa.trained.reader import TrainedReader
from wenju.qa.trained.scoring import NetworkScorer, Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PASSAGES = 6
_THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
# not to be learned here: lists of just as many items as are asked for are too rare, and how far
# down a passage was found cannot be told from its similarity
_GIVEN = {"gap": 2.0, "listed": 1.0, "counted": 3.0}
_AGAINST = frozenset({"untyped", "second"})
_WITHOUT = ("left", "cut", "others")  # what was asked of passages that do not answer
_PULL = 1e-3  # towards weights of 0
_START = Calibration(
    dict.fromkeys(SIGNS, 0.0) | {"constant": 0.0},
    dict.fromkeys(CONFIDENCE, 0.0) | {"constant": 0.0},
)


class Remembering:
    """A scorer that scores an input once: questions are asked of overlapping passages."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._known: dict[tuple[int, ...], NDArray[np.float32]] = {}

    @property
    def reads(self) -> Reads:
        """The scorer's own."""
        return self._scorer.reads

    def score(self, inputs: Sequence[Input]) -> list[NDArray[np.float32]]:
        """As the scorer scores; only what is new is computed."""
        new = [i for i in inputs if i.pieces not in self._known]
        if new:
            for one, scores in zip(new, self._scorer.score(new), strict=True):
                self._known[one.pieces] = scores
        return [self._known[i.pieces] for i in inputs]


@dataclass(frozen=True, slots=True)
class Asked:
    """Candidates found for one question, with their ``char_f1`` and whether each is right.

    ``of`` says of what it was asked: its ``own`` documents, what was ``left`` of them without the
    one that answers, the same passages with the answer ``cut`` out of them, or ``others``'.
    """

    of: str
    candidates: tuple[Candidate, ...]
    f1: NDArray[np.float64]
    right: tuple[bool, ...]


def asked(
    gold: GoldSet, others: Sequence[GoldQuestion], settings: Settings, reader: TrainedReader
) -> Iterator[Asked]:
    """The set's questions over its own documents, over those left, and the others' questions."""
    encoder = load_encoder(settings.encoder, settings.cache)
    home = in_own_home(settings, gold.sources or (), encoder.name)
    with Engine.open(home, encoder=encoder) as engine:
        fill(engine, gold.name, gold.sources or (), home.home / "complete", _tell)
        for done, question in enumerate(gold.questions, 1):
            parsed = parse(question.text)
            hits = engine.search(question.text, 2 * _PASSAGES)
            yield _look(reader, parsed, hits[:_PASSAGES], "own", question.answers)
            left = [h for h in hits if h.passage.document_id != question.document][:_PASSAGES]
            if done % 3 == 0:
                yield _look(reader, parsed, left[: _PASSAGES // 2], "left")
            if done % 3 == 1:
                cut = [_without(h, question.answers) for h in hits[: _PASSAGES // 2]]
                yield _look(reader, parsed, [h for h in cut if h.passage.text], "cut")
            _tell(f"{gold.name}: ask", done, len(gold.questions))
        for done, question in enumerate(others, 1):
            hits = engine.search(question.text, _PASSAGES // 2)
            yield _look(reader, parse(question.text), hits, "others")
            _tell(f"{gold.name}: ask others' questions", done, len(others))


def _without(hit: Hit, golds: Sequence[str]) -> Hit:
    """The hit without the sentences of its passage that hold an answer."""
    text = hit.passage.text
    if not contains_answer(text, golds):
        return hit
    spans = sentence_spans(text)
    kept = [text[a:b] for a, b in spans if not contains_answer(text[a:b], golds)]
    # an answer that runs over several sentences is in none of them
    words = "".join(kept) if len(kept) < len(spans) else ""
    return replace(hit, passage=replace(hit.passage, text=words))


def _look(
    reader: TrainedReader,
    question: Question,
    hits: Sequence[Hit],
    of: str,
    golds: Sequence[str] = (),
) -> Asked:
    read = reader.look(question, hits, early=False)
    found = tuple(c for group in read.groups for c in group.candidates)
    f1 = [char_f1(_text(c), golds) for c in found]
    right = tuple(f >= RIGHT_F1 or _holds(c, golds) for f, c in zip(f1, found, strict=True))
    return Asked(of, found, np.array(f1), right)


def _text(candidate: Candidate) -> str:
    return candidate.hit.passage.text[candidate.scored.start : candidate.scored.end]


def _holds(candidate: Candidate, golds: Sequence[str]) -> bool:
    """Whether the sentences of a candidate hold an answer."""
    text, scored = candidate.hit.passage.text, candidate.scored
    spans = [s for s in sentence_spans(text) if s[0] < scored.end and scored.start < s[1]]
    return bool(spans) and contains_answer(text[spans[0][0] : spans[-1][1]], golds)


def learn(found: Sequence[Asked]) -> Calibration:
    """The two regressions, the second over the answers that the first one chooses.

    Nothing is learned of passages that the answer was cut out of, only told: they are rarer among
    real questions than any share of them here would be, and teach to refuse what is answered.
    """
    found = [one for one in found if one.of != "cut"]
    signs = np.array([c.signs for one in found for c in one.candidates])
    targets = np.concatenate([one.f1 for one in found])
    candidate = _regression(SIGNS, signs, targets) | _GIVEN
    rows, right = [], []
    for one in found:
        if one.candidates:
            groups, of = regrouped(one, candidate)
            rows.append(confidence_signs(groups))
            right.append(float(one.right[of[id(groups[0].best)]]))
    confidence = _regression(CONFIDENCE, np.array(rows), np.array(right))
    return Calibration(candidate, confidence)


def regrouped(one: Asked, weights: Mapping[str, float]) -> tuple[list[Group], dict[int, int]]:
    """A question's answers under other weights, and the place of each candidate among its marks."""
    new = [reweighed(c, weights) for c in one.candidates]
    return grouped(new), {id(c): i for i, c in enumerate(new)}


def curve(found: Sequence[Asked], calibration: Calibration) -> Iterator[str]:
    """What each threshold answers, and how much of it is right, a line to each."""
    marks: dict[str, list[tuple[float, bool]]] = {of: [] for of in ("own", *_WITHOUT)}
    for one in found:
        groups, of = regrouped(one, calibration.candidate)
        right = bool(groups) and one.right[of[id(groups[0].best)]]
        marks[one.of].append((calibration.of(groups), right))
    yield "threshold   own answered   of them right   " + "   ".join(_WITHOUT)
    for threshold in _THRESHOLDS:
        own = [right for c, right in marks["own"] if c >= threshold]
        shares = [
            len(own) / max(1, len(marks["own"])),
            sum(own) / max(1, len(own)),
            *(_share(marks[of], threshold) for of in _WITHOUT),
        ]
        yield f"{threshold:9.2f}" + "".join(f"{share:15.3f}" for share in shares)


def _share(marks: Sequence[tuple[float, bool]], threshold: float) -> float:
    return sum(c >= threshold for c, _ in marks) / max(1, len(marks))


def _regression(
    names: Sequence[str], signs: NDArray[np.float64], targets: NDArray[np.float64]
) -> dict[str, float]:
    """Weights that make the targets (0 to 1) most likely; cross-entropy, lightly pulled to 0."""
    from scipy.optimize import minimize

    spread = signs.std(0) + 1e-6
    scaled = np.hstack([signs / spread, np.ones((len(signs), 1))])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = scaled @ weights
        likely = 1 / (1 + np.exp(-scores))
        total = np.logaddexp(0, scores).mean() - (targets * scores).mean()
        pull = np.append(weights[:-1], 0.0)
        return total + _PULL * float(pull @ pull), scaled.T @ (likely - targets) / len(
            targets
        ) + 2 * _PULL * pull

    # no sign may count against what it speaks for
    bounds: list[tuple[float | None, float | None]]
    bounds = [(None, 0.0) if n in _AGAINST else (0.0, None) for n in names]
    bounds.append((None, None))
    fit = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    found = fit.x[:-1] / spread
    return dict(zip(names, found.tolist(), strict=True)) | {"constant": float(fit.x[-1])}


def _kept(gold: GoldSet, every: int) -> GoldSet:
    """The questions that the network was not trained on; all documents stay."""
    texts = {content_id(source.text): fold(source.text) for source in gold.sources or ()}
    kept = tuple(q for q in gold.questions if held_out(texts[q.document or ""]))
    return replace(gold, questions=kept[::every])


def _tell(label: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r{label}: {done} of {total}   " + ("\n" if done == total else ""))


def main(argv: Sequence[str] | None = None) -> None:
    """Ask, learn, write the calibration."""
    parser = argparse.ArgumentParser(
        prog="python -m wenju.eval.training.ranker", description=__doc__
    )
    parser.add_argument("gold", nargs="+", type=Path, help="SQuAD-style JSON, or Wenju's JSONL.")
    parser.add_argument(
        "--reader", type=Path, default=changes.BUNDLED, help="Changes to read with."
    )
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--every", type=int, default=1, help="Ask one question of so many.")
    given = parser.parse_args(argv)
    golds = [_kept(load(path), given.every) for path in given.gold]
    reader = TrainedReader(Remembering(NetworkScorer(given.reader)), _START)
    found: list[Asked] = []
    for i, gold in enumerate(golds):
        others = [q for j, other in enumerate(golds) if j != i for q in other.questions[::3]]
        found += asked(gold, others, Settings(), reader)
    calibration = learn(found)
    save(calibration, given.out)
    sys.stderr.write("\n".join(curve(found, calibration)) + "\n")


if __name__ == "__main__":
    main()
