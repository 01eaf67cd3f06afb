"""The least that a figure must reach, as a person gives it, and what stays below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wenju.corpus.errors import WenjuError
from wenju.eval.compare import LOW_IS_GOOD
from wenju.eval.measures import MEASURES
from wenju.eval.report import EvalReport
from wenju.eval.set_metrics import WHOLE

_NAMES = (*MEASURES, *WHOLE)
_LOW = LOW_IS_GOOD | {name for name, whole in WHOLE.items() if whole.low_is_good}


class ThresholdError(WenjuError):
    """A least value cannot be asked for; the sentence says what can."""


def thresholds(given: Sequence[str]) -> dict[str, float]:
    """Names to the least that they must reach, of texts such as ``recall_at_1=.95``.

    Raises ThresholdError for a name that there is not, for a figure where lower is better,
    and for what is no share.
    """
    found = {}
    for text in given:
        name, _, value = text.partition("=")
        if name not in _NAMES:
            raise ThresholdError(
                f"--fail-under {text}: there is no measure {name!r}; give NAME=VALUE with one of "
                f"{', '.join(n for n in _NAMES if n not in _LOW)}."
            )
        if name in _LOW:
            raise ThresholdError(
                f"--fail-under {text}: lower is better for {name}, so it cannot have a least value."
            )
        found[name] = _share(text, value)
    return found


def missed(reports: Sequence[EvalReport], least: Mapping[str, float]) -> list[str]:
    """A sentence for each figure that stays below; one that nothing counts for does too."""
    said = []
    for report in reports:
        for name, wanted in least.items():
            found = report.value(name)
            if found is None:
                said.append(f"{report.dataset}: no question counts for {name}.")
            elif found < wanted:
                said.append(f"{report.dataset}: {name} is {found:.4f}, below {wanted:g}.")
    return said


def _share(text: str, value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if 0 <= share <= 1:
        return share
    raise ThresholdError(
        f"--fail-under {text}: {value!r} is no share; give a number from 0 to 1, as in "
        "recall_at_1=.95."
    )
