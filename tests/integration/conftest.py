"""Engines with the real model, made once for the whole run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from wenju.corpus import samples as bundled
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(os.environ.get("WENJU_SEEDS", ROOT.parent / "shared" / "seeds"))
SAMPLES = Path(bundled.__file__).parent


def filled(home: Path, documents: Path) -> Engine:
    """An engine over a folder of documents, with nothing left unread."""
    engine = Engine.open(Settings(home=home, reader="trained"))
    report = engine.add_paths([documents])
    assert not report.failed
    return engine


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if not SEEDS.is_dir():
        pytest.skip(f"the seed documents are not at {SEEDS}; name their folder in WENJU_SEEDS")
    with filled(tmp_path_factory.mktemp("seeds"), SEEDS) as engine:
        yield engine


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with filled(tmp_path_factory.mktemp("samples"), SAMPLES) as engine:
        yield engine
