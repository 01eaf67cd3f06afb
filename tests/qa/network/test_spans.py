"""Spans by the scores of pieces, against trying all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.qa.network.small import input_of
from wenju.qa.network.spans import Scored, Scores, sentence_scores, trimmed

SEEDS = st.integers(0, 2**32 - 1)
MARKED = st.text(alphabet="图书1。,()《》 “”", min_size=1, max_size=40)
PLAIN = st.text(alphabet="图书有座位任期", min_size=1, max_size=40)


def drawn(text: str, seed: int) -> tuple[Scores, NDArray[np.float64], list[tuple[int, int]]]:
    """Random scores in halves, so that there are ties: with those of the passage and its places."""
    read = input_of(text)
    rng = np.random.default_rng(seed)
    scores = (rng.integers(-8, 9, (len(read.pieces), 3)) / 2).astype(np.float32)
    body = scores[read.first : read.first + len(read.offsets)].astype(np.float64)
    return Scores(read, scores, text), np.vstack([scores[:1], body]), list(read.offsets)


def by_hand(rows: NDArray[np.float64], first: int, last: int, place: tuple[int, int]) -> Scored:
    """What a pair of pieces scores, by the definitions; row 0 is no answer."""
    total = rows[first + 1, 0] + rows[last + 1, 1]
    every = np.log(np.exp(rows[:, 0]).sum()) + np.log(np.exp(rows[:, 1]).sum())
    sentence = rows[first + 1 : last + 2, 2].mean()
    return Scored(*place, total - rows[0, :2].sum(), total - every, sentence)


def alike(a: Scored, b: Scored) -> bool:
    one, other = ((s.margin, s.log_share, s.sentence) for s in (a, b))
    return (a.start, a.end) == (b.start, b.end) and bool(np.allclose(one, other))


@settings(deadline=None)
@given(MARKED, SEEDS)
def test_the_best_of_all_pairs(text: str, seed: int) -> None:
    scores, rows, offsets = drawn(text, seed)
    n = len(offsets)
    pairs = [(rows[i + 1, 0] + rows[j + 1, 1], i, j) for i in range(n) for j in range(i, n)]
    wanted: dict[tuple[int, int], Scored] = {}
    for _, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2]))[:24]:
        place = trimmed(text, offsets[i][0], offsets[j][1])
        if len(wanted) < 6:
            wanted.setdefault(place, by_hand(rows, i, j, place))
    found = scores.best()
    assert len(found) == len(wanted)
    assert all(map(alike, found, wanted.values()))


@settings(deadline=None)
@given(MARKED, SEEDS)
def test_a_share_is_a_probability(text: str, seed: int) -> None:
    scores, _, _ = drawn(text, seed)
    found = scores.best()
    assert all(s.log_share <= 1e-9 for s in found)
    assert [s.margin for s in found] == sorted((s.margin for s in found), reverse=True)
    assert sum(np.exp(s.log_share) for s in found) <= 1 + 1e-9


@settings(deadline=None)
@given(PLAIN, SEEDS)
def test_a_place_scores_what_the_best_of_it_does(text: str, seed: int) -> None:
    scores, _, _ = drawn(text, seed)
    for scored in scores.best():
        if scored.start > 0:  # the mark before all text lies where the first character does
            assert scores.at((scored.start, scored.end)) == scored


def test_a_place_within_pieces_is_scored_by_them() -> None:
    scores, rows, offsets = drawn("有图书馆", 3)
    assert offsets[-1] == (2, 4)
    found = scores.at((3, 4))
    assert found is not None
    assert alike(found, by_hand(rows, len(offsets) - 1, len(offsets) - 1, (3, 4)))


def test_what_did_not_fit_in_has_no_score() -> None:
    text = "甲乙丙丁戊" * 200
    read = input_of(text)
    scores = Scores(read, np.zeros((len(read.pieces), 3), np.float32), text)
    end = read.offsets[-1][1]
    assert scores.at((end - 3, end)) is not None
    assert scores.at((end + 10, end + 12)) is None
    assert scores.at((end - 3, end + 12)) is None


def test_no_answer_is_longer_than_the_limit() -> None:
    text = "甲" * 300
    read = input_of(text)
    table = np.zeros((len(read.pieces), 3), np.float32)
    table[read.first + 5, 0] = table[read.first + 5 + 240, 1] = 9.0
    found = Scores(read, table, text).best()
    assert max(s.margin for s in found) == 9.0
    table[read.first + 5 + 239, 1] = 8.0
    assert Scores(read, table, text).best()[0].margin == 17.0


@pytest.mark.parametrize("text", ["", "\u200b", "\n\n"])
def test_a_passage_of_nothing_has_no_span(text: str) -> None:
    read = input_of(text)
    scores = Scores(read, np.zeros((len(read.pieces), 3), np.float32), text)
    assert scores.best() == []
    assert scores.at((0, 1)) is None


def test_sentences_by_hand() -> None:
    text = "甲乙。丙丁。\n" + "戊" * 600 + "。最后"
    read = input_of(text)
    scores = np.zeros((len(read.pieces), 3), np.float32)
    body = scores[read.first : read.first + len(read.offsets), 2]
    body[:7] = [9, 1, 2, 3, 4, 5, 6]  # the mark, 甲, 乙, 。, 丙, 丁, 。
    found = sentence_scores(read, scores)
    assert found == [(9 + 1 + 2 + 3) / 4, 5.0, 0.0, -np.inf]


@settings(deadline=None)
@given(st.text(alphabet="图1。,()《》“”[]【】 \n-", min_size=1, max_size=20), st.data())
def test_a_trimmed_place_is_never_empty_and_never_outside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    a, b = trimmed(text, start, end)
    assert start <= a < b <= end
    kept = set(text[start:a] + text[b:end])
    assert not kept & set("图1")
    assert trimmed(text, a, b) == (a, b) or any(c in "()《》“”[]【】" for c in text[a:b])


@settings(deadline=None)
@given(st.sampled_from(["()", "“”", "《》", "〈〉", "[]", "【】"]), st.text("图书1", min_size=1))
def test_pairs_stay_and_halves_go(pair: str, inner: str) -> None:
    opening, closing = pair[0], pair[1]
    whole = f"{opening}{inner}{closing}"
    assert trimmed(whole, 0, len(whole)) == (0, len(whole))
    assert trimmed(whole, 0, len(whole) - 1) == (1, len(whole) - 1)
    assert trimmed(whole, 1, len(whole)) == (1, len(whole) - 1)
    inside = f"甲{whole}乙"
    assert trimmed(inside, 0, len(inside)) == (0, len(inside))


def test_marks_go() -> None:
    text = ",、图书馆。\n"
    assert trimmed(text, 0, len(text)) == (2, 5)
    assert trimmed("。。。", 0, 3) in {(0, 1), (1, 2), (2, 3)}
