"""When it is better not to answer: how well ``answer_score`` tells right answers from others.

All of it is told of a whole set, and of its order by ``answer_score`` alone: no threshold of the
settings plays a part, but for which questions have an answer to judge at all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from math import fsum, inf

from wenju.eval.error_categories import is_right
from wenju.eval.records import QuestionRecord


def auroc(records: Sequence[QuestionRecord]) -> float | None:
    """The probability that an answerable question scores above one that is not; ties are half.

    The area under the ROC curve, by Mann and Whitney's statistic (Hanley and McNeil, Radiology
    1982). A question that was refused unread stands below all others. None where the set has no
    question of either sort.
    """
    good, bad = ([_score(r) for r in part] for part in _parted(records))
    if not good or not bad:
        return None
    bad.sort()
    wins = sum(bisect_left(bad, score) + bisect_right(bad, score) for score in good)
    return wins / (2 * len(good) * len(bad))


def false_answers(records: Sequence[QuestionRecord], percent: int = 90) -> float | None:
    """The share of unanswerable questions answered, where ``percent`` of the answerable ones are.

    The threshold is the highest ``answer_score`` that so many answerable questions reach. None
    where the set has no question of either sort, and where more answerable ones were refused unread
    than may be left out.
    """
    good, bad = _parted(records)
    scores = sorted((r.answer_score for r in good if r.answer_score is not None), reverse=True)
    wanted = -(-percent * len(good) // 100)
    if not bad or not good or len(scores) < wanted:
        return None
    return sum(_score(record) >= scores[wanted - 1] for record in bad) / len(bad)


def risk_coverage(records: Sequence[QuestionRecord]) -> list[tuple[float, float]]:
    """Coverage and risk, for 1, 2, … and at last all questions answered, the surest first.

    Coverage is the share of questions answered and risk the share of those that is not right
    (El-Yaniv and Wiener, JMLR 2010; Geifman and El-Yaniv, NIPS 2017); what is right,
    ``causes.is_right`` says. What was not answered comes after all that was, and counts as not
    right: what would have been answered is not known. Of questions that score alike the mean over
    their orders is taken.
    """
    points: list[tuple[float, float]] = []
    wrong = 0
    for _, tied in groupby(sorted(records, key=_rank, reverse=True), key=_rank):
        marks = [not is_right(record) for record in tied]
        covered, here = len(points), sum(marks)
        for number in range(1, len(marks) + 1):
            expected = wrong + here * number / len(marks)
            points.append(((covered + number) / len(records), expected / (covered + number)))
        wrong += here
    return points


def aurc(records: Sequence[QuestionRecord]) -> float | None:
    """The area under the curve of risk and coverage: the mean risk over all coverages.

    Lower is better (Geifman, Uziel and El-Yaniv, ICLR 2019). None where no question is answerable,
    so that nothing could be right.
    """
    if not any(record.gold.answerable for record in records):
        return None
    return fsum(risk for _, risk in risk_coverage(records)) / len(records)


def _parted(
    records: Sequence[QuestionRecord],
) -> tuple[list[QuestionRecord], list[QuestionRecord]]:
    """The answerable ones, and the others."""
    good = [record for record in records if record.gold.answerable]
    return good, [record for record in records if not record.gold.answerable]


def _score(record: QuestionRecord) -> float:
    return -inf if record.answer_score is None else record.answer_score


def _rank(record: QuestionRecord) -> tuple[bool, float]:
    return record.score.answered, _score(record)
