"""What is read of documents: in both scripts alike, with places, and nothing where nothing is said."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.build import build_document
from wenju.corpus.document import Document, Source
from wenju.corpus.metadata.extraction import extract, merged
from wenju.corpus.metadata.fields import KINDS, Metadata
from wenju.corpus.passages import cut
from wenju.corpus.read import find_files, read_file
from wenju.corpus.script import to_simplified, to_traditional

STATUTE = """森林防火条例
1988年1月16日 国务院公布
2008年11月19日 国务院第36次常务会议修订通过
2008年12月1日 中华人民共和国国务院令第541号公布
2009年1月1日 施行
第一章 总则
第一条 为了有效预防和扑救森林火灾，制定本条例。
第五十六条 本条例自2009年1月1日起施行。《森林防火办法》同时废止。
"""
LAW = """法規名稱：公寓大廈測試條例
修正日期：民國 113 年 07 月 31 日
第 1 條 為加強管理，特制定本條例。
第 2 條 直轄市、縣（市）政府應訂定之。
第 3 條 本條例自公布日施行。
"""
LETTER = """无锡市人民政府办公室
关于印发测试办法的通知
锡政办规〔2023〕4号
各市（县）区人民政府：
现将《测试办法》印发给你们，请遵照执行。
第一条 本办法自2023年5月1日起施行，有效期5年。原《旧办法》同时废止。
无锡市人民政府办公室
2023年4月6日
"""
FOUNDED = "\n".join(("停車辦法", "第一條 市民應停放於停車場。", "第二條 違者處罰。"))


def document(text: str) -> Document:
    return build_document(Source("a.txt", "/a.txt", text))


def read(text: str) -> Metadata:
    return document(text).metadata


def test_a_statute_of_the_mainland() -> None:
    found = document(STATUTE)
    expected = Metadata(
        kind="regulation",
        number="中华人民共和国国务院令第541号",
        issued="1988-01-16",
        effective="2009-01-01",
        amended="2008-12-01",
        jurisdiction="CN",
        language="zh-Hans",
        replaces=("森林防火办法",),
    )
    assert replace(found.metadata, places=()) == expected
    assert found.date == "2008-12-01"


def test_a_statute_of_taiwan() -> None:
    found = document(LAW)
    assert found.title == "公寓大廈測試條例" and found.date == "2024-07-31"
    expected = Metadata(kind="law", amended="2024-07-31", jurisdiction="TW", language="zh-Hant")
    assert replace(found.metadata, places=()) == expected


def test_a_letter_with_what_it_encloses() -> None:
    found = document(LETTER)
    expected = Metadata(
        kind="notice",
        number="锡政办规〔2023〕4号",
        issued="2023-04-06",
        effective="2023-05-01",
        expires="2028-04-30",
        jurisdiction="CN/江苏省/无锡市",
        language="zh-Hans",
        replaces=("旧办法",),
    )
    assert replace(found.metadata, places=()) == expected


@pytest.mark.parametrize("text", [STATUTE, LAW, LETTER])
def test_both_scripts_and_widths_say_the_same(text: str) -> None:
    plain = document(text)
    wide = text.translate({c: c + 0xFEE0 for c in range(ord("0"), ord("9") + 1)})
    for other in (to_simplified(text), to_traditional(text), wide):
        found = document(other)
        assert found.date == plain.date
        for field in ("kind", "issued", "effective", "expires", "amended", "repealed"):
            assert getattr(found.metadata, field) == getattr(plain.metadata, field)
        assert found.metadata.jurisdiction == plain.metadata.jurisdiction


SAMPLES = [
    source
    for path in find_files([Path(str(files("wenju.corpus.samples")))])
    for source in read_file(path)
]


@pytest.mark.parametrize(
    "source",
    [*SAMPLES, *(Source("a", "/a", text) for text in (STATUTE, LAW, LETTER))],
    ids=lambda source: source.name,
)
def test_every_place_lies_in_one_passage_and_says_it(source: Source) -> None:
    found = build_document(source)
    passages = cut(found)
    for field, start, end in found.metadata.places:
        assert any(p.start <= start and end <= p.end for p in passages), field
        said = found.text[start:end]
        assert said == said.strip() and said
        if field == "number":
            assert said == found.metadata.number
        if field == "replaces":
            assert said in found.metadata.replaces


@given(
    st.text(
        st.sampled_from("中華民國113年7月31日修正施行自本法起《》廢止第條號令〔〕(),。：\n ")
        | st.characters()
    )
)
def test_any_text_can_be_read(text: str) -> None:
    found, day = extract(text)
    for field, start, end in found.places:
        assert field in Metadata.__dataclass_fields__ and 0 <= start < end <= len(text)
    days = (day, found.issued, found.effective, found.expires, found.amended)
    assert all(re.fullmatch(r"(?:\d{4}-\d\d-\d\d)?", value) for value in days)
    assert found.kind in ("", *KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "活動消息\n市府於2024年4月2日舉行活動，歡迎參加。\n內文。",
        "報告\n根據2020年3月1日的調查，三成市民贊成。\n內文。",
        f"{FOUNDED}\n第三條 本辦法施行日期，由市政府定之。",
        f"{FOUNDED}\n第三條 本辦法自發布日施行。",
        f"{FOUNDED}\n第三條 本辦法修正條文自中華民國一百零二年一月一日施行。",
        f"{FOUNDED}\n第三條 中華民國一百零七年五月二十二日修正之停車法，自公布日施行。",
        "许可办法\n第一条 许可证有效期5年。\n第二条 《甲办法》第三条同时废止。",
    ],
)
def test_what_is_not_said_is_not_filled(text: str) -> None:
    found = document(text)
    told = replace(found.metadata, places=(), kind="", language="", jurisdiction="")
    assert (found.date, told) == ("", Metadata())


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (
            "海濱市政府　函\n發文字號：府教字第1130012345號\n主旨：請查照。",
            "number",
            "府教字第1130012345號",
        ),
        ("通知\n国办发〔2024〕12号\n正文。", "number", "国办发〔2024〕12号"),
        ("通知\n依據府教字第1130012345號函辦理本案。\n正文。", "number", ""),
        (
            "北川市城市管理局文件　北川城管〔2024〕57号\n关于供暖的通知\n正文。",
            "number",
            "北川城管〔2024〕57号",
        ),
        (
            "停車辦法\n中華民國113年6月20日海濱市政府海府交字第1130051280號令公布\n第一條 甲。",
            "number",
            "海府交字第1130051280號",
        ),
        (
            "停車辦法\n中華民國113年6月20日行政院院臺交字第1130051280號令修正發布\n第一條 甲。",
            "number",
            "院臺交字第1130051280號",
        ),
        ("停車辦法\n廢止日期：民國 99 年 1 月 2 日\n第一條 甲。", "repealed", "2010-01-02"),
        ("停車辦法（廢止）\n第一條 甲。", "repealed", "yes"),
        ("停車辦法\n本辦法已廢止\n第一條 甲。", "repealed", "yes"),
        ("停車辦法\n第一條 登記已廢止者，不在此限。", "repealed", ""),
        (
            "停车办法\n第一条 本办法自2024年1月1日起施行，有效期至2026年12月31日。",
            "expires",
            "2026-12-31",
        ),
        ("停车办法\n第一条 本办法自2024年2月1日起施行，有效期两年。", "expires", "2026-01-31"),
        ("停車辦法\n發布日期：113年5月6日\n第一條 本辦法自發布日施行。", "effective", "2024-05-06"),
        (
            "停車辦法\n發布日期：113年5月6日\n第一條 本辦法除第二條自發布後一年施行外，自發布日施行。",
            "effective",
            "2024-05-06",
        ),
        ("地震問答集\n海濱市政府消防局 113年9月1日修訂\n內文。", "amended", "2024-09-01"),
    ],
)
def test_single_facts(text: str, field: str, value: str) -> None:
    for written in (text, to_simplified(text)):
        found = read(written)
        assert to_simplified(str(getattr(found, field))) == to_simplified(value)


@pytest.mark.parametrize(
    ("title", "country", "kind"),
    [
        ("公路法", "中華民國", "law"),
        ("公路法施行細則", "中華民國", "regulation"),
        ("貨物稅條例", "中華民國", "law"),
        ("海濱市停車管理自治條例", "中華民國", "regulation"),
        ("發票管理條例", "中华人民共和国国务院", "regulation"),
        ("发票管理办法（试行）", "中华人民共和国国务院", "regulation"),
        ("停車條例", "", ""),
        ("停車管理辦法草案", "", "draft"),
        ("停车管理办法（征求意见稿）", "", "draft"),
        ("關於停車的公告", "", "notice"),
        ("停車常見問答", "", "faq"),
        ("海濱市政府新聞發布會實錄", "", "press_conference"),
        ("停車證申請表", "", "form"),
        ("今天的消息", "", ""),
    ],
)
def test_kinds(title: str, country: str, kind: str) -> None:
    text = f"{title}\n第一條 {country}之事項。\n第二條 餘略。"
    assert read(text).kind == read(to_simplified(text)).kind == kind


@pytest.mark.parametrize(
    ("title", "text", "path"),
    [
        ("臺北市停車辦法", "內文。", "TW/臺北市"),
        ("江苏省无锡市停车办法", "正文。", "CN/江苏省/无锡市"),
        ("深圳经济特区停车条例", "正文。", "CN/广东省/深圳市"),
        ("中华人民共和国香港特别行政区基本法", "正文。", "CN"),
        ("福建省政府組織規程", "中華民國三十六年，行政院定之。", "TW"),
        ("香港特別行政區停車規例", "內文。", "HK"),
        ("停車辦法", "正體字的內文。", ""),
        ("停车办法", "简体字的正文。", ""),
        ("停車辦法", "處新臺幣三百元以下罰鍰。", "TW"),
    ],
)
def test_jurisdictions(title: str, text: str, path: str) -> None:
    assert read(f"{title}\n{text}\n{text}").jurisdiction == path


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("市民應將車輛停放於停車場內。", "zh-Hant"),
        ("市民应将车辆停放于停车场内。", "zh-Hans"),
        (
            "The council may reclaim the whole of the award if it is sold in the first year of it.",
            "en",
        ),
        ("これは条例の説明です。車を停めてください。", "ja"),
        ("12345", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert read(text).language == language


def test_a_line_broken_inside_a_title_is_one_line() -> None:
    text = (
        "停车规定\n1994年12月19日 无锡市人民代表大会常务委员会通过\n"
        "2016年5月27日 常务委员会第二十九次会议《关于修改〈甲\n乙〉〈丙\n丁〉的决定》修正\n第一条 甲。"
    )
    assert document(text).date == read(text).amended == "2016-05-27"


def test_a_letter_is_signed_before_what_it_encloses() -> None:
    text = (
        "关于印发《停车办法》的通知\n现将办法印发给你们。\n无锡市公安局\n2024年5月10日\n"
        "停车办法\n第一条 本办法自2024年6月1日起施行。\n第二条 2023年1月1日以前的，从其规定。"
    )
    assert (read(text).issued, read(text).effective) == ("2024-05-10", "2024-06-01")


def test_what_is_told_wins_and_has_no_place() -> None:
    text = read(STATUTE)
    found = merged(Metadata(effective="2010-01-01"), text)
    assert found.effective == "2010-01-01" and found.issued == text.issued
    assert {field for field, *_ in text.places} - {field for field, *_ in found.places} == {
        "effective"
    }
