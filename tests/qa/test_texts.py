"""Texts that are brought along are answered from as a library is."""

from __future__ import annotations

from pathlib import Path

import pytest

import wenju
from tests.fakes import FakeEncoder
from tests.making import NOTICES
from wenju.qa.answer import Answer
from wenju.qa.reader import load_reader
from wenju.qa.settings import Settings
from wenju.qa.texts import MOST_TEXTS, BadTexts, Text, answered


def ask(question: str, *texts: str | Text) -> Answer:
    settings = Settings(home=Path("nowhere"), reader="lexical")
    return answered(question, texts, settings, FakeEncoder(), load_reader("lexical"))


def test_the_text_that_answers_is_cited_by_its_name_and_place() -> None:
    answer = ask("圖書館周幾閉館", *NOTICES[:-1], Text(NOTICES[2], name="policy.txt"))
    (cited, *_) = answer.citations
    assert answer.answer and cited.source == "2"
    assert NOTICES[1][cited.start : cited.end] == cited.original
    named = ask("生態型聯合體最高支持多少", NOTICES[0], Text(NOTICES[2], name="policy.txt"))
    assert "1000" in named.answer and named.citations[0].source == "policy.txt"


def test_what_none_of_them_answers_is_refused() -> None:
    answer = ask("月球上有幾隻兔子", *NOTICES)
    assert not answer.answered and answer.reason


def test_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ask("自行車停在哪裡", NOTICES[0])
    assert not [*tmp_path.iterdir()] and not Path("nowhere").exists()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "0 texts were given; expected 1 to"),
        (["", " \n"], "are empty"),
        (["x"] * (MOST_TEXTS + 1), "expected 1 to"),
        (["字" * 1_000_001], "1,000,001 characters"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(texts: list[str], said: str) -> None:
    with pytest.raises(BadTexts, match=said):
        ask("費用多少", *texts)


@pytest.mark.slow
def test_the_package_reads_with_its_own_reader() -> None:
    answer = wenju.read("生态型联合体最高支持多少", [NOTICES[1], NOTICES[2]])
    assert "1000万元" in answer.answer and answer.citations[0].source == "2"
    assert (answer.confidence or 0) > 0.5
