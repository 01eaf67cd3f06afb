from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Source
from qa.engine import Engine
from qa.settings import Settings
from tests.fakes import FakeEncoder

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
