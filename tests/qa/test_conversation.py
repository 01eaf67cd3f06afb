from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.document import Source
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.qa.conversation import Rewrite, Turn, rewrite
from wenju.qa.engine import Engine

# what was asked before, its answer, the follow-up, and what it stands for
PARTS = [
    ("生態型聯合體最高支持多少", "", "那任務型呢", "任務型聯合體最高支持多少"),
    ("生態型聯合體最高支持多少", "", "那平臺型聯合體呢？", "平臺型聯合體最高支持多少"),
    ("到2027年臨澤市要有多少家平臺型聯合體？", "", "2030年呢", "到2030年臨澤市要有多少家平臺型聯合體？"),
    ("到2027年臨澤市要有多少家平臺型聯合體？", "", "那2035年生態型呢？", "到2035年臨澤市要有多少家生態型聯合體？"),
    ("骨幹成林計劃側重什麼？", "", "人才雁陣計劃呢", "人才雁陣計劃側重什麼？"),
    ("租公共自行車前三十分鐘收多少錢？", "", "超過四小時呢", "租公共自行車超過四小時收多少錢？"),
    ("坐夜3路要多少錢？", "", "那12路呢", "坐12路要多少錢？"),
    ("12路公車幾分鐘一班？", "", "夜3路呢", "夜3路公車幾分鐘一班？"),
    ("違反第十二條規定要罰多少錢？", "", "第七條呢", "違反第七條規定要罰多少錢？"),
    ("簽公租房合同要交多少押金？", "", "租金呢", "簽公租房合同要交多少租金？"),
    ("今年青原市安排多少資金", "", "明年呢", "明年青原市安排多少資金"),
    # nothing of its kind is there: in place of the topic, and a city stays
    ("南屏市新認定的概念驗證中心最多補助多少錢？", "", "中試平臺呢", "南屏市中試平臺最多補助多少錢？"),
    ("東埔區幾月幾號開始停水？", "", "月眉區呢", "月眉區幾月幾號開始停水？"),
    # a body has parts, and a condition belongs to what was spoken of
    ("圖書館星期幾休館？", "", "自習室呢", "圖書館自習室星期幾休館？"),
    ("戶籍謄本一張多少錢？", "", "在網路上申請呢？", "戶籍謄本在網路上申請多少錢？"),
    ("未絕育的犬貓登記費多少", "", "已絕育的呢", "已絕育的犬貓登記費多少"),
]  # fmt: skip
ASPECTS = [
    ("任務型聯合體最高支持多少", "", "電話呢", "任務型聯合體的電話"),
    ("臨澤市的新聞發布會什麼時候舉行？", "", "地點呢？", "臨澤市的新聞發布會的地點"),
    ("中試平臺的補助上限是多少？", "", "截止時間呢", "中試平臺的截止時間是什麼時候"),
    ("申請南屏市公租房，人均月收入不能超過多少？", "", "押金呢", "南屏市公租房的押金是多少"),
]  # fmt: skip
NOUNS = [
    ("到2027年生態型聯合體有多少家", "", "平臺型的有多少家", "平臺型聯合體有多少家"),
    ("任務型聯合體最高支持多少", "", "平臺型有多少家？", "平臺型聯合體有多少家？"),
    ("創新聯合體有哪幾種類型？", "", "任務型的最高支持多少", "任務型聯合體最高支持多少"),
]  # fmt: skip
ELLIPTICAL = [
    ("六大發展計劃是什麼", "", "是什麼時候的", "六大發展計劃是什麼時候的"),
    ("臨澤市的新聞發布會在哪裡舉行？", "", "什麼時候？", "臨澤市的新聞發布會什麼時候？"),
    ("生態型聯合體最高支持多少", "", "誰負責", "生態型聯合體誰負責"),
    ("公共自行車由哪個機關主管？", "", "多少錢", "公共自行車多少錢"),
    ("海濱市這次停水總共多少小時？", "", "為什麼", "海濱市停水為什麼"),
    ("申請托育補貼，全程審核要多久？", "", "需要什麼材料", "托育補貼需要什麼材料"),
    ("圖書館星期幾休館？", "", "館長是誰", "圖書館的館長是誰"),
    ("圖書館的影音資料可以續借嗎？", "", "最多借幾天", "圖書館的影音資料最多借幾天"),
]  # fmt: skip
PRONOUNS = [
    ("公共自行車由哪個機關主管？", "海濱市政府交通局", "它多久檢修一次？", "公共自行車多久檢修一次？"),
    ("骨幹成林計劃側重什麼？", "", "該計劃是誰負責的", "骨幹成林計劃是誰負責的"),
    ("公共自行車由哪個機關主管？", "", "其電話是多少", "公共自行車的電話是多少"),
    ("領導小組會議由誰主持？", "賀蘭舟", "他是誰", "賀蘭舟是誰"),
    ("技術改造補助最高多少錢？", "", "這個補助什麼時候申報？", "技術改造補助什麼時候申報？"),
    ("住房保障中心在哪裡", "市民服務中心A座203室", "那裡有停車場嗎", "市民服務中心A座203室有停車場嗎"),
]  # fmt: skip
AGAIN = [
    ("首批新賽道選了哪些？", "", "還有呢", "首批新賽道選了哪些？"),
    ("首批新賽道選了哪些？", "", "還有哪些？", "首批新賽道選了哪些？"),
]  # fmt: skip
ENGLISH = [
    ("How much does the ecosystem type get?", "", "and the task type?", "How much does the task type get?"),
    ("What is the maximum grant?", "", "what about the minimum grant?", "What is the minimum grant?"),
    ("When do applications for the energy saving grant close?", "", "who can apply?", "who can apply for energy saving grant?"),
    ("When do applications for the energy saving grant close?", "", "how much does it cover?", "how much does energy saving grant cover?"),
    ("What does the energy saving grant cover?", "", "when?", "when energy saving grant?"),
]  # fmt: skip
CHINESE = [*PARTS, *ASPECTS, *NOUNS, *ELLIPTICAL, *PRONOUNS, *AGAIN]
# complete in themselves, in the midst of any conversation
COMPLETE = [
    "公共自行車多久要檢修一次？", "今天天氣如何", "紅燒肉怎麼做才好吃？", "停水影響多少戶？", "你是誰", "謝謝",
    "租的公共自行車丟了，使用人該怎麼辦？", "那養狗一定要登記嗎", "《行動方案》是誰印發的", "其他城市的地鐵票多少錢",
    "死亡蛇的捕獵方式與其它蛇類有什麼不同？", "Which measures can the energy grant pay for?",
]  # fmt: skip


