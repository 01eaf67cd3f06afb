"""Gold questions: only those whose answers stand in their texts."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from wenju.eval.training.network.gold import Example, TrainingDataError, held_out, read


def written(folder: Path, *asked: dict[str, Any], context: str, title: str = "圖書_館") -> Path:
    path = folder / "gold.json"
    paragraph = {"context": context, "qas": list(asked)}
    path.write_text(json.dumps({"data": [{"title": title, "paragraphs": [paragraph]}]}), "utf-8")
    return path


def ask(question: str, *answers: tuple[str, int]) -> dict[str, Any]:
    return {
        "question": question,
        "answers": [{"text": text, "answer_start": start} for text, start in answers],
    }


def test_questions_are_folded_and_answers_placed(tmp_path: Path) -> None:
    path = written(tmp_path, ask("有多少席？", ("120席", 4)), context="圖書館有120席，先到先得。")
    assert read(path) == [
        Example("有多少席?", "图书 馆", "图书馆有120席,先到先得。", ((4, 8),), "gold")
    ]


def test_a_packed_file_is_read_alike(tmp_path: Path) -> None:
    path = written(tmp_path, ask("有多少席？", ("120席", 4)), context="圖書館有120席，先到先得。")
    packed = tmp_path / "gold.json.xz"
    packed.write_bytes(lzma.compress(path.read_bytes()))
    assert read(packed) == read(path)
    packed.write_bytes(path.read_bytes())
    with pytest.raises(TrainingDataError, match="LZMAError"):
        read(packed)


def test_a_place_that_is_off_is_found_where_it_is_the_only_one(tmp_path: Path) -> None:
    context = "甲館120席，乙館80席，丙館80席。"
    path = written(
        tmp_path,
        ask("甲館？", ("120席", 0)),
        ask("乙館？", ("80席", 0)),  # there are two
        ask("丙館？", ("99席", 7)),  # there is none
        ask("丁館？", ("80席", 9)),
        ask("戊館？"),
        ask("己館？", ("", 0)),
        ask("  ", ("120席", 2)),
        context=context,
    )
    found = {e.question: e.answers for e in read(path)}
    assert found == {"甲馆?": ((2, 6),), "丁馆?": ((9, 12),)}


def test_an_answer_without_a_place(tmp_path: Path) -> None:
    asked = {"question": "幾席？", "answers": [{"text": "120席"}]}
    (found,) = read(written(tmp_path, asked, context="館有120席。"))
    assert found.answers == ((2, 6),)


def test_each_place_counts_once(tmp_path: Path) -> None:
    asked = ask("幾席？", ("120席", 2), ("120席", 2), ("120席", 5), ("120", 2))
    (found,) = read(written(tmp_path, asked, context="館有120席。"))
    assert found.answers == ((2, 6), (2, 5))


def test_a_list_of_articles_will_do(tmp_path: Path) -> None:
    path = written(tmp_path, ask("幾席？", ("120席", 2)), context="館有120席。")
    before = read(path)
    path.write_text(json.dumps(json.loads(path.read_text())["data"]))
    assert read(path) == before


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff\xfe",
        b"{}",
        b"3",
        b"[3]",
        b"null",
        b'{"data": [{"paragraphs": 1}]}',
        b'{"data": [{"paragraphs": [{"context": "a", "qas": [{"question": "b"}]}]}]}',
        b'[{"paragraphs": [{"context": "a", "qas": [{"question": "b", "answers": [{"text": 1}]}]}]}]',
    ],
)
def test_a_broken_file_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(TrainingDataError, match=r"broken\.json cannot .*SQuAD-style"):
        read(path)


def test_a_missing_file_and_one_without_questions(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match=r"none\.json cannot be learned from"):
        read(tmp_path / "none.json")
    with pytest.raises(TrainingDataError, match="no question whose answer stands"):
        read(written(tmp_path, ask("幾席？", ("99席", 2)), context="館有120席。"))


def test_one_text_in_ten_is_held_out() -> None:
    held = [held_out(f"第{i}條") for i in range(5000)]
    assert 0.08 < sum(held) / len(held) < 0.12
    assert held == [held_out(f"第{i}條") for i in range(5000)]
