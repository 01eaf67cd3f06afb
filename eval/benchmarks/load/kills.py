"""``kill -9`` in the middle of adding, removing, indexing, uploading and exporting."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from wenju.corpus.document import Source
from wenju.corpus.passages import cut
from wenju.eval.benchmarks.load.served import HashedEncoder
from wenju.index.inspection import inspect_indexes, inspect_library
from wenju.qa.archive import export_home, import_home
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.api.uploads import add_uploads

_LOTS = 6  # documents that come and go
_LONGEST = 0.5  # seconds until a kill
_QUESTION = "第3停車場每小時多少元"


class Journal:
    """What was confirmed: ``+name`` and ``-name``, each on the disk before the next is begun."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(self, sign: str, name: str) -> None:
        """Confirm one."""
        os.write(self._file, f"{sign}{name}\n".encode())

    @staticmethod
    def held(path: Path, before: set[str]) -> set[str]:
        """The names that are held by what was confirmed."""
        held = set(before)
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            (held.add if line[0] == "+" else held.discard)(line[1:])
        return held


def _source(number: int) -> Source:
    text = (
        f"第{number}停車場公告\n停車費用每小時{number}0元。\n" + "車位須先登記，逾時另計。\n" * 60
    )
    return Source(f"lot-{number}.txt", f"upload:lot-{number}.txt", text)


def _add(engine: Engine, journal: Journal, number: int) -> None:
    engine.add_sources([_source(number)])
    journal.note("+", f"lot-{number}.txt")


def _remove(engine: Engine, journal: Journal, number: int) -> None:
    for summary in engine.library.documents():
        if summary.name == f"lot-{number}.txt":
            engine.remove([summary.id])
            journal.note("-", summary.name)


def _added_and_removed(engine: Engine, journal: Journal, number: int) -> None:
    (_remove if number % 2 else _add)(engine, journal, number)
    (_add if number % 2 else _remove)(engine, journal, number)


def _come_and_gone(engine: Engine, journal: Journal, number: int) -> None:
    _add(engine, journal, number)
    _remove(engine, journal, number - 1)


def _indexed(engine: Engine, journal: Journal, number: int) -> None:
    _added_and_removed(engine, journal, number)
    engine.search(_QUESTION)


def _uploaded(engine: Engine, journal: Journal, number: int) -> None:
    add_uploads(engine, [(f"lot-{number}.txt", BytesIO(_source(number).text.encode()))])
    journal.note("+", f"lot-{number}.txt")
    _remove(engine, journal, number)


def _exported(engine: Engine, journal: Journal, number: int) -> None:
    export_home(engine.settings, engine.settings.home.parent / "out.zip", overwrite=True)


_WORK: dict[str, Callable[[Engine, Journal, int], None]] = {
    "add": _come_and_gone,
    "remove": _added_and_removed,
    "index": _indexed,
    "upload": _uploaded,
    "export": _exported,
}


def run(home: Path, kills: int) -> Iterator[dict[str, Any]]:
    """Figures: kills of each kind of work, and each thing that was not as it was confirmed."""
    settings = Settings(home=home, reader="lexical")
    with _opened(settings) as engine:
        engine.add_sources(_source(n) for n in range(_LOTS))
        held = {summary.name for summary in engine.library.documents()}
    chance, done, wrong = random.Random(1), Counter[str](), list[str]()
    for turn in range(kills):
        work = [*_WORK][turn % len(_WORK)]
        journal = home.parent / f"journal-{turn}"
        _killed(settings, journal, work, chance.random() * _LONGEST)
        done[work] += 1
        held, said = _checked(settings, Journal.held(journal, held))
        wrong += [f"{work} {turn}: {one}" for one in said]
        journal.unlink(missing_ok=True)
    yield {"kills": dict(done), "wrong": wrong}


def _opened(settings: Settings) -> Engine:
    return Engine.open(settings, encoder=HashedEncoder())


def _killed(settings: Settings, journal: Path, work: str, seconds: float) -> None:
    """Work in a process of its own until it is killed, so many seconds after it has begun."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            engine, noted, turn = _opened(settings), Journal(journal), 0
            os.write(writing, b".")
            while True:
                _WORK[work](engine, noted, turn % _LOTS)
                turn += 1
        finally:
            os._exit(1)
    os.read(reading, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)


def _checked(settings: Settings, confirmed: set[str]) -> tuple[set[str], list[str]]:
    """What the library holds, and what is wrong with it; one document may be ahead of the journal."""
    wrong = []
    with _opened(settings) as engine:
        documents = engine.library.documents()
        held = {summary.name for summary in documents}
        if len(held ^ confirmed) > 1 or len(held) != len(documents):
            wrong.append(f"confirmed {sorted(confirmed)}, held {sorted(held)}")
        for summary in documents:
            if engine.library.passages_of(summary.id) != cut(engine.library.document(summary.id)):
                wrong.append(f"{summary.name} is not whole")
        engine.ask(_QUESTION)
        found = [
            *inspect_library(settings.library_path),
            *inspect_indexes(engine.library, settings.index_path),
        ]
        wrong += [str(one) for one in found if one.severity == "fault"]
    archive, there = settings.home.parent / "out.zip", settings.home.parent / "imported"
    if archive.exists():
        import_home(Settings(home=there), archive)  # raises where the archive is not whole
        shutil.rmtree(there)
    return held, wrong
