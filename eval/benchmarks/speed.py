"""How fast it is and how much room it takes: ``python -m wenju.eval.benchmarks.speed``. Measures, never asserts."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

from wenju.corpus.build import build_document
from wenju.corpus.document import Source
from wenju.corpus.passages import cut
from wenju.corpus.read import find_files, read_file
from wenju.corpus.script import to_simplified, to_traditional
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.encoders import EncoderProxy
from wenju.eval.datasets import load
from wenju.eval.distractors import read_distractors
from wenju.index.dense import DenseIndex
from wenju.index.encoder import load_encoder
from wenju.index.lexical import LexicalIndex
from wenju.index.query import expand_query
from wenju.index.variants import Variants
from wenju.qa.engine import Engine
from wenju.qa.question import parse
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from rich.table import Table

    from wenju.index.encoder import Encoder

_LAWS = ("tw_laws_zh_hant.jsonl.xz", "prc_laws.tar.xz")
_STARTS, _POOL = 5, 50
_PERCENTILES = (("p50", 50), ("p95", 95), ("max", 100))

Row = tuple[str, float, str]
"""What was measured, how much of it, and its unit."""


@dataclass
class Stopwatch:
    """Seconds by name, added up."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        """Add the wall time of the block."""
        started = perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - started


class TimedEncoder(EncoderProxy):
    """Another encoder, whose time is taken."""

    def __init__(self, encoder: Encoder, watch: Stopwatch) -> None:
        super().__init__(encoder)
        self._watch = watch

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """The encoder's own vectors."""
        with self._watch.timing("encode"):
            return super().encode(texts, query=query)


def start_up() -> list[Row]:
    """Median wall time of ``wenju --help`` in a process of its own."""
    return [("wenju --help", median(_command("--help") for _ in range(_STARTS)), "s")]


