"""``wenju/`` links to the folders at the top; without links they are found all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_architecture import PACKAGES, ROOT


def test_every_folder_is_linked() -> None:
    for package in PACKAGES:
        assert (ROOT / "wenju" / package).resolve() == ROOT / package


@pytest.mark.parametrize("left", ["text", "nothing"])
def test_a_checkout_without_links_can_be_imported(tmp_path: Path, left: str) -> None:
    """Git writes a link as a file with its target where ``core.symlinks`` is false."""
    ignore = shutil.ignore_patterns("__pycache__", "training", "benchmarks")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignore)
    folder = tmp_path / "wenju"
    folder.mkdir()
    shutil.copy(ROOT / "wenju" / "__init__.py", folder)
    if left == "text":
        for package in PACKAGES:
            (folder / package).write_text(f"../{package}")
    code = (
        "import wenju; from importlib.resources import files; from wenju import Engine\n"
        "print(wenju.__file__, (files('wenju.corpus.samples') / 'press.txt').is_file())"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(folder / "__init__.py"), "True"]
