"""Bounds that figures have to keep, as a person gives them, and what does not keep them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wenju.corpus.errors import WenjuError
from wenju.eval.compare import LOW_IS_GOOD
from wenju.eval.measures import MEASURES
from wenju.eval.report import EvalReport
from wenju.eval.set_metrics import WHOLE

_NAMES = (*MEASURES, *WHOLE)
_LOW = LOW_IS_GOOD | {name for name, whole in WHOLE.items() if whole.low_is_good}


class ThresholdError(WenjuError):
    """A bound cannot be asked for; the sentence says what can."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure must reach at least, or where lower is better must not exceed."""

    name: str
    share: float

    def breaks(self, found: float) -> str:
        """How a figure breaks it: ``below`` or ``above``; empty where it keeps it."""
        if self.name in _LOW:
            return "above" if found > self.share else ""
        return "below" if found < self.share else ""


def bounds(under: Iterable[str], over: Iterable[str]) -> list[Bound]:
    """The bounds in texts such as ``recall_at_1=.95``: least values, then greatest ones.

    Raises ThresholdError for a name that there is not, for a least value where lower is better or a
    greatest one where higher is, and for what is no share.
    """
    return [
        *(_bound(text, "--fail-under", low=False) for text in under),
        *(_bound(text, "--fail-over", low=True) for text in over),
    ]


def _bound(text: str, option: str, *, low: bool) -> Bound:
    name, _, value = text.partition("=")
    if name not in _NAMES:
        known = ", ".join(n for n in _NAMES if (n in _LOW) == low)
        raise ThresholdError(
            f"{option} {text}: there is no measure {name!r}; give NAME=VALUE with one of {known}."
        )
    if (name in _LOW) != low:
        better, extreme, other = (
            ("higher", "greatest", "--fail-under") if low else ("lower", "least", "--fail-over")
        )
        raise ThresholdError(
            f"{option} {text}: {better} is better for {name}, so it cannot have a {extreme} value; "
            f"use {other}."
        )
    return Bound(name, _share(f"{option} {text}", value))


def broken(reports: Sequence[EvalReport], kept: Iterable[Bound]) -> list[str]:
    """A sentence for each figure that breaks a bound; one that nothing counts for does too."""
    said = []
    for bound in kept:
        for report in reports:
            found = report.value(bound.name)
            if found is None:
                said.append(f"{report.dataset}: no question counts for {bound.name}.")
            elif how := bound.breaks(found):
                said.append(
                    f"{report.dataset}: {bound.name} is {found:.4f}, {how} {bound.share:g}."
                )
    return said


def _share(given: str, value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if 0 <= share <= 1:
        return share
    raise ThresholdError(
        f"{given}: {value!r} is no share; give a number from 0 to 1, as in recall_at_1=.95."
    )
