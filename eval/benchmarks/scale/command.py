"""The command: sizes of libraries, or ``unchanged``. Measures and prints; asserts no time."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import gettempdir

from wenju.eval.benchmarks.scale.adding import library_of, rates
from wenju.eval.benchmarks.scale.asking import ask, asked
from wenju.eval.benchmarks.scale.unchanged import again


def scale(chosen: argparse.Namespace) -> None:
    """A column for each size."""
    columns: dict[str, dict[str, float]] = {}
    for passages in chosen.passages:
        home, figures = library_of(chosen.folder, passages)
        adding = {f"{stage}, passages/s": rate for stage, rate in rates(figures).items()}
        column = adding | asked(home, chosen.questions)
        columns[f"{figures['passages']:,.0f}"] = column
    _show(columns, chosen.json)


def unchanged(chosen: argparse.Namespace) -> None:
    """The times of adding one folder."""
    _show({f"{chosen.files:,} files": again(chosen.folder, chosen.files)}, chosen.json)


def one(chosen: argparse.Namespace) -> None:
    """The figures of one home, in this process."""
    sys.stdout.write(json.dumps(ask(chosen.home, chosen.questions, chosen.reader)) + "\n")


def _show(columns: Mapping[str, Mapping[str, float]], as_json: bool) -> None:
    """A table, or one JSON object and nothing else."""
    if as_json:
        sys.stdout.write(json.dumps(columns) + "\n")
        return
    from rich.console import Console
    from rich.table import Table

    shown = Table("passages")
    for name in columns:
        shown.add_column(name, justify="right")
    for row in dict.fromkeys(row for column in columns.values() for row in column):
        cells = (column.get(row, 0.0) for column in columns.values())
        shown.add_row(row, *(f"{c:,.0f}" if c >= 100 else f"{c:.2f}" for c in cells))
    Console().print(shown)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(prog="python -m wenju.eval.benchmarks.scale")
    options.add_argument("--folder", type=Path, default=Path(gettempdir(), "wenju-scale"))
    options.add_argument("--passages", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--questions", type=int, default=200)
    options.add_argument("--json", action="store_true", help="print one object and nothing else")
    options.set_defaults(work=scale)
    parts = options.add_subparsers()
    one_part = parts.add_parser("ask", help="one home, in this process")
    one_part.add_argument("home", type=Path)
    one_part.add_argument("--questions", type=int, default=200)
    one_part.add_argument("--reader", choices=("lexical", "trained"), default="lexical")
    one_part.set_defaults(work=one)
    again_part = parts.add_parser("unchanged", help="a folder that is added again")
    again_part.add_argument("--files", type=int, default=3500)
    again_part.set_defaults(work=unchanged)
    chosen = options.parse_args(argv)
    chosen.work(chosen)


if __name__ == "__main__":
    main()
