"""Numbers that Word writes by itself, in the text as if they had been typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.formats.word.numerals import numeral
from wenju.corpus.layout import read_layout
from wenju.corpus.read import read_file
from wenju.corpus.statutes import provisions_of
from wenju.eval.benchmarks.statutes.truth import value

WordFile = Any  # python-docx is untyped
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# of a law: number format, text, what stands behind it, and further elements
LAW = [
    ("chineseCounting", "第%1章", "tab", ""),
    ("taiwaneseCountingThousand", "第%2條", "space", '<w:lvlRestart w:val="0"/>'),
    ("chineseCounting", "%3、", "nothing", ""),
    ("chineseCounting", "（%4）", "tab", ""),
    ("decimal", "%5.", "tab", ""),
    ("decimal", "%1.%6", "tab", "<w:isLgl/>"),
]

Level = tuple[str, str, str, str]
NOWHERE: Mapping[int, int] = {}


def define(document: WordFile, levels: Sequence[Level]) -> int:
    """Define a kind of list in the document."""
    from docx.oxml import parse_xml

    root = document.part.numbering_part.element
    number = 100 + len(root)
    written = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text, gap, more) in enumerate(levels)
    )
    root.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{written}</w:abstractNum>')
    )
    return number


def add_list(document: WordFile, defined: int, starts: Mapping[int, int] = NOWHERE) -> int:
    """Add a list of a kind; ``starts`` are levels that it begins at another number."""
    from docx.oxml import parse_xml

    root = document.part.numbering_part.element
    number = 500 + len(root)
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for i, start in starts.items()
    )
    root.append(
        parse_xml(
            f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{defined}"/>{overrides}</w:num>'
        )
    )
    return number


def add(document: WordFile, text: str, number: int, level: int) -> None:
    from docx.oxml import parse_xml

    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def text_of(document: WordFile, folder: Path) -> str:
    document.save(folder / "a.docx")
    return read_file(folder / "a.docx")[0].text


@pytest.fixture
def document() -> WordFile:
    import docx

    return docx.Document()


def test_levels_count_restart_and_go_on(document: WordFile, tmp_path: Path) -> None:
    law = add_list(document, define(document, LAW))
    levels = "總則0 目的1 甲2 乙2 子3 丑3 戊4 罰則0 罰1 丙2 丁5"
    for text, level in ((word[:-1], int(word[-1])) for word in levels.split()):
        add(document, text, law, level)
    assert text_of(document, tmp_path).split("\n") == [
        *("第一章 總則", "第一條 目的", "一、甲", "二、乙", "（一）子", "（二）丑", "1. 戊"),
        *("第二章 罰則", "第二條 罰", "一、丙", "2.1 丁"),
    ]


def test_a_law_numbered_by_word_is_a_statute(document: WordFile, tmp_path: Path) -> None:
    law = add_list(document, define(document, LAW))
    for level in (0, 1, 1, 0, *[1] * 20):
        add(document, "附則之規定" if level == 0 else "本辦法自發布日施行。", law, level)
    found = provisions_of(read_layout(text_of(document, tmp_path)))
    assert [p.number for p in found if p.kind == "article"] == [(n,) for n in range(1, 23)]
    assert [p.label for p in found if p.kind == "chapter"] == ["第一章", "第二章"]


def test_a_list_that_begins_anew(document: WordFile, tmp_path: Path) -> None:
    kind = define(document, [("decimal", "%1)", "nothing", "")])
    first, again = add_list(document, kind), add_list(document, kind, {0: 7})
    for number in (first, first, again, again):
        add(document, "甲", number, 0)
    assert text_of(document, tmp_path) == "1)甲\n2)甲\n7)甲\n8)甲"


def test_numbers_of_styles_tables_and_bullets(document: WordFile, tmp_path: Path) -> None:
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("", style="List Number")
    cell = document.add_table(1, 2).rows[0].cells[0]
    cell.paragraphs[0].text = "表內"
    cell.paragraphs[0].style = "List Number"
    document.add_paragraph("丙", style="List Number")
    document.add_paragraph("點", style="List Bullet")
    document.add_paragraph("文。")
    # an empty paragraph has its number, though there is nothing to read in it
    assert text_of(document, tmp_path) == "1. 甲\n3. 表內\n4. 丙\n點\n文。"


def test_a_list_that_is_not_defined(document: WordFile, tmp_path: Path) -> None:
    add(document, "甲", 4711, 0)
    add(document, "乙", add_list(document, define(document, LAW[:1])), 8)
    assert text_of(document, tmp_path) == "甲\n乙"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("decimal", "12"),
        ("decimalZero", "12"),
        ("decimalFullWidth", "１２"),
        ("chineseCounting", "十二"),
        ("taiwaneseCountingThousand", "十二"),
        ("ideographLegalTraditional", "壹拾貳"),
        ("chineseLegalSimplified", "壹拾贰"),
        ("ideographZodiac", "亥"),
        ("ideographTraditional", "12"),  # there are ten stems
        ("decimalEnclosedCircleChinese", "⑫"),
        ("lowerLetter", "l"),
        ("upperRoman", "XII"),
        ("none", ""),
        ("something new", "12"),
    ],
)
def test_formats(form: str, said: str) -> None:
    assert numeral(12, form) == said


@given(st.integers(1, 9999))
def test_chinese_numerals_say_their_number(number: int) -> None:
    assert value(numeral(number, "chineseCounting")) == number


@given(st.integers(), st.text())
def test_any_number_has_a_form(number: int, form: str) -> None:
    assert numeral(number, form) or form == "none"
