"""Words as jieba cuts them: jieba itself is the oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.index import words
from wenju.index.words import load_jieba, search_words

# words, parts of words, characters that are no words, and some that jieba does not look up
_PIECES = [
    *("中国科学院", "计算所", "毕业", "研究生", "命", "起源", "的", "龘", "杭研", "了", "小明硕"),
    *("〇", "々", "㐀"),
]
_ANY = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5)
runs = st.lists(st.sampled_from(_PIECES) | _ANY, max_size=12).map("".join)


def by_jieba(run: str) -> list[str]:
    return [word for word in load_jieba().cut_for_search(run) if len(word) > 1]


@given(st.lists(runs, max_size=4))
def test_words_are_those_that_jieba_finds(found: list[str]) -> None:
    assert search_words(found) == [by_jieba(run) for run in found]


@given(st.lists(runs, min_size=1, max_size=30))
def test_many_runs_are_cut_as_each_by_itself(found: list[str]) -> None:
    known = [run for run in found if words._KNOWN.fullmatch(run)]
    if known:
        assert words._dictionary().paths.ends(known) == [words.path(run) for run in known]


def test_runs_of_a_whole_library_are_cut_as_jieba_does(samples: list[str]) -> None:
    found = list(dict.fromkeys(samples))
    assert len(found) > words._FEW  # or they would be cut one by one
    assert search_words(found) == [by_jieba(run) for run in found]


def test_a_run_without_end_is_cut() -> None:
    run = "第十二條的規定" * 100
    assert search_words([run] * 2) == [by_jieba(run)] * 2


@pytest.fixture(scope="module")
def samples() -> list[str]:
    """The Han runs of the bundled samples, folded."""
    from importlib.resources import files

    from wenju.corpus.script import fold

    texts = (f for f in files("wenju.corpus.samples").iterdir() if f.name.endswith((".txt", ".md")))
    return [run for f in texts for run in words._KNOWN.findall(fold(f.read_text("utf-8")))]
