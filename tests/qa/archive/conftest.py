from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.making import NOTICES, source, state
from wenju.index.library import Library
from wenju.qa.engine import Engine
from wenju.qa.feedback import Feedback
from wenju.qa.settings import Settings

Home = Callable[[str], Settings]
QUESTIONS = (
    "生态型联合体最高支持多少",
    "图书馆周几闭馆",
    "What do families with two children receive?",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    def settings(name: str) -> Settings:
        return Settings(home=tmp_path / name, cache=tmp_path / "cache", reader="lexical")

    return settings


@pytest.fixture
def filled(home: Home) -> Settings:
    settings = home("here")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([source(text) for text in NOTICES])
        engine.give_feedback(Feedback(question=QUESTIONS[0], verdict="right", answer="1000万元"))
    (settings.home / "statute_names.tsv").write_text("勞基法\t勞動基準法\n", encoding="utf-8")
    originals = settings.home / "originals"
    originals.mkdir()
    (originals / "ab12.pdf").write_bytes(b"%PDF-1.7 \x00\xff")
    (originals / "ab12.link").write_text("ab12.pdf")
    return settings


def held(settings: Settings) -> object:
    """All that a library holds, its vectors too."""
    library = Library(settings.library_path)
    vectors = library.rows("SELECT * FROM vectors ORDER BY number, encoder")
    found = (state(library), vectors, library.identity)
    library.close()
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, without those that SQLite keeps beside a library."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock"))
    }
