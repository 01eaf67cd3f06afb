"""Inputs: pieces, and where each of them lies in its passage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.qa.network.small import base, input_of, reads
from wenju.corpus.sentences import sentence_spans
from wenju.qa.network.inputs import BEGIN, END, LONGEST

ALPHABET = "图书馆有1万元。\n ,a!(任期)甲"
TEXTS = st.text(alphabet=ALPHABET, max_size=80)


@settings(deadline=None)
@given(TEXTS)
def test_a_piece_says_what_stands_at_its_place(text: str) -> None:
    found = reads().pieces(text)
    for number, (start, end) in zip(found.ids, found.offsets, strict=True):
        said = base().model.tokenizer.pieces[number].strip("▁")
        assert start < end
        assert text[start:end] == said or not said  # the mark before all text says nothing


@settings(deadline=None)
@given(TEXTS)
def test_pieces_cover_all_but_space_in_order(text: str) -> None:
    offsets = reads().pieces(text).offsets
    assert list(offsets) == sorted(offsets)
    covered = {i for a, b in offsets for i in range(a, b)}
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}


@settings(deadline=None)
@given(TEXTS)
def test_every_piece_knows_its_sentence(text: str) -> None:
    read = reads().input("多少", "", text)
    assert list(read.spans) == sentence_spans(text)
    for (start, _), number in zip(read.offsets, read.sentences, strict=True):
        a, b = read.spans[number]
        assert a <= start < b


def test_the_parts_of_an_input() -> None:
    read = input_of("图书馆有座位。", "多少座位", "公告")
    asked, above, body = (reads().pieces(t).ids for t in ("多少座位", "公告", "图书馆有座位。"))
    assert read.pieces == (BEGIN, *asked, END, END, *above, *body, END)
    assert read.first == 1 + len(asked) + 2 + len(above)
    assert len(read.offsets) == len(body)
    bare = input_of("图书馆有座位。", "多少座位")
    assert bare.pieces == (BEGIN, *asked, END, END, *body, END)


def test_a_long_passage_is_cut_to_the_limit() -> None:
    read = input_of("甲乙丙丁。" * 300)
    assert len(read.pieces) == LONGEST
    assert read.pieces[-1] == END
    assert len(read.offsets) == len(read.sentences) == LONGEST - read.first - 1
    assert read.offsets[-1][1] < 1500
    assert len(read.spans) == 300  # what is left out still has its sentences


@pytest.mark.parametrize(("length", "kept"), [(95, 96), (96, 96), (300, 96)])
def test_a_question_is_cut(length: int, kept: int) -> None:
    read = input_of("甲", "问" * length)  # one more piece: the mark before the text
    assert read.pieces.index(END) == 1 + kept
    assert read.offsets[-1] == (0, 1)


@pytest.mark.parametrize(("length", "kept"), [(39, 40), (40, 40), (300, 40)])
def test_what_stands_above_is_cut(length: int, kept: int) -> None:
    bare, read = input_of("甲", "问"), input_of("甲", "问", "题" * length)
    assert read.first == bare.first + kept
    assert read.offsets == bare.offsets


@pytest.mark.parametrize("text", ["", "\n", "\u200b"])
def test_a_passage_of_nothing(text: str) -> None:
    read = input_of(text)
    assert (read.offsets, read.sentences) == ((), ())
    assert read.pieces[read.first :] == (END,)
