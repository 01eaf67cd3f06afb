"""Two runs are of one configuration when all that decides their outcome is the same."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FakeEncoder
from tests.making import NOTICES, add, source
from wenju import corpus, qa
from wenju.corpus.document import Page, Source
from wenju.eval import configuration
from wenju.eval.configuration import (
    Request,
    code_hash,
    configure,
    differences,
    hash_of_library,
    hash_of_sources,
    identity,
)
from wenju.index.library import Library
from wenju.qa.settings import Settings


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "集.json"
    path.write_text("{}")
    return path


def configured(gold: Path, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    request = Request(paths=(gold,), seed=3)
    given: dict[str, Any] = {
        "request": request,
        "settings": Settings(home=gold.parent),
        "encoder": "fake:1",
        "documents": ["abc"],
        "distractors": [],
    }
    return configure(**(given | changes))


def test_what_it_holds(gold: Path) -> None:
    made = configured(gold)
    assert json.loads(json.dumps(made)) == made
    assert made["settings"]["encoder"] == "fake:1"
    assert not {"home", "cache"} & set(made["settings"])
    empty = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # sha256 of {}
    assert made["gold"] == [{"name": "集.json", "sha256": empty, "documents": "abc"}]
    assert str(gold.parent) not in json.dumps(made)


def test_where_files_and_folders_are_plays_no_part(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    moved = shutil.copy(gold, tmp_path / "elsewhere")
    settings = Settings(home=tmp_path / "h", cache=tmp_path / "c")
    again = configured(gold, request=Request(paths=(Path(moved),), seed=3), settings=settings)
    assert again == configured(gold)
    assert identity(again) == identity(configured(gold))


def test_all_that_matters_makes_another(gold: Path, tmp_path: Path) -> None:
    request = Request(paths=(gold,), seed=3)
    other = tmp_path / "other.json"
    other.write_text("[]")
    noise = source("湖面風平浪靜。")
    changes: list[dict[str, Any]] = [
        {},
        *(
            {"request": replace(request, **changed)}
            for changed in (
                {"paths": (other,)},
                {"seed": 4},
                {"limit": 1},
                {"script": "hans"},
                {"questions": other},
                {"distractors": (tmp_path,)},
                {"distractors": (tmp_path,), "distractor_passages": 1},
                {"off_topic": other},
                {"given_context": True},
            )
        ),
        {"request": replace(request, distractors=(tmp_path,)), "distractors": [noise]},
        {"settings": Settings(min_confidence=0.5)},
        {"encoder": "fake:2"},
        {"documents": ["abd"]},
    ]
    names = [identity(configured(gold, **changed)) for changed in changes]
    assert len(set(names)) == len(names)
    gold.write_text("{} ")
    assert identity(configured(gold)) not in names


def test_the_code_that_answers_is_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code_hash()
    assert code_hash() == before
    for package in (corpus, qa):
        folder = tmp_path / package.__name__.rpartition(".")[2]
        shutil.copytree(package.__path__[0], folder)
        monkeypatch.setattr(
            getattr(configuration, package.__name__.rpartition(".")[2]), "__path__", [str(folder)]
        )
    assert code_hash() == before
    for left in ("__pycache__/x.pyc", ".mypy_cache/x.json", "samples/.x.swp"):
        (tmp_path / "corpus" / left).parent.mkdir(exist_ok=True)
        (tmp_path / "corpus" / left).write_text("x")
    assert code_hash() == before
    (tmp_path / "qa" / "weights.bin").write_bytes(b"\0")
    with_data = code_hash()
    assert with_data != before
    (tmp_path / "qa" / "weights.bin").rename(tmp_path / "qa" / "weights.npy")
    assert code_hash() not in {before, with_data}


def test_sources_are_told_apart_by_all_that_is_read() -> None:
    base = Source("a", "/x/a", "文", "題", "2024-01-01", "局")
    kinds = [
        [base],
        [base, base],
        [],
        [replace(base, name="別")],
        [replace(base, text="別")],
        [replace(base, title="別")],
        [replace(base, date="別")],
        [replace(base, issuer="別")],
        [replace(base, pages=(Page(0, 1),))],
    ]
    assert len({hash_of_sources(sources) for sources in kinds}) == len(kinds)
    assert hash_of_sources([replace(base, origin="/y/a")]) == hash_of_sources([base])


def test_a_library_is_told_by_its_documents(tmp_path: Path) -> None:
    hashes = []
    for folder, notices in (("a", NOTICES[:2]), ("b", NOTICES[1::-1]), ("c", NOTICES[:3])):
        library = Library(tmp_path / folder / "library.sqlite")
        add(library, FakeEncoder(), notices)
        hashes.append(hash_of_library(library.documents()))
        library.close()
    assert hashes[0] == hashes[1] != hashes[2]


def test_differences_by_hand() -> None:
    one = {"a": 1, "b": {"c": [1, {"d": 2}], "e": None}, "f": [], "g": {}}
    other = {"a": 1, "b": {"c": [1, {"d": 3}, 4]}, "f": [5], "g": {}, "h": None}
    assert differences(one, other) == {
        "b.c.1.d": (2, 3),
        "f": ([], None),
        "b.c.2": (None, 4),
        "f.0": (None, 5),
    }
    assert differences(one, one) == {}
