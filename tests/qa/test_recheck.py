"""Answers checked again: unchanged, moved or gone; and what is not true is never sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeEncoder
from tests.making import VERSIONS
from wenju.corpus.document import Source
from wenju.index.scope import Scope
from wenju.qa.answer import Answer
from wenju.qa.conversation import Turn
from wenju.qa.engine import Engine
from wenju.qa.recheck import BadAnswer, Recheck, read_claim, recheck
from wenju.qa.settings import Settings
from wenju.qa.steps import Tell
from wenju.qa.verification import BrokenPromiseError

POOL = """松江市游泳館票價公告
發布單位：松江市體育局

一、票價
成人票每張60元，兒童票每張30元。
二、開放時間
每日上午九點至晚上九點開放。
"""
DAMAGED = "桥梁检查办法\n桥梁检查每月两次，由养护单(dān)位(wèi)负责(zé)记(jì)录(lù)，检查费用为每座300元。\n"
QUESTION = "成人票每張多少錢"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    settings = Settings(home=tmp_path, cache=tmp_path / "cache", reader="lexical")
    with Engine.open(settings, encoder=FakeEncoder()) as opened:
        opened.add_sources([Source("pool.txt", "pool", POOL), Source("b.txt", "b", DAMAGED)])
        yield opened


def said(engine: Engine, question: str = QUESTION) -> dict[str, Any]:
    answer = engine.ask(question)
    assert answer.answered
    found: dict[str, Any] = json.loads(json.dumps(answer.as_dict()))
    return found


def again(engine: Engine, answer: dict[str, Any]) -> Recheck:
    return recheck(read_claim(json.dumps(answer)), engine.library)


def test_what_was_just_said_is_unchanged(engine: Engine) -> None:
    for question in (QUESTION, "桥梁检查费用每座多少", "成人票和兒童票每張多少錢"):
        found = again(engine, said(engine, question))
        assert (found.status, found.answer_stands, found.reason) == ("unchanged", True, "")
        assert {c.status for c in (*found.citations, *found.nearest)} == {"unchanged"}
    refused: dict[str, Any] = json.loads(json.dumps(engine.ask("火星上有水嗎").as_dict()))
    assert not refused["answered"]
    assert again(engine, refused).status == "unchanged"


def test_an_answer_names_library_and_models(engine: Engine) -> None:
    about = said(engine)["provenance"]
    assert (about["library"], about["revision"]) == (
        engine.library.identity,
        engine.library.revision,
    )
    assert (about["encoder"], about["reader"]) == ("fake:1", "lexical")
    assert about["ranker"] and about["wenju"]
    engine.add_sources([Source("x.txt", "x", "另一份文件。")])
    assert said(engine)["provenance"]["revision"] > about["revision"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", 1),
        ("end", 3),
        ("original", "成人票每張90元。"),
        ("quote", "成人票每張90元。"),
        ("highlight", [[0, 9999]]),
        ("highlight", [[-3, 2]]),
        ("source_highlight", [[0, 2]]),
        ("document_id", "0" * 20),
    ],
)
def test_a_citation_that_was_changed_is_not_unchanged(
    engine: Engine, field: str, value: object
) -> None:
    answer = said(engine)
    answer["citations"][0][field] = value
    found = again(engine, answer)
    assert found.status != "unchanged"
    assert found.citations[0].status != "unchanged" and found.citations[0].reason


def test_an_answer_that_its_citations_do_not_highlight_is_gone(engine: Engine) -> None:
    answer = said(engine)
    answer["answer"] = "每張9元"
    found = again(engine, answer)
    assert (found.status, found.answer_stands) == ("gone", False)
    assert found.citations[0].status == "unchanged"


@given(data=st.data())
def test_no_change_of_a_character_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    answer = _kept(tmp_path_factory)[1]
    citation = answer["citations"][0]
    field = data.draw(st.sampled_from(["answer", "quote", "original"]))
    holder = answer if field == "answer" else citation
    words = holder[field]
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from("0元一x").filter(lambda c: c != words[at]))
    changed = words[:at] + other + words[at + 1 :]
    broken = json.loads(json.dumps(answer))
    (broken if field == "answer" else broken["citations"][0])[field] = changed
    assert again(_kept(tmp_path_factory)[0], broken).status != "unchanged"


_KEPT: list[tuple[Engine, dict[str, Any]]] = []


def _kept(factory: pytest.TempPathFactory) -> tuple[Engine, dict[str, Any]]:
    """One engine and one of its answers for all examples."""
    if not _KEPT:
        home = factory.mktemp("home")
        opened = Engine.open(
            Settings(home=home, cache=home / "cache", reader="lexical"), encoder=FakeEncoder()
        )
        opened.add_sources([Source("pool.txt", "pool", POOL)])
        _KEPT.append((opened, said(opened)))
    return _KEPT[0]


def test_words_that_moved_are_found_in_the_new_version_of_the_file(engine: Engine) -> None:
    answer = said(engine)
    changed = POOL.replace("一、票價", "前言：本館已經整修。\n\n一、票價")
    engine.add_sources([Source("pool.txt", "pool", changed)])
    found = again(engine, answer)
    (citation,) = found.citations
    assert (found.status, citation.words) == ("moved", "quotation")
    assert "not in the library" in citation.reason
    (place,) = citation.places
    words = engine.library.document(place.document_id).source_text[place.start : place.end]
    assert words == answer["citations"][0]["quote"]
    assert place.source == "pool.txt"


def test_a_sentence_that_stayed_is_found_where_its_passage_changed(engine: Engine) -> None:
    answer = said(engine)
    changed = POOL.replace("一、票價", "一、入場費用")
    engine.add_sources([Source("pool.txt", "pool", changed)])
    (citation,) = again(engine, answer).citations
    assert (citation.status, citation.words) == ("moved", "sentence")
    (place,) = citation.places
    words = engine.library.document(place.document_id).source_text[place.start : place.end]
    assert words == "成人票每張60元，兒童票每張30元。"
    assert "60元" in answer["answer"]


def test_other_words_are_gone_and_so_is_a_sentence_that_stands_twice(engine: Engine) -> None:
    answer = said(engine)
    engine.add_sources([Source("pool.txt", "pool", POOL.replace("60元", "80元"))])
    assert again(engine, answer).citations[0].status == "gone"
    line = "成人票每張60元，兒童票每張30元。"
    twice = f"松江市游泳館票價公告\n旺季\n{line}\n淡季\n{line}\n其他時間另行公告。\n"
    engine.add_sources([Source("pool.txt", "pool", twice)])
    assert again(engine, answer).citations[0].status == "gone"
    engine.remove([d.id for d in engine.library.documents()])
    assert again(engine, answer).status == "gone"


def test_line_breaks_are_no_words(engine: Engine) -> None:
    answer = said(engine)
    engine.add_sources([Source("pool.txt", "pool", POOL.replace("，兒童票", "，\n兒童票"))])
    (citation,) = again(engine, answer).citations
    assert citation.status == "moved"


def test_the_version_in_force_is_looked_in(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path / "cache", reader="lexical")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([Source(n, n, text) for n, text in VERSIONS.items()])
        answer = said(engine, "碧水县乡镇卫生院门诊报销比例是多少")
        assert again(engine, answer).status == "unchanged"


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", "{}", "3", '{"answered": true}', '{"answered":1,"answer":[],"citations":{}}'],
)
def test_what_is_no_answer_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadAnswer, match=r"wenju ask --json"):
        read_claim(text)


def test_nested_without_end_is_refused() -> None:
    with pytest.raises(BadAnswer):
        read_claim("[" * 100_000)


@pytest.mark.parametrize("field", ["quote", "original", "source_highlight"])
def test_the_engine_sends_nothing_that_fails_its_check(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    honest = engine.answerer.answer
    values = {"quote": "成人票每張90元", "original": "x", "source_highlight": ((0, 1),)}

    def lying(question: str, scope: Scope, earlier: Sequence[Turn], tell: Tell) -> Answer:
        answer = honest(question, scope, earlier, tell)
        changed: dict[str, Any] = {field: values[field]}
        first = replace(answer.citations[0], **changed)
        return replace(answer, citations=(first, *answer.citations[1:]))

    monkeypatch.setattr(engine.answerer, "answer", lying)
    with pytest.raises(BrokenPromiseError):
        engine.ask(QUESTION)


def test_a_library_with_another_text_under_a_hash_answers_nothing_from_it(engine: Engine) -> None:
    answer = said(engine)
    engine.library.write(
        "UPDATE documents SET source_text = replace(source_text, '60元', '61元'), "
        "text = replace(text, '60元', '61元')",
        (),
    )
    with pytest.raises(BrokenPromiseError):
        engine.ask(QUESTION)
    assert "damaged" in again(engine, answer).citations[0].reason


def test_it_is_asked_anew_where_the_document_left_meanwhile(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, left = engine.answerer.answer, [True]

    def leaving(question: str, scope: Scope, earlier: Sequence[Turn], tell: Tell) -> Answer:
        answer = honest(question, scope, earlier, tell)
        if left.pop() if left else False:
            engine.remove([answer.citations[0].document_id])
        return answer

    monkeypatch.setattr(engine.answerer, "answer", leaving)
    assert "60" not in engine.ask(QUESTION).answer