def key(text: str) -> str:
    return fold(to_simplified(text))


@pytest.mark.parametrize(("before", "answer", "typed", "meant"), [*CHINESE, *ENGLISH])
def test_a_follow_up_is_rewritten(before: str, answer: str, typed: str, meant: str) -> None:
    found = rewrite(typed, [Turn(before, answer)])
    assert found.question == meant
    assert found.changed


@pytest.mark.parametrize(("before", "answer", "typed", "meant"), CHINESE)
def test_either_script_is_rewritten_to_the_same(
    before: str, answer: str, typed: str, meant: str
) -> None:
    for asked in (to_simplified(before), before):
        for follow_up in (to_simplified(typed), to_traditional(typed)):
            found = rewrite(follow_up, [Turn(asked, answer)])
            assert key(found.question) == key(meant)


@pytest.mark.parametrize(("before", "answer", "typed", "meant"), [*CHINESE, *ENGLISH])
def test_a_rewritten_question_is_complete(before: str, answer: str, typed: str, meant: str) -> None:
    assert rewrite(meant, [Turn(before, answer)]) == Rewrite(meant)


@pytest.mark.parametrize("question", COMPLETE)
def test_a_complete_question_starts_clean(question: str) -> None:
    assert rewrite(question, [Turn("生態型聯合體最高支持多少", "1000萬元")]) == Rewrite(question)


