"""Spans that fit what is asked for, found in real sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.script import fold
from wenju.index.query import parse_query
from wenju.qa.candidates import PATTERNED_KINDS, TYPED_KINDS, candidates
from wenju.qa.question import KINDS, Question, parse


def found(question: str, text: str) -> list[str]:
    return [text[a:b] for a, b in candidates(parse(question), fold(text), text)]


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        ("最高支持多少錢", "最高支持1000萬元，每年3次。", ["1000萬元"]),
        (
            "最高補助多少錢",
            "生態型最高1000萬元，任務型最高500萬元。",
            ["最高1000萬元", "最高500萬元"],
        ),
        ("補助比例多少", "按投入的30%補助，不超過300萬元。", ["30%"]),
        ("要建多少家", "10家生態型、30家任務型，共3類。", ["10家", "30家"]),
        ("有幾位委員", "置委員十一人，任期二年。", ["十一人"]),
        ("面试占多少", "面试占60%，笔试占40%。", ["60%", "40%"]),
        ("參賽對手有多少", "在2024年的比賽中勝出近100家對手。", ["近100家"]),
        ("规模多大以上有多少", "規模5.0以上，持續20秒。", ["5.0以上", "20秒"]),
        ("單套面積最大多少", "建築面積一般不超過60平方米。", ["不超過60平方米"]),
        # without 不得 it would say the opposite
        ("一日最多幾小時", "一日不得超過十二小時。", ["不得超過十二小時"]),
        ("全程有多長", "全程12公里，途經3站。", ["12公里"]),
        ("高多少米", "高60公尺，占地90平方米。", ["60公尺"]),
        ("有幾個展廳", "全館佔地3公頃，設展廳6間。", ["6間"]),
        ("How many staff work there?", "It has 40 staff, 3 offices.", ["40"]),
        ("How many offices are open?", "It has 40 staff, 3 busy offices.", ["3"]),
        ("什麼時候開的", "2024年4月2日上午10:00召開，共3天。", ["2024年4月2日上午10:00"]),
        ("繳納期間是什麼時候", "自11月1日至11月30日止繳納。", ["11月1日至11月30日止"]),
        ("什麼時候截止", "申報時間為3月10日至4月18日17:00。", ["4月18日17:00"]),
        ("從哪天開始", "申報時間為3月10日至4月18日17:00。", ["3月10日"]),
        ("星期幾休館", "5月起每周三休館。", ["每周三"]),
        ("幾點開門", "平日9:00開門，5月1日休息。", ["9:00"]),
        ("審核要多久", "15個工作日內審核，5月1日起受理。", ["15個工作日內"]),
        ("When does it open?", "It opens in May 2024, on March 3rd.", ["May 2024", "March 3rd"]),
        ("幾點開的", "2024年4月2日上午10:00召開。", ["上午10:00"]),
        ("幾點開門", "每日9:00至17:00。", ["9:00至17:00"]),
        ("要等多久", "約二至三年，或一個半月。", ["約二至三年", "一個半月"]),
        ("第幾屆", "第十屆大會有3屆代表。", ["第十屆"]),
        ("有多少人", "登記40多萬人，另有數百人、三四十人。", ["40多萬人", "數百人", "三四十人"]),
        ("撥打哪個號碼的電話", "共110家，請撥110。", ["110"]),
        ("打哪個電話", "洽辦公室（02-2720-8889轉1234），5月1日起。", ["02-2720-8889轉1234"]),
        ("誰主持會議", "市長黃欽主持會議，副市長單婷婷出席。", ["黃欽", "單婷婷"]),
        ("誰寫的", "作者是加西亞·馬爾克斯。", ["加西亞·馬爾克斯"]),
        ("Who chairs it?", "The panel is chaired by Harriet Oduya.", ["Harriet Oduya"]),
        ("由哪個部門受理", "由主管機關公告，向臨澤市財政局申請。", ["臨澤市財政局"]),
        ("總體方案叫什麼", "提出“12345”的總體方案。", ["“12345”"]),
        ("這個節日叫什麼", "當地人稱之為開漁節，已辦十屆。", ["開漁節"]),
        ("重點是什麼", "重點是1000萬元。", []),
    ],
)
def test_what_fits_the_question(question: str, text: str, wanted: list[str]) -> None:
    assert found(question, text) == wanted


def test_what_the_question_says_is_no_answer() -> None:
    assert found("2027年要到哪一年", "2027年以後到2030年。") == ["2030年"]


def test_a_place_is_found() -> None:
    assert "無錫市民中心" in "".join(found("在哪裡舉行", "發布會在無錫市民中心舉行。"))


@given(
    st.sampled_from(KINDS), st.text(alphabet="最高1千元5月日至,、 A·局市長王“”(02)-", max_size=40)
)
def test_candidates_are_places_in_the_text(kind: str, text: str) -> None:
    places = candidates(Question(parse_query("?"), kind), fold(text), text)
    assert places == sorted(set(places))
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(text[a:b].strip(" ,，、") == text[a:b] for a, b in places)


def test_kinds_are_known() -> None:
    assert {*KINDS} > TYPED_KINDS > PATTERNED_KINDS
