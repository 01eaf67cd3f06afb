"""Learn the ranker: ``python -m wenju.eval.training.ranker GOLD…``.

Questions that the network was not trained on are asked of their own documents, of the same without
the one that answers, and of another set's; what the proposers offer becomes a table of features
(:mod:`wenju.eval.training.questions`). Of it are learned, for each mode, the weights of the features
and the calibration (:mod:`wenju.eval.training.regression`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np

from wenju.eval.datasets import GoldSet, load, sample
from wenju.eval.training.network.lay import lay_set
from wenju.eval.training.options import add_statutes
from wenju.eval.training.priors import (
    AGAINST,
    DIRECTIONS,
    FOR,
    GIVEN,
    GIVEN_EVIDENCE,
    PRIOR,
    PRIOR_EVIDENCE,
)
from wenju.eval.training.questions import Asked, Asker
from wenju.eval.training.regression import logistic_fit, ranking_fit
from wenju.eval.training.sets import alone, among_statutes, asked_in_english, drawn, unseen
from wenju.eval.training.trees import grow
from wenju.qa.features import FEATURES
from wenju.qa.ranker import (
    BUNDLED,
    CONSTANT,
    EVIDENCE,
    Group,
    Mode,
    Ranker,
    evidence,
    grouped,
    save,
)
from wenju.qa.relevance import EVIDENCE as OF_PASSAGES
from wenju.qa.relevance import OF_SENTENCES, Linear
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

_THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_LAY = 0.65  # of lay questions whose passage is found: how often its best span answers
_FOLDS, _BLOCK = 4, 20  # of questions; those that follow each other may be of one text
_FLATTEST = 0.1  # of log-odds to a score: an order is never lost
_NETWORK = frozenset({"margin", "likelihood", "sentence", "answering", "first", "passage", "ahead"})


def learn(found: Sequence[Asked], mode: Mode) -> Ranker:
    """Weights of the features, and then the calibration of the answers that they choose."""
    return learn_apart(found, mode)[0]


def learn_apart(found: Sequence[Asked], mode: Mode) -> tuple[Ranker, list[Ranker]]:
    """The ranker, and for each question the one whose trees were grown without it.

    Trees know the questions that they were grown on too well: how sure the ranker may be is told by others.
    """
    told = [one for one in found if one.of != "lay"]
    linear = Ranker(
        _named(FEATURES, _weights(told, mode)),
        dict.fromkeys((*EVIDENCE, CONSTANT), 0.0),
        learn_relevance(found, mode),
        learn_sentences(told, mode),
    )
    number = {id(one): at // _BLOCK % _FOLDS for at, one in enumerate(found)}
    rankers = [
        _grown(linear, [one for one in told if number[id(one)] != fold], mode)
        for fold in (*range(_FOLDS), _FOLDS)
    ]
    slope, constant = _likelihood(told, [rankers[number[id(one)]] for one in told])
    rankers = [_scaled(ranker, slope, constant) for ranker in rankers]
    calibration = _calibrated(found, [rankers[number[id(one)]] for one in found], mode)
    rankers = [replace(ranker, calibration=calibration) for ranker in rankers]
    return rankers[_FOLDS], [rankers[number[id(one)]] for one in found]


def _weights(told: Sequence[Asked], mode: Mode) -> NDArray[np.float64]:
    own = _used(FEATURES, mode)
    held = [one for one in told if len(one.table)]
    prior = np.array([({**PRIOR, **GIVEN}).get(n, 0.0) for n in FEATURES]) * own
    tables, targets = [one.table * own for one in held], [one.targets for one in held]
    return ranking_fit(tables, targets, prior, [_bounds(n) for n in FEATURES])


def _grown(linear: Ranker, told: Sequence[Asked], mode: Mode) -> Ranker:
    """The ranker with trees that were grown on these questions."""
    own = _used(FEATURES, mode)
    held = [one for one in told if len(one.table)]
    if not held:
        return linear
    tables, kinds = [one.table * own for one in held], [one.kind for one in held]
    scores = [linear.scores(t, kind) for t, kind in zip(tables, kinds, strict=True)]
    return replace(
        linear, trees=grow(tables, [one.targets for one in held], kinds, scores, DIRECTIONS)
    )


def _likelihood(told: Sequence[Asked], rankers: Sequence[Ranker]) -> tuple[float, float]:
    """Slope and constant that make the rankers' scores the log-odds of being right."""
    pairs = zip(told, rankers, strict=True)
    scores = np.concatenate([ranker.scores(one.table, one.kind) for one, ranker in pairs])
    targets = np.concatenate([one.targets for one in told])
    slope, constant = logistic_fit(scores[:, None], targets, np.ones(1), [(_FLATTEST, None)])
    return float(slope), float(constant)


