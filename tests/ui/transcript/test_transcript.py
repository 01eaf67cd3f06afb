"""A conversation written down: every quotation with its place, in three forms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.page.parser import ANSWER, CITATION, HOSTILE, UNANSWERED
from wenju.corpus.readers import READERS
from wenju.qa.answer import Alternative, Item
from wenju.qa.engine import Engine
from wenju.ui.api.routes import create_api
from wenju.ui.page.conversation import Turn
from wenju.ui.page.history import turn_object
from wenju.ui.texts import EN, LANGUAGES, ZH_HANT, Texts
from wenju.ui.transcript import markdown, word
from wenju.ui.transcript.blocks import Asked, blocks
from wenju.ui.transcript.routes import router

CONVERSATION = [
    Asked("最高多少", ANSWER, day="2026-11-30", scope={"kinds": ["law"], "as_of": "2024-01-01"}),
    Asked("天氣", UNANSWERED),
    Asked("壞了", trouble="沒有問成。"),
]


@pytest.fixture
def client(filled: Engine) -> Iterator[TestClient]:
    app: FastAPI = create_api(filled)
    app.include_router(router)
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


def kept() -> list[dict[str, object]]:
    turns = [Turn(asked.question, asked.answer, asked.trouble) for asked in CONVERSATION]
    said = [turn_object(turn) for turn in turns]
    said[0] |= {"day": "2026-11-30", "scope": {"kinds": ["law"], "as_of": "2024-01-01"}}
    return said


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_every_quotation_has_its_reference(texts: Texts) -> None:
    paragraphs = list(blocks(CONVERSATION, texts))
    said = "\n".join(block.text for block in paragraphs)
    (start, end), *_ = CITATION.source_highlight
    whole = (CITATION.title, CITATION.date, CITATION.issuer, CITATION.source, CITATION.document_id)
    for words in (*whole, f"{CITATION.start}–{CITATION.end}", f"{start}–{end}", "p. 3"):
        assert words in said
    assert "2026-11-30" in said and texts.kinds["law"] in said and "2024-01-01" in said
    assert texts.refusal(UNANSWERED) in said and "沒有問成。" in said
    quotes = [block for block in paragraphs if block.kind == "quote"]
    assert [block.text for block in quotes] == [CITATION.quote] * 2
    assert [words for words, lit in quotes[0].pieces if lit] == [ANSWER.answer]


def test_lists_and_other_answers_name_their_citations() -> None:
    others = replace(ANSWER, alternatives=(Alternative("五百", 1, 0, 2, 0.1, "version"),))
    parts = (Item("一千", 0, 0, 2, "甲"), Item("五百", 1, 0, 2, "乙"))
    joined = replace(ANSWER, answer="一千；五百", items=parts, sentence=None)
    said = [b.text for b in blocks([Asked("?", others), Asked("?", joined)], EN)]
    assert "五百 [2]（another version）" in said
    assert "甲　一千 [1]" in said and "乙　五百 [2]" in said


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_of_a_document_is_markup(words: str) -> None:
    hostile = replace(CITATION, quote=words, highlight=(), title=words)
    paragraphs = list(blocks([Asked(words, replace(ANSWER, citations=(hostile,)))], ZH_HANT))
    shown = markdown.written(paragraphs)
    assert not re.search(r"(?<!\\)[<\[*`]", shown.replace("**", ""))
    opened = docx.Document(BytesIO(word.written(paragraphs)))
    assert words in [paragraph.text for paragraph in opened.paragraphs]


def test_a_word_file_is_read_by_programs_and_by_ourselves() -> None:
    odd = "a\x00b\x0bc\ud7ff\nsecond"
    made = word.written([*blocks(CONVERSATION, ZH_HANT), *blocks([Asked(odd)], EN)])
    opened = docx.Document(BytesIO(made))
    style = opened.paragraphs[0].style
    assert style and style.name == "Title"
    lit = [r for p in opened.paragraphs for r in p.runs if r.font.highlight_color]
    assert {run.text for run in lit} == {ANSWER.answer}
    (source,), _ = READERS[".docx"](made, "a.docx", "a")
    assert CITATION.quote in source.text
    assert made == word.written([*blocks(CONVERSATION, ZH_HANT), *blocks([Asked(odd)], EN)])


def test_what_a_browser_kept_comes_back_as_files(client: TestClient) -> None:
    for form, media in (("md", "text/markdown"), ("docx", "officedocument"), ("json", "/json")):
        answer = client.post(f"/transcript/{form}", json={"turns": kept()}, params={"lang": "en"})
        assert answer.status_code == 200 and media in answer.headers["content-type"]
        assert f"wenju.{form}" in answer.headers["content-disposition"]
    said = json.loads(answer.content)["turns"]
    assert [turn["question"] for turn in said] == [asked.question for asked in CONVERSATION]
    assert said[0]["answer"]["citations"][0]["source_highlight"] == [
        list(place) for place in CITATION.source_highlight
    ]
    assert said[0]["scope"] == {"kinds": ["law"], "as_of": "2024-01-01"}
    assert said[0]["references"] == said[1]["references"] != []


@pytest.mark.parametrize(
    "body", [{"turns": []}, {"turns": [5]}, {}, {"turns": [{"day": 5}]}, {"turns": [{"scope": []}]}]
)
def test_what_is_no_conversation_is_refused(client: TestClient, body: dict[str, object]) -> None:
    assert client.post("/transcript/md", json=body).status_code == 422
    assert client.post("/transcript/exe", json={"turns": kept()}).status_code == 422
