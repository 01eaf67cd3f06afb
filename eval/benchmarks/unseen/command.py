"""The command: ask the questions of a set or of both halves, and print and write what they come to."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.unseen.documents import Missing, make
from wenju.eval.benchmarks.unseen.faults import faults
from wenju.eval.benchmarks.unseen.figures import Figures, Told, as_dict, by, figures, shown
from wenju.eval.configuration import Request
from wenju.eval.places import parse
from wenju.eval.report import EvalReport
from wenju.eval.run import evaluate
from wenju.index.encoder import Encoder
from wenju.qa.settings import Settings

HALVES = ("open", "closed")
SETS = (*HALVES, "seeds")
CLOSED = frozenset({"closed", "seeds"})
"""Sets that nobody who works on answers reads: only their totals are told."""

GOLD = Path(str(files("wenju.eval.gold"))) / "unseen"
_COLUMNS = ("served", "exact_match", "char_f1", "wrong_of_answered", "answered_of_unanswerable")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set came to; ``groups`` are by kind and by script, empty for a closed one."""

    half: str
    questions: int
    documents: int
    passages: int
    totals: Figures
    groups: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The JSON object."""
        groups = {
            name: {group: as_dict(found) for group, found in held.items()}
            for name, held in self.groups.items()
        }
        counts = {"questions": self.questions, "documents": self.documents}
        return {**counts, "passages": self.passages, "totals": as_dict(self.totals), **groups}


def measure(
    half: str, data: Path, into: Path, out: Path | None = None, encoder: Encoder | None = None
) -> Outcome:
    """Make the half's documents, ask its questions in a library of its own, and sum up.

    ``out`` is the folder of the run with every answer; of a closed set none is written.
    ``encoder`` is used in place of the one the settings name. Raises DatasetError and the engine's own.
    """
    gold = make(GOLD / half, data, into / half)
    settings = Settings().within(into / half / "home")
    kept = None if half in CLOSED else out
    (report,) = evaluate(Request((gold,)), settings, encoder=encoder, out=kept)
    return outcome(half, gold, report)


def outcome(half: str, gold: Path, report: EvalReport) -> Outcome:
    """The set's figures; of a closed one totals only."""
    told = _told(gold, report)
    groups = {"kinds": by(told, lambda one: one.kind), "scripts": by(told, lambda one: one.script)}
    return Outcome(
        half,
        report.questions,
        report.documents,
        report.passages,
        figures(report.records),
        {} if half in CLOSED else groups,
    )


def _told(gold: Path, report: EvalReport) -> list[Told]:
    """The records with what the gold file says of each question: its kind and script."""
    lines = gold.read_text(encoding="utf-8").splitlines()
    said = [parse(gold, line, i) for i, line in enumerate(lines, 1) if line.strip()][1:]
    return [
        Told(record, str(one.get("kind", "")), str(one.get("script", "")))
        for record, one in zip(report.records, said, strict=True)
    ]


def described(found: Outcome) -> str:
    """The figures as lines of text, and a table to each grouping."""
    lines = [
        f"{found.half}: {found.questions} questions, {found.documents} documents, "
        f"{found.passages} passages"
    ]
    lines += [f"  {name:<26}{shown(one)}" for name, one in found.totals.items()]
    for name, held in found.groups.items():
        lines.append("".join(f"{part:<26}" for part in (f"  {name}", *_COLUMNS)).rstrip())
        for group, one in held.items():
            cells = (shown(one[column]) for column in _COLUMNS)
            lines.append("".join(f"{cell:<26}" for cell in (f"  {group}", *cells)).rstrip())
    return "\n".join(lines)


def _told_of(half: str, error: WenjuError) -> str:
    """What may be said of an error: of a closed set where it is, and nothing that stands there."""
    said = str(error)
    told = half not in CLOSED or isinstance(error, Missing)
    return said if told else f"{said.split(':')[0]}: this cannot be used."


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m wenju.eval.benchmarks.unseen")
    options.add_argument("--half", choices=(*SETS, "both"), default="open")
    options.add_argument("--data", type=Path, default=data_folder(), help="the published sets")
    options.add_argument("--into", type=Path, help="documents and library, else below the cache")
    options.add_argument("--json", type=Path, help="the file of figures, else in --into")
    options.add_argument("--out", type=Path, help="keep the run of the open half with its answers")
    options.add_argument("--check", action="store_true", help="only check the gold, ask nothing")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print and write; 2 where a half cannot be used, 1 where a check finds faults."""
    chosen = _options().parse_args(argv)
    into = chosen.into or Settings().cache / "unseen"
    halves = HALVES if chosen.half == "both" else (chosen.half,)
    written: dict[str, object] = {}
    worst = 0
    for half in halves:
        try:
            if chosen.check:
                found = faults(make(GOLD / half, chosen.data, into / half))
                sys.stdout.writelines(f"{half} {fault}\n" for fault in found)
                worst = max(worst, int(bool(found)))
                continue
            done = measure(half, chosen.data, into, chosen.out)
        except WenjuError as error:
            sys.stderr.write(f"{_told_of(half, error)}\n")
            return 2
        sys.stdout.write(f"{described(done)}\n")
        written[half] = done.as_dict()
    if written:
        path = chosen.json or into / f"figures-{chosen.half}.json"
        path.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return worst
