from __future__ import annotations

import pytest

from tests.ui.page.parser import HOSTILE, Page
from wenju.index.records import DocumentSummary
from wenju.qa.engine import Engine
from wenju.ui.page.markup import render
from wenju.ui.texts import EN, LANGUAGES, ZH_HANT, Texts


def summary(words: str) -> DocumentSummary:
    return DocumentSummary(
        id=words,
        name=words,
        origin=words,
        title=words,
        date=words,
        issuer=words,
        characters=9,
        passages=1234,
        repairs={"a": 2, "b": 3},
    )


def test_a_row_tells_of_a_document_and_what_can_be_done(filled: Engine) -> None:
    documents = filled.library.documents()
    shown = Page(render("library", documents=documents, texts=ZH_HANT))
    press = next(d for d in documents if d.name == "press.txt")
    for words in ("創新聯合體新聞發布會實錄", "press.txt", "2024-05-16", str(press.passages)):
        assert words in shown.text
    ids = [document.id for document in documents]
    assert shown.data("data-only") == shown.data("data-remove") == ids
    assert shown.data("href") == [f"../document/{i}" for i in ids]


def test_counts_are_added_up() -> None:
    shown = Page(render("library", documents=[summary("x")], texts=EN)).text
    assert "1,234" in shown and "5" in shown


@pytest.mark.parametrize("words", HOSTILE)
def test_names_are_text(words: str) -> None:
    shown, plain = (
        Page(render("library", documents=[summary(w)], texts=ZH_HANT)) for w in (words, "x")
    )
    assert shown.open == [] and words in shown.text
    assert (shown.tags, shown.attributes) == (plain.tags, plain.attributes)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_an_empty_library_says_how_to_fill_it(texts: Texts) -> None:
    assert "wenju add" in render("library", documents=[], texts=texts)
    dropping = Page(render("upload", texts=texts))
    assert texts.add_hint in dropping.text and dropping.open == []
