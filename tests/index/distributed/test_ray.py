"""Passages encoded by a Ray cluster of two processes on this machine: the same library, whatever ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.making import state
from wenju.index.distributed.ray_encoder import RayEncoder, RayError
from wenju.index.encoder import load_encoder
from wenju.index.library import Library
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

pytestmark = [
    pytest.mark.slow,
    # Ray says so of itself, and of pandas
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
pytest.importorskip("ray", reason='needs Ray: pip install "wenju[ray]"')

ROOT = Path(__file__).parents[3]
STATIC = "static"  # of the encoders that come with Wenju the one that is loaded fastest
_ADDING = """
import sys
from pathlib import Path
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

def told(done, known, label):
    print(done, flush=True)

with Engine.open(Settings(home=Path(sys.argv[1]), encoder="static", reader="lexical")) as engine:
    engine.add_paths([Path(sys.argv[2])], told, workers=2, ray=sys.argv[3])
"""


_CLUSTER = """
import ray
context = ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
print(context.address_info["address"], flush=True)
input()
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A cluster of two processes, in which this one is not yet, and its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_MODE", "disabled")  # by a token in the home folder of who tests
        process = subprocess.Popen(
            [sys.executable, "-c", _CLUSTER],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("\n", timeout=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred files, of some two thousand passages."""
    folder = tmp_path_factory.mktemp("files")
    for n in range(100):
        lines = [f"第{n}號停車場第{i}區，每小時收費{n + i}元，逾時另計。" for i in range(60)]
        (folder / f"{n:03}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


def settings(home: Path) -> Settings:
    return Settings(home=home, encoder=STATIC, reader="lexical")


def held(home: Path) -> tuple[dict[str, tuple[object, ...]], dict[str, bytes]]:
    """All that a library holds, and the vector of each passage."""
    library = Library(settings(home).library_path)
    numbers = library.numbers().tolist()
    passages = library.passages(numbers)
    vectors = library.vectors(load_encoder(STATIC).name, numbers)
    by_passage = {passages[number].id: vector.tobytes() for number, vector in vectors}
    result = state(library), by_passage
    library.close()
    return result


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the folder that one process made."""
    home = tmp_path_factory.mktemp("whole")
    with Engine.open(settings(home)) as engine:
        engine.add_paths([folder])
    return home


def test_vectors_are_those_of_the_encoder(cluster: str) -> None:
    texts = [f"第{n}條　罰鍰{n}元。" * (n % 7 + 1) for n in range(150)]
    here = load_encoder(STATIC)
    with RayEncoder(STATIC, cluster, 2) as encoder:
        assert (encoder.name, encoder.dimension) == (here.name, here.dimension)
        assert np.array_equal(encoder.encode(texts), here.encode(texts))
        assert encoder.encode([]).shape == (0, here.dimension)


def test_a_library_is_the_same_and_is_added_once(
    cluster: str, folder: Path, whole: Path, tmp_path: Path
) -> None:
    with Engine.open(settings(tmp_path)) as engine:
        report = engine.add_paths([folder], workers=2, ray=cluster)
        assert (report.added, report.failed) == (100, ())
        again = engine.add_paths([folder], workers=2, ray=cluster)
        assert (again.added, again.unchanged, again.passages) == (0, 100, 0)
    assert held(tmp_path) == held(whole)


def test_a_run_that_was_killed_goes_on(
    cluster: str, folder: Path, whole: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _ADDING, str(tmp_path), str(folder), cluster],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    while process.stdout.readline() in (b"0\n",):  # until the first passages are encoded
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    before = held(tmp_path)[0]
    assert before.items() <= held(whole)[0].items()
    with Engine.open(settings(tmp_path)) as engine:
        engine.add_paths([folder], workers=2, ray=cluster)
    assert held(tmp_path) == held(whole)


def test_a_cluster_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(RayError, match="There is no Ray cluster at '127.0.0.1:9'.*expected auto"):
        RayEncoder(STATIC, "127.0.0.1:9", 2)