def test_no_question_of_the_samples_is_a_follow_up_of_another() -> None:
    lines = (
        (files("wenju.eval.gold") / "samples.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    )
    questions = [json.loads(line)["question"] for line in lines]
    earlier = [Turn(questions[0], "1000萬元")]
    assert [q for q in questions if rewrite(q, earlier).changed] == []


@given(st.text())
def test_without_a_conversation_nothing_changes(question: str) -> None:
    assert rewrite(question, []) == Rewrite(question)


@given(
    st.lists(
        st.sampled_from("那他其該這它任務型計劃呢的有多少什麼 時候?？2030年在哪a"), max_size=12
    )
)
def test_anything_typed_is_taken_calmly_and_says_what_it_did(characters: list[str]) -> None:
    typed = "".join(characters)
    found = rewrite(typed, [Turn("生態型聯合體最高支持多少", "1000萬元")])
    assert found.changed == (found.question != typed)
    assert found.put in found.question
    assert found.changed or not (found.put or found.replaced)


def test_it_is_told_what_was_replaced_by_what() -> None:
    part = rewrite("那任務型呢", [Turn("生態型聯合體最高支持多少")])
    assert (part.replaced, part.put) == ("生態型", "任務型")
    pronoun = rewrite("它在哪裡", [Turn("自習室有幾個座位")])
    assert (pronoun.replaced, pronoun.put) == ("它", "自習室")
    added = rewrite("在哪裡", [Turn("自習室有幾個座位")])
    assert (added.replaced, added.put) == ("", "自習室")


def test_a_completed_question_is_in_the_script_of_the_follow_up() -> None:
    earlier = [Turn("生態型聯合體最高支持多少")]
    assert rewrite("那任务型呢", earlier).question == "任务型联合体最高支持多少"
    assert rewrite("報名費呢", [Turn("租赁站有几处")]).question == "租賃站的報名費是多少"
    # 多久 is written alike in both
    assert rewrite("多久", [Turn("图书馆停水")]).question == "图书馆停水多久"
    assert rewrite("报名费呢", [Turn("租赁站有几处")]).question == "租赁站的报名费是多少"
    assert rewrite("報名費呢", [Turn("租賃站有幾處")]).question == "租賃站的報名費是多少"


@pytest.mark.parametrize(
    ("before", "typed", "meant"),
    [
        ("海濱市這次停水總共多少小時", "為什麼？", "海濱市停水為什麼？"),
        ("海濱市這次停水總共多少小時", "为什么？", "海滨市停水为什么？"),
        ("生態型聯合體最高支持多少", "為什麼？", ""),
        ("生態型聯合體最高支持多少", "why?", ""),
        ("公共自行車租借條例誰主管", "違反會罰多少？", "違反公共自行車租借條例會罰多少？"),
        ("公共自行車租借條例誰主管", "如果违反会罚多少？", "如果违反公共自行车租借条例会罚多少？"),
        ("公共自行車租借條例誰主管", "那違反呢？", ""),
        ("公共自行車由哪個機關主管", "違反會罰多少？", ""),
        ("公共自行車由哪個機關主管", "违反会罚多少", ""),
        ("公共自行車由哪個機關主管", "你好，多少錢？", "公共自行車多少錢？"),
        *(("你好", typed, "") for typed in ("為什麼？", "違反會罰多少？", "怎麼申請", "多久")),
        ("Hello!", "who pays?", ""),
    ],
)
def test_it_is_completed_rightly_or_not_at_all(before: str, typed: str, meant: str) -> None:
    found = rewrite(typed, [Turn(before)])
    assert (found.question, found.changed) == (meant or typed, bool(meant))


def test_follow_ups_of_follow_ups_may_be_given_as_they_were_typed() -> None:
    typed = [Turn("生態型聯合體最高支持多少"), Turn("那任務型呢"), Turn("謝謝")]
    assert rewrite("有多少家", typed).question == "任務型聯合體有多少家"
    rewritten = [typed[0], Turn("任務型聯合體最高支持多少"), typed[2]]
    assert rewrite("有多少家", rewritten) == rewrite("有多少家", typed)


def test_the_newest_topic_counts_and_thanks_are_none() -> None:
    earlier = [Turn("生態型聯合體最高支持多少"), Turn("自習室有幾個座位"), Turn("好的，謝謝")]
    assert rewrite("在哪裡", earlier).question == "自習室在哪裡"


def test_a_person_is_the_answer_only_where_that_is_short() -> None:
    long = "市委書記季懷川出席會議並講話，市長賀蘭舟主持會議，副市長簡月明匯報"
    asked = [Turn("領導小組會議由誰主持？", long)]
    assert rewrite("他是誰", asked).question == "領導小組會議是誰"


def test_the_engine_answers_the_rewritten_question(engine: Engine) -> None:
    text = "聯合體公告\n市財政對生態型聯合體最高支持1000萬元。\n\n對任務型聯合體最高支持500萬元。\n"
    engine.add_sources([Source("a.txt", "a", text)])
    earlier = [Turn("生態型聯合體最高支持多少", "1000萬元")]
    answer = engine.ask("那任務型呢", earlier=earlier)
    assert (answer.question, answer.asked) == ("那任務型呢", "任務型聯合體最高支持多少")
    assert answer.answered and "500萬元" in answer.answer
    alone = engine.ask("任務型聯合體最高支持多少", earlier=earlier)
    assert alone.asked == "" and alone.answer == answer.answer
    assert engine.ask("那任務型呢").asked == ""
