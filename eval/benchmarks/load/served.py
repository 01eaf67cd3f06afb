"""The server that is measured, in a process of its own: ``python -m wenju.eval.benchmarks.load.served``."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wenju.index.encoder import Encoder, load_encoder
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

HASHED = "hashed"
_MODULE = "wenju.eval.benchmarks.load.served"
_PLACES = 64
_ADDRESS = re.compile(r"http://\S+?(?=/)")


class HashedEncoder:
    """Pairs of characters, hashed: costs nothing, for where the model is not what is measured."""

    name, dimension = "benchmark-hashed:1", _PLACES

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Vectors of shape (n, 64), of unit length."""
        vectors = np.zeros((len(texts), _PLACES), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for a, b in pairwise(f"^{text}$"):
                digest = hashlib.blake2b((a + b).encode("utf-8", "replace"), digest_size=2)
                row[int.from_bytes(digest.digest(), "little") % _PLACES] += 1
            row /= max(1e-9, float(np.linalg.norm(row)))
        return vectors


@dataclass(frozen=True, slots=True)
class Served:
    """A server: its address, its process, the home it serves."""

    address: str
    process: subprocess.Popen[str]
    home: Path

    @property
    def port(self) -> int:
        """Where it listens on this machine."""
        return int(self.address.rpartition(":")[2])

    def memory(self) -> float:
        """Megabytes that its process holds (Linux)."""
        said = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(said) * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def served(home: Path, encoder: str = HASHED, reader: str = "lexical") -> Iterator[Served]:
    """A server over this home, with the bundled samples where it is empty; told to stop at the end."""
    command = [sys.executable, "-m", _MODULE, str(home), encoder, reader]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        said = ""
        while not (found := _ADDRESS.search(said)):
            line = process.stderr.readline()
            if not line:
                raise RuntimeError(f"the server did not start: {said}")
            said += line
        yield Served(found[0], process, home)
    finally:
        process.terminate()
        process.communicate()


def encoder_of(name: str, settings: Settings) -> Encoder:
    """The encoder of that name, ``hashed`` for the one that costs nothing."""
    return HashedEncoder() if name == HASHED else load_encoder(name)


def main() -> None:
    """Serve until told to stop."""
    from wenju.qa.engine import Engine
    from wenju.ui.access.policy import policy_of
    from wenju.ui.cli.server import serve_until_stopped
    from wenju.ui.server import listen

    options = argparse.ArgumentParser(description=__doc__)
    for name in ("home", "encoder", "reader"):
        options.add_argument(name)
    chosen = options.parse_args()
    settings = Settings(home=Path(chosen.home), reader=chosen.reader)
    with listen("127.0.0.1", 0) as bound:
        with Engine.open(settings, encoder=encoder_of(chosen.encoder, settings)) as engine:
            if not engine.library.count()[0]:
                engine.add_paths([Path(str(files("wenju.corpus.samples")))])
            engine.ask("誰？")
            serve_until_stopped(engine, bound, policy_of(settings, "127.0.0.1"))


if __name__ == "__main__":
    main()