def _scaled(ranker: Ranker, slope: float, constant: float) -> Ranker:
    """The same order of candidates, with other scores."""
    weights = {name: slope * weight for name, weight in ranker.weights.items()}
    weights[CONSTANT] += constant
    return replace(ranker, weights=weights, trees=ranker.trees.scaled(slope))


def _calibrated(found: Sequence[Asked], rankers: Sequence[Ranker], mode: Mode) -> dict[str, float]:
    """How probably the chosen answers are right.

    Of a lay person's question it is only known that the answer is wrong where its passage is.
    """
    rows, right = [], []
    for one, ranker in zip(found, rankers, strict=True):
        groups = regrouped(one, ranker)
        if not groups:
            continue
        at = one.ids.index(groups[0].best.hit.passage.id)
        row = evidence(groups, ranker.relevance.probability(one.passages[at]))
        rows.append(row)
        if one.of == "lay":
            right.append(_LAY if one.answering[at] else 0.0)
        else:
            right.append(float(one.is_right(groups[0].best)))
    start = np.array([PRIOR_EVIDENCE.get(n, 0.0) for n in EVIDENCE])
    bounds = [
        _bounds(n) if n not in GIVEN_EVIDENCE else (start[i],) * 2 for i, n in enumerate(EVIDENCE)
    ]
    fit = logistic_fit(np.array(rows) * _used(EVIDENCE, mode), np.array(right), start, bounds)
    return _named(EVIDENCE, fit)


def learn_relevance(found: Sequence[Asked], mode: Mode) -> Linear:
    """How probably the passage that most probably answers does; learned of all that were read."""
    own, found = _used(OF_PASSAGES, mode), [one for one in found if len(one.passages)]
    table = np.vstack([one.passages for one in found]) * own
    target = np.concatenate([np.array(one.answering, float) for one in found])
    bounds = [_bounds(n) if n not in GIVEN else (None, None) for n in OF_PASSAGES]
    fit = logistic_fit(table, target, np.zeros(len(OF_PASSAGES)), bounds)
    # of many passages the best one is taken: what it is worth is learned of the best ones alone
    tops, right = [], []
    for one in found:
        scores = one.passages * own @ fit[:-1]
        best = int(np.argmax(scores))
        tops.append([float(scores[best])])
        right.append(float(one.answering[best]))
    slope, constant = logistic_fit(np.array(tops), np.array(right), np.ones(1), [(0.0, None)])
    return Linear(OF_PASSAGES, _named(OF_PASSAGES, [*(slope * fit[:-1]), constant]))


def learn_sentences(told: Sequence[Asked], mode: Mode) -> Linear:
    """How probably the best sentence of a passage that answers holds the answer."""
    chosen = [
        (row, said)
        for one in told
        for row, said, answers in zip(one.sentences, one.said, one.answering, strict=True)
        if answers
    ]
    table = np.array([row for row, _ in chosen]) * _used(OF_SENTENCES, mode)
    right = np.array([said for _, said in chosen], float)
    bounds: list[tuple[float | None, float | None]] = [(0.0, None)] * len(OF_SENTENCES)
    fit = logistic_fit(table, right, np.zeros(len(OF_SENTENCES)), bounds)
    return Linear(OF_SENTENCES, _named(OF_SENTENCES, fit))


def _used(names: Sequence[str], mode: Mode) -> NDArray[np.float64]:
    """1 for what a mode has, 0 for what only the network could tell."""
    return np.array([0.0 if mode == "lexical" and n in _NETWORK else 1.0 for n in names])


