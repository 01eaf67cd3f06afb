"""How often other systems find the gold document: ``python -m wenju.eval.benchmarks.external GOLD…``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.external.systems import SYSTEMS, System, environment
from wenju.eval.benchmarks.external.task import make_task, rankings, records
from wenju.eval.datasets import GoldSet, in_script, load, sample
from wenju.eval.intervals import Interval, bootstrap
from wenju.eval.measures import values
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    from rich.table import Table

MEASURES = ("recall_at_1", "recall_at_5", "mrr_at_10")
"""What is said of other systems: those of Wenju's measures that are of documents found."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the systems found of one gold set: a mean and its interval by system and measure."""

    dataset: str
    questions: int
    documents: int
    passages: int
    systems: dict[str, dict[str, Interval]]

    def as_dict(self) -> dict[str, Any]:
        """The JSON object: shares to 4 places, by system."""
        return {
            "dataset": self.dataset,
            "questions": self.questions,
            "documents": self.documents,
            "passages": self.passages,
            "systems": {
                name: {m: round(i.mean, 4) for m, i in found.items()}
                | {"intervals": {m: [round(i.low, 4), round(i.high, 4)] for m, i in found.items()}}
                for name, found in self.systems.items()
            },
        }


def compare(
    gold: GoldSet,
    folder: Path,
    *,
    passages: bool = False,
    systems: Sequence[System] = SYSTEMS,
    install: Callable[[System, Path], Path] = environment,
) -> Outcome:
    """What each system finds of the set's questions.

    Args:
        gold: the set, which must bring its documents.
        folder: where the systems' environments are kept.
        passages: index what Wenju searches: passages with title, issuer and headings in front.
        systems: those that are asked.
        install: gives the Python in which a system's worker is run.

    Raises DatasetError for a set that cannot be used, OthersError for a system that fails.
    """
    task = make_task(gold, passages=passages)
    found = {}
    for system in systems:
        ranked = rankings(task, system, install(system, folder))
        marks = values(records(task, ranked))
        found[system.called] = {
            name: bootstrap([mark for mark in marks[name] if mark is not None]) for name in MEASURES
        }
    return Outcome(
        dataset=gold.name,
        questions=len(task.questions),
        documents=len(set(task.document_of.values())),
        passages=len(task.passages),
        systems=found,
    )


def table(outcome: Outcome) -> Table:
    """A measure to a row and a system to a column: the mean and its 95 % interval."""
    from rich.table import Table

    title = f"{outcome.dataset}: {outcome.questions:,} questions, {outcome.passages:,} passages"
    shown = Table("measure", *outcome.systems, title=title)
    for measure in MEASURES:
        found = [intervals[measure] for intervals in outcome.systems.values()]
        shown.add_row(measure, *(f"{i.mean:.3f} [{i.low:.3f}, {i.high:.3f}]" for i in found))
    return shown


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.external", description=__doc__
    )
    options.add_argument("gold", nargs="+", type=Path, help="gold files that bring their documents")
    options.add_argument("--script", choices=("hans", "hant"), help="convert the questions")
    options.add_argument("--limit", type=int, help="ask only this many questions")
    options.add_argument("--seed", type=int, default=0, help="of the draw that --limit makes")
    options.add_argument(
        "--passages",
        action="store_true",
        help="index the passages that Wenju searches, with title and headings, not whole documents",
    )
    options.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return options.parse_args(argv)


def _prepare(path: Path, chosen: argparse.Namespace) -> GoldSet:
    """The questions to ask: drawn, then converted, as ``wenju eval`` does."""
    gold = load(path)
    gold = gold if chosen.limit is None else sample(gold, chosen.limit, chosen.seed)
    return in_script(gold, chosen.script) if chosen.script else gold


def main(argv: Sequence[str] | None = None) -> None:
    """Ask every system, and print a table or JSON, a list for several files."""
    chosen = _arguments(argv)
    try:
        folder = Settings().cache / "others"
        golds = [_prepare(path, chosen) for path in chosen.gold]
        outcomes = [compare(gold, folder, passages=chosen.passages) for gold in golds]
    except (WenjuError, ValidationError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    if chosen.json:
        objects = [outcome.as_dict() for outcome in outcomes]
        shown = objects[0] if len(objects) == 1 else objects
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
        return
    from rich.console import Console

    for outcome in outcomes:
        Console().print(table(outcome))
