"""The command: write the tables in each format, read them, ask for their cells, print the figures."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from wenju.corpus.read import read_file
from wenju.eval.benchmarks.answers.memory import Memory, RememberedEncoder, RememberedScorer
from wenju.eval.benchmarks.tables.asking import ABSENT, EMPTY, VERDICTS, Asker, Outcome
from wenju.eval.benchmarks.tables.formats import FORMATS, PRINTED, write
from wenju.eval.benchmarks.tables.making import COUNT, tables
from wenju.eval.benchmarks.tables.office import has_printer
from wenju.eval.benchmarks.tables.reading import Row, fault, passages_of, rows_of
from wenju.eval.benchmarks.tables.table import Asked, Table
from wenju.eval.run import fill, in_own_home
from wenju.index.encoder import Encoder, load_encoder
from wenju.qa.engine import Engine
from wenju.qa.network.scorer import NetworkScorer
from wenju.qa.ranker import Mode, bundled
from wenju.qa.reader import RankedReader, Reader
from wenju.qa.settings import Settings

FAULTS = ("row", "column", "value", "unit")


class Bench:
    """Writes, reads and asks the tables, format by format."""

    def __init__(self, made: Sequence[Table], folder: Path) -> None:
        self._made = made
        self._folder = folder

    def faults(self, name: str) -> Counter[str]:
        """Of the cells asked for, how many the reading of a format tells, and what it lacks of others."""
        return Counter(found or "told" for _, _, _, found in self._cells(name))

    def ask(
        self, name: str, settings: Settings, encoder: Encoder, reader: Reader
    ) -> Iterator[Outcome]:
        """Ask of a library with all tables of a format, kept in a home of its own."""
        files = write(name, self._made, self._folder / name)
        sources = [source for path in files.values() for source in read_file(path)]
        settings = in_own_home(settings, sources, encoder.name)
        with Engine.open(settings, encoder=encoder, reader=reader) as engine:
            fill(engine, name, sources, settings.home / "complete", lambda *_: None)
            asker = Asker(engine)
            for table, asked, rows, found in self._cells(name):
                yield from asker.cell(table, asked, rows, found)
            for table in self._made:
                if table.name in files:
                    yield from (asker.nothing(table, ABSENT, text) for text in table.absent)
                    yield from (asker.nothing(table, EMPTY, text) for text in table.empty)

    def _cells(self, name: str) -> Iterator[tuple[Table, Asked, list[Row], str]]:
        files = write(name, self._made, self._folder / name)
        for table in self._made:
            if table.name in files:
                rows = list(rows_of(passages_of(read_file(files[table.name]))))
                for asked in table.asked:
                    if FORMATS[name].tells(asked):
                        yield table, asked, rows, fault(rows, asked)


def figures(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """How many questions of each group came to what."""
    groups: dict[str, Counter[str]] = {}
    for one in outcomes:
        groups.setdefault(one.group, Counter())[one.verdict] += 1
    return {group: dict(found) for group, found in groups.items()}


def described(name: str, read: Counter[str], found: dict[str, dict[str, int]]) -> str:
    """The figures of a format as lines of text."""
    cells = read.total()
    lacks = ", ".join(f"no {what} {read[what]}" for what in FAULTS if read[what])
    lines = [f"{name}: read {_share(read['told'], cells)}{f' ({lacks})' if lacks else ''}"]
    for group, verdicts in found.items():
        total = sum(verdicts.values())
        order = VERDICTS if group == "cell" else ("refused", "answered")
        told = ", ".join(f"{what} {_share(verdicts.get(what, 0), total)}" for what in order)
        lines.append(f"  {group}: {told}")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part / max(1, whole):.1f} %)"


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m wenju.eval.benchmarks.tables")
    options.add_argument("--formats", nargs="+", choices=tuple(FORMATS), default=list(FORMATS))
    options.add_argument("--limit", type=int, default=COUNT, help="how many tables are made")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--reader", choices=("trained", "lexical", "none"), default="trained")
    options.add_argument("--into", type=Path, help="files and libraries, else below the cache")
    options.add_argument("--memory", type=Path, help="what the networks computed before")
    options.add_argument("--json", type=Path, help="the file of all outcomes, else in --into")
    options.add_argument("--show", type=int, default=0, help="answers that are not right, to print")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print and write; the exit status is 0."""
    chosen = _options().parse_args(argv)
    settings = Settings()
    into = chosen.into or settings.cache / "tables"
    settings = settings.within(into)
    bench = Bench(tables(chosen.limit, chosen.seed), into / f"files-{chosen.seed}-{chosen.limit}")
    parts = None
    written: dict[str, object] = {}
    for name in chosen.formats:
        if name in PRINTED and not has_printer():
            sys.stdout.write(f"{name}: left out, LibreOffice (soffice) is not installed\n")
            continue
        read, outcomes = bench.faults(name), list[Outcome]()
        if chosen.reader != "none":
            parts = parts or _parts(chosen.reader, settings, chosen.memory)
            outcomes = list(bench.ask(name, settings, *parts))
        _show(outcomes, chosen.show)
        sys.stdout.write(f"{described(name, read, figures(outcomes))}\n")
        sys.stdout.flush()
        written[name] = {"read": dict(read), "asked": [asdict(one) for one in outcomes]}
    path = chosen.json or into / "outcomes.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _parts(mode: Mode, settings: Settings, memory: Path | None) -> tuple[Encoder, Reader]:
    """The encoder and the reader, which remember what they computed."""
    kept = Memory(memory or settings.cache / "answers.sqlite")
    encoder = RememberedEncoder(load_encoder(settings.encoder), kept)
    scorer = RememberedScorer(NetworkScorer(), kept) if mode == "trained" else None
    return encoder, RankedReader(bundled(mode), scorer)


def _show(outcomes: Sequence[Outcome], count: int) -> None:
    bad = [
        one for one in outcomes if one.verdict != ("right" if one.group == "cell" else "refused")
    ]
    for one in bad[:count]:
        sys.stderr.write(
            f"{one.verdict} | {one.table} | {one.question} | {one.wanted} | {one.shown[:80]!r} "
            f"{one.confidence} | {one.line[:160]!r}\n"
        )
