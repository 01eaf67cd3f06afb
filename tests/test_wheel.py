"""What is built from a checkout: all of the product, nothing else, and it works on its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener
from zipfile import ZipFile

import pytest

from tests.test_architecture import APART, PACKAGES, ROOT

pytestmark = pytest.mark.slow

_PROJECT = ("pyproject.toml", "MANIFEST.in", "LICENSE", "NOTICE", "README.md", "README.zh-Hant.md")
_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
_TRIES = 20
_STARTS = 300  # seconds after which a server that has not said where it is counts as hung
APART_FOLDERS = tuple(name.replace(".", "/") + "/" for name in APART)


def product() -> set[str]:
    """Every file of the product as the checkout has it, by its place below ``wenju``."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*"))
    files = (p.relative_to(ROOT) for p in paths if p.is_file() and "__pycache__" not in p.parts)
    found = {path.as_posix() for path in files if not path.name.startswith(".")}
    return {name for name in found if not name.startswith(APART_FOLDERS)}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, because building leaves files behind; links stay links."""
    folder = tmp_path_factory.mktemp("checkout")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in (*PACKAGES, "wenju", "tests"):
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=ignore)
    for name in (*_PROJECT, *_PAGES):
        shutil.copy(ROOT / name, folder)
    return folder


def _pip_wheel(source: Path, into: Path) -> Path:
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "wheel", "-q", *options, "-w", into, source, cwd=into)
    (wheel,) = into.glob("*.whl")
    return wheel


def _run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _pip_wheel(checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("sdist")
    code = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    _run(sys.executable, "-c", code, into, cwd=checkout)
    (archive,) = into.glob("*.tar.gz")
    return archive


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked by pip into a folder of its own, which goes before this checkout."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--no-deps", "--no-index", "--disable-pip-version-check", "--target", folder)
    _run(sys.executable, "-m", "pip", "install", "-q", *options, wheel, cwd=folder)
    return folder


def _environment(installed: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WENJU_", "PYTHON"))}
    return {**kept, "PYTHONPATH": str(installed)}


def test_the_wheel_holds_the_product_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    version = wheel.name.split("-")[1]
    assert {name.split("/")[0] for name in names} == {"wenju", f"wenju-{version}.dist-info"}
    held = {name.removeprefix("wenju/") for name in names if name.startswith("wenju/")}
    assert held - {"__init__.py", "py.typed"} == product()
    assert not any(name.startswith(APART_FOLDERS) for name in held)
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names}


def test_the_product_has_every_kind_of_file() -> None:
    """So that the test above would miss something if they were lost."""
    kinds = {Path(name).suffix for name in product()}
    assert {".css", ".j2", ".js", ".json", ".jsonl", ".py", ".safetensors", ".tsv"} <= kinds
    assert {"corpus/samples/press.txt", "eval/gold/samples.jsonl"} <= product()


def test_the_source_archive_holds_files_and_makes_the_same_wheel(
    sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
        assert all(member.isreg() or member.isdir() for member in members)
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert {*_PROJECT, *_PAGES} <= names
    assert not any(name.startswith("tests/") for name in names)
    into = tmp_path / "wheel"
    into.mkdir()
    with ZipFile(_pip_wheel(folder, into)) as again, ZipFile(wheel) as first:
        assert sorted(again.namelist()) == sorted(first.namelist())
        assert all(
            again.read(name) == first.read(name)
            for name in first.namelist()
            if name.startswith("wenju/")
        )


def test_the_installed_package_can_be_imported(installed: Path, tmp_path: Path) -> None:
    code = "import wenju; print(wenju.Engine.__module__, wenju.__version__, wenju.__file__)"
    module, version, file = _run(
        sys.executable, "-c", code, cwd=tmp_path, env=_environment(installed)
    ).split()
    assert module == "wenju.qa.engine"
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert Path(file).parent == installed / "wenju"


def test_the_installed_command_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    env = _environment(installed)
    shown = _run(installed / "bin" / "wenju", "--help", cwd=tmp_path, env=env)
    commands = ("add", "list", "remove", "ask", "chat", "search", "serve", "eval", "doctor")
    assert all(command in shown for command in commands)
    assert _run(installed / "bin" / "wenju", "--version", cwd=tmp_path, env=env) != ""


@contextmanager
def _served(installed: Path, folder: Path) -> Iterator[str]:
    """The address of ``wenju serve --samples``, for as long as the block lasts."""
    env = {**_environment(installed), "WENJU_HOME": str(folder / "home")}
    command = [str(installed / "bin" / "wenju"), "serve", "--samples", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True
    ) as server:
        late = threading.Timer(_STARTS, server.kill)
        late.start()
        try:
            said: list[str] = []
            assert server.stderr is not None
            for line in server.stderr:
                said.append(line)
                if found := re.search(r"http://[\d.:]+", line):
                    yield found[0]
                    return
            pytest.fail("".join(said))
        finally:
            late.cancel()
            server.terminate()
            server.communicate()


def _fetched(url: str) -> bytes:
    """Says where it is a moment before it listens, so a refusal is tried again; no proxy is asked."""
    opener = build_opener(ProxyHandler({}))
    for _ in range(_TRIES):
        with suppress(URLError), opener.open(url, timeout=60) as answer:
            return bytes(answer.read())
        time.sleep(1)
    pytest.fail(f"{url} does not answer")


def test_the_installed_server_answers_from_the_samples(installed: Path, tmp_path: Path) -> None:
    with _served(installed, tmp_path) as address:
        assert json.loads(_fetched(f"{address}/api/v1/health"))["documents"] >= 12
        assert b"gradio" in _fetched(address)


def test_the_installed_evaluation_runs_without_the_extras(installed: Path, tmp_path: Path) -> None:
    blocked = "import sys; sys.modules['matplotlib'] = sys.modules['playwright'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(blocked)
    env = _environment(installed)
    env["PYTHONPATH"] += os.pathsep + str(tmp_path)
    env |= {"WENJU_HOME": str(tmp_path / "home"), "WENJU_READER": "lexical"}
    gold, out = installed / "wenju/eval/gold/samples.jsonl", tmp_path / "run"
    command = (installed / "bin" / "wenju", "eval", gold, "--limit", "5", "--json", "--out", out)
    assert json.loads(_run(*command, cwd=tmp_path, env=env))["questions"] == 5
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "pip install &#34;wenju[reports]&#34;" in page
