"""Libraries of given sizes, and what it cost to make them, stage by stage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from wenju.eval.benchmarks.scale.corpus import mixed, unpacked
from wenju.eval.benchmarks.scale.encoder import HashedEncoder
from wenju.eval.benchmarks.scale.stopwatch import OF_ADDING, Stopwatch
from wenju.index.dense import DenseIndex
from wenju.index.documents import DocumentIndex
from wenju.index.lexical import LexicalIndex
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ReaderName = Literal["trained", "lexical"]
_FILES = 1000  # added at a time: an interruption loses no more
_PASSAGES = 33  # of a file, about
_FIGURES = "figures.json"


class _TimedEncoder(HashedEncoder):
    """The encoder, whose time is taken apart."""

    def __init__(self, watch: Stopwatch) -> None:
        self._watch = watch

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        with self._watch.timing("encode"):
            return super().encode(texts, query=query)


def settings_of(home: Path, reader: ReaderName = "lexical") -> Settings:
    """Those of every process that measures; with the lexical reader no network is loaded."""
    return Settings(home=home, reader=reader)


def library_of(folder: Path, passages: int) -> tuple[Path, dict[str, float]]:
    """A home with about that many passages, made where it is not there, and its figures.

    ``figures.json`` in the home says what adding took, in seconds of the processor by stage, so that a
    run that was interrupted goes on.
    """
    home = folder / f"home-{passages}"
    figures = home / _FIGURES
    known: dict[str, float] = json.loads(figures.read_text()) if figures.is_file() else {}
    if "dense index" in known:
        return home, known
    watch = Stopwatch()
    watch.seconds = known
    with Engine.open(settings_of(home), encoder=_TimedEncoder(watch)) as engine:
        for batch in _missing(engine, mixed(unpacked(folder)), passages):
            with watch.timing("add"), watch.staged():
                engine.add_paths(batch)
            figures.write_text(json.dumps(watch.seconds))
        _index(engine, watch)
        watch.seconds["passages"] = engine.library.count()[1]
    figures.write_text(json.dumps(watch.seconds))
    return home, watch.seconds


def _missing(engine: Engine, files: Sequence[Path], passages: int) -> Iterator[list[Path]]:
    """Files that are not there yet, until there are enough passages."""
    held = {*engine.library.origins()}
    rest = [file for file in files if str(file.resolve()) not in held]
    while rest and (found := engine.library.count()[1]) < passages:
        some = max(1, min(_FILES, (passages - found) // _PASSAGES))
        batch, rest = rest[:some], rest[some:]
        yield batch


def _index(engine: Engine, watch: Stopwatch) -> None:
    folder = engine.settings.index_path
    for stage, index in (
        ("lexical index", LexicalIndex(folder / "lexical")),
        ("document index", DocumentIndex(folder / "documents")),
        ("dense index", DenseIndex(folder / "dense", engine.encoder)),
    ):
        with watch.timing(stage):
            index.sync(engine.library)


def rates(figures: dict[str, float]) -> dict[str, float]:
    """Passages a second of the processor, by stage and in all, encoding apart."""
    apart = ("passages", "add", "encode")
    seconds = {stage: used for stage, used in figures.items() if stage not in apart}
    inside = sum(s for stage, s in seconds.items() if stage in OF_ADDING)
    seconds["store"] = figures["add"] - figures["encode"] - inside
    total = sum(seconds.values())
    return {stage: figures["passages"] / used for stage, used in (*seconds.items(), ("all", total))}
