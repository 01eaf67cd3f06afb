"""Without a network: the right span of the right passage, and how far the passages support it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.qa.reading import hit
from wenju.corpus.script import to_simplified, to_traditional
from wenju.index.hit import Hit
from wenju.qa.passage import view_of
from wenju.qa.question import parse
from wenju.qa.ranker import bundled
from wenju.qa.reader import RankedReader, Reading
from wenju.qa.settings import Settings

PRESS = (
    "創新聯合體分為生態型、任務型、平臺型三類。市財政對生態型聯合體最高支持1000萬元，"
    "對任務型聯合體最高支持500萬元。到2027年，全市要建成平臺型聯合體20家。"
)
MEETING = (
    "11月10日，市長黃欽主持召開領導小組擴大會議。會議指出，創新中心要當好三個角色："
    "一是技術的策源地，二是人才的集聚區，三是服務的示範點。"
)
PLAN = "骨幹成林計劃的重點是建設特色產業園區，培育骨幹企業。應用領跑計劃的重點在於場景的落地。"
WATER = "南興淨水場將換管。停水時間：3月18日9時至3月19日6時\n洽詢電話：02-2720-8889轉1234\n停水影響約4萬2千戶。"
CARE = "托育補貼按季發放，孩子入托滿一個月可以申請。托育補貼自1月起計算，最長24個月。"
TEXTS = [PRESS, MEETING, PLAN, WATER, CARE]
PILE = [hit(text, rank=i) for i, text in enumerate(TEXTS, 1)]


def read(question: str, hits: list[Hit] | None = None) -> Reading:
    return RankedReader(bundled("lexical")).read(parse(question), PILE if hits is None else hits)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("生態型聯合體最高支持多少", "最高支持1000萬元"),
        ("任務型聯合體最高支持多少錢", "最高支持500萬元"),
        ("2027年要建成多少家平臺型聯合體", "20家"),
        ("創新聯合體分為哪幾類", "生態型、任務型、平臺型"),
        ("誰主持了領導小組擴大會議", "黃欽"),
        ("領導小組擴大會議哪天召開", "11月10日"),
        ("創新中心要當好哪三個角色", "技術的策源地，二是人才的集聚區，三是服務的示範點"),
        ("骨幹成林計劃的重點是什麼", "建設特色產業園區，培育骨幹企業"),
        ("應用領跑計劃的重點是什麼", "應用領跑計劃的重點在於場景的落地"),
        ("停水什麼時候結束", "3月19日6時"),
        ("停水的時間是什麼時候", "3月18日9時至3月19日6時"),
        ("停水影響多少戶", "約4萬2千戶"),
        ("托育補貼最多能領多久", "最長24個月"),
        ("停水洽詢打什麼電話", "02-2720-8889轉1234"),
    ],
)
def test_the_answer(question: str, answer: str) -> None:
    for asked in (to_traditional(question), to_simplified(question)):
        assert answer.endswith(read(asked).spans[0].text) and read(asked).spans[0].text


def test_the_parts_of_a_list() -> None:
    best = read("創新中心要當好哪三個角色").spans[0]
    text = best.hit.passage.text
    assert [text[a:b] for a, b in best.parts] == ["技術的策源地", "人才的集聚區", "服務的示範點"]


@pytest.mark.parametrize(
    "question", ["今天台北天氣如何", "紅燒肉怎麼做", "世界杯冠軍是誰", "高鐵票多少錢"]
)
def test_what_is_not_there_is_supported_less(question: str) -> None:
    absent = [hit(h.passage.text, rank=h.rank, score=0.5, dense=0.0) for h in PILE]
    assert read(question, absent).confidence < Settings().min_confidence


def test_support_grows_with_what_is_said() -> None:
    scores = [
        read(question, [hit(PRESS)]).confidence
        for question in ("生態型聯合體最高支持多少", "生態型聯合體的食堂最高多少錢", "食堂多少錢")
    ]
    assert scores[0] > scores[1] > scores[2]


def test_no_hits_no_spans() -> None:
    assert read("最高支持多少", []) == Reading((), 0.0)


def test_a_line_of_marks_is_no_empty_answer() -> None:
    assert all(span.text for span in read("重點是什麼", [hit("---\n。。\n*")]).spans)


def test_equal_statements_keep_the_order_of_their_hits() -> None:
    twice = [hit(PRESS, rank=2), hit(PRESS, rank=1)]
    assert read("生態型聯合體最高支持多少", twice).spans[0].hit.rank == 1


QUESTIONS = [
    "多少錢",
    "誰主持",
    "哪三個",
    "有哪些",
    "什麼時候截止",
    "在哪裡",
    "電話",
    "重點是什麼",
    "叫什麼",
]


@given(
    st.sampled_from(QUESTIONS),
    st.text(
        alphabet="甲、乙。；\n -·*是為1萬元5月日主持王市局：“”|（一）的", min_size=1, max_size=60
    ),
)
def test_spans_are_never_empty_and_never_outside(question: str, text: str) -> None:
    reading = read(question, [hit(text)])
    assert 0.0 <= reading.confidence <= 1.0
    assert [s.score for s in reading.spans] == sorted(
        (s.score for s in reading.spans), reverse=True
    )
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert all(span.start <= a < b <= span.end for a, b in span.parts)


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        (
            "生態型聯合體最高支持多少",
            "會議討論了生態型聯合體。任務型聯合體最高支持500萬元。生態型聯合體最高支持1000萬元。",
            "生態型聯合體最高支持1000萬元。",
        ),
        (
            "押金什麼時候退",
            "押金什麼時候退？\n押金在退房時無息退還。",
            "押金在退房時無息退還。",
        ),
        ("發布會在哪裡", "發布會很成功。\n地點：市民中心", "地點：市民中心"),
        (
            "活動什麼時候舉行",
            "發布時間：2024年5月1日\n活動時間：2024年6月3日\n活動在公園舉行。",
            "活動時間：2024年6月3日",
        ),
        ("如何申請補貼", "補貼每月500元。\n請填寫補貼申請表並提交。", "請填寫補貼申請表並提交。"),
        ("為什麼停水", "停水九小時。停水是因為換管。", "停水是因為換管。"),
    ],
)
def test_what_speaks_for_a_statement(question: str, text: str, wanted: str) -> None:
    best = read(question, [hit(text)]).spans[0]
    start, end = view_of(best.hit.passage).around((best.start, best.end))
    assert text[start:end] == wanted


def test_a_hit_further_down_weighs_less() -> None:
    hits = [hit("停水九小時。", rank=n, score=score) for n, score in ((2, 1.0), (1, 2.0))]
    assert read("停水幾小時", hits).spans[0].hit.rank == 1
    hits = [hit("停水九小時。", rank=n, score=score) for n, score in ((1, 1.0), (2, 2.0))]
    assert read("停水幾小時", hits).spans[0].hit.rank == 2
