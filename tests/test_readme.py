"""The examples of the README and of docs/python.md, run as they stand there over the bundled samples."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_architecture import ROOT
from wenju.qa.features import FEATURES
from wenju.qa.proposals.proposers import PROPOSERS
from wenju.qa.question import KINDS

_PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("eval/**/README.md")])
_MODULE = re.compile(
    r"python -m (wenju[\w.]*|corpus[\w.]*|index[\w.]*|qa[\w.]*|eval[\w.]*|ui[\w.]*)"
)
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")
# one process, for the models are loaded once; what stands on one page goes on in one folder
_RUNNER = """
import json, os, shutil
home = os.getcwd()
for page, code in json.load(open("examples.json")):
    os.makedirs(page, exist_ok=True)
    shutil.copytree("corpus", f"{page}/corpus", dirs_exist_ok=True)
    os.chdir(page)
    print(end="\\f", flush=True)
    exec(compile(code, page, "exec"), {"__name__": "__main__"})
    os.chdir(home)
"""
_EXAMPLE = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", re.M | re.S)


def examples(name: str) -> list[tuple[str, str]]:
    """Code, and what the page says that it prints."""
    return _EXAMPLE.findall((ROOT / name).read_text(encoding="utf-8"))


def test_both_languages_have_the_same_one() -> None:
    assert examples("README.md") == examples("README.zh-Hant.md")
    assert len(examples("README.md")) == 1


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_commands_and_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for module in _MODULE.findall(text):
        path = ROOT / module.removeprefix("wenju.").replace(".", "/")
        assert module.startswith("wenju."), f"{module} is imported as wenju.{module}"
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module
    for link in _LINK.findall(text):
        assert (page.parent / link).exists(), link


def test_the_pages_name_every_feature_and_every_proposer() -> None:
    card = (ROOT / "docs" / "reader.md").read_text(encoding="utf-8")
    answers = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    assert [name for name in FEATURES if f"`{name}`" not in card] == []
    assert [one.__name__ for one in PROPOSERS if f"`{one.__name__}`" not in answers] == []
    assert [kind for kind in KINDS if f"`{kind}`" not in answers] == []


@pytest.mark.slow
def test_the_examples_print_what_the_pages_say(tmp_path: Path) -> None:
    pages = ("README.md", "docs/python.md")
    shown = [(page.replace("/", "."), *example) for page in pages for example in examples(page)]
    assert len(shown) == 4
    shutil.copytree(ROOT / "corpus" / "samples", tmp_path / "corpus" / "samples")
    (tmp_path / "examples.json").write_text(json.dumps([(page, code) for page, code, _ in shown]))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WENJU_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\f")[1:] == [said for *_, said in shown]
