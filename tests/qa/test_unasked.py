"""What asks nothing: greetings, what the documents are about, single words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from wenju.corpus.document import Source
from wenju.corpus.script import to_simplified
from wenju.index.scope import Scope
from wenju.qa.conversation import Turn
from wenju.qa.engine import Engine
from wenju.qa.question import parse
from wenju.qa.settings import Settings
from wenju.qa.unasked import asks_for_overview, word_of

NOTICE = (
    "停水公告\n發布機關：海濱市政府\n\n停水時間為三月一日上午九時起。停水期間請儲水，押金不收。\n"
)
RULES = "圖書館借閱規則\n\n第一條 借閱證押金為三百元。\n\n第二條 每人最多借五冊。\n"
GREETINGS = ["你好", "您好！", "哈囉", "hi", "Hello!", "好的，謝謝"]
ABOUT = [
    *("這些文件在講什麼", "這裡有什麼？", "文件庫裡有什麼", "你能回答什麼問題"),
    *("What are these documents about?", "what can I ask"),
]
OF_LIBRARY_OR_TOPIC = ["有哪些文件", "有哪些資料可以查", "What documents are there?"]
QUESTIONS = [
    *("申請要附哪些文件？", "需要什麼資料", "這份文件什麼時候生效", "這裡可以停車嗎", "有哪些補助"),
    *(
        "會議主題是什麼",
        "為什麼？",
        "違反會罰多少？",
        "押金",
        "這是什麼",
        "What does the grant cover?",
    ),
]


def overview(question: str, *, follows: bool = False) -> bool:
    return asks_for_overview(parse(question, 200), follows=follows)


@pytest.mark.parametrize("question", [*GREETINGS, *ABOUT])
def test_greetings_and_questions_on_the_library_are_told(question: str) -> None:
    for asked in (question, to_simplified(question)):
        assert overview(asked) and overview(asked, follows=True)


@pytest.mark.parametrize("question", OF_LIBRARY_OR_TOPIC)
def test_in_a_conversation_they_must_point_at_the_library(question: str) -> None:
    assert overview(question) and not overview(question, follows=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_names_anything_else_is_a_question_of_its_own(question: str) -> None:
    assert not overview(question) and not overview(to_simplified(question))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        *(("押金", "押金"), ("補助？", "补助"), ("Library", "library"), ("借閱證押金", "")),
        *(("押金多少", ""), ("為什麼", ""), ("2024", ""), ("水", ""), ("opening hours", "")),
    ],
)
def test_a_single_word_is_told(question: str, word: str) -> None:
    assert word_of(parse(question, 200)) == word


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    settings = Settings(home=tmp_path, cache=tmp_path / "cache", reader="lexical")
    with Engine.open(settings, encoder=FakeEncoder()) as opened:
        yield opened


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.add_sources([Source("n.txt", "n", NOTICE), Source("r.txt", "r", RULES)])
    for document in engine.library.documents():
        kind = "notice" if document.name == "n.txt" else "regulation"
        engine.correct(document.id, {"kind": kind})
    return engine


def test_a_word_shows_the_passages_that_mention_it(filled: Engine) -> None:
    for asked in ("押金", "押金？"):
        answer = filled.ask(asked)
        assert (answer.answered, answer.reason, answer.holdings) == (False, "word", None)
        lit = {c.quote[a:b] for c in answer.nearest for a, b in c.highlight}
        assert lit == {"停水期間請儲水，押金不收。", "第一條 借閱證押金為三百元。"}
    [notice] = [d.id for d in filled.library.documents() if d.name == "n.txt"]
    narrowed = filled.ask("押金", scope=Scope((notice,)))
    assert {c.document_id for c in narrowed.nearest} == {notice}


def test_a_word_that_nothing_mentions_and_a_greeting_show_what_there_is(filled: Engine) -> None:
    for asked, reason in (("陳志強", "not_mentioned"), ("你好", "overview")):
        answer = filled.ask(asked)
        assert (answer.answered, answer.reason, answer.nearest) == (False, reason, ())
        held = answer.holdings
        assert held and held.documents == 2
        assert {(h.name, h.count, *h.examples) for h in held.kinds} == {
            ("notice", 1, "停水公告"),
            ("regulation", 1, "圖書館借閱規則"),
        }
        assert [(h.name, h.count) for h in held.issuers] == [("海濱市政府", 1)]
    narrowed = filled.ask("你好", scope=Scope(kinds=("notice",))).holdings
    assert narrowed and [h.name for h in narrowed.kinds] == ["notice"]


def test_a_follow_up_of_one_word_is_completed_first(filled: Engine) -> None:
    answer = filled.ask("押金呢", earlier=[Turn("借閱證最多借幾冊")])
    assert answer.asked == "借閱證的押金是多少"
    assert answer.reason != "word"


def test_an_empty_library_has_nothing_to_show(engine: Engine) -> None:
    for asked in ("你好", "這些文件在講什麼", "陳志強"):
        answer = engine.ask(asked)
        assert answer.holdings is None and not answer.answered