def _command(*arguments: str, **environment: str) -> float:
    """Seconds that a command takes, from a new process to its end."""
    started = perf_counter()
    subprocess.run(
        [Path(sys.executable).with_name("wenju"), *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - started


def documents(passages: int) -> list[Source]:
    """The bundled samples, and about this many passages of law where ``WENJU_DATA`` has them."""
    samples = [s for file in find_files([_samples()]) for s in read_file(file)]
    scale = data_folder() / "scale"
    laws = [scale / name for name in _LAWS if (scale / name).is_file()]
    share = passages // len(laws) if laws else 0
    return samples + [source for law in laws for source in read_distractors([law], share, [])]


def _samples() -> Path:
    return Path(str(files("wenju.corpus.samples")))


def index(engine: Engine, sources: Sequence[Source], watch: Stopwatch) -> list[Row]:
    """Add the documents to an empty library: passages a second, in all and of the slow parts."""
    with watch.timing("repair and cut"):
        passages = passages_of(sources)
    with watch.timing("whole"):
        engine.add_sources(sources)
        for name, derived in _derived(engine):
            with watch.timing(name):
                derived.sync(engine.library)
    parts = ("repair and cut", "encode", "lexical index", "dense index")
    rates = [(f"index: {part}", passages / watch.seconds[part], "passages/s") for part in parts]
    whole = ("index", passages / watch.seconds["whole"], "passages/s")
    found = engine.library.count()
    return [("documents", found[0], ""), ("passages", found[1], ""), whole, *rates]


def passages_of(sources: Iterable[Source]) -> int:
    """How many passages they are cut into."""
    return sum(len(cut(build_document(source))) for source in sources)


def _derived(engine: Engine) -> tuple[tuple[str, LexicalIndex | DenseIndex], ...]:
    folder = engine.settings.index_path
    return (
        ("lexical index", LexicalIndex(folder / "lexical")),
        ("dense index", DenseIndex(folder / "dense", engine.encoder)),
    )


def sizes(settings: Settings, passages: int) -> list[Row]:
    """Bytes on disk for each passage, and the most memory this process ever held."""
    home = settings.home
    library = sum(file.stat().st_size for file in home.glob("library.sqlite*"))
    parts = {"library": library} | {
        name: sum(f.stat().st_size for f in (home / "index" / name).rglob("*") if f.is_file())
        for name in ("dense", "lexical")
    }
    rows = [(f"disk: {name}", size / passages, "bytes/passage") for name, size in parts.items()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes, but bytes on macOS
    peak *= 1 if sys.platform == "darwin" else 1024
    return [*rows, ("memory: most held", peak / 2**20, "MB")]


def latency(engine: Engine, questions: Sequence[str]) -> list[Row]:
    """Milliseconds to answer a question with everything loaded, and of the parts by themselves."""
    engine.ask(questions[0])
    rows = _spread("ask", _each(engine.ask, questions))
    derived = dict(_derived(engine))
    dense, lexical = derived["dense index"], derived["lexical index"]
    dense.sync(engine.library)
    lexical.sync(engine.library)
    parsed = [parse(question) for question in questions]
    hits = {p.text: engine.search(p.text, engine.settings.passages_read) for p in parsed}
    scripts = [[to_simplified(q), to_traditional(to_simplified(q))] for q in questions]
    vectors = [engine.encoder.encode(pair, query=True).mean(axis=0) for pair in scripts]
    variants = Variants.load()
    queries = [expand_query(p.query, variants, across=False) for p in parsed]
    parts: list[tuple[str, list[float]]] = [
        ("encode", _each(lambda pair: engine.encoder.encode(pair, query=True), scripts)),
        ("dense", _each(lambda vector: dense.search(vector, _POOL), vectors)),
        ("lexical", _each(lambda query: lexical.search(query, _POOL), queries)),
        ("read", _each(lambda p: engine.reader.read(p, hits[p.text]), parsed)),
    ]
    return rows + [row for name, took in parts for row in _spread(f"ask: {name}", took)]


def _each(work: Callable[[Any], object], things: Iterable[Any]) -> list[float]:
    """Milliseconds that each takes."""
    took = []
    for thing in things:
        started = perf_counter()
        work(thing)
        took.append((perf_counter() - started) * 1000)
    return took


def _spread(name: str, took: Sequence[float]) -> list[Row]:
    import numpy as np

    return [(f"{name} {label}", float(np.percentile(took, at)), "ms") for label, at in _PERCENTILES]


def measure(home: Path, passages: int, encoder: str) -> list[Row]:
    """Everything, in a home of its own that is empty."""
    settings = Settings(home=home, encoder=encoder)
    watch = Stopwatch()
    rows = start_up()
    with watch.timing("model"):
        model = load_encoder(settings.encoder, settings.device)
        model.encode(["問據"], query=True)
    rows += [("load the model", watch.seconds["model"], "s")]
    sources = documents(passages)
    gold = load(Path(str(files("wenju.eval.gold"))) / "samples.jsonl").questions
    questions = [question.text for question in gold]
    with Engine.open(settings, encoder=TimedEncoder(model, watch)) as engine:
        rows += index(engine, sources, watch)
        rows += latency(engine, questions)
        rows += sizes(settings, engine.library.count()[1])
    cold = _command("ask", questions[0], "--home", str(home), WENJU_ENCODER=encoder)
    return [*rows, ("wenju ask, a new process", cold, "s")]


def table(rows: Sequence[Row]) -> Table:
    """The measurements, one to a row."""
    from rich.table import Table

    shown = Table("measure", title="Benchmark")
    shown.add_column("value", justify="right")
    shown.add_column("unit")
    for name, value, unit in rows:
        shown.add_row(name, f"{value:,.0f}" if value >= 100 or not unit else f"{value:.2f}", unit)
    return shown


def report(rows: Sequence[Row], *, as_json: bool) -> None:
    """Print a table, or one JSON object and nothing else."""
    if as_json:
        found = {name: {"value": round(value, 3), "unit": unit} for name, value, unit in rows}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    from rich.console import Console

    Console().print(table(rows))


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, and print a table or one JSON object."""
    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.speed", description=__doc__
    )
    options.add_argument("--passages", type=int, default=2000, help="of law, from WENJU_DATA")
    options.add_argument("--encoder", default="embedded", help="a model's hub name or folder")
    options.add_argument("--json", action="store_true", help="print one object and nothing else")
    chosen = options.parse_args(argv)
    with TemporaryDirectory(prefix="wenju-bench-") as folder:
        rows = measure(Path(folder), chosen.passages, chosen.encoder)
    report(rows, as_json=chosen.json)


if __name__ == "__main__":
    main()
