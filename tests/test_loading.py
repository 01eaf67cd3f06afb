"""What is loaded is data: nothing of the product runs what a file holds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.test_architecture import APART, FILES, imported, name

# modules whose way of reading runs what was written, and calls that run texts
RUNNING = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "yaml"}
CALLS = {"eval", "exec", "compile"}
FORBIDDEN = {("trust_remote_code", True), ("allow_pickle", True), ("weights_only", False)}
PRODUCT = [path for path in FILES if not name(path).startswith(APART)]


def loading(source: str, module: str) -> list[str]:
    """Where a module may run what a file holds."""
    found = [f"imports {full}" for _, full in imported(source, module)]
    wrong = [said for said in found if said.removeprefix("imports ").split(".")[0] in RUNNING]
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        given = {(k.arg, k.value.value) for k in node.keywords if isinstance(k.value, ast.Constant)}
        if called in CALLS or given & FORBIDDEN:
            wrong.append(f"{node.lineno} {called}")
        if called.endswith("torch.load") and ("weights_only", True) not in given:
            wrong.append(f"{node.lineno} {called}")
    return wrong


def test_the_check_by_hand() -> None:
    source = """
import pickle, json
from joblib import load
def f(torch, np, re):
    torch.load("a")
    torch.load("a", weights_only=True)
    np.load("a", allow_pickle=True)
    np.load("a")
    eval("1")
    re.compile("1")
"""
    said = loading(source, "ui.x")
    assert said == ["imports pickle", "imports joblib.load", "5 torch.load", "7 np.load", "9 eval"]


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_module_runs_what_a_file_holds(path: Path) -> None:
    assert loading(path.read_text(encoding="utf-8"), name(path)) == []
