"""``kill -9`` at any moment of an import or an export: the old library or the new one, whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.making import source
from tests.qa.archive.conftest import Home, held
from wenju.qa.archive import export_home
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

ROOT = Path(__file__).parents[3]
SCRIPT = """
import sys
from pathlib import Path
from wenju.qa.archive import export_home, import_home
from wenju.qa.settings import Settings
there, one, two, out = map(Path, sys.argv[1:])
settings = Settings(home=there, reader="lexical")
print("ready", flush=True)
while True:
    for archive in (one, two):
        import_home(settings, archive, replace=True)
        export_home(settings, out, overwrite=True)
"""


def filled(settings: Settings, kind: str, count: int) -> None:
    texts = [
        f"{kind}{n}號公告\n第{n}次會議在第{n}會議室舉行，費用每人{n}元。\n" * 20
        for n in range(count)
    ]
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([source(text, name=f"{kind}{n}.txt") for n, text in enumerate(texts)])


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_kills_leave_one_library_or_the_other(home: Home, tmp_path: Path, kills: int) -> None:
    one, two, there = home("one"), home("two"), home("there")
    filled(one, "甲", 60)
    filled(two, "乙", 40)
    archives = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for settings, archive in zip((one, two), archives, strict=True):
        export_home(settings, archive)
    filled(there, "甲", 60)
    states, chance = [held(one)[0], held(two)[0]], random.Random(7)  # type: ignore[index]
    for _ in range(kills):
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                SCRIPT,
                str(there.home),
                *map(str, archives),
                str(tmp_path / "o"),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        time.sleep(chance.random() * 0.6)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert held(there)[0] in states  # type: ignore[index]
