"""What a half comes to: shares of its records, each with its 95 % interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wenju.eval.calibration import ece_of, judged
from wenju.eval.intervals import Interval, bootstrap
from wenju.eval.measures import values
from wenju.eval.records import QuestionRecord

SURE = 0.75
"""An answer of at least this confidence is one that a person relies on."""

MEASURED = (
    *("served", "exact_match", "char_f1", "sentence_accuracy"),
    *("answered", "answered_of_unanswerable"),
)
"""What is taken from ``eval.measures`` as it is."""

_RESAMPLES, _SEED = 2000, 0
_TAIL = 2.5  # percent of the resamples' values lie below the interval, and above it

Figures = dict[str, Interval | None]
"""By name; None where no question counts."""


@dataclass(frozen=True, slots=True)
class Told:
    """A question's record beside what its gold file says of the question itself."""

    record: QuestionRecord
    kind: str
    script: str


def is_wrong(record: QuestionRecord) -> bool:
    """Whether it was answered and nothing that answers was shown."""
    return record.score.answered and not record.score.served


def figures(records: Sequence[QuestionRecord]) -> Figures:
    """``MEASURED``, and what is made of wrong answers and their confidence.

    ``wrong_of_answered`` is the share of answers that are wrong; ``sure_of_wrong`` the share of
    wrong answers with a confidence of at least ``SURE``, and ``wrong_of_sure`` the share of
    answers that sure which are wrong. Of all these and ``ece`` lower is better.
    """
    taken = values(records)
    answered = [record for record in records if record.score.answered]
    wrong = [record for record in answered if is_wrong(record)]
    sure = [record for record in answered if _is_sure(record)]
    return {
        **{name: _interval(v for v in taken[name] if v is not None) for name in MEASURED},
        "wrong_of_answered": _share(answered, is_wrong),
        "sure_of_wrong": _share(wrong, _is_sure),
        "wrong_of_sure": _share(sure, is_wrong),
        "ece": _calibration(records),
    }


def by(told: Iterable[Told], name: Callable[[Told], str]) -> dict[str, Figures]:
    """The figures of each group, the largest first."""
    held: dict[str, list[QuestionRecord]] = {}
    for one in told:
        held.setdefault(name(one), []).append(one.record)
    ordered = sorted(held, key=lambda group: (-len(held[group]), group))
    return {group: figures(held[group]) for group in ordered}


def as_dict(found: Mapping[str, Interval | None]) -> dict[str, object]:
    """The JSON object: mean and interval to 4 places, and over how many questions."""
    return {
        name: None
        if one is None
        else {"mean": round(one.mean, 4), "interval": [round(one.low, 4), round(one.high, 4)]}
        | {"n": one.n}
        for name, one in found.items()
    }


def shown(one: Interval | None) -> str:
    """A figure as a line of text has it: mean, interval, and over how many questions."""
    if one is None:
        return "–"
    mean, low, high = (f"{v:.3f}".removeprefix("0") for v in (one.mean, one.low, one.high))
    return f"{mean} [{low}, {high}] n={one.n}"


def _is_sure(record: QuestionRecord) -> bool:
    return record.confidence is not None and record.confidence >= SURE


def _share(
    records: Sequence[QuestionRecord], holds: Callable[[QuestionRecord], bool]
) -> Interval | None:
    return _interval(float(holds(record)) for record in records)


def _interval(marks: Iterable[float]) -> Interval | None:
    counted = list(marks)
    return bootstrap(counted) if counted else None


def _calibration(records: Sequence[QuestionRecord]) -> Interval | None:
    """The calibration error, with the percentile bootstrap over the answers.

    It is no mean over questions, so the answers are drawn anew and it is computed each time.
    """
    import numpy as np

    answers = judged(records)
    error = ece_of(answers)
    if error is None:
        return None
    n = len(answers)
    drawn = np.random.default_rng(_SEED).integers(n, size=(_RESAMPLES, n))
    errors = [ece_of([answers[i] for i in one]) or 0.0 for one in drawn.tolist()]
    low, high = np.percentile(errors, [_TAIL, 100 - _TAIL])
    return Interval(error, float(low), float(high), n)
