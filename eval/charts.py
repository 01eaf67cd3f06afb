"""The figures of a gold file's part of the page, made of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wenju.eval.abstention import risk_coverage
from wenju.eval.calibration import bins
from wenju.eval.error_categories import Cause, cause
from wenju.eval.intervals import bootstrap
from wenju.eval.plots import distributions, latencies, recall_curve, reliability, risk_curve
from wenju.eval.records import QuestionRecord

_DEPTHS = (1, 3, 5, 10, 20)
_RIGHT_PLACE = (Cause.RIGHT, Cause.WRONG_SPAN)


def charts(records: Sequence[QuestionRecord], name: str, threshold: float | None) -> dict[str, str]:
    """Every figure as SVG, empty where no question counts for it.

    Args:
        records: at least one.
        name: unique in the page; the ids inside begin with it.
        threshold: the ``answer_score`` from which on questions are answered, where it is known.
    """
    known = [r for r in records if r.gold.answerable and r.gold.document is not None]
    ranks = [r.ranks.document or _DEPTHS[-1] + 1 for r in known]
    recall = {k: bootstrap([float(rank <= k) for rank in ranks]) for k in _DEPTHS if ranks}
    retrieval = _scores(records, "retrieval_score", _found, ("gold document first", "not first"))
    answer = _scores(records, "answer_score", _placed, ("right place", "wrong or none"))
    return {
        "recall": recall_curve(recall, f"{name}-recall"),
        "latency": latencies([r.took_ms for r in records], f"{name}-latency"),
        "risk": risk_curve(risk_coverage(records), f"{name}-risk", _answered(records)),
        "reliability": reliability(bins(records), f"{name}-reliability"),
        "retrieval": distributions(retrieval, f"{name}-retrieval", "retrieval_score"),
        "answer": distributions(
            answer, f"{name}-answer", "answer_score", limits=(0.0, 1.0), threshold=threshold
        ),
    }


def _answered(records: Sequence[QuestionRecord]) -> float:
    return sum(record.score.answered for record in records) / len(records)


def _scores(
    records: Iterable[QuestionRecord],
    score: str,
    went_right: Callable[[QuestionRecord], bool | None],
    labels: tuple[str, str],
) -> dict[str, list[float]]:
    """Scores by how the question went; those with no score, or that went neither way, left out."""
    groups: dict[str, list[float]] = {label: [] for label in (*labels, "unanswerable")}
    for record in records:
        value, right = getattr(record, score), went_right(record)
        label = labels[not right] if record.gold.answerable else "unanswerable"
        if value is not None and (right is not None or not record.gold.answerable):
            groups[label].append(value)
    return groups


def _found(record: QuestionRecord) -> bool | None:
    return None if record.gold.document is None else record.ranks.document == 1


def _placed(record: QuestionRecord) -> bool:
    return cause(record) in _RIGHT_PLACE
