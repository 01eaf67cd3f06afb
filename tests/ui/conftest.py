from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.fakes import FakeEncoder
from wenju.corpus.document import Source
from wenju.index.encoding import Progress
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.ui.cli import commands as cli
from wenju.ui.cli import session

Run = Callable[..., Result]

PRESS = """創新聯合體新聞發布會實錄
時間：2024年5月16日

一、支持政策
生態型聯合體由領軍企業牽頭。市財政對生態型聯合體最高支持1000萬元，對任務型聯合體最高支持500萬元。
"""
HOSTILE = """安全培訓手冊
<script>window.ran = 1</script><img src=x onerror="window.ran = 2"></div></section>
培訓費用為每人300元，參加者須在**三月**以前報名，公式是 $x^2$ 與 {{value}} 與 ${window.ran = 3}。
"""


def make_engine(home: Path) -> Engine:
    settings = Settings(home=home, cache=home / "cache")
    return Engine.open(settings, encoder=FakeEncoder())


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with make_engine(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.add_sources(
        [Source("press.txt", "press", PRESS), Source("<b>handbook</b>.txt", "handbook", HOSTILE)]
    )
    return engine


@pytest.fixture
def press(tmp_path: Path) -> Path:
    path = tmp_path / "files" / "press.txt"
    path.parent.mkdir()
    path.write_text(PRESS, encoding="utf-8")
    return path


@pytest.fixture
def wenju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def open_engine(settings: Settings, progress: Progress | None = None) -> Engine:
        return Engine.open(settings, encoder=FakeEncoder(), progress=progress)

    monkeypatch.setattr(session, "open_engine", open_engine)
    monkeypatch.setenv("WENJU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WENJU_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("WENJU_DEBUG", raising=False)

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(cli.app, [str(a) for a in arguments])

    return run


def object_of(result: Result, exit_code: int = 0) -> dict[str, Any]:
    assert result.exit_code == exit_code, result.stderr
    said: dict[str, Any] = json.loads(result.stdout)
    return said
