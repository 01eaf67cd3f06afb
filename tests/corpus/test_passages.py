"""Passages: slices of their document, losing nothing, joined and split as a reader would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.document import Document, Heading, Page, Passage, content_id
from wenju.corpus.passages import JOINED, LONG, SHORT, cut

LINES = st.sampled_from(
    [
        "",
        " ",
        "一、工作要求",
        "（一）範圍",
        "第三章 罰則",
        "第十二條 違反前條規定者，處新臺幣三千元以下罰鍰。",
        "記者問：補助什麼時候發？",
        "短句。",
        "市政府依規定辦理，並公布於網站。",
        "電話：02-1234567",
        "這一段比較長，說明了補助的對象、金額和申請的方式，" * 4 + "完。",
        "沒有任何標點的一行" * 40,
        "\u3000\u3000段首空格。",
    ]
)
TEXTS = st.lists(LINES, max_size=25).map("\n".join) | st.text()


def document(
    text: str, headings: tuple[Heading, ...] = (), pages: tuple[Page, ...] = ()
) -> Document:
    return Document(
        *(content_id(text), "a.txt", "/a.txt", "標題", "2024-01-02", "市府", text, text),
        headings=headings,
        pages=pages,
    )


def texts(passages: list[Passage]) -> list[str]:
    return [passage.text for passage in passages]


@given(TEXTS)
def test_passages_are_slices_that_lose_nothing(text: str) -> None:
    at = 0
    for passage in cut(document(text)):
        assert text[passage.start : passage.end] == passage.text
        assert at <= passage.start < passage.end
        assert not text[at : passage.start].strip()
        assert passage.text == passage.text.strip()
        at = passage.end
    assert not text[at:].strip()


@given(TEXTS)
def test_passages_are_numbered_named_and_not_too_long(text: str) -> None:
    passages = cut(document(text))
    assert [p.position for p in passages] == list(range(len(passages)))
    assert len({p.id for p in passages}) == len(passages)
    assert all(len(p.text) <= LONG for p in passages)
    assert all((p.document_id, p.title) == (content_id(text), "標題") for p in passages)
    assert passages == cut(document(text))


@given(st.lists(LINES, min_size=1, max_size=25), st.data())
def test_every_passage_has_the_page_it_begins_on(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    starts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)) | {0})
    pages = tuple(Page(start, number) for number, start in enumerate(starts, 1))
    for passage in cut(document(text, pages=pages)):
        assert passage.page == sum(start <= passage.start for start in starts)


def test_nothing_but_space_gives_no_passage() -> None:
    assert cut(document("")) == cut(document(" \n\u3000\n")) == []


def test_a_paragraph_is_a_passage() -> None:
    paragraphs = [f"第{n}項計劃的說明。" + "內容敘述" * 25 for n in "甲乙丙"]
    assert texts(cut(document("\n\n".join(paragraphs)))) == paragraphs


def test_short_neighbours_are_joined_up_to_a_length() -> None:
    text = "\n".join(f"聯絡電話{n:03}，請於上班時間撥打。" for n in range(40))
    passages = cut(document(text))
    assert all(len(p.text) <= JOINED for p in passages)
    assert all(len(p.text) >= SHORT for p in passages[:-1])


def test_a_long_paragraph_is_split_at_sentence_ends() -> None:
    passages = cut(document("這是一句剛好二十個字的話，用來量一量長短。" * 50))
    assert len(passages) > 2
    assert all(len(p.text) <= LONG for p in passages)
    assert all(p.text.endswith("。") for p in passages)


def test_a_heading_goes_with_what_follows_it() -> None:
    body = "這一段說明了補助的對象和金額，以及申請的方式。" * 4
    first, second = cut(document(f"一、補助對象\n{body}\n二、補助金額\n{body}"))
    assert first.text == f"一、補助對象\n{body}"
    assert second.text == f"二、補助金額\n{body}"


def test_the_path_of_headings() -> None:
    body = "這一段說明了補助的對象和金額，以及申請的方式。" * 12
    text = f"第一章 總則\n{body}\n第二章 補助\n第三條 {body}\n{body}\n第四條 {body}\n第三章 附則\n{body}"
    assert [(p.text[:4], p.headings) for p in cut(document(text))] == [
        ("第一章 ", ()),
        ("第二章 ", ()),
        ("這一段說", ("第二章 補助", "第三條")),
        ("第四條 ", ("第二章 補助", "第四條")),
        ("第三章 ", ()),
    ]


def test_marked_headings_win_over_numbering_and_enclose_it() -> None:
    body = "這一段說明了補助的對象和金額，以及申請的方式。" * 12
    text = f"補助辦法\n一、對象\n{body}\n{body}\n其他\n{body}\n{body}"
    other = text.index("其他")
    marks = (Heading(0, 4, 1), Heading(other, other + 2, 2))
    assert [(p.text[:4], p.headings) for p in cut(document(text, headings=marks))] == [
        ("補助辦法", ()),
        ("這一段說", ("補助辦法", "一、對象")),
        ("其他\n這", ("補助辦法",)),
        ("這一段說", ("補助辦法", "其他")),
    ]


def test_a_question_stands_above_its_answer() -> None:
    answer = "補助將於下個月五日前發放，由區公所通知領取。" * 5
    text = f"記者問：補助什麼時候發？\n{answer}\n{answer}"
    first, second = cut(document(text))
    assert first.text.startswith("記者問") and answer in first.text
    assert second.headings == ("記者問：補助什麼時候發？",)


def test_nothing_is_joined_across_pages() -> None:
    text = "甲短句。\n乙短句。"
    passages = cut(document(text, pages=(Page(0, 1), Page(5, 2))))
    assert [(p.text, p.page) for p in passages] == [("甲短句。", 1), ("乙短句。", 2)]
