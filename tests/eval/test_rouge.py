"""ROUGE-L against values worked by hand, and its subsequences against the plain table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.eval.rouge import characters, common_subsequence, rouge_l

SHORT = st.text(alphabet="甲乙丙丁。a𠮷", max_size=30)


def by_table(a: str, b: str) -> int:
    """The table of every beginning of one text against every beginning of the other."""
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, one in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            longest = max(lengths[i - 1][j], lengths[i][j - 1])
            lengths[i][j] = lengths[i - 1][j - 1] + 1 if one == other else longest
    return lengths[-1][-1]


@given(SHORT, SHORT)
def test_the_length_is_the_tables(a: str, b: str) -> None:
    assert common_subsequence(a, b) == common_subsequence(b, a) == by_table(a, b)


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_length_of_any_text_is_the_tables(a: str, b: str) -> None:
    assert common_subsequence(a, b) == by_table(a, b)


def test_answers_longer_than_a_machine_word() -> None:
    a = "".join(chr(0x4E00 + i * i % 97) for i in range(500))
    b = "".join(chr(0x4E00 + i * 31 % 89) for i in range(500))
    assert common_subsequence(a, b) == by_table(a, b) > 64
    assert common_subsequence(a, a) == 500


@pytest.mark.parametrize(
    ("prediction", "golds", "expected"),
    [
        # 6 characters and 4 of them in order: 2 * 4 / (6 + 4)
        ("每月最高八千", ["每月八千"], 0.8),
        # 千八 and 八千 share one character
        ("千八", ["八千"], 0.5),
        # all of the gold's 3 in the prediction's 5 characters, with gaps: 2 * 3 / 8
        ("甲一乙二丙", ["甲乙丙"], 0.75),
        # the better gold counts
        ("甲乙", ["丙丁", "甲乙丙丁"], 2 / 3),
        # script, width, case and white space do not count
        ("１０００ 萬元", ["1000万元"], 1.0),
        ("WHO", [" who\n"], 1.0),
        # punctuation does: 2 * 2 / (2 + 3)
        ("甲乙", ["甲乙。"], 0.8),
        ("", ["甲"], 0.0),
        ("甲", [], 0.0),
        ("", [""], 0.0),
        ("甲", ["乙"], 0.0),
    ],
)
def test_values_by_hand(prediction: str, golds: list[str], expected: float) -> None:
    assert rouge_l(prediction, golds) == pytest.approx(expected)


@given(SHORT, SHORT)
def test_it_is_a_share_and_1_only_for_the_same(a: str, b: str) -> None:
    found = rouge_l(a, [b])
    assert 0 <= found <= 1
    assert (found == 1) == (characters(a) == characters(b) != "")
