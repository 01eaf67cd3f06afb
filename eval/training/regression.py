"""Two regressions with priors: one that ranks, and one that tells how probable an answer is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Bounds = tuple[float | None, float | None]
_PULL = 2e-3  # towards the prior, of the squared weight times the feature's spread
_RANKED = 1.0  # what the ranking loss weighs beside the cross-entropy
_LEAST_SPREAD = 0.15  # that the pull counts with: rare features hardly leave their prior


def ranking_fit(
    tables: Sequence[Array], targets: Sequence[Array], prior: Array, bounds: Sequence[Bounds]
) -> Array:
    """Weights of features (n, then a constant) that rank each question's candidates by target.

    ``tables`` are the candidates of a question, shape (m, n), and ``targets`` how right each is,
    from 0 to 1. The loss is the cross-entropy of every candidate's logistic score, and of each
    question with a right one the negative logarithm of the expected target under the softmax of
    the scores (Cao et al. 2007, ListNet's top-one probabilities).
    """
    table, target = np.vstack(tables), np.concatenate(targets)
    first = np.cumsum([0, *map(len, tables)])[:-1]
    best = np.maximum.reduceat(target, first)
    question = np.repeat(np.arange(len(tables)), [len(t) for t in tables])
    ranked = best > 0

    def loss(scores: Array) -> tuple[float, Array]:
        likely = 1 / (1 + np.exp(-scores))
        cross = np.logaddexp(0, scores).mean() - (target * scores).mean()
        slope = (likely - target) / len(target)
        top = np.maximum.reduceat(scores, first)
        power = np.exp(scores - top[question])
        whole = np.add.reduceat(power, first)
        share = power / whole[question]
        expected = np.maximum(np.add.reduceat(share * target, first), 1e-12)
        listwise = -np.log(expected[ranked] / best[ranked]).sum() / max(1, ranked.sum())
        each = share * (1 - target / expected[question]) * ranked[question] / max(1, ranked.sum())
        return cross + _RANKED * listwise, slope + _RANKED * each

    return _fit(table, loss, prior, bounds)


def logistic_fit(table: Array, target: Array, prior: Array, bounds: Sequence[Bounds]) -> Array:
    """Weights (n, then a constant) that make the targets (0 or 1) of the rows most likely."""

    def loss(scores: Array) -> tuple[float, Array]:
        likely = 1 / (1 + np.exp(-scores))
        cross = np.logaddexp(0, scores).mean() - (target * scores).mean()
        return cross, (likely - target) / len(target)

    return _fit(table, loss, prior, bounds)


def _fit(
    table: Array,
    loss_of: Callable[[Array], tuple[float, Array]],
    prior: Array,
    bounds: Sequence[Bounds],
) -> Array:
    """The weights with the least loss, pulled to the prior; what never varies keeps its prior."""
    from scipy.optimize import minimize

    spread = np.maximum(table.std(0), _LEAST_SPREAD)

    def loss(weights: Array) -> tuple[float, Array]:
        value, slope = loss_of(table @ weights[:-1] + weights[-1])
        away = (weights[:-1] - prior) * spread
        gradient = np.append(table.T @ slope + 2 * _PULL * away * spread, slope.sum())
        return value + _PULL * float(away @ away), gradient

    start = np.append(prior, 0.0)
    limits = [*bounds, (None, None)]
    fit = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 500}
    )
    found: Array = fit.x
    return found
