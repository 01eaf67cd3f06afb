"""The main job on two real, damaged documents: the right answer, in both scripts, cited."""

from __future__ import annotations

import re

import pytest

from tests.integration.checks import assert_cited
from wenju.corpus.script import to_simplified
from wenju.qa.engine import Engine

pytestmark = pytest.mark.slow

ANSWERED = [
    ("生態型聯合體最高支持多少", "1000萬元"),
    ("任務型創新聯合體給予多少經費支持", "500萬元"),
    ("到2027年全市要建多少家平臺型創新聯合體", "20家"),
    ("新聞發布會是什麼時候開的", "2024年4月2日"),
    ("本期新聞發言人是誰", "單婷婷"),
    ("《行動方案》哪天出臺", "3月22日"),
    ("骨干成林計劃的重點是什麼", "建設特色產業園區"),
    ("誰主持了領導小組擴大會議", "黃欽"),
    ("創新促進中心的建設總體方案叫什麼", "12345"),
    ("先進制造業集群競賽有多少參賽對手", "近100家"),
    ("新聞發布會在哪裡舉行", "市政府新聞發布中心"),
    ("領導小組擴大會議是哪天召開的", "11月10日"),
    ("行動方案有多少項具體發展目標", "28項"),
    ("市科技局副局長是誰", "鮑靜"),
    ("人才雁陣計劃重點在於什麼", "打造未來產業人才矩陣"),
    ("任務型聯合體要建多少家", "30家"),
]
LISTED = [
    ("五個主賽道有哪些", "通用人工智能 量子科技 第三代半導體 氫能和儲能 深海裝備"),
    ("六大發展計劃是什麼", "“技術強基” “應用領跑” “骨干成林” “人才雁陣” “合作并肩” “生態優化”"),
    ("創新聯合體建設由哪些部門共同推進", "市科技局 各產業專班 各市(縣)區政府"),
    ("未來產業有哪些特性", "戰略引領 前沿交叉 創新顛覆"),
    ("出席新聞發布會的有誰", "市科技局副局長鮑靜 市工信局副局長秦曉華"),
    ("六個新賽道是哪些", "低空經濟 人形機器人 商業航天 元宇宙 合成生物 高端膜材料"),
]
UNANSWERED = ["今天台北天氣如何", "任務型聯合體的負責人電話", "無錫地鐵票價多少"]


@pytest.mark.parametrize(("question", "gold"), ANSWERED)
def test_a_fact_is_answered_and_cited(seeds: Engine, question: str, gold: str) -> None:
    answer = seeds.ask(question)
    # where only the sentence is sure, the words in it that answer best are marked
    shown = answer.answer[slice(*answer.best)] if answer.best else answer.answer
    assert gold in shown
    assert len(shown) <= len(gold) + 40
    assert_cited(seeds, answer)


@pytest.mark.parametrize(("question", "items"), LISTED)
def test_a_list_is_answered_item_by_item(seeds: Engine, question: str, items: str) -> None:
    answer = seeds.ask(question)
    assert [item.text for item in answer.items] == items.split()
    assert_cited(seeds, answer)


@pytest.mark.parametrize("question", UNANSWERED)
def test_what_the_documents_do_not_say_is_not_answered(seeds: Engine, question: str) -> None:
    answer = seeds.ask(question)
    assert not answer.answered
    assert answer.answer == "" and not answer.citations
    assert answer.nearest
    assert_cited(seeds, answer)


@pytest.mark.parametrize("question", [q for q, _ in ANSWERED + LISTED] + UNANSWERED)
def test_both_scripts_give_the_same_answer(seeds: Engine, question: str) -> None:
    here, there = seeds.ask(question), seeds.ask(to_simplified(question))
    assert here.answer == there.answer
    assert here.items == there.items
    assert here.citations == there.citations
    assert here.nearest == there.nearest


def test_no_quotation_shows_what_scraping_did(seeds: Engine) -> None:
    annotation = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
    for summary in seeds.library.documents():
        document = seeds.library.document(summary.id)
        assert len(annotation.findall(document.source_text)) > 500
        assert not annotation.search(document.text)
        assert "ldquo" not in document.text
    assert (
        seeds.ask("發展計劃方面科學統籌什麼")
        .citations[0]
        .quote.startswith("發展計劃方面。科學統籌全市未來產業空間布局")
    )
