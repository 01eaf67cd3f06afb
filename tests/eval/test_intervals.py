"""Bootstrap intervals against the normal approximation, exact counts and a slow oracle."""

from __future__ import annotations

from itertools import product
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.eval import intervals
from wenju.eval.intervals import Difference, Interval, bootstrap, paired

VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_a_share_has_the_interval_of_the_normal_approximation() -> None:
    found = bootstrap([1.0] * 900 + [0.0] * 100)
    half = 1.96 * sqrt(0.9 * 0.1 / 1000)
    assert (found.mean, found.n) == (0.9, 1000)
    assert found.low == pytest.approx(0.9 - half, abs=0.002)
    assert found.high == pytest.approx(0.9 + half, abs=0.002)


def test_values_between_have_theirs_too() -> None:
    values = [i / 999 for i in range(1000)]
    found = bootstrap(values)
    half = 1.96 * float(np.std(values)) / sqrt(1000)
    assert found.low == pytest.approx(0.5 - half, abs=0.003)
    assert found.high == pytest.approx(0.5 + half, abs=0.003)


def test_all_resamples_of_three_by_hand() -> None:
    """27 equally likely draws: their percentiles are the interval, but for chance."""
    values = [0.0, 0.3, 1.0]
    means = [float(np.mean(draw)) for draw in product(values, repeat=3)]
    low, high = np.percentile(means * 100, [2.5, 97.5])
    found = bootstrap(values, resamples=20_000)
    assert [found.low, found.high] == pytest.approx([low, high])


@given(VALUES, st.integers(0, 3))
def test_the_interval_holds_the_mean_and_is_the_same_again(values: list[float], seed: int) -> None:
    found = bootstrap(values, resamples=200, seed=seed)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found.mean == pytest.approx(float(np.mean(values)))
    assert found == bootstrap(values[::-1], resamples=200, seed=seed)


def test_another_seed_draws_others() -> None:
    values = [i / 99 for i in range(100)]
    assert bootstrap(values, seed=0) != bootstrap(values, seed=1)


@pytest.mark.parametrize("values", [[0.25], [1.0] * 50])
def test_what_does_not_vary_has_no_width(values: list[float]) -> None:
    assert bootstrap(values) == Interval(values[0], values[0], values[0], len(values))


def test_half_as_wide_with_four_times_as_many() -> None:
    few, many = (bootstrap([1.0, 0.0] * n) for n in (100, 400))
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(2, rel=0.1)


def test_nothing_has_no_interval() -> None:
    with pytest.raises(ValueError, match="nothing"):
        bootstrap([])
    with pytest.raises(ValueError, match="nothing"):
        paired([], [])


def test_memory_is_bounded_and_the_number_of_resamples_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A block too small for all resamples at once must neither drop any nor shift the result."""
    values = [i / 99 for i in range(100)]
    at_once = bootstrap(values, resamples=501)
    monkeypatch.setattr(intervals, "_CELLS", 1000)  # ten resamples at a time
    assert bootstrap(values, resamples=501) == at_once
    assert intervals._means(values, 501, 0).shape == (501,)


def test_pairs_that_all_gain_the_same_leave_no_doubt() -> None:
    found = paired([0.0, 0.25, 0.5], [0.5, 0.75, 1.0], resamples=999)
    assert found == Difference(0.25, 0.75, 0.5, 0.5, 0.5, 1 / 1000, 3)


def test_pairs_that_are_the_same_differ_in_nothing() -> None:
    found = paired([0.0, 1.0, 0.3], [0.0, 1.0, 0.3])
    assert (found.difference, found.low, found.high, found.p_value) == (0.0, 0.0, 0.0, 1.0)


def test_gains_and_losses_that_cancel_out_are_no_difference() -> None:
    found = paired([1.0] * 50 + [0.0] * 50, [0.0] * 50 + [1.0] * 50)
    assert found.difference == 0.0
    assert found.p_value == 1.0
    assert found.low < 0 < found.high


def test_the_p_value_of_a_share_is_that_of_the_normal_approximation() -> None:
    """60 of 1000 questions gained, 40 lost: z = 20 / sqrt(100 - 0.4), two-sided p = .045."""
    before = [0.0] * 60 + [1.0] * 40 + [1.0] * 900
    after = [1.0] * 60 + [0.0] * 40 + [1.0] * 900
    found = paired(before, after, resamples=20_000)
    assert (found.before, found.after) == (0.94, 0.96)
    assert found.difference == pytest.approx(0.02)
    assert found.p_value == pytest.approx(0.045, abs=0.012)
    half = 1.96 * sqrt((0.1 - 0.02**2) / 1000)
    assert [found.low, found.high] == pytest.approx([0.02 - half, 0.02 + half], abs=0.002)


def test_pairing_sees_what_two_intervals_do_not() -> None:
    """Hard and easy questions vary far more than the small gain that every one of them has."""
    generator = np.random.default_rng(7)
    before = [float(x) for x in generator.random(200)]
    after = [x + 0.02 + 0.001 * (i % 2) for i, x in enumerate(before)]
    assert bootstrap(before).high > bootstrap(after).low
    assert paired(before, after).low > 0
    assert paired(before, after).p_value < 0.01


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=20))
def test_the_other_way_round_is_the_same_the_other_way(pairs: list[tuple[float, float]]) -> None:
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    found, other = (paired(a, b, resamples=200) for a, b in ((before, after), (after, before)))
    assert found.difference == pytest.approx(-other.difference)
    assert 0 < found.p_value <= 1
    assert found.low <= found.high


def test_pairs_must_pair() -> None:
    with pytest.raises(ValueError):
        paired([1.0], [1.0, 0.0])
