"""Suggested questions: natural ones, in the document's script, that the engine answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.damage import damage
from tests.fakes import FakeEncoder
from tests.making import NOTICES, add, source
from tests.making import made as cut
from wenju.corpus.script import to_simplified, to_traditional
from wenju.index.library import Library
from wenju.qa.answer import Alternative, Answer
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings
from wenju.qa.suggestions import Suggestions, candidates, checked
from wenju.qa.suggestions.rules import is_traditional, made

# a text, and the questions that its passages are asked, with what begins the expected place
FORMS = {
    "市财政对生态型联合体最高支持1000万元。": {"生态型联合体最高支持多少？": "1000万元"},
    "对数字渔场给予最高60万元的一次性补助。": {"数字渔场最高补助多少？": "最高60万元"},
    "一是建设任务型联合体，主要联合攻关。政府将给予最高500万元经费支持。": {
        "任务型联合体最高支持多少？": "最高500万元"
    },
    "个人借阅证每次最多借20册，借期30天。": {"个人借阅证每次最多借多少册？": "20册"},
    "第三条　本条例所称租赁站，指设有停车柱并可供借车的场所。": {},
    "本办法用词，定义如下：\n一、劳工：指受雇从事工作获致工资者。": {},
    "消费者协会履行下列公益性职责：\n（一）提供咨询；\n（二）受理投诉。": {
        "消费者协会有哪些职责？": "（一"
    },
    "试用期不得超过六个月。": {"试用期最长多久？": "六个月"},
    "工资清册应保存五年。": {"工资清册应保存多久？": "五年"},
    "每星期不得超过二日。": {},
    "联合体分生态型、任务型、平台型三类。": {"联合体分哪几类？": "生态型"},
    "六大发展计划是技术强基、应用领跑、骨干成林。": {"六大发展计划是哪些？": "技术强基"},
    "实施“技术强基”“应用领跑”六大发展计划，推动发展。": {"六大发展计划是哪些？": "“技术强基”"},
    "创新中心要当好三个角色：一是策源地，二是集聚区。": {"创新中心要当好哪三个角色？": "一是"},
    "技术强基计划重点在于加强基础科研能力。": {"技术强基计划的重点是什么？": "加强"},
    "农产品包括粮油、蔬菜、水果。": {"农产品包括哪些？": "粮油"},
    "到2027年，全市计划建成中试平台20家。": {"到2027年全市计划建成多少家中试平台？": "20家"},
    "到2027年，全市将建成不少于10家中试平台、5家中心。": {
        "到2027年全市将建成多少家中试平台？": "不少于10家"
    },
    "联合体由领军企业牵头。": {"联合体由谁牵头？": "领军企业"},
    "创新中心于2022年10月挂牌。": {"创新中心什么时候挂牌？": "2022年10月"},
    "今年3月22日，我市出台了《科技创新行动方案》。": {"《科技创新行动方案》什么时候出台？": "今年3月22日"},
    "停水时间：3月18日上午9时起。": {"停水时间是什么时候？": "3月18日"},
    "请洽青原市托育服务指导中心，电话0836-5550120。": {},
    "青原市托育服务指导中心，电话0836-5550120。": {
        "青原市托育服务指导中心的电话是多少？": "0836-5550120"
    },
    "笔试费用为每科50元。": {"笔试费用是多少钱？": "每科50元"},
    "村务网上公开率达到45%。": {"村务网上公开率是多少？": "45%"},
    "未办理登记的，处3000元以上1万元以下罚款。": {"未办理登记罚多少钱？": "3000元以上"},
    "《晚报》记者：补助什么时候发放？\n答：每月发放一次。": {"补助什么时候发放？": "答"},
    "The total budget for this round is £850,000.": {
        "What is the total budget for this round?": "£850,000"
    },
    "Applications open on 17 February 2025.": {"When do applications open?": "17 February"},
    # what it costs whom, how long it takes, where to go
    "体检费用由用人单位负担。": {"体检费用由谁负担？": "用人单位"},
    "劳工正常工作时间，每日不得超过八小时。": {"劳工正常工作时间每日最长多久？": "八小时"},
    "船舶所有人应于事实发生后三个月内申请变更登记。": {"船舶所有人要在多久内申请变更登记？": "三个月"},
    "劳工结婚者给予婚假八日。": {"婚假有几天？": "八日"},
    "驾驶人须年满十八岁。": {"驾驶人要满几岁？": "十八岁"},
    "擅自转租房屋者，处三千元以上一万元以下罚锾。": {"擅自转租房屋罚多少钱？": "三千元"},
    "本条例第九项业务报表，包括甲表、乙表，依第五条规定办理申报。": {},
    "主管机关应于三十日内更换之。": {},
    # what these name is only half of a name, or is named elsewhere
    "对其最高支持1000万元。": {},
    "政府提出了三项举措，包括甲、乙。": {},
    "围绕研发、防控、康复三大方面开展研究，取得成绩。": {},
    "发布时间：2025年6月12日": {},
    "他的补助什么时候发放？\n每月发放一次。": {},
    "补助什么时候发放？\n到哪里领取？\n每月发放。": {"到哪里领取？": "每月"},
    "违反第十二条规定的，处600元以上罚款。": {},
}  # fmt: skip


def questions(text: str, title: str = "") -> dict[str, str]:
    _, passages = cut(text, "x.txt", title=title)
    return {s.question: p.text[s.start : s.end] for p in passages for s in made(p)}


@pytest.mark.parametrize("text", FORMS)
def test_a_statement_is_turned_around(text: str) -> None:
    found = questions(text)
    assert list(found) == list(FORMS[text])
    for question, begins in FORMS[text].items():
        assert found[question].lstrip("\n").startswith(begins)


@pytest.mark.parametrize("text", [t for t in FORMS if not t.isascii() and "£" not in t])
def test_questions_are_in_the_documents_script(text: str) -> None:
    usual = str.maketrans("爲裏", "為裡")
    wanted = [to_traditional(question).translate(usual) for question in FORMS[text]]
    assert list(questions(to_traditional(text).translate(usual))) == wanted


def test_the_script_is_that_of_most_characters() -> None:
    assert is_traditional("創新聯合體分為生態型") and not is_traditional("创新联合体分为生态型")
    assert not is_traditional("plain text, 一二三")
    assert is_traditional("創新聯合體的发")


def test_a_title_says_what_is_asked_about() -> None:
    event = "青原市新闻发布会\n时间：2024年6月20日\n地点：一号演播厅\n新闻发言人：欧阳岚"
    assert questions(event, "青原市新闻发布会") == {
        "青原市新闻发布会什么时候举行？": "2024年6月20日",
        "青原市新闻发布会在什么地方举行？": "一号演播厅",
        "青原市新闻发布会的新闻发言人是谁？": "欧阳岚",
    }
    assert questions(event, "关于开会的通知") == {}
    assert questions("第九条　本条例自发布日施行。", "自行车停放管理条例") == {}
    law = "第二条　本条例主管机关为市交通局。\n第九条　本条例自2025年1月1日起施行。"
    assert questions(law, "自行车停放管理条例") == {
        "自行车停放管理条例的主管机关是谁？": "市交通局",
        "自行车停放管理条例什么时候施行？": "2025年1月1日",
    }


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library.sqlite")
    yield opened
    opened.close()


def test_every_document_comes_before_the_second_of_any(library: Library) -> None:
    texts = [
        "对生态型联合体最高支持1000万元。\n\n联合体由领军企业牵头。",
        "对任务型联合体最高支持500万元。\n\n笔试费用为每科50元。",
        "创新中心于2022年10月挂牌。",
    ]
    add(library, FakeEncoder(), texts)
    found = candidates(library)
    assert len(found) == 5
    assert len({s.passage.document_id for s in found[:3]}) == 3
    assert found == candidates(library)


def test_forms_take_turns(library: Library) -> None:
    many = [f"创新聯合體{name}\n\n{name}什么时候发放？\n每月发放一次。" for name in "甲乙丙丁"]
    add(library, FakeEncoder(), [*many, "笔试费用为每科50元。"])
    forms = [s.rule for s in candidates(library)]
    assert Counter(forms) == {"asked": 4, "fee": 1}
    assert forms.index("fee") < 4


def test_of_a_large_library_a_part_is_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, FakeEncoder(), [f"第{i}号创新中心于{2000 + i}年挂牌。" for i in range(12)])
    monkeypatch.setattr(checked, "_PASSAGES", 3)
    read = checked._passages(library)
    assert [p.text[:3] for p in read] == ["第0号", "第5号", "第11"]


def test_what_is_suggested_is_answered_from_where_it_was_made(engine: Engine) -> None:
    press = (
        "創新聯合體發布會\n\n市財政對生態型聯合體最高支持1000萬元。\n\n聯合體由領軍企業牽頭。\n\n"
        "創新中心於2022年10月掛牌。"
    )
    engine.add_sources(
        [source(damage(to_simplified(press)), "press.txt"), *map(source, NOTICES[:2])]
    )
    found = engine.suggestions()
    assert 1 <= len(found) <= 2
    for question in found:
        answer = engine.ask(question)
        assert answer.answered and answer.citations[0].source == "press.txt"
    assert engine.suggestions(1) == found[:1]


class Asked:
    """A library's engine that counts what it is asked, and refuses some of it."""

    def __init__(self, engine: Engine, refused: str = "") -> None:
        self.engine, self.refused = engine, refused
        self.questions: list[str] = []

    def __call__(self, question: str) -> Answer:
        self.questions.append(question)
        if self.refused and self.refused in question:
            return Answer(question, answered=False, answer="", kind="statement")
        return self.engine.ask(question)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    texts = (
        "对生态型联合体最高支持1000万元。",
        "创新中心于2022年10月挂牌。",
        "笔试费用为每科50元。",
    )
    engine.add_sources(source(text, f"{i}.txt") for i, text in enumerate(texts))
    return engine


