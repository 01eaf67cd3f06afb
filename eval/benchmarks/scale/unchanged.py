"""A folder added again: nothing in it changed, then one file did."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import perf_counter, process_time

from wenju.corpus.worker.pool import WORKERS
from wenju.eval.benchmarks.scale.adding import settings_of
from wenju.eval.benchmarks.scale.corpus import mixed, unpacked
from wenju.eval.benchmarks.scale.encoder import HashedEncoder
from wenju.qa.engine import Engine


def again(folder: Path, files: int) -> dict[str, float]:
    """Seconds by the clock, and of the processor in this process, of each time of adding."""
    copy, home = folder / f"files-{files}", folder / f"again-{files}"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)
    copy.mkdir(parents=True)
    for number, file in enumerate(mixed(unpacked(folder))[:files]):
        shutil.copyfile(file, copy / f"{number:05d}-{file.name}")
    figures: dict[str, float] = {}
    with Engine.open(settings_of(home), encoder=HashedEncoder()) as engine:
        _add(engine, copy, "first", figures)
        _add(engine, copy, "unchanged", figures)
        changed = min(copy.iterdir())
        changed.write_text(changed.read_text("utf-8") + "\n附則：本法自公布日施行。\n", "utf-8")
        _add(engine, copy, "one changed", figures)
    WORKERS.close()
    return figures


def _add(engine: Engine, folder: Path, name: str, figures: dict[str, float]) -> None:
    clock, used = perf_counter(), process_time()
    report = engine.add_paths([folder])
    figures[f"{name}: s"] = perf_counter() - clock
    figures[f"{name}: user s"] = process_time() - used
    figures[f"{name}: documents unchanged"] = report.unchanged