def regrouped(one: Asked, ranker: Ranker) -> list[Group]:
    """A question's answers under other weights."""
    return grouped(one.scored(ranker))


def _named(names: Sequence[str], values: Iterable[float]) -> dict[str, float]:
    return dict(zip((*names, CONSTANT), map(float, values), strict=True))


def _bounds(name: str) -> tuple[float | None, float | None]:
    """No feature may count against what it speaks for; what is given stays as it is."""
    if name in GIVEN:
        return GIVEN[name], GIVEN[name]
    return (0.0, None) if name in FOR else (None, 0.0) if name in AGAINST else (None, None)


def curve(found: Sequence[Asked], rankers: Sequence[Ranker]) -> Iterator[str]:
    """What each threshold answers, and how much of it is right, a line to each; a ranker to each question."""
    marks: dict[str, list[tuple[float, bool, float]]] = {of: [] for of in ("own", "left", "others")}
    for one, ranker in zip(found, rankers, strict=True):
        if one.of == "lay":
            continue
        groups = regrouped(one, ranker)
        best = groups[0].best if groups else None
        at = one.ids.index(best.hit.passage.id) if best else 0
        sure = ranker.relevance.probability(one.passages[at]) if best else 0.0
        right, f1 = one.is_right(best), one.f1_of(best) if best else 0.0
        marks[one.of].append((ranker.confidence(groups, sure), right, f1))
    own = marks["own"]
    yield f"own: right {sum(r for _, r, _ in own) / len(own):.4f}  F1 {sum(f for *_, f in own) / len(own):.4f}"
    yield "threshold   own answered   of them right   left   others"
    for threshold in _THRESHOLDS:
        answered = [right for c, right, _ in own if c >= threshold]
        shares = [
            len(answered) / max(1, len(own)),
            sum(answered) / max(1, len(answered)),
            *(
                sum(c >= threshold for c, *_ in marks[of]) / max(1, len(marks[of]))
                for of in ("left", "others")
            ),
        ]
        yield f"{threshold:9.2f}" + "".join(f"{share:12.3f}" for share in shares)


def asked_of(golds: Sequence[GoldSet], asker: Asker) -> list[Asked]:
    """All questions with what was offered for each."""
    found: list[Asked] = []
    for gold in golds:
        others = [q for other in golds if other is not gold for q in other.questions[::25]]
        found += asker.ask(gold, others)
    for made in alone():
        found += asker.ask(made, (), alone=True)
    return found


def main(argv: Sequence[str] | None = None) -> None:
    """Ask, learn, write the weights of both modes."""
    parser = argparse.ArgumentParser(
        prog="python -m wenju.eval.training.ranker", description=__doc__
    )
    parser.add_argument("gold", nargs="+", type=Path, help="SQuAD-style JSON, or Wenju's JSONL.")
    parser.add_argument(
        "--held-out",
        nargs="*",
        type=Path,
        default=[],
        help="Files that the network was trained on: only the texts that it never saw are asked of.",
    )
    add_statutes(parser)
    parser.add_argument("--limit", type=int, default=1000, help="questions drawn from each file")
    parser.add_argument("--memory", type=Path, default=Settings().cache / "answers.sqlite")
    parser.add_argument("--out", type=Path, default=BUNDLED)
    given = parser.parse_args(argv)
    golds = [sample(load(path), given.limit, 0) for path in given.gold]
    golds += [sample(unseen(load(path)), given.limit, 0) for path in given.held_out]
    golds += [*asked_in_english(given.held_out), *among_statutes(given.laws, given.translated)]
    rankers: dict[str, Ranker] = {}
    for mode in get_args(Mode):
        asker = Asker(Settings(), given.memory, mode)
        found = asked_of(golds, asker)
        for path in given.lay:
            asked, sources = lay_set(path, drawn(given.laws))
            found += asker.ask_lay(path.stem, asked, sources)
        rankers[mode], apart = learn_apart(found, mode)
        sys.stderr.write("\n".join([mode, *curve(found, apart)]) + "\n")
    save(rankers, given.out)


if __name__ == "__main__":
    main()