def test_what_is_not_answered_is_not_suggested(filled: Engine) -> None:
    every = Suggestions(filled.library, Asked(filled)).questions(5)
    assert every == ["生态型联合体最高支持多少？", "笔试费用是多少钱？", "创新中心什么时候挂牌？"]
    assert Suggestions(filled.library, Asked(filled, "最高")).questions(5) == every[1:]


def test_one_document_alone_is_asked_more_of(engine: Engine) -> None:
    fees = "\n\n".join(
        f"{name}费用为每科{n}0元。" for n, name in enumerate(("笔试", "面试", "体检"), 1)
    )
    engine.add_sources([source(fees, "a.txt")])
    assert len(Suggestions(engine.library, Asked(engine)).questions(3)) == 3
    engine.add_sources([source("创新中心于2022年10月挂牌。", "b.txt")])
    assert len(Suggestions(engine.library, Asked(engine)).questions(3)) == 3
    found = Suggestions(engine.library, Asked(engine)).questions(4)
    assert sum("费用" in question for question in found) == 2


def test_nothing_is_asked_twice_until_the_library_changes(filled: Engine) -> None:
    ask = Asked(filled)
    suggestions = Suggestions(filled.library, ask)
    assert ask.questions == []
    first = suggestions.questions(1)
    assert len(ask.questions) == 1
    assert suggestions.questions(2)[:1] == first and len(ask.questions) == 2
    suggestions.questions(2)
    assert len(ask.questions) == 2
    gone = filled.ask(first[0]).citations[0].document_id
    filled.remove([gone])
    assert first[0] not in suggestions.questions(3)
    filled.remove([d.id for d in filled.library.documents()])
    assert suggestions.questions(3) == []


