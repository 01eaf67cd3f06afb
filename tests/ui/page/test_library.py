from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from tests.ui.page.parser import HOSTILE, Page
from wenju.corpus.errors import Why
from wenju.corpus.inventory import NOTE_KINDS, Inventory, Note
from wenju.corpus.metadata.fields import KINDS, Metadata
from wenju.corpus.metadata.given import FIELDS
from wenju.index.listing import Listed
from wenju.index.records import DocumentSummary
from wenju.qa.engine import Engine
from wenju.ui.page.conversation import upload_html
from wenju.ui.page.document_view import field_values
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


def table(documents: list[DocumentSummary], texts: Texts) -> str:
    found = Listed(len(documents), documents)
    return render("library", found=found, texts=texts, offset=0, size=50, searched=False)


def test_a_row_tells_of_a_document_and_what_can_be_done(filled: Engine) -> None:
    documents = filled.library.documents()
    shown = Page(table(documents, ZH_HANT))
    press = next(d for d in documents if d.name == "press.txt")
    for words in ("創新聯合體新聞發布會實錄", "press.txt", "2024-05-16", str(press.passages)):
        assert words in shown.text
    ids = [document.id for document in documents]
    assert shown.data("data-only") == shown.data("data-remove") == ids
    assert shown.data("href") == [f"../document/{i}" for i in ids]


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_a_row_says_what_the_document_says_of_itself(texts: Texts) -> None:
    metadata = Metadata(
        kind="regulation", jurisdiction="TW/臺北市", number="府字第1號", expires="2001-02-03"
    )
    shown = Page(table([replace(summary("x"), metadata=metadata)], texts))
    place = f"{texts.places['TW']}/臺北市"
    for words in (texts.kinds["regulation"], place, "府字第1號", texts.facts["expired"]):
        assert words in shown.text
    assert texts.facts["expires"].format(day="2001-02-03") in shown.text


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_a_row_says_what_the_file_holds_and_how_it_was_read(texts: Texts) -> None:
    inventory = Inventory(1200, 3, images=2, notes=(Note("hidden_sheets", "草<稿>"),))
    shown = Page(table([replace(summary("x"), inventory=inventory)], texts))
    for name, count in (("pages", "1,200"), ("tables", "3"), ("images", "2")):
        assert texts.inventory[name].format(count=count) in shown.text
    assert texts.notes["hidden_sheets"].format(detail="草<稿>") in shown.text
    assert texts.inventory["doubts"].format(count="0") not in shown.text
    bare = Page(table([summary("x")], texts))
    assert texts.notes["hidden_sheets"].partition("{")[0] not in bare.text


def test_every_language_has_words_for_every_kind() -> None:
    for texts in LANGUAGES.values():
        assert texts.problems.keys() == {*get_args(Why), "busy", "denied", "late"}
        assert texts.notes.keys() == {*NOTE_KINDS}
        assert texts.inventory.keys() == Inventory(1, 1, 1, 1, 1).counts.keys()
        assert texts.read_as.keys() == {"table", "ocr"}
        assert texts.kinds.keys() == {*KINDS}
        assert texts.facts.keys() == EN.facts.keys()


def test_counts_are_added_up() -> None:
    shown = Page(table([summary("x")], EN)).text
    assert "1,234" in shown and "5" in shown


@pytest.mark.parametrize("words", HOSTILE)
def test_names_are_text(words: str) -> None:
    shown, plain = (Page(table([summary(w)], ZH_HANT)) for w in (words, "x"))
    assert shown.open == [] and words in shown.text
    assert (shown.tags, shown.attributes) == (plain.tags, plain.attributes)


def test_of_many_documents_a_page_is_shown_with_the_ways_to_others() -> None:
    def page(offset: int) -> Page:
        found = Listed(120, [summary("x")] * min(50, 120 - offset))
        values = {"offset": offset, "size": 50, "searched": True}
        return Page(render("library", found=found, texts=EN, **values))

    first, last = page(0), page(100)
    assert "1–50 of 120" in first.text and "101–120 of 120" in last.text
    assert (first.data("data-page"), last.data("data-page")) == (["-50", "50"], ["50", "150"])
    assert first.tags.count("nav") == 1
    none = render("library", found=Listed(0, []), texts=EN, offset=0, size=50, searched=True)
    assert EN.script["nothing"] in none and "wenju add" not in none


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_an_empty_library_says_how_to_fill_it(texts: Texts) -> None:
    assert "wenju add" in table([], texts)
    dropping = Page(upload_html(texts))
    assert texts.add_hint in dropping.text and dropping.open == []


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_every_field_can_be_changed_in_a_form(filled: Engine, texts: Texts) -> None:
    document = filled.library.document(filled.library.documents()[0].id)
    document = replace(document, metadata=Metadata(kind="faq", replaces=("甲", "乙")))
    values = field_values(document)
    assert values.keys() == {*FIELDS} == texts.fields.keys()
    assert (values["kind"], values["replaces"]) == ("faq", "甲；乙")
    html = render("fields", document=document, values=values, texts=texts)
    shown = Page(html)
    assert shown.open == [] and all(word in shown.text for word in texts.fields.values())
    assert 'value="faq" selected' in html and html.count(" selected") == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_values_in_a_form_are_text(filled: Engine, words: str) -> None:
    document = filled.library.document(filled.library.documents()[0].id)
    shown, plain = (
        Page(
            render(
                "fields",
                document=document,
                values=field_values(replace(document, title=title)),
                texts=EN,
            )
        )
        for title in (words, "x")
    )
    assert shown.open == [] and (shown.tags, shown.attributes) == (plain.tags, plain.attributes)
