"""What a stranger does in the first ten minutes, run as it is written down."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_architecture import ROOT

SCRIPT = ROOT / "docs" / "first_ten_minutes.sh"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it is a script for a Unix shell")
def test_the_first_ten_minutes() -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WENJU_")}
    done = subprocess.run(
        ["bash", str(SCRIPT)],
        env={**kept, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "120"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-3000:]
    said = dict(re.findall(r"^== (.*)\n((?:(?!== ).*\n)*)", done.stdout, re.M))
    assert said["Add it, list it"].startswith("2 added")
    assert said["Ask"].splitlines()[0] == "一百元"
    assert "unchanged" in said["Is the answer still what the document says?"]
    assert "85" in said["HTTP"] and "五十元" in said["Python"]
    tools, quoted = said["MCP, as the program of a language model calls it"].split("\n", 1)
    assert tools == "ask, documents, read, search, verify" and "五元" in quoted
    assert "Removed branches.csv" in said["Remove, and stop"]
