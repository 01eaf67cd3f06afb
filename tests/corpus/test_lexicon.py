"""Word lists: readable, folded, none twice."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from wenju.corpus.lexicon import any_word, rows, words
from wenju.corpus.script import fold

LISTS = sorted(
    path.name.rpartition(".")[0]
    for path in resources.files("wenju.corpus.lexicon").iterdir()
    if path.name.endswith((".txt", ".tsv"))
)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_written_as_search_sees_texts(name: str) -> None:
    assert rows(name)
    for row in rows(name):
        assert row[0] and row[0] == fold(row[0]), f"{name}: {row[0]} reads {fold(row[0])}"


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        rows("nowhere")


def test_longer_words_come_first_and_spaces_match_any_space() -> None:
    assert "所定" in words("references")
    pattern = re.compile(any_word("leads"))
    assert pattern.search("the  following papers")
    assert pattern.search("如下") and not pattern.search("上下")