def test_a_question_that_documents_answer_differently_is_not_suggested(engine: Engine) -> None:
    engine.add_sources([source("创新中心于2022年10月挂牌。", "a.txt")])

    def torn(question: str) -> Answer:
        answer = engine.ask(question)
        other = Alternative("x", 0, 0, 1, 1.0)
        return replace(answer, alternatives=(other,))

    assert Suggestions(engine.library, engine.ask).questions(1)
    assert Suggestions(engine.library, torn).questions(1) == []


def test_those_in_the_language_of_the_page_come_first(engine: Engine) -> None:
    english = "The total budget for this round is £850,000."
    texts = ("对生态型联合体最高支持1000万元。", "筆試費用為每科50元。", english)
    engine.add_sources(source(text, f"{i}.txt") for i, text in enumerate(texts))
    ask = Asked(engine)
    suggestions = Suggestions(engine.library, ask)
    first = {lang: suggestions.questions(1, lang) for lang in ("zh-Hans", "zh-Hant", "en")}
    assert first == {
        "zh-Hans": ["生态型联合体最高支持多少？"],
        "zh-Hant": ["筆試費用是多少錢？"],
        "en": ["What is the total budget for this round?"],
    }
    asked = len(ask.questions)
    # where there are too few, others follow; nothing is asked once more for it
    for lang, (question,) in first.items():
        found = suggestions.questions(3, lang)
        assert found[0] == question and len(found) == 3
    assert len(ask.questions) == asked == 3


@pytest.mark.parametrize(
    ("question", "languages"),
    [
        ("補助多少？", {"zh-Hant"}),
        ("补助多少？", {"zh-Hans"}),
        ("水多少？", {"zh-Hant", "zh-Hans"}),
        ("How much?", {"en"}),
    ],
)
def test_a_question_is_in_a_language(question: str, languages: set[str]) -> None:
    assert {
        lang for lang in ("zh-Hant", "zh-Hans", "en") if checked.is_in(question, lang)
    } == languages
    assert checked.is_in(question, "")


def test_versions_that_differ_do_not_keep_a_question_back(engine: Engine) -> None:
    engine.add_sources([source("创新中心于2022年10月挂牌。", "a.txt")])

    def older(question: str) -> Answer:
        other = Alternative("x", 0, 0, 1, 1.0, difference="version")
        return replace(engine.ask(question), alternatives=(other,))

    assert Suggestions(engine.library, older).questions(1)


def test_questions_longer_than_the_settings_allow_are_left_out(tmp_path: Path) -> None:
    options = Settings(home=tmp_path, cache=tmp_path, max_question_characters=11)
    with Engine.open(options, encoder=FakeEncoder()) as engine:
        engine.add_sources(
            source(text) for text in ("对生态型联合体最高支持1000万元。", "笔试费用为每科50元。")
        )
        assert engine.suggestions() == ["笔试费用是多少钱？"]
