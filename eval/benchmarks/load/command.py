"""The command: ``clients``, ``soak``, ``kills``, ``schema``. Measures and prints; asserts no time."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from wenju.eval.benchmarks.load.clients import measure
from wenju.eval.benchmarks.load.served import HASHED, served
from wenju.eval.datasets import load


def questions() -> list[str]:
    """Those of the bundled samples."""
    gold = load(Path(str(files("wenju.eval.gold"))) / "samples.jsonl").questions
    return [question.text for question in gold]


def clients(home: Path, chosen: argparse.Namespace) -> None:
    """Figures of each number of clients."""
    with served(home, chosen.encoder, chosen.reader) as server:
        for number in chosen.clients:
            found = asyncio.run(measure(server.port, number, chosen.seconds, questions()))
            _say(asdict(found))


def soak(home: Path, chosen: argparse.Namespace) -> None:
    """Asks, adds and removes for a long time; what memory it holds, and what doctor says then."""
    from wenju.eval.benchmarks.load.soak import run

    for line in run(home, chosen.seconds, chosen.encoder, chosen.reader, questions()):
        _say(line)


def kills(home: Path, chosen: argparse.Namespace) -> None:
    """Kills in the middle of adding, removing, indexing, uploading and exporting."""
    from wenju.eval.benchmarks.load.kills import run

    for line in run(home, chosen.kills):
        _say(line)


def schema(home: Path, chosen: argparse.Namespace) -> None:
    """Any request that the description of the API allows, and many that it does not."""
    from wenju.eval.benchmarks.load.schema import run

    _say(run(home, chosen.requests))


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main(argv: Sequence[str] | None = None) -> None:
    """Run one of the benchmarks in a home of its own, and print a JSON object to each result."""
    options = argparse.ArgumentParser(prog="python -m wenju.eval.benchmarks.load")
    commands = options.add_subparsers(required=True)
    for run in (clients, soak, kills, schema):
        command = commands.add_parser(run.__name__, help=(run.__doc__ or "").strip())
        command.set_defaults(run=run)
        if run in (clients, soak):
            command.add_argument("--encoder", default=HASHED, help="'embedded' for the real one")
            command.add_argument("--reader", default="lexical", help="or 'trained'")
        if run is clients:
            command.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32, 64, 256])
            command.add_argument("--seconds", type=float, default=20, help="of each number")
        elif run is soak:
            command.add_argument("--seconds", type=float, default=1200)
        elif run is kills:
            command.add_argument("--kills", type=int, default=200)
        else:
            command.add_argument("--requests", type=int, default=10_000, help="at most")
    chosen = options.parse_args(argv)
    with TemporaryDirectory(prefix="wenju-load-") as folder:
        chosen.run(Path(folder) / "home", chosen)
