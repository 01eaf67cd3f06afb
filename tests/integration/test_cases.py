"""Questions about files that are easily read wrongly, all in one library: the right answer, or none."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.case_files import FILES
from tests.integration.cases import QUESTIONS, Asked
from tests.integration.checks import assert_cited
from tests.integration.conftest import ROOT
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

pytestmark = pytest.mark.slow

DATA = Path(os.environ.get("WENJU_DATA") or ROOT.parent / "shared" / "data")
GIVEN = DATA.parent / "cases"
SURE = 0.75  # confidence from which nothing wrong may be answered
# what is asked of the given cases and not answered right yet, and why
OPEN = {
    "六口之家每年第一级水量是多少": "what would have to be added up is answered with a price beside it",
    "银杏供水官网地址": "the network does not take an address of the web for an answer; refused",
}


def given() -> list[Asked]:
    """The questions of the folders of cases beside the published sets."""
    found = {}
    for path in sorted(GIVEN.glob("*/case.json")):
        for q in json.loads(path.read_text(encoding="utf-8"))["questions"]:
            case = path.parent.name.partition("-")[0]
            why = OPEN.get(q["question"], "")
            found[q["question"]] = Asked(case, q["question"], q["expect"], q["file"], why)
    return list(found.values())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the files of all cases, the given ones and those made here."""
    files = tmp_path_factory.mktemp("files")
    for path in GIVEN.glob("*/*"):
        if path.suffix != ".json":
            shutil.copy(path, files)
    for name, make in FILES.items():
        (files / name).write_bytes(make())
    with Engine.open(Settings(home=tmp_path_factory.mktemp("home"), reader="trained")) as engine:
        assert not engine.add_paths([files]).failed
        yield engine


def is_right(asked: Asked, answer: Answer) -> bool:
    """Whether what is shown answers, from the file it stands in; where nothing does, whether none is."""
    if asked.expect is None or not answer.answered:
        return asked.expect is None and not answer.answered
    marked = answer.answer[slice(*answer.best)] if answer.best else answer.answer
    told = any(re.search(asked.expect, text, re.DOTALL) for text in (answer.answer, marked))
    return told and asked.file in ("*", Path(answer.citations[0].source).name)


def case(asked: Asked) -> object:
    """A question as a test's parameter; one that is not answered yet says so."""
    marks = [pytest.mark.xfail(reason=asked.open, strict=True)] if asked.open else []
    return pytest.param(asked, id=f"{asked.case} {asked.question}", marks=marks)


def ask(engine: Engine, asked: Asked) -> None:
    answer = engine.ask(asked.question)
    assert_cited(engine, answer)
    right = is_right(asked, answer)
    assert right or not answer.answered or (answer.confidence or 0) < SURE, (
        f"{answer.answer!r} is wrong, with a confidence of {answer.confidence:.2f}"
    )
    assert right, f"{answer.answer!r} ({answer.reason}, {answer.confidence})"


@pytest.mark.parametrize("asked", [case(q) for q in QUESTIONS])
def test_what_a_file_says_is_answered(library: Engine, asked: Asked) -> None:
    ask(library, asked)


@pytest.mark.skipif(not GIVEN.is_dir(), reason=f"there are no cases at {GIVEN}; set WENJU_DATA")
@pytest.mark.parametrize("asked", [case(q) for q in given()])
def test_what_a_given_file_says_is_answered(library: Engine, asked: Asked) -> None:
    ask(library, asked)


NOTICES = {
    "東港渡輪.txt": "東港渡輪公告\n東港渡輪末班船為18:40，單程票價230元。\n",
    "鹽埔渡輪.txt": "鹽埔渡輪公告\n鹽埔渡輪末班船為17:10，單程票價180元。\n",
    "云顶索道.txt": "云顶索道告示\n云顶索道末班缆车为16:50，往返票价65元。\n",
    "仙人索道.txt": "仙人索道告示\n仙人索道末班缆车为17:30，往返票价80元。\n",
}


@pytest.mark.parametrize(
    ("gone", "question", "said"),
    [
        ("東港渡輪.txt", "東港渡輪末班船是幾點", "18:40"),
        pytest.param(
            *("仙人索道.txt", "仙人索道往返票价多少钱", "80元"),
            marks=pytest.mark.xfail(strict=True, reason="the other cable car's fare answers then"),
        ),
    ],
)
def test_what_is_gone_answers_no_more(tmp_path: Path, gone: str, question: str, said: str) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in NOTICES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Engine.open(Settings(home=tmp_path / "home", reader="trained")) as engine:
        engine.add_paths([folder])
        answer = engine.ask(question)
        assert said in answer.answer and Path(answer.citations[0].source).name == gone
        (folder / gone).rename(folder / f"新{gone}")
        engine.add_paths([folder], sync=True)
        answer = engine.ask(question)
        assert said in answer.answer and Path(answer.citations[0].source).name == f"新{gone}"
        (folder / f"新{gone}").unlink()
        engine.add_paths([folder], sync=True)
        assert not engine.ask(question).answered
