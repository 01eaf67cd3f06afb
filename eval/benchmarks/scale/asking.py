"""A library opened in a process of its own: the first answer, search, answers, memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np

from wenju.corpus.document import Source
from wenju.eval.benchmarks.scale.adding import ReaderName, settings_of
from wenju.eval.benchmarks.scale.corpus import questions
from wenju.eval.benchmarks.scale.encoder import HashedEncoder
from wenju.qa.engine import Engine
from wenju.qa.question import parse

_WARM = 20  # questions before the time is taken


def asked(home: Path, count: int) -> dict[str, float]:
    """The figures of a home, from a new process."""
    command = [sys.executable, "-m", "wenju.eval.benchmarks.scale", "ask", str(home)]
    said = subprocess.run(
        [*command, "--questions", str(count)], stdout=subprocess.PIPE, check=True
    ).stdout
    figures: dict[str, float] = json.loads(said.splitlines()[-1])
    return figures


def ask(home: Path, count: int, reader: ReaderName = "lexical") -> dict[str, float]:
    """Open a home and ask; seconds to the first answer, milliseconds, megabytes.

    Times are by the clock, and ``used`` are those of the processor, which others that share it move less.
    A library of one text is opened and asked before, so that what any process loads is loaded.
    """
    wanted = questions(count + _WARM)
    _load(wanted[-1], reader)
    figures = {"MB before": _memory("VmRSS")}
    started, used = perf_counter(), process_time()
    with Engine.open(settings_of(home, reader), encoder=HashedEncoder()) as engine:
        figures["opened after"] = perf_counter() - started
        engine.ask(wanted[0])
        figures["first answer after"] = perf_counter() - started
        figures["first answer, used"] = process_time() - used
        for question in wanted[:_WARM]:
            engine.ask(question)
        rest = wanted[_WARM:]
        queries = [parse(question).query for question in rest]
        retriever = engine.answerer.retriever
        figures |= _spread("search", lambda query: retriever.search(query, 10), queries)
        figures |= _spread("answer", engine.ask, rest)
    return figures | {"MB": _memory("VmRSS"), "MB at most": _memory("VmHWM")}


def _load(question: str, reader: ReaderName) -> None:
    with TemporaryDirectory(prefix="wenju-scale-") as folder:
        settings = settings_of(Path(folder), reader)
        with Engine.open(settings, encoder=HashedEncoder()) as engine:
            text = "第一條　圖書館每週一休館。\nThe library is closed on Mondays."
            engine.add_sources([Source("a.txt", "a.txt", text)])
            engine.ask(question)


def _spread(name: str, work: Callable[[Any], object], things: Iterable[Any]) -> dict[str, float]:
    took, used = [], []
    for thing in things:
        started, before = perf_counter(), process_time()
        work(thing)
        took.append((perf_counter() - started) * 1000)
        used.append((process_time() - before) * 1000)
    return {
        f"{what} p{at}": float(np.percentile(found, at))
        for what, found in ((name, took), (f"{name}, used", used))
        for at in (50, 95)
    }


def _memory(field: str) -> float:
    """Megabytes of this process; 0 where the system does not say so."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0.0)
