"""Sentence spans are disjoint, lose nothing, and fall where a reader would put them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.sentences import sentence_spans, split_long, trim

# texts in which marks that end something are as common as letters
TEXTS = st.text(st.sampled_from("甲乙。！？…”」）!?.;，, \n\t\u3000a1.")) | st.text()


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


def assert_holds_everything(text: str, spans: list[tuple[int, int]]) -> None:
    """Disjoint, in order, none empty or with space at its ends; only space is left out."""
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(TEXTS)
def test_spans_are_disjoint_and_hold_all_but_space(text: str) -> None:
    assert_holds_everything(text, sentence_spans(text))


@given(TEXTS, st.integers(1, 30))
def test_pieces_of_a_long_text_fit_and_hold_all_but_space(text: str, limit: int) -> None:
    start, end = trim(text, 0, len(text))
    pieces = split_long(text, start, end, limit)
    assert_holds_everything(text, pieces)
    assert all(b - a <= limit for a, b in pieces)


@given(TEXTS, TEXTS, st.integers(1, 30))
def test_splitting_a_part_is_splitting_it_alone(before: str, text: str, limit: int) -> None:
    start, end = trim(before + text, len(before), len(before + text))
    shifted = split_long(before + text, start, end, limit)
    alone = split_long((before + text)[start:end], 0, end - start, limit)
    assert shifted == [(a + start, b + start) for a, b in alone]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲開會。乙沒去！丙呢？", ["甲開會。", "乙沒去！", "丙呢？"]),
        ("他說：「好。」然後走了。", ["他說：「好。」", "然後走了。"]),
        ("（附件見後。）全文完。", ["（附件見後。）", "全文完。"]),
        ("真的嗎？！是的……好。", ["真的嗎？！", "是的……", "好。"]),
        (
            "Growth was 3.5 percent. It was 2.1 before.",
            ["Growth was 3.5 percent.", "It was 2.1 before."],
        ),
        ("見 www.example.org/a.html 一頁。", ["見 www.example.org/a.html 一頁。"]),
        ("標題\n\n  第一段。", ["標題", "第一段。"]),
        ("甲；乙，丙", ["甲；乙，丙"]),
        ("沒有句號", ["沒有句號"]),
        (" \n\u3000", []),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_long_text_is_split_at_sentence_ends_into_like_pieces() -> None:
    text = "這是一句剛好二十個字的話，用來量一量長短。" * 13
    pieces = [text[a:b] for a, b in split_long(text, 0, len(text), 100)]
    assert all(piece.endswith("。") for piece in pieces)
    assert max(map(len, pieces)) <= 100
    assert min(map(len, pieces)) >= 40


def test_a_long_sentence_is_split_behind_a_comma() -> None:
    text = "甲乙丙丁戊己庚辛，" * 10 + "完。"
    pieces = [text[a:b] for a, b in split_long(text, 0, len(text), 30)]
    assert all(piece.endswith("，") for piece in pieces[:-1])


def test_a_run_without_any_mark_is_cut_at_the_limit() -> None:
    assert split_long("甲" * 25, 0, 25, 10) == [(0, 10), (10, 20), (20, 25)]


def test_what_fits_is_not_split() -> None:
    assert split_long("甲。乙。", 0, 4, 4) == [(0, 4)]
    assert split_long("甲", 1, 1, 4) == []
