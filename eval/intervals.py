"""How sure a mean is: bootstrap intervals, of one set of values and of what changed between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RESAMPLES, _SEED = 2000, 0
_LEVEL = 95.0  # percent of the resamples' means lie within
_CELLS = 2**20  # counts drawn at a time: 8 MB, however many questions there are


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean of ``n`` values, and the 95 % interval around it."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in the mean of ``n`` pairs: ``difference`` is ``after - before``.

    ``low`` and ``high`` are the difference's 95 % interval. ``p_value`` is how often a difference
    at least as large, either way, would be seen if there were none.
    """

    before: float
    after: float
    difference: float
    low: float
    high: float
    p_value: float
    n: int


def bootstrap(
    values: Sequence[float], *, resamples: int = _RESAMPLES, seed: int = _SEED
) -> Interval:
    """The percentile bootstrap of the mean (Efron and Tibshirani 1993, chapter 13).

    The same values, in any order, and the same seed give the same interval. Raises ValueError for
    no values.
    """
    low, high = _percentiles(_means(values, resamples, seed))
    return Interval(_mean(values), low, high, len(values))


def paired(
    before: Sequence[float],
    after: Sequence[float],
    *,
    resamples: int = _RESAMPLES,
    seed: int = _SEED,
) -> Difference:
    """The paired bootstrap of the difference of two means, question by question.

    The interval is the percentile bootstrap of the differences. The p-value is two-sided, of the
    differences moved to a mean of 0 (Efron and Tibshirani 1993, section 16.4; Sakai, SIGIR 2006);
    it is never below 1 / (resamples + 1). Raises ValueError for no values or unequal lengths.
    """
    differences = [b - a for a, b in zip(before, after, strict=True)]
    means, mean = _means(differences, resamples, seed), _mean(differences)
    low, high = _percentiles(means)
    # what rounding alone sets apart counts as the same
    extreme = int((abs(means - mean) >= abs(mean) - 1e-12).sum())
    p_value = (1 + extreme) / (1 + resamples)
    return Difference(_mean(before), _mean(after), mean, low, high, p_value, len(differences))


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def _means(values: Sequence[float], resamples: int, seed: int) -> NDArray[np.float64]:
    """The means of the resamples, shape (resamples,).

    Drawing n values with replacement is drawing how often each distinct value comes up, which is
    multinomial: marks are few, and so are the numbers to draw.
    """
    import numpy as np

    if not len(values):
        raise ValueError("there is nothing to resample")
    distinct, counts = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    generator, n = np.random.default_rng(seed), len(values)
    block = max(1, _CELLS // len(distinct))
    sizes = [min(block, resamples - start) for start in range(0, resamples, block)]
    drawn = (generator.multinomial(n, counts / n, size=size) for size in sizes)
    return np.concatenate([times @ distinct / n for times in drawn])


def _percentiles(means: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np

    tail = (100.0 - _LEVEL) / 2
    low, high = np.percentile(means, [tail, 100.0 - tail])
    return float(low), float(high)
