"""What an evaluation gives: numbers for programs, a table for people, a record of each question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval import answers, retrieval
from eval.answers import AnswerScores, Score
from eval.datasets import GoldQuestion
from eval.retrieval import Ranks, RetrievalScores

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One question as it was asked, answered and marked; ``took_ms`` is wall time.

    ``sentence`` is the one around the answer. A question that is not answerable has no ranks.
    """

    gold: GoldQuestion
    kind: str
    prediction: str
    sentence: str
    score: Score
    ranks: Ranks
    took_ms: float

    def as_dict(self) -> dict[str, Any]:
        """The question's JSON object: a rank counts from 1 and is null where nothing was found."""
        return {
            "id": self.gold.id,
            "question": self.gold.text,
            "answerable": self.gold.answerable,
            "answers": list(self.gold.answers),
            "document": self.gold.document,
            "kind": self.kind,
            "answered": self.score.answered,
            "prediction": self.prediction,
            "sentence": self.sentence,
            "document_rank": self.ranks.document,
            "answer_rank": self.ranks.answer,
            "exact_match": self.score.exact_match,
            "char_f1": round(self.score.char_f1, 4),
            "sentence_correct": self.score.sentence_correct,
            "took_ms": round(self.took_ms, 1),
        }


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of wall time per question asked: the median and the 95th percentile."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class EvalReport:
    """The scores of one gold file, and what they were measured over.

    ``skipped`` says of each distractor that could not be read why not.
    """

    dataset: str
    questions: int
    documents: int
    passages: int
    retrieval: RetrievalScores
    answers: AnswerScores
    latency_ms: Latency
    records: tuple[QuestionRecord, ...] = ()
    skipped: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The command line's JSON object: shares to 4 places, milliseconds to 1, no records."""
        return {
            "dataset": self.dataset,
            "questions": self.questions,
            "documents": self.documents,
            "passages": self.passages,
            "retrieval": _rounded(asdict(self.retrieval), 4),
            "answers": _rounded(asdict(self.answers), 4),
            "latency_ms": _rounded(asdict(self.latency_ms), 1),
            **({"skipped": list(self.skipped)} if self.skipped else {}),
        }


def summarise(
    dataset: str,
    records: Sequence[QuestionRecord],
    *,
    documents: int,
    passages: int,
) -> EvalReport:
    """The means of the records; retrieval's are over the answerable questions."""
    import numpy as np

    p50, p95 = np.percentile([record.took_ms for record in records], [50, 95])
    return EvalReport(
        dataset=dataset,
        questions=len(records),
        documents=documents,
        passages=passages,
        retrieval=retrieval.average([r.ranks for r in records if r.gold.answerable]),
        answers=answers.average([r.score for r in records]),
        latency_ms=Latency(float(p50), float(p95)),
        records=tuple(records),
    )


def table(reports: Sequence[EvalReport]) -> Table:
    """The reports side by side, a measure to a row."""
    from rich.table import Table

    shown = Table("measure", title="Evaluation")
    for report in reports:
        shown.add_column(report.dataset, justify="right")
    for rows in zip(*(_rows(report) for report in reports), strict=True):
        shown.add_row(rows[0][0], *(value for _, value, _ in rows), end_section=rows[0][2])
    return shown


def _rows(report: EvalReport) -> list[tuple[str, str, bool]]:
    """Label, value, and whether a group of measures ends here."""
    counts = {k: getattr(report, k) for k in ("questions", "documents", "passages")}
    groups = (
        (counts, "{:,}"),
        (asdict(report.retrieval), "{:.3f}"),
        (asdict(report.answers), "{:.3f}"),
        ({f"{k} ms": v for k, v in asdict(report.latency_ms).items()}, "{:,.1f}"),
    )
    return [
        (name, "–" if value is None else form.format(value), name == list(values)[-1])
        for values, form in groups
        for name, value in values.items()
    ]


def write_records(reports: Iterable[EvalReport], path: Path) -> None:
    """Write a JSONL file with an object to each question asked."""
    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            for record in report.records:
                line = {"dataset": report.dataset, **record.as_dict()}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _rounded(values: dict[str, float | None], places: int) -> dict[str, float | None]:
    return {k: None if v is None else round(v, places) for k, v in values.items()}
