"""What formats and sidecars tell of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wenju.corpus.build import build_document
from wenju.corpus.document import Document
from wenju.corpus.read import find_files, read

FRONT = """---
title: 停車辦法
date: 2024-05-06
publisher: 市政府
layout: page
kind: regulation
lang: zh-Hant
replaces:
  - 舊停車辦法
  - "更舊的辦法"
effective: 民國113年7月1日
---

# 標題

正文。
"""


def documents(path: Path) -> list[Document]:
    return [build_document(source) for source in read(path).sources]


def test_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(FRONT, encoding="utf-8")
    (document,) = documents(path)
    found = document.metadata
    assert (document.title, document.date, document.issuer) == ("停車辦法", "2024-05-06", "市政府")
    assert (found.kind, found.effective, found.language) == ("regulation", "2024-07-01", "zh-Hant")
    assert found.replaces == ("舊停車辦法", "更舊的辦法")
    path.write_text(
        FRONT.replace("- 舊停車辦法", "- 甲").replace("replaces:\n", "replaces: [乙, 丙]\n")
    )
    assert documents(path)[0].metadata.replaces == ("乙", "丙")


def test_front_matter_that_cannot_be_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nkind: poem\ntitle: 甲\n---\n正文。\n", encoding="utf-8")
    reading = read(path)
    assert reading.sources[0].title == "甲" and reading.sources[0].metadata.kind == ""
    assert len(reading.problems) == 1 and "a.md: kind is 'poem'" in reading.problems[0]


def test_the_fields_of_a_json_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    record = {
        "title": "停車辦法",
        "pcode": "K0010001",
        "nature": "命令",
        "category": "廢止法規＞交通部",
        "date": "20240506",
        "articles": [["第 1 條", "車輛應停放於停車場內。"]],
    }
    faq = {"question": "怎麼停車？", "answer": "停好。", "kind": "poem"}
    path.write_text("\n".join(map(json.dumps, (record, faq))), encoding="utf-8")
    law, question = documents(path)
    found = law.metadata
    assert (law.date, found.kind, found.repealed) == ("2024-05-06", "regulation", "yes")
    assert found.jurisdiction == "TW"
    assert question.metadata.kind == ""  # a word of another vocabulary tells nothing


def test_a_sidecar_wins_and_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "law.md"
    path.write_text(FRONT, encoding="utf-8")
    sidecar = tmp_path / "law.md.meta.toml"
    sidecar.write_text('title = "新名"\nkind = "law"\nexpires = 2030-01-01\n', encoding="utf-8")
    (document,) = documents(path)
    assert (document.title, document.issuer) == ("新名", "市政府")
    assert (document.metadata.kind, document.metadata.expires) == ("law", "2030-01-01")
    assert document.metadata.replaces == ("舊停車辦法", "更舊的辦法")
    assert list(find_files([tmp_path])) == [path]


@pytest.mark.parametrize(
    ("text", "said"),
    [("kind = poem", "no TOML"), ('kind = "poem"', "expected one of"), ("x = 1", "no field 'x'")],
)
def test_a_sidecar_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "law.txt"
    path.write_text("停車辦法\n正文。", encoding="utf-8")
    (tmp_path / "law.txt.meta.toml").write_text(text, encoding="utf-8")
    reading = read(path)
    assert reading.sources[0].text and len(reading.problems) == 1
    assert "law.txt.meta.toml" in reading.problems[0] and said in reading.problems[0]
