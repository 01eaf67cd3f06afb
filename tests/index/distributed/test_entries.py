"""What shared indexes are given of passages: the same on every node, in words that any server leaves whole."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.making import NOTICES, made
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.index.checksums import COLUMNS
from wenju.index.distributed.counts import _rounded, key, of_place
from wenju.index.distributed.entries import (
    WORDS_LENGTH,
    counted_of,
    read_passage,
    subject_of,
    words_asked,
    words_of,
)
from wenju.index.distributed.schema import statements
from wenju.index.query import parse_query

_WORD = re.compile(r"[a-z][0-9a-f]{8}")


def words(text: str) -> list[str]:
    passage = replace(made(NOTICES[0])[1][0], text=text)
    return words_of(read_passage(text, fold(text)), passage).split(" ")


@given(st.text(min_size=1))
def test_every_word_is_letters_and_digits(text: str) -> None:
    assert all(map(_WORD.fullmatch, words(text)))


def test_a_long_passage_is_cut_between_words() -> None:
    found = words("違者罰一百元。" * 4000)
    assert len(" ".join(found)) <= WORDS_LENGTH
    assert len(found) > WORDS_LENGTH / 11 and all(map(_WORD.fullmatch, found))


def test_a_question_asks_for_the_words_of_its_passage_in_either_script() -> None:
    text = "生态型联合体最高支持1000万元，2024年5月起"
    for script in (to_simplified, to_traditional):
        asked = words_asked(parse_query(script(text))).split(" ")
        # all but question words and the words of what stands above a passage
        assert len({*asked} & {*words(text)}) > 0.6 * len({*asked})


def test_numbers_of_terms_are_the_same_on_every_machine() -> None:
    assert key("bigrams", "公告") == -734183383794442532
    assert key("bigrams", "公告") != key("words", "公告") != of_place("TW", key("words", "公告"))


@given(st.integers(0, 10_000_000))
def test_lengths_are_rounded_down_to_four_bits(length: int) -> None:
    rounded = _rounded(length)
    assert rounded == length if length < 40 else length * 7 / 8 < rounded <= length
    assert _rounded(rounded) == rounded <= _rounded(length + 1)


def test_a_document_counts_for_each_term_once_and_for_its_length() -> None:
    document, _ = made(NOTICES[2])
    subject = subject_of(document)
    counted = dict(counted_of(subject))
    assert counted[key("text", "联合")] == 1 == counted[key("documents")]
    times = np.frombuffer(subject.times, dtype="<u4")
    assert counted[key("length")] == times.sum() == subject.length
    terms = np.frombuffer(subject.terms, dtype="<i8")
    assert (np.diff(terms) > 0).all() and len(terms) == len(times)


def test_the_tables_are_those_of_a_folder() -> None:
    made_of = re.sub("--.*", "", statements())
    for table, columns in COLUMNS.items():
        body = re.search(rf"CREATE TABLE {table} \((.*?)\n\)", made_of, re.S)
        assert body, table
        assert all(re.search(rf'^  "?{column}"? ', body[1], re.M) for column in columns), table
    assert not re.search(r"BLOB|ROWID|AUTOINCREMENT", made_of)
