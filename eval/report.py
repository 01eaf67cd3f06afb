"""What an evaluation gives: numbers for programs, a table for people, a record of each question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from wenju.eval.calibration import bins
from wenju.eval.intervals import Interval, bootstrap
from wenju.eval.kinds import by_kind
from wenju.eval.measures import MEASURES, Group, values
from wenju.eval.records import QuestionRecord
from wenju.eval.set_metrics import WHOLE, of_whole

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of wall time per question asked: the median and the 95th percentile."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class EvalReport:
    """The scores of one gold file, and what they were measured over.

    ``intervals`` has every measure's mean with its 95 % interval, by name, and None where no
    question counts; ``whole`` has what ``wenju.eval.set_metrics`` tells of all of them. ``skipped`` says of
    each distractor that could not be read why not.
    """

    dataset: str
    questions: int
    documents: int
    passages: int
    latency_ms: Latency
    intervals: Mapping[str, Interval | None] = field(default_factory=dict)
    whole: Mapping[str, float | None] = field(default_factory=dict)
    records: tuple[QuestionRecord, ...] = ()
    skipped: tuple[str, ...] = ()

    def value(self, name: str) -> float | None:
        """A measure's mean, or what is told of the whole set; None where nothing counts."""
        found = self.intervals.get(name)
        return found.mean if found else self.whole.get(name)

    def as_dict(self) -> dict[str, Any]:
        """The command line's JSON object: shares to 4 places, milliseconds to 1, no records."""
        return {
            "dataset": self.dataset,
            "questions": self.questions,
            "documents": self.documents,
            "passages": self.passages,
            "retrieval": _rounded(self._means("retrieval"), 4),
            "answers": _rounded(self._means("answers"), 4),
            "abstention": _rounded(self._told("abstention"), 4),
            "calibration": {
                **_rounded(self._told("calibration"), 4),
                "bins": [held.as_dict() for held in bins(self.records)],
            },
            "kinds": {kind: scores.as_dict() for kind, scores in by_kind(self.records).items()},
            "latency_ms": _rounded(asdict(self.latency_ms), 1),
            "intervals": {name: _ends(found) for name, found in self.intervals.items()},
            **({"skipped": list(self.skipped)} if self.skipped else {}),
        }

    def _means(self, group: Group) -> dict[str, float | None]:
        return {
            name: found.mean if found else None
            for name, found in self.intervals.items()
            if MEASURES[name].group == group
        }

    def _told(self, group: str) -> dict[str, float | None]:
        return {name: value for name, value in self.whole.items() if WHOLE[name].group == group}


def summarise(
    dataset: str,
    records: Sequence[QuestionRecord],
    *,
    documents: int,
    passages: int,
) -> EvalReport:
    """The means of the records, at least one, each over the questions that count for it."""
    import numpy as np

    p50, p95 = np.percentile([record.took_ms for record in records], [50, 95])
    return EvalReport(
        dataset=dataset,
        questions=len(records),
        documents=documents,
        passages=passages,
        latency_ms=Latency(float(p50), float(p95)),
        intervals={name: _interval(marks) for name, marks in values(records).items()},
        whole=of_whole(records),
        records=tuple(records),
    )


def _interval(marks: Iterable[float | None]) -> Interval | None:
    counted = [mark for mark in marks if mark is not None]
    return bootstrap(counted) if counted else None


def table(reports: Sequence[EvalReport]) -> Table:
    """The reports side by side, a measure to a row: ``.955 [.943, .967]`` with its interval.

    What is told of a whole set has none, and no row where it is known of no report.
    """
    from rich.table import Table

    shown = Table("measure", title="Evaluation", caption="[ ]: 95 % bootstrap intervals")
    for report in reports:
        shown.add_column(report.dataset, justify="right")
    told = [name for name in WHOLE if any(report.value(name) is not None for report in reports)]
    for rows in zip(*(_rows(report, told) for report in reports), strict=True):
        shown.add_row(rows[0][0], *(value for _, value, _ in rows), end_section=rows[0][2])
    return shown


def _rows(report: EvalReport, told: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Label, value, and whether a group of measures ends here."""
    counts = ("questions", "documents", "passages")
    groups = [{name: f"{getattr(report, name):,}" for name in counts}]
    for kind in ("retrieval", "answers"):
        names = [name for name in report.intervals if MEASURES[name].group == kind]
        groups.append({name: _shown(report.intervals[name]) for name in names})
    groups.append({name: _share(report.value(name)) for name in told})
    took = asdict(report.latency_ms)
    groups.append({f"{name} ms": f"{value:,.1f}" for name, value in took.items()})
    return [
        (name, value, name == list(group)[-1]) for group in groups for name, value in group.items()
    ]


def _shown(found: Interval | None) -> str:
    """Shares to 3 places, without the zero that all of them begin with."""
    if found is None:
        return "–"
    mean, low, high = map(_share, (found.mean, found.low, found.high))
    return rf"{mean} \[{low}, {high}]"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def _ends(found: Interval | None) -> list[float] | None:
    return None if found is None else [round(found.low, 4), round(found.high, 4)]


def _rounded(means: dict[str, float | None], places: int) -> dict[str, float | None]:
    return {k: None if v is None else round(v, places) for k, v in means.items()}
