"""Documents from sources: repaired, with marks carried over, and what their head says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Heading, Page, Source, apply_repairs, content_id
from wenju.corpus.script import to_simplified, to_traditional

DAMAGED = (
    "無(wú)錫市科學(xué)技術(shù)局關(guān)于開(kāi)展申報(bào)工作的通知\n"
    "發(fā)展計(jì)劃的重點(diǎn)是ldquo;骨干成林rdquo;，大家上(下)午好。\n"
)


def build(text: str, name: str = "a.txt", title: str = "", date: str = "") -> Document:
    return build_document(Source(name, f"/{name}", text, title, date))


@given(st.text())
def test_any_text_becomes_a_document_that_can_be_traced_back(text: str) -> None:
    document = build(text)
    assert document.text == apply_repairs(document.source_text, document.repairs)
    assert document.id == content_id(document.source_text)
    assert len(document.source_text) == len(text)
    document.source_text.encode()


@given(st.text(st.sampled_from("無錫市(wúxī)發(fā)，。\n") | st.characters(categories=["Lo"])))
def test_a_document_is_the_same_every_time(text: str) -> None:
    assert build(text) == build(text)


def test_what_no_database_may_hold_is_replaced_in_place() -> None:
    document = build("甲\0乙\ud83d丙", name="a\udcff.txt", title="題\0")
    assert document.source_text == document.text == "甲\ufffd乙\ufffd丙"
    assert (document.title, document.name) == ("題\ufffd", "a\\udcff.txt")


def test_two_names_of_odd_bytes_stay_two() -> None:
    first, second = (Source("a", f"/{byte}.txt", "甲") for byte in ("\udc80", "\udc81"))
    assert first.origin != second.origin


def test_damage_is_repaired_and_kept() -> None:
    document = build(DAMAGED)
    assert document.text.startswith("無錫市科學技術局關于開展申報工作的通知\n發展計劃的重點是")
    assert "上(下)午" in document.text and "ldquo;" not in document.text
    assert document.source_text == DAMAGED
    assert document.repair_counts["pinyin_annotation"] == 9
    assert document.title == "無錫市科學技術局關于開展申報工作的通知"


def test_headings_and_pages_move_with_the_repairs() -> None:
    first, second = DAMAGED.split("\n")[:2]
    text = DAMAGED + "第二頁的內容。"
    marks = (Heading(0, len(first), 1), Heading(len(first) + 1, len(first) + 1 + len(second), 2))
    source = Source("a", "/a", text, headings=marks, pages=(Page(0, 1), Page(len(DAMAGED), 2)))
    document = build_document(source)
    lines = document.text.split("\n")
    assert [document.text[h.start : h.end] for h in document.headings] == lines[:2]
    assert document.text[document.pages[1].start :] == "第二頁的內容。"
    assert [h.level for h in document.headings] == [1, 2]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("關於停車的通知\n市民應當守法。", "a.txt", "關於停車的通知"),
        ("# 停车办法\n正文。", "a.txt", "停车办法"),
        ("市民應當把車停好。\n第二行。", "a.txt", ""),
        ("市民應當把車停好。\n第二行。", "停車辦法.txt", "停車辦法"),
        ("只有一行", "a.txt", ""),
        ("第三條 車輛應停放\n第二行。", "a.txt", ""),
        ("很長的第一行" * 20 + "\n第二行。", "a.txt", ""),
        ("", "a.txt", ""),
    ],
)
def test_the_title_of_plain_text(text: str, name: str, title: str) -> None:
    assert build(text, name).title == title


def test_the_title_that_the_format_gives_wins() -> None:
    assert build("關於停車的通知\n內容。", title="停車\n通知").title == "停車 通知"
    marked = Source("a", "/a", "甲\n乙\n丙", headings=(Heading(0, 1, 2), Heading(2, 3, 1)))
    assert build_document(marked).title == "乙"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("通知\n发布日期：2024-04-02\n正文。", "2024-04-02"),
        ("通知\n發布日期：2024年4月2日\n正文。", "2024-04-02"),
        ("通知\n２０２４／４／２", "2024-04-02"),
        ("公告\n中華民國 113 年 4 月 2 日", "2024-04-02"),
        ("正文。" * 300 + "\n市政府\n2023年12月31日", "2023-12-31"),
        ("正文。" * 300 + "2023年12月31日" + "正文。" * 300, ""),
        ("編號 2024-13-45", ""),
        ("電話12024-04-021", ""),
        ("沒有日期", ""),
    ],
)
def test_the_date(text: str, date: str) -> None:
    assert build(text).date == date


def test_the_date_that_the_format_gives() -> None:
    assert build("2020-01-01", date="2024年4月2日 10:00").date == "2024-04-02"
    assert build("2020-01-01", date="去年春天").date == "去年春天"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("通知\n发布机关：市科技局\n正文", "市科技局"),
        ("通知\n來源: 無錫市人民政府　時間：今天", "無錫市人民政府"),
        ("主管機關：交通部，聯絡人：王先生", "交通部"),
        ("Issued by: Ministry", "Ministry"),
        ("沒有", ""),
    ],
)
def test_the_issuer(text: str, issuer: str) -> None:
    assert build(text).issuer == issuer


@pytest.mark.parametrize("write", [to_simplified, to_traditional])
def test_a_statute_that_says_who_is_competent_names_no_issuer(write: Callable[[str], str]) -> None:
    law = "動物保護法\n第1條\n本法所稱主管機關：在中央為農業部；在直轄市為直轄市政府。\n"
    assert build(write(law)).issuer == ""
    assert build(write(law + "發布機關：農業部\n")).issuer == write("農業部")
