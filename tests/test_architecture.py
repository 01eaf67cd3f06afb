"""The shape of the house: which way imports go, what they cost, how large a module may grow."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# each may import what stands left of it, never right
PACKAGES = ("corpus", "index", "qa", "eval", "ui")
HEAVY = (
    *("torch", "sentence_transformers", "gradio", "faiss", "jieba", "tantivy", "opencc"),
    *("matplotlib", "ir_measures", "scipy"),
)
MAX_LINES = 300
MAX_FUNCTION_LINES = 50

FILES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if not any(part.startswith((".", "_")) for part in path.relative_to(ROOT).parts[:-1])
)


# stay in the repository and out of the wheel; nothing of the product may need them
APART = ("eval.training", "eval.benchmarks", "eval.gold.unseen")


def name(path: Path) -> str:
    """The module's name without ``wenju``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every import, without ``wenju``; those inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, _bare(alias.name)) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.rpartition(".")[0] if node.level else _bare(node.module or "")
            yield from ((node.lineno, _bare(f"{base}.{alias.name}")) for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node.func) in ("import_module", "__import__"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, _bare(first.value)


def _bare(imported_name: str) -> str:
    return imported_name.removeprefix("wenju.")


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def wrong_way(source: str, module: str) -> list[str]:
    """Imports of packages that stand right of the module's own, and of the tests.

    What is not in the wheel stands right of everything.
    """
    last = len(PACKAGES) if module.startswith(APART) else PACKAGES.index(module.split(".")[0]) + 1
    allowed = PACKAGES[:last]
    forbidden = {*PACKAGES, "tests"} - {*allowed}
    found = imported(source, module)
    return [f"{module}:{line} {name}" for line, name in found if name.split(".")[0] in forbidden]


def apart(source: str, module: str) -> list[str]:
    """Imports of what is not in the wheel, from a module that is."""
    if module.startswith(APART):
        return []
    found = imported(source, module)
    return [f"{module}:{line} {name}" for line, name in found if name.startswith(APART)]


def test_the_check_sees_every_kind_of_import() -> None:
    source = """
import wenju.eval.run
def late():
    from wenju.qa import engine
    import importlib
    importlib.import_module("wenju.ui.cli")
    from . import manifest
    import tests.fakes
    from wenju.corpus.document import Passage
if False:
    from wenju.eval.answers import score as s
"""
    lines = [text.split(":")[1] for text in wrong_way(source, "index.library")]
    assert sorted(lines) == [
        *("11 eval.answers.score", "2 eval.run", "4 qa.engine", "6 ui.cli", "8 tests.fakes"),
    ]
    assert wrong_way("import wenju.corpus, wenju.index, wenju.ui", "ui.cli") == []
    assert apart("from wenju.eval import training", "ui.cli") == ["ui.cli:1 eval.training"]
    assert apart("import wenju.eval.training.ranker", "eval.benchmarks.page") == []


def test_there_is_something_to_check() -> None:
    assert {name(path).split(".")[0] for path in FILES} == {*PACKAGES}
    assert len(FILES) > 40


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_go_one_way(path: Path) -> None:
    assert wrong_way(path.read_text(encoding="utf-8"), name(path)) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_product_needs_neither_training_nor_benchmarks(path: Path) -> None:
    assert apart(path.read_text(encoding="utf-8"), name(path)) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{name(path)} has no docstring"
    assert len(text.splitlines()) <= MAX_LINES


def longest(source: str) -> tuple[int, str]:
    """Lines and name of the longest function; its docstring does not count, which may be thorough."""
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return max(((_lines(function), function.name) for function in functions), default=(0, ""))


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    def lines(node: ast.stmt) -> int:
        return (node.end_lineno or node.lineno) - node.lineno + 1

    return lines(function) - (lines(function.body[0]) if ast.get_docstring(function) else 0)


def test_the_length_of_functions_by_hand() -> None:
    source = """
def short(): pass
class A:
    async def long(
        self,
    ):
        '''Says

        what it does.'''
        return [
            1,
        ]
"""
    assert longest(source) == (6, "long")
    assert longest("x = 1") == (0, "")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_functions_stay_short(path: Path) -> None:
    lines, function = longest(path.read_text(encoding="utf-8"))
    assert lines <= MAX_FUNCTION_LINES, f"{function} has {lines} lines"


def at_import(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """What is imported with the module itself: not in functions, not for type checking only."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from at_import(node)


def needs(source: str, modules: Collection[str]) -> set[str]:
    """Those of the modules that are imported with this one."""
    found: set[str] = set()
    for node in at_import(ast.parse(source)):
        for alias in node.names:
            base = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            full = _bare(f"{base}.{alias.name}" if base else alias.name)
            found |= {full, full.rpartition(".")[0]} & {*modules}
    return found


def circles(graph: Mapping[str, Collection[str]]) -> set[str]:
    """What is left when all that needs nothing, or nothing that is left, is taken away."""
    left = {module: {*needed} - {module} for module, needed in graph.items()}
    while free := {module for module, needed in left.items() if not needed}:
        left = {m: needed - free for m, needed in left.items() if m not in free}
    return {*left}


def test_circles_by_hand() -> None:
    source = """
from typing import TYPE_CHECKING
from wenju.b import c
try:
    import wenju.d.e
except ImportError:
    pass
if TYPE_CHECKING:
    import wenju.typed
def late():
    import wenju.late
class A:
    from wenju.held import x
"""
    modules = {"b", "b.c", "d.e", "typed", "late", "held"}
    assert needs(source, modules) == {"b", "b.c", "d.e", "held"}
    assert circles({"a": {"b"}, "b": {"c"}, "c": set(), "d": {"a"}}) == set()
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}


def test_no_module_needs_itself() -> None:
    modules = {name(path) for path in FILES}
    graph = {name(path): needs(path.read_text(encoding="utf-8"), modules) for path in FILES}
    assert circles(graph) == set()


def test_importing_a_module_loads_nothing_heavy() -> None:
    """All of them one after the other, so that the first to load something is named."""
    modules = [name(path) for path in FILES if not name(path).startswith("ui")] + ["ui.cli"]
    script = f"""
import importlib, sys
for module in {modules!r}:
    importlib.import_module(f"wenju.{{module}}")
    for heavy in {HEAVY!r}:
        assert heavy not in sys.modules, f"{{module}} loads {{heavy}}"
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


# where words are data, or the grammar that the words are written in
WORDS = ("corpus.values", "corpus.layout", "corpus.lexicon", *APART)
HAN = re.compile("[\u3400-\u9fff]")


def chinese_patterns(source: str) -> list[int]:
    """Lines where ``re`` is given a pattern in which Chinese is written, by name or in place."""
    tree = ast.parse(source)
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def written(node: ast.expr, seen: frozenset[str] = frozenset()) -> bool:
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} & named.keys() - seen
        here = HAN.search(ast.get_source_segment(source, node) or "") is not None
        return here or any(written(named[name], seen | names) for name in names)

    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    of_re = (c for c in calls if ast.unparse(c.func).startswith("re."))
    return sorted(call.lineno for call in of_re if written(call.args[0]))


def test_chinese_patterns_by_hand() -> None:
    source = r"""
import re
_HAN = "[\u4e00-\u9fff]"
_BODY = any_of("局 處")
_OF = f"{_BODY}$"
a = re.compile(_HAN)
b = re.compile(rf"x{_OF}")
c = re.sub("[的了]", "", text)
d = re.match(
    any_of("因為 由於") + "$", text)
e = re.sub("[a-z]", "的", text)
f = "的".join(text)
"""
    assert chinese_patterns(source) == [7, 8, 9]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_chinese_is_looked_for_by_the_lexicon(path: Path) -> None:
    if not name(path).startswith(WORDS):
        assert chinese_patterns(path.read_text(encoding="utf-8")) == []
