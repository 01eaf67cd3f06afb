"""Which text answers, with real parts and a small encoder: versions, places, scopes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from tests.making import source
from wenju.corpus.script import to_simplified, to_traditional
from wenju.index.hit import Hit
from wenju.index.scope import BadScope, Scope
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.question import Question
from wenju.qa.reader import Reading
from wenju.qa.steps import Tell, silent

HEAD = "碧水县城乡居民门诊统筹办法"
SAYS = "参保居民在乡镇卫生院就诊的，门诊报销比例为{share}，年度限额{sum}。"
OLD = f"{HEAD}\n2020年3月5日\n{SAYS.format(share='百分之六十', sum='二百元')}\n本办法自2020年4月1日起施行。\n"
NEW = (
    f"{HEAD}（修订）\n2023年8月10日\n{SAYS.format(share='百分之七十', sum='三百五十元')}\n"
    "本办法自2023年9月1日起施行，2020年印发的办法同时废止。\n"
)
DRAFT = f"{HEAD}（征求意见稿）\n2025年5月1日\n{SAYS.format(share='百分之七十五', sum='五百元')}\n"
COMING = (
    f"{HEAD}\n2026年1月5日\n{SAYS.format(share='百分之八十', sum='九百元')}\n"
    "本办法自2098年1月1日起施行。\n"
)
TEXTS = {"old": OLD, "new": NEW, "draft": DRAFT, "coming": COMING}
QUESTION = "碧水县乡镇卫生院门诊报销比例是多少"
TW = "勞動基準法\n中華民國113年7月31日修正\n第三十條　勞工正常工作時間，每日不得超過八小時。\n"
CN = (
    "中华人民共和国劳动法\n2018年12月29日第十三届全国人民代表大会常务委员会第七次会议修正\n"
    "第三十六条　劳动者正常工作时间，每日不得超过九小时。\n"
)


def add(engine: Engine, *names: str) -> None:
    engine.add_sources(source(TEXTS[name], f"{name}.txt") for name in names)


def cited(answer: Answer) -> str:
    assert answer.answered
    return answer.citations[0].source.removesuffix(".txt")


@pytest.mark.parametrize(
    "names", [n for k in range(1, 4) for n in itertools.combinations(("old", "draft", "coming"), k)]
)
def test_the_text_in_force_answers_whatever_else_is_there(
    engine: Engine, names: tuple[str, ...]
) -> None:
    add(engine, *names, "new")
    for script in (to_simplified, to_traditional):
        answer = engine.ask(script(QUESTION))
        assert (cited(answer), answer.answer) == ("new", "百分之七十")
        assert answer.citations[0].standing == "in_force"


def test_an_older_version_stands_beside_and_says_what_it_is(engine: Engine) -> None:
    add(engine, "old", "new")
    answer = engine.ask(QUESTION)
    (other,) = answer.alternatives
    beside = answer.citations[other.citation]
    assert (other.text, other.difference, beside.standing) == (
        "百分之六十",
        "version",
        "superseded",
    )
    assert beside.current_id == answer.citations[0].document_id
    assert (beside.current_title, beside.current_date) == (f"{HEAD}（修订）", "2023-09-01")


def test_without_the_version_in_force_the_one_before_answers(engine: Engine) -> None:
    add(engine, "old", "new", "coming")
    engine.remove([d.id for d in engine.library.documents() if d.name == "new.txt"])
    assert cited(engine.ask(QUESTION)) == "old"


def test_a_draft_alone_answers_and_says_so(engine: Engine) -> None:
    add(engine, "draft")
    answer = engine.ask(QUESTION)
    assert (cited(answer), answer.citations[0].standing) == ("draft", "draft")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2020-04-01", "old"),
        ("2021", "old"),
        ("2023-08-31", "old"),
        ("2023-09-01", "new"),
        ("2026-06-01", "new"),
        ("2098-01-01", "coming"),
    ],
)
def test_a_day_has_its_version(engine: Engine, day: str, name: str) -> None:
    add(engine, *TEXTS)
    assert cited(engine.ask(QUESTION, as_of=day)) == name
    assert cited(engine.ask(QUESTION, scope=Scope(as_of=day))) == name


def test_before_the_first_version_nothing_answers(engine: Engine) -> None:
    add(engine, *TEXTS)
    answer = engine.ask(QUESTION, as_of="2019-01-01")
    assert (answer.answered, answer.reason) == (False, "not_in_force")
    assert answer.nearest


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (f"2020年{QUESTION}", "old"),
        (f"民國109年{QUESTION}", "old"),
        (f"修订前{QUESTION}", "old"),
        (f"按征求意见稿，{QUESTION}", "draft"),
        (f"现行{QUESTION}", "new"),
    ],
)
def test_a_question_may_ask_for_another_version(engine: Engine, asked: str, name: str) -> None:
    add(engine, *TEXTS)
    for script in (to_simplified, to_traditional):
        assert cited(engine.ask(script(asked))) == name


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("台灣勞工每日正常工作時間不得超過幾小時", "八小時"),
        ("勞動基準法規定每日正常工作時間不得超過幾小時", "八小時"),
        ("大陆劳动者每日正常工作时间不得超过几小时", "九小时"),
        ("劳动法规定每日正常工作时间不得超过几小时", "九小时"),
    ],
)
def test_a_place_or_a_law_that_is_named_binds(engine: Engine, question: str, said: str) -> None:
    engine.add_sources([source(TW, "tw.txt"), source(CN, "cn.txt")])
    for script in (to_simplified, to_traditional):
        answer = engine.ask(script(question))
        assert said in answer.answer
        assert not answer.alternatives


def test_where_no_place_is_meant_both_answer_side_by_side(engine: Engine) -> None:
    engine.add_sources([source(TW, "tw.txt"), source(CN, "cn.txt")])
    for script in (to_simplified, to_traditional):
        answer = engine.ask(script("每日正常工作時間不得超過幾小時"))
        (other,) = answer.alternatives
        assert other.difference == "jurisdiction"
        assert {c.jurisdiction for c in answer.citations} == {"TW", "CN"}


def test_a_place_that_no_document_is_of_has_no_answer(engine: Engine) -> None:
    engine.add_sources([source(TW, "tw.txt")])
    assert not engine.ask("香港僱員每日正常工作時間不得超過幾小時").answered


def test_a_scope_narrows_down_and_may_leave_nothing(engine: Engine) -> None:
    engine.add_sources([source(TW, "tw.txt"), source(CN, "cn.txt")])
    question = "每日正常工作時間不得超過幾小時"
    assert cited(engine.ask(question, scope=Scope(jurisdictions=("大陆",)))) == "cn"
    assert {
        h.passage.title for h in engine.search(question, scope=Scope(jurisdictions=("TW",)))
    } == {"勞動基準法"}
    nothing = engine.ask(question, scope=Scope(kinds=("form",)))
    assert (nothing.answered, nothing.reason) == (False, "nothing_in_scope")
    with pytest.raises(BadScope):
        engine.ask(question, as_of="soon")


def test_an_old_version_answers_where_only_it_is_asked(engine: Engine) -> None:
    add(engine, "old", "new")
    (old,) = (d.id for d in engine.library.documents() if d.name == "old.txt")
    answer = engine.ask(QUESTION, document_ids=[old])
    assert (cited(answer), answer.citations[0].standing) == ("old", "superseded")
    assert cited(engine.ask(QUESTION, scope=Scope(issued_until="2022"))) == "old"


@pytest.mark.parametrize(
    ("close", "expected"), [(0.6, {"勞動基準法"}), (0.0, {"勞動基準法", "电池回收规定"})]
)
def test_a_country_whose_texts_are_far_from_the_question_is_not_read(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, close: float, expected: set[str]
) -> None:
    """Only what comes near the best passage is read beside it: reading is what takes time."""
    far = "电池回收规定\n中华人民共和国商务部2018年12月29日发布\n第一条　电池每日由销售者回收。\n"
    engine.add_sources([source(TW, "tw.txt"), source(far, "far.txt")])
    read: set[str] = set()
    reader = engine.answerer.reader

    class Watching:
        def read(self, question: Question, hits: Sequence[Hit], tell: Tell = silent) -> Reading:
            read.update(hit.passage.title for hit in hits)
            return reader.read(question, hits)

    engine.answerer.reader = Watching()
    monkeypatch.setattr("wenju.qa.selection._CLEAR", 99.0)  # no country is meant outright
    monkeypatch.setattr("wenju.qa.selection._CLOSE", close)
    engine.ask("正常工作時間每日不得超過幾小時")
    assert read == expected
