"""Folding keeps every place, is done in one go, and makes both scripts one."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.script import fold, is_han, to_simplified, to_traditional

EVERY_CHARACTER = "".join(chr(c) for c in range(sys.maxunicode + 1))


def test_every_character_folds_to_one_character() -> None:
    assert len(fold(EVERY_CHARACTER)) == len(EVERY_CHARACTER)


def test_folding_twice_changes_nothing_for_every_character() -> None:
    once = fold(EVERY_CHARACTER)
    assert fold(once) == once


@given(st.text())
def test_folding_any_text_keeps_its_length_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_a_place_in_the_folded_text_is_a_place_in_the_text(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("生態型聯合體", "生态型联合体"),
        ("最高１０００萬元", "最高1000万元"),
        ("ＡＢＣ Résumé", "abc résumé"),
        ("裡面、裏面、里面", "里面、里面、里面"),
        ("著作與着重", "着作与着重"),
        ("“引號”與「引號」", "“引号”与“引号”"),
        ("㈱①⽂", "㈱1文"),
        ("週一至週五", "周一至周五"),
        ("神社", "神社"),  # compatibility ideographs
        ("Straße", "straße"),
        ("", ""),
    ],
)
def test_what_folds_to_what(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("新聞發布會是什麼時候開的", "新闻发布会是什么时候开的"),
        ("誰主持了領導小組擴大會議", "谁主持了领导小组扩大会议"),
        ("骨幹成林計劃的重點", "骨干成林计划的重点"),
    ],
)
def test_a_question_in_either_script_folds_alike(hant: str, hans: str) -> None:
    assert fold(hant) == fold(hans) == hans
    assert to_simplified(hant) == hans
    assert fold(to_traditional(hans)) == fold(hans)


def test_conversion_goes_by_phrases() -> None:
    assert to_traditional("头发和发展") == "頭髮和發展"


def test_what_is_han() -> None:
    assert all(is_han(c) for c in "漢汉㐀𠀀豈")
    assert not any(is_han(c) for c in "a1。あα ①")
