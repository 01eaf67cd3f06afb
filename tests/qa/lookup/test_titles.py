"""What statutes are called, and the numbers in questions and references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.layout.numerals import number_of
from wenju.corpus.metadata.fields import Metadata
from wenju.index.records import StatuteRecord
from wenju.qa.lookup.catalogue import StatuteCatalogue
from wenju.qa.lookup.mention import Mention, mentions
from wenju.qa.lookup.numbering import han, numbering_of
from wenju.qa.lookup.titles import is_short_for, names_of, seen

SHORT = {
    "勞基法": "勞動基準法",
    "個資法": "個人資料保護法",
    "消保法": "消費者保護法",
    "公寓條例": "公寓大廈管理條例",
    "道交條例": "道路交通管理處罰條例",
    "食安法": "食品安全衛生管理法",
    "劳合法": "劳动合同法",
}
NOT_SHORT = {
    "勞基條例": "勞動基準法",  # of another kind
    "基準法": "勞動基準法",  # does not begin as the title does
    "勞法": "勞動基準法",  # of one character
    "勞準法": "勞動基準法",  # 準 begins no word
    "基勞法": "勞動基準法",
    "勞動基準法": "勞動基準法",
}


@pytest.mark.parametrize(("short", "title"), SHORT.items())
def test_initials(short: str, title: str) -> None:
    assert is_short_for(seen(short), seen(title))


@pytest.mark.parametrize(("short", "title"), NOT_SHORT.items())
def test_what_is_no_initials(short: str, title: str) -> None:
    assert not is_short_for(seen(short), seen(title))


def test_names_made_of_a_title() -> None:
    def names(title: str) -> set[str]:
        return {name for _, name in names_of(seen(title))}

    assert seen("著作权法") in names("中华人民共和国著作权法")
    assert seen("公司登记办法") in names("公司登记办法（试行）")
    assert seen("公司登记办法") in names("公司登记办法（2016年修订）")
    assert seen("物业管理条例") in names("江苏省无锡市物业管理条例")
    assert seen("刑法修正案") not in names("刑法修正案（七）")


def _catalogue(*titles: str, **others: tuple[str, ...]) -> StatuteCatalogue:
    records = [StatuteRecord(t, t, f"{t}.txt", "", Metadata(), 9) for t in titles]
    return StatuteCatalogue(records, others)


def test_a_national_law_is_nearer_than_one_of_a_place() -> None:
    known = _catalogue("物业管理条例", "无锡市物业管理条例", "苏州市物业管理条例")
    assert [e.title for e in known.called("物业管理条例")] == ["物业管理条例"]
    places = _catalogue("无锡市物业管理条例", "苏州市物业管理条例")
    assert len(places.called("物业管理条例")) == 2


def test_a_draft_does_not_stand_for_the_law() -> None:
    known = _catalogue("增值税法", "增值税法（草案）")
    assert [e.title for e in known.called("增值税法")] == ["增值税法"]
    assert [e.title for e in _catalogue("增值税法（草案）").called("增值税法")] == [
        "增值税法（草案）"
    ]


def test_a_table_gives_further_names() -> None:
    known = _catalogue("勞工保險條例", 勞保條例=("勞工保險條例",))
    assert [e.title for e in known.called(seen("勞保條例"))] == ["勞工保險條例"]


@given(st.integers(1, 9999))
def test_numbers_are_written_as_they_are_read(number: int) -> None:
    assert number_of(han(number)) == number


@given(st.integers(1, 1500), st.none() | st.integers(1, 30), st.booleans(), st.booleans())
def test_a_written_number_is_the_number(
    number: int, under: int | None, arabic: bool, mainland: bool
) -> None:
    articles = ["第一条 甲。"] if mainland else ["第 1 條 甲。"]
    written = (number,) if under is None else (number, under)
    label = numbering_of(articles, "").label("article", written, arabic=arabic)
    assert [m.article for m in mentions(seen(label))] == [written]


READ = {
    "第24條": Mention(0, 4, (24,)),
    "第二十四條之一": Mention(0, 7, (24, 1)),
    "第24-1條": Mention(0, 6, (24, 1)),
    "article 24-1": Mention(0, 12, (24, 1)),
}


@pytest.mark.parametrize(("text", "mention"), READ.items())
def test_mentions(text: str, mention: Mention) -> None:
    assert mentions(seen(text)) == [mention]


@pytest.mark.parametrize(
    "text",
    ["哪一條規定了加班", "共有86條", "每一條", "第二十四次會議", "兩條路線", "section heading"],
)
def test_what_names_no_article(text: str) -> None:
    assert mentions(seen(text)) == []


def test_parts_by_unit_by_word_and_by_place() -> None:
    def parts(text: str) -> list[tuple[str, int]]:
        return [(p.unit, p.number) for p in mentions(seen(text))[0].parts]

    assert parts("第3條第1項第2款第3目") == [("项", 1), ("款", 2), ("目", 3)]
    assert parts("第三条第（二）项") == [("项", 2)]
    assert parts("Art. 12(2)(3)") == [("", 2), ("", 3)]
    assert parts("Article 12 paragraph 2 item 3") == [("paragraph", 2), ("item", 3)]
