"""What changed between two runs, question by question, and whether the difference is real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from wenju.eval.configuration import differences
from wenju.eval.intervals import Difference, paired
from wenju.eval.measures import values
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport
from wenju.eval.runs import Run, RunError

Verdict = Literal["better", "worse", "higher", "lower", "no real change"]

WATCHED = ("recall_at_1", "sentence_accuracy", "exact_match")
"""The measures whose gained and lost questions are listed."""
LOW_IS_GOOD = frozenset({"answered_of_unanswerable"})
"""The measures of which less is better."""
_FEWEST = 6  # of fewer changed questions not even all in one direction pass a sign test at 5 %
_NEITHER_IS_GOOD = frozenset({"answered"})
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One question as both runs have it."""

    before: QuestionRecord
    after: QuestionRecord

    def as_dict(self) -> dict[str, Any]:
        """The JSON object: the question, then what each run made of it."""
        gold = self.after.gold
        return {
            "id": gold.id,
            "question": gold.text,
            "answers": list(gold.answers),
            "before": _outcome(self.before),
            "after": _outcome(self.after),
        }


@dataclass(frozen=True, slots=True)
class Changed:
    """One measure over the questions that count for it in both runs.

    ``gained`` and ``lost`` are the questions whose value rose and fell.
    """

    difference: Difference
    verdict: Verdict
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class DatasetComparison:
    """A dataset of both runs: ``questions`` are in both, the others, by id, in one of them."""

    dataset: str
    questions: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    measures: Mapping[str, Changed]

    @property
    def watched(self) -> dict[str, Changed]:
        """Those of the measures whose gained and lost questions are listed."""
        return {name: self.measures[name] for name in WATCHED if name in self.measures}

    def as_dict(self) -> dict[str, Any]:
        """The JSON object, all gained and lost questions of the watched measures included."""
        measures = {
            name: {**_rounded(asdict(changed.difference)), "verdict": changed.verdict}
            for name, changed in self.measures.items()
        }
        return {
            "dataset": self.dataset,
            "questions": self.questions,
            "only_before": list(self.only_before),
            "only_after": list(self.only_after),
            "measures": measures,
            "gained": {n: [c.as_dict() for c in m.gained] for n, m in self.watched.items()},
            "lost": {n: [c.as_dict() for c in m.lost] for n, m in self.watched.items()},
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    ``configuration`` holds what they were made with, where it differs; ``warnings`` say what makes
    the comparison less than one of like with like.
    """

    configuration: Mapping[str, tuple[Any, Any]]
    warnings: tuple[str, ...]
    datasets: tuple[DatasetComparison, ...]

    def as_dict(self) -> dict[str, Any]:
        """The command line's JSON object: shares to 4 places."""
        return {
            "configuration": {key: list(both) for key, both in self.configuration.items()},
            "warnings": list(self.warnings),
            "datasets": [dataset.as_dict() for dataset in self.datasets],
        }


def compare(before: Run, after: Run) -> Comparison:
    """Datasets matched by name, questions by id; only what both runs have is compared.

    Names and ids that repeat are told apart by their order. Raises RunError where the runs have
    no dataset, or not one question, in common.
    """
    old, new = _by_name(before), _by_name(after)
    shared = [name for name in old if name in new]
    if not shared:
        raise RunError(
            f"{before.folder} and {after.folder} have no dataset in common ({', '.join(old)}; "
            f"{', '.join(new)}). Compare runs over the same gold files."
        )
    datasets = tuple(_compare(name, old[name][0], new[name][0]) for name in shared)
    warnings = [
        *_missing(old, new),
        *(w for name in shared for w in _unlike(name, old[name][1], new[name][1])),
        *(w for dataset in datasets for w in _unmatched(dataset)),
    ]
    return Comparison(
        differences(before.configuration, after.configuration), tuple(warnings), datasets
    )


def _compare(name: str, before: EvalReport, after: EvalReport) -> DatasetComparison:
    old, new = _by_id(before.records), _by_id(after.records)
    changes = [Change(record, new[key]) for key, record in old.items() if key in new]
    if not changes:
        raise RunError(f"The two runs have no question of {name} in common, matched by id.")
    was = values([change.before for change in changes])
    became = values([change.after for change in changes])
    measures = {m: _changed(m, changes, was[m], became[m]) for m in was if m in became}
    return DatasetComparison(
        dataset=name,
        questions=len(changes),
        only_before=tuple(record.gold.id for key, record in old.items() if key not in new),
        only_after=tuple(record.gold.id for key, record in new.items() if key not in old),
        measures={m: changed for m, changed in measures.items() if changed},
    )


def _changed(
    measure: str,
    changes: Sequence[Change],
    before: Sequence[float | None],
    after: Sequence[float | None],
) -> Changed | None:
    """The measure over what counts in both runs; None where nothing does."""
    pairs = [
        (a, b, change)
        for a, b, change in zip(before, after, changes, strict=True)
        if a is not None and b is not None
    ]
    if not pairs:
        return None
    difference = paired([a for a, _, _ in pairs], [b for _, b, _ in pairs])
    gained = tuple(change for a, b, change in pairs if b > a)
    lost = tuple(change for a, b, change in pairs if b < a)
    few = len(gained) + len(lost) < _FEWEST
    return Changed(
        difference, "no real change" if few else _verdict(measure, difference), gained, lost
    )


def _verdict(measure: str, difference: Difference) -> Verdict:
    """Real is a difference whose 95 % interval leaves out 0."""
    if difference.low <= 0 <= difference.high:
        return "no real change"
    rose = difference.low > 0
    if measure in _NEITHER_IS_GOOD:
        return "higher" if rose else "lower"
    return "better" if rose != (measure in LOW_IS_GOOD) else "worse"


def _by_name(run: Run) -> dict[str, tuple[EvalReport, Mapping[str, Any]]]:
    """Reports with what their gold files were, by dataset."""
    names = _told_apart(report.dataset for report in run.reports)
    return dict(zip(names, zip(run.reports, run.configuration["gold"], strict=True), strict=True))


def _by_id(records: Iterable[QuestionRecord]) -> dict[str, QuestionRecord]:
    listed = list(records)
    return dict(zip(_told_apart(r.gold.id for r in listed), listed, strict=True))


def _told_apart(names: Iterable[str]) -> list[str]:
    """The names; one that comes again has its number behind it."""
    seen: Counter[str] = Counter()
    apart = []
    for name in names:
        seen[name] += 1
        apart.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return apart


def _missing(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """A warning for each dataset that only one of the runs has."""
    gone = [f"{name} is only in the first run." for name in old if name not in new]
    return gone + [f"{name} is only in the second run." for name in new if name not in old]


def _unlike(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Warnings where the gold file or the documents were changed in between."""
    return [
        f"{name}: the {what} of the two runs differ."
        for key, what in (("sha256", "gold files"), ("documents", "documents"))
        if old.get(key) != new.get(key)
    ]


def _unmatched(dataset: DatasetComparison) -> list[str]:
    """A warning where the runs asked different questions."""
    first, second = len(dataset.only_before), len(dataset.only_after)
    if not first and not second:
        return []
    return [
        f"{dataset.dataset}: {first:,} questions are only in the first run and {second:,} only in "
        f"the second; the {dataset.questions:,} in both are compared."
    ]


def _outcome(record: QuestionRecord) -> dict[str, Any]:
    return {
        "prediction": record.prediction,
        "sentence": record.sentence,
        "document_rank": record.ranks.document,
        "answer_rank": record.ranks.answer,
        "passage": record.passage,
    }


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: round(v, _PLACES) if isinstance(v, float) else v for k, v in values.items()}
