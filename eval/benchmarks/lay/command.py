"""The command: make a library of laws, look for the articles that answer, and print the totals."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from wenju.corpus.document import Source
from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.answers.memory import Memory, RememberedEncoder, RememberedScorer
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.lay.marks import Judge, Mark, figures
from wenju.eval.benchmarks.lay.questions import STARD, LaySet, own, stard
from wenju.eval.benchmarks.lay.statutes import drawn
from wenju.eval.benchmarks.unseen.documents import Missing
from wenju.eval.benchmarks.unseen.figures import Figures, as_dict, shown
from wenju.eval.places import DatasetError
from wenju.eval.run import fill, in_own_home
from wenju.index.encoder import Encoder, load_encoder
from wenju.qa.engine import Engine
from wenju.qa.network.scorer import NetworkScorer
from wenju.qa.question import BadQuestion
from wenju.qa.ranker import Mode, bundled
from wenju.qa.reader import RankedReader, Reader
from wenju.qa.settings import Settings

SETS = ("own", "stard")
DRAWN = 4000
GOLD = Path(str(files("wenju.eval.gold"))) / "unseen" / "lay" / "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set came to: totals only, of all questions and of each side's."""

    name: str
    questions: int
    documents: int
    totals: Figures
    sides: Mapping[str, Figures]

    def as_dict(self) -> dict[str, object]:
        """The JSON object."""
        sides = {side: as_dict(held) for side, held in self.sides.items()}
        counts: dict[str, object] = {"questions": self.questions, "documents": self.documents}
        return counts | {"totals": as_dict(self.totals), "sides": sides}


def read(name: str, data: Path) -> LaySet:
    """A set by its name; raises DatasetError, also where a question names what is not there."""
    found = own(GOLD, data) if name == "own" else stard(data / STARD)
    if faults := found.faults():
        raise DatasetError(f"{name}: {'; '.join(faults)}")
    return found


def sources(lay: LaySet, data: Path, articles: int) -> list[Source]:
    """The set's laws, and statutes by chance of each side that it asks about."""
    sides = sorted({question.side for question in lay.questions})
    more = (law for side in sides for law in drawn(data, side, articles, lay.titles()))
    return [Source(law.name, law.name, law.text) for law in (*lay.laws, *more)]


def measure(
    lay: LaySet,
    held: Sequence[Source],
    settings: Settings,
    encoder: Encoder,
    reader: Reader | None,
) -> Outcome:
    """Ask a set in a library of its own, below the settings' home; without a reader only search."""
    settings = in_own_home(settings, held, encoder.name)
    with Engine.open(settings, encoder=encoder, reader=reader) as engine:
        fill(engine, lay.name, held, settings.home / "complete", lambda *_: None)
        judge = Judge(engine, lay)
        marks = [judge.mark(question, ask=reader is not None) for question in lay.questions]
        return outcome(lay, marks, len(engine.library.documents()))


def outcome(lay: LaySet, marks: Sequence[Mark], documents: int) -> Outcome:
    """The totals, and those of each side where there is more than one."""
    names = sorted({mark.side for mark in marks})
    by_side = {side: [mark for mark in marks if mark.side == side] for side in names}
    sides = {side: figures(held) for side, held in by_side.items()} if len(names) > 1 else {}
    return Outcome(lay.name, len(marks), documents, figures(marks), sides)


def described(found: Outcome) -> str:
    """The figures as lines of text."""
    lines = [f"{found.name}: {found.questions} questions, {found.documents} documents"]
    for side, held in (("", found.totals), *found.sides.items()):
        lines += [f"  {side}"] if side else []
        lines += [f"  {name:<26}{shown(one)}" for name, one in held.items() if one]
    return "\n".join(lines)


def _reader(mode: Mode, memory: Memory) -> Reader:
    scorer = RememberedScorer(NetworkScorer(), memory) if mode == "trained" else None
    return RankedReader(bundled(mode), scorer)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m wenju.eval.benchmarks.lay")
    options.add_argument("--set", choices=(*SETS, "both"), default="own", dest="name")
    options.add_argument("--data", type=Path, default=data_folder(), help="the published sets")
    options.add_argument("--drawn", type=int, default=DRAWN, help="articles drawn of each side")
    options.add_argument("--reader", choices=("trained", "lexical", "none"), default="trained")
    options.add_argument("--into", type=Path, help="libraries, else below the cache")
    options.add_argument("--memory", type=Path, help="what the networks computed before")
    options.add_argument("--json", type=Path, help="the file of figures, else in --into")
    options.add_argument("--check", action="store_true", help="only check the gold, ask nothing")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print and write; 2 where a set cannot be used."""
    chosen = _options().parse_args(argv)
    cache = Settings().cache
    into = chosen.into or cache / "lay"
    names = SETS if chosen.name == "both" else (chosen.name,)
    written: dict[str, object] = {}
    try:
        for name in names:
            lay = read(name, chosen.data)
            if chosen.check:
                continue
            done = _asked(lay, chosen, into, chosen.memory or cache / "answers.sqlite")
            sys.stdout.write(f"{described(done)}\n")
            written[name] = done.as_dict()
    except WenjuError as error:
        sys.stderr.write(f"{_told_of(error)}\n")
        return 2
    if written:
        path = chosen.json or into / f"figures-{chosen.name}.json"
        path.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _asked(lay: LaySet, chosen: argparse.Namespace, into: Path, memory: Path) -> Outcome:
    settings = Settings().within(into)
    kept = Memory(memory)
    encoder = RememberedEncoder(load_encoder(settings.encoder), kept)
    reader = None if chosen.reader == "none" else _reader(chosen.reader, kept)
    return measure(lay, sources(lay, chosen.data, chosen.drawn), settings, encoder, reader)


def _told_of(error: WenjuError) -> str:
    """What may be said of an error: which question it is about, and nothing that it asks."""
    if isinstance(error, Missing):
        return str(error)
    if isinstance(error, BadQuestion):
        return "A question of the set is refused: this cannot be used."
    return f"{str(error).split(': expected')[0]}: this cannot be used."
