"""The two regressions: their gradients, the weights they find, priors and bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import scipy.optimize
from numpy.typing import NDArray
from scipy.optimize import check_grad

from wenju.eval.training import regression
from wenju.eval.training.regression import Bounds, logistic_fit, ranking_fit

Array = NDArray[np.float64]
Loss = Callable[[Array], tuple[float, Array]]
FREE: Bounds = (None, None)
RNG = np.random.default_rng(11)


@pytest.fixture
def losses(monkeypatch: pytest.MonkeyPatch) -> list[Loss]:
    """The losses that were minimised."""
    seen: list[Loss] = []
    real = scipy.optimize.minimize

    def minimize(loss: Loss, start: Array, **options: object) -> object:
        seen.append(loss)
        return real(loss, start, **options)

    monkeypatch.setattr(scipy.optimize, "minimize", minimize)
    return seen


def questions(count: int = 12, features: int = 4) -> tuple[list[Array], list[Array]]:
    """Tables of several candidates and targets; of the first question all are wrong."""
    rng = np.random.default_rng(1)
    tables = [rng.normal(size=(1 + i % 4, features)) for i in range(count)]
    targets = [rng.uniform(0, 1, len(t)) for t in tables]
    targets[0][:] = 0.0
    return tables, targets


def off(loss: Loss, at: Array) -> float:
    """How far the gradient is from differences, beside its length."""
    gradient = loss(at)[1]
    wrong = check_grad(lambda w: loss(w)[0], lambda w: loss(w)[1], at)
    return float(wrong / np.linalg.norm(gradient))


def test_the_ranking_losss_gradient(losses: list[Loss]) -> None:
    tables, targets = questions()
    ranking_fit(tables, targets, np.array([1.0, -1.0, 0.0, 0.5]), [FREE] * 4)
    (loss,) = losses
    for _ in range(5):
        assert off(loss, RNG.normal(0, 2, 5)) < 1e-5


def test_the_logistic_losss_gradient(losses: list[Loss]) -> None:
    table, target = RNG.normal(size=(30, 3)), RNG.integers(0, 2, 30).astype(float)
    logistic_fit(table, target, np.array([1.0, -1.0, 0.0]), [FREE] * 3)
    (loss,) = losses
    for _ in range(5):
        assert off(loss, RNG.normal(0, 2, 4)) < 1e-5


def test_the_ranking_loss_by_hand(losses: list[Loss]) -> None:
    """One feature, two questions; of the second nothing is right, so that only the first ranks."""
    tables = [np.array([[1.0], [-1.0]]), np.array([[0.5]])]
    targets = [np.array([0.8, 0.2]), np.array([0.0])]
    prior = np.array([0.25])
    ranking_fit(tables, targets, prior, [FREE])
    weight, constant = 1.5, -0.5
    scores, wanted = np.array([1.0, -2.0, 0.25]), np.array([0.8, 0.2, 0.0])
    likely = 1 / (1 + np.exp(-scores))
    cross = -(wanted * np.log(likely) + (1 - wanted) * np.log(1 - likely)).mean()
    share = np.exp([1.0, -2.0]) / np.exp([1.0, -2.0]).sum()
    listwise = -np.log(share @ [0.8, 0.2] / 0.8)
    pull = regression._PULL * ((weight - 0.25) * np.std([1.0, -1.0, 0.5])) ** 2
    value, _ = losses[0](np.array([weight, constant]))
    assert value == pytest.approx(cross + listwise + pull)


def test_the_regression_finds_the_weights_that_made_the_targets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(regression, "_PULL", 1e-9)
    table = np.random.default_rng(0).normal(size=(4000, 2))
    target = 1 / (1 + np.exp(-(table @ np.array([1.5, -0.5]) + 0.25)))
    assert logistic_fit(table, target, np.zeros(2), [FREE] * 2) == pytest.approx(
        [1.5, -0.5, 0.25], abs=0.01
    )


def test_ranking_finds_what_tells_candidates_of_one_question_apart() -> None:
    """A feature that only tells questions apart ranks nothing."""
    rng = np.random.default_rng(2)
    tables, targets = [], []
    for _ in range(300):
        telling, of_question = rng.normal(size=4), np.full(4, rng.normal())
        tables.append(np.column_stack([telling, of_question, rng.normal(size=4)]))
        targets.append((telling == telling.max()).astype(float))
    telling, of_question, noise, _ = ranking_fit(tables, targets, np.zeros(3), [FREE] * 3)
    assert telling > 2
    assert abs(of_question) < 0.3 and abs(noise) < 0.3


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_what_never_varies_keeps_its_prior(value: float) -> None:
    rng = np.random.default_rng(4)
    telling = rng.normal(size=200)
    table = np.column_stack([telling, np.full(200, value)])
    target = (telling > 0.3).astype(float)
    found = logistic_fit(table, target, np.array([0.0, -3.0]), [FREE] * 2)
    # what is always 0 has no say; what is always 1 shares its say with the constant
    assert found[1] == pytest.approx(-3.0, abs=1e-6 if value == 0 else 3.0)
    assert found[0] > 1
    tables, targets = list(table.reshape(50, 4, 2)), list(target.reshape(50, 4))
    ranked = ranking_fit(tables, targets, np.array([0.0, -3.0]), [FREE] * 2)
    assert ranked[1] == pytest.approx(-3.0, abs=1e-6 if value == 0 else 3.0)


def test_a_rare_feature_stays_near_its_prior_and_a_common_one_does_not() -> None:
    rng = np.random.default_rng(5)
    target = rng.integers(0, 2, 1000).astype(float)
    common = np.where(rng.uniform(size=1000) < 0.7, target, 1 - target)
    rare = np.zeros(1000)
    rare[np.flatnonzero(target)[:1]] = 1.0
    found = logistic_fit(np.column_stack([common, rare]), target, np.array([0.0, 0.0]), [FREE] * 2)
    wanted = np.log(0.7 / 0.3) * 2
    assert found[0] == pytest.approx(wanted, abs=0.4)
    strong = logistic_fit(
        np.column_stack([common, rare]), target, np.array([0.0, -3.0]), [FREE] * 2
    )
    assert strong[1] < found[1]


@pytest.mark.parametrize("fit", ["logistic", "ranking"])
def test_weights_stay_within_their_bounds(fit: str) -> None:
    rng = np.random.default_rng(6)
    table = rng.normal(size=(400, 2))
    target = (table @ [-2.0, 2.0] > 0).astype(float)
    bounds: list[Bounds] = [(0.0, None), (None, 0.0)]
    if fit == "logistic":
        free = logistic_fit(table, target, np.zeros(2), [FREE] * 2)
        held = logistic_fit(table, target, np.zeros(2), bounds)
    else:
        groups = list(table.reshape(100, 4, 2)), list(target.reshape(100, 4))
        free = ranking_fit(*groups, np.zeros(2), [FREE] * 2)
        held = ranking_fit(*groups, np.zeros(2), bounds)
    assert free[0] < -0.5 and free[1] > 0.5
    assert held[:2] == pytest.approx([0.0, 0.0])


def test_where_nothing_is_right_there_is_nothing_to_rank() -> None:
    tables, targets = questions()
    wrong = [np.zeros_like(t) for t in targets]
    found = ranking_fit(tables, wrong, np.zeros(4), [FREE] * 4)
    assert np.isfinite(found).all()
    assert found[-1] < -1
