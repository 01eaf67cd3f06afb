"""Indexing and finding, Wenju and others in turn over corpora of several sizes."""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.external.systems import SYSTEMS, environment, run
from wenju.eval.benchmarks.external.task import Task, make_task, records
from wenju.eval.datasets import GoldSet, load, sample
from wenju.eval.distractors import read_distractors
from wenju.eval.measures import values
from wenju.index.encoder import load_encoder
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    from rich.table import Table

_WORKER: Final = Path(__file__).with_name("worker.py")
_LAWS: Final = ("tw_laws_zh_hant.jsonl.xz", "prc_laws.tar.xz")
_DEPTH: Final = 10  # passages asked for, as a page of results has
_HERE: Final = ("wenju", "faiss")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one system took: seconds by the clock and of the processor; and the share of questions whose document came first."""

    system: str
    passages: int
    indexed: tuple[float, float]
    asked: tuple[float, float]
    recall_at_1: float


def measured(task: Task, sources: object, encoder: str, systems: Sequence[str]) -> list[Figures]:
    """Each system over the same passages and vectors; raises OthersError where one cannot be asked."""
    loaded = load_encoder(encoder)
    with TemporaryDirectory(prefix="wenju-peers-") as name:
        folder = Path(name)
        given = task.as_dict() | {"encoder": encoder}
        (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
        (folder / "documents").write_bytes(pickle.dumps(sources))
        np.save(folder / "passages.npy", loaded.encode(list(task.passages.values())))
        questions = [question.text for question in task.questions]
        np.save(folder / "questions.npy", loaded.encode(questions, query=True))
        return [_figures(task, system, folder) for system in systems]


def _figures(task: Task, system: str, folder: Path) -> Figures:
    others = {other.name: other for other in SYSTEMS}
    if system in others:
        python = str(environment(others[system], Settings().cache / "others"))
        command = [python, "-I", str(_WORKER)]
    else:
        command = [sys.executable, "-m", "wenju.eval.benchmarks.peers.worker"]
    run([*command, system, str(folder)], f"{system} could not be measured")
    said: Mapping[str, Any] = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    marks = values(records(task, said["ranked"]))["recall_at_1"]
    known = [mark for mark in marks if mark is not None]
    clock, processor = (median(times) for times in zip(*said["asked"], strict=True))
    indexed = tuple(said["indexed"])
    share = sum(known) / len(known)
    return Figures(system, len(task.passages), indexed, (clock, processor), share)


def widened(gold: GoldSet, passages: int) -> GoldSet:
    """The set among so many passages of law in all, which answer none of its questions."""
    own = len(make_task(gold, passages=True).passages)
    share = max(0, passages - own) // len(_LAWS)
    laws = [data_folder() / "scale" / law for law in _LAWS]
    found = [source for law in laws for source in read_distractors([law], share, [])]
    return replace(gold, sources=(*(gold.sources or ()), *found))


def table(figures: Sequence[Figures]) -> Table:
    """A system to a row, and how many times as long each took as Wenju."""
    from rich.table import Table

    (own,) = (f for f in figures if f.system == "wenju")
    shown = Table(
        *("system", "index, s", "CPU s", "×", "question, ms", "CPU ms", "×", "recall_at_1"),
        title=f"{own.passages:,} passages",
    )
    for f in figures:
        shown.add_row(
            f.system,
            *(f"{f.indexed[0]:.1f}", f"{f.indexed[1]:.1f}", f"{f.indexed[1] / own.indexed[1]:.2f}"),
            *(f"{1000 * f.asked[0]:.1f}", f"{1000 * f.asked[1]:.1f}"),
            *(f"{f.asked[1] / own.asked[1]:.2f}", f"{f.recall_at_1:.3f}"),
        )
    return shown


def main(argv: Sequence[str] | None = None) -> None:
    """Print a table for each size."""
    from rich.console import Console

    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.peers", description=__doc__
    )
    options.add_argument(
        "gold",
        nargs="?",
        type=Path,
        default=data_folder() / "dev" / "cmrc2018_dev_b.json",
        help="a gold file that brings its documents (default: CMRC 2018 dev B of WENJU_DATA)",
    )
    options.add_argument("--passages", type=int, nargs="+", default=[1000, 10_000, 50_000])
    options.add_argument("--questions", type=int, default=200)
    options.add_argument("--seed", type=int, default=0, help="of the draw of the questions")
    options.add_argument("--encoder", default="static", help="whose vectors all are given")
    options.add_argument(
        "--systems", nargs="+", default=[*_HERE, *(other.name for other in SYSTEMS)]
    )
    chosen = options.parse_args(argv)
    try:
        gold = sample(load(chosen.gold), chosen.questions, chosen.seed)
        for passages in chosen.passages:
            wide = widened(gold, passages)
            task = replace(make_task(wide, passages=True), depth=_DEPTH)
            found = measured(task, wide.sources, chosen.encoder, chosen.systems)
            Console(width=110).print(table(found))
    except WenjuError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
