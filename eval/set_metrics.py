"""What is told of a whole set and is no mean over its questions: names, meanings, directions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from wenju.eval.abstention import aurc, auroc, false_answers
from wenju.eval.calibration import ece
from wenju.eval.records import QuestionRecord

Group = Literal["abstention", "calibration"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A share from 0 to 1; ``about`` says of what. ``of`` gives it, or None where nothing counts."""

    name: str
    group: Group
    about: str
    of: Callable[[Sequence[QuestionRecord]], float | None]
    low_is_good: bool = False


_TABLE = (
    Whole(
        "abstention_auroc",
        "abstention",
        "how often an answerable question has a higher answer_score than an unanswerable one",
        auroc,
    ),
    Whole(
        "aurc",
        "abstention",
        "mean share of wrong answers when only the surest so many are given, over all so many: "
        "should be low",
        aurc,
        low_is_good=True,
    ),
    Whole(
        "false_answers_at_90_coverage",
        "abstention",
        "unanswerable questions that would be answered where 90 % of the answerable ones are: "
        "should be low",
        false_answers,
        low_is_good=True,
    ),
    Whole(
        "ece",
        "calibration",
        "how far the confidence is from the share of answers that are right: should be low",
        ece,
        low_is_good=True,
    ),
)

WHOLE: dict[str, Whole] = {whole.name: whole for whole in _TABLE}
"""Every one by name, in the order they are shown in."""


def of_whole(records: Sequence[QuestionRecord]) -> dict[str, float | None]:
    """What the records come to, by name."""
    return {name: whole.of(records) for name, whole in WHOLE.items()}
