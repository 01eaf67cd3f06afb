"""The table of other words for the same thing, and what of it a question uses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.errors import WenjuError
from wenju.corpus.script import fold
from wenju.index.variants import BUNDLED, BadVariants, Variants


def made(tmp_path: Path, *lines: str) -> Variants:
    return Variants.load(written(tmp_path, *lines))


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


TABLE = Variants.load()


def words(variants: Variants, question: str) -> list[str]:
    return [word for word, _ in variants.expand(fold(question))]


# --- the bundled table --------------------------------------------------------------------------
def sides() -> list[list[list[str]]]:
    """The bundled table's entries, folded, by line and side; read here by other means."""
    lines = BUNDLED.read_text(encoding="utf-8").splitlines()
    groups = [line for line in lines if line and not line.startswith("#")]
    return [
        [[fold(e) for e in side.strip("\t").split("\t")] for side in line.split(">")]
        for line in groups
    ]


def test_the_bundled_table_is_of_a_size_that_can_be_kept() -> None:
    assert 150 <= len(sides()) <= 300


def test_no_entry_leads_off_twice() -> None:
    leading = Counter(entry for line in sides() for entry in line[0])
    assert [entry for entry, count in leading.items() if count > 1] == []


def test_entries_are_two_characters_and_differ_when_folded() -> None:
    for line in sides():
        entries = [entry for side in line for entry in side]
        assert len(set(entries)) == len(entries) >= 2
        assert all(len(entry) >= 2 and entry == entry.strip() for entry in entries), line


def test_every_entry_of_a_group_finds_all_the_others() -> None:
    for line in sides():
        for entry in line[0]:
            others = set(TABLE.others[entry])
            wanted = {*line[0], *line[-1]} if len(line) == 1 else {*line[1]}
            assert others >= wanted - {entry}
            assert entry not in others


@pytest.mark.parametrize(
    ("asked", "written_there"),
    [
        ("卫健委的公告", "卫生健康委员会"),
        ("發改委批准", "发展和改革委员会"),
        ("人社局在哪", "人力资源和社会保障局"),
        ("新冠怎麼報銷", "新型冠状病毒"),
        ("身分證", "身份证"),
        ("身份證丟失", "遗失"),
        ("身份證不見了", "遗失"),
        ("末班捷運", "地铁"),
        ("社保怎么交", "社会保险"),
        ("計程車", "出租车"),
        ("軟體", "软件"),
        ("租屋補貼", "补助"),
        ("星期日开吗", "周日"),
    ],
)
def test_what_people_say_finds_what_documents_say(asked: str, written_there: str) -> None:
    found = TABLE.expand(fold(asked))
    assert any(written_there in others for _, others in found), found


def test_a_longer_entry_is_taken_before_what_lies_in_it() -> None:
    assert words(TABLE, "国家卫生健康委员会") == ["卫生健康委员会"]
    assert words(TABLE, "新冠肺炎") == ["新冠肺炎"]
    assert words(TABLE, "末班车") == ["末班车"]


# --- places -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("entry", "question", "found"),
    [
        ("机车", "机车怎么过户", True),
        ("机车", "司机车费报销", False),
        ("公车", "办公车辆管理", False),
        ("地铁", "地铁站在哪里", True),
        ("户口", "户口簿", True),
        ("国人", "中国人民银行", False),
        ("周一", "三周一次", False),
        ("社保", "劳动社保局", True),
        ("wifi", "有wifi吗", True),
        ("ai", "email地址", False),
        ("app", "下载app", True),
        ("app", "happy", False),
        ("qr码", "qqr码", False),
    ],
)
def test_two_characters_are_found_where_they_are_a_word(
    tmp_path: Path, entry: str, question: str, found: bool
) -> None:
    variants = made(tmp_path, f"{entry}\t另外的叫法")
    assert words(variants, question) == ([entry] if found else [])


def test_more_than_two_characters_are_found_anywhere(tmp_path: Path) -> None:
    variants = made(tmp_path, "高新区\t高新技术产业开发区")
    assert words(variants, "无锡市高新区的补贴") == ["高新区"]


def test_entries_that_overlap_are_taken_longest_first_then_leftmost(tmp_path: Path) -> None:
    variants = made(tmp_path, "abc def\tx1", "def ghi j\tx2", "甲乙丙丁\tx3", "丙丁戊己\tx4")
    assert words(variants, "abc def ghi j") == ["def ghi j"]
    assert words(variants, "甲乙丙丁戊己") == ["甲乙丙丁"]


def test_words_come_in_the_questions_order_each_once(tmp_path: Path) -> None:
    variants = made(tmp_path, "补办证件\t换发证件", "身份证\t身分證")
    found = variants.expand("身份证,补办证件,身份证")
    assert found == [("身份证", ("身分证",)), ("补办证件", ("换发证件",))]


@given(
    st.text(st.sampled_from("身份证不见了补办卫生健康委员会新冠肺炎周三一wifiapp 1"), max_size=40)
)
def test_what_is_found_stands_in_the_question(question: str) -> None:
    found = TABLE.expand(question)
    for word, others in found:
        assert word in question and others and word not in others
    assert len({word for word, _ in found}) == len(found)
    assert sum(len(word) for word, _ in found) <= len(question)


# --- a table of one's own -----------------------------------------------------------------------
def test_a_table_is_folded_and_comments_are_left_out(tmp_path: Path) -> None:
    variants = made(tmp_path, "\ufeff# 車輛", "", "計程車\tＴＡＸＩ\t出租車", "  # more")
    assert variants.expand("计程车") == [("计程车", ("taxi", "出租车"))]
    assert variants.expand("taxi") == [("taxi", ("计程车", "出租车"))]


def test_one_way_is_one_way_and_brings_the_group_along(tmp_path: Path) -> None:
    variants = made(tmp_path, "不见了\t弄丢了\t>\t遗失", "遗失\t丢失", "要多久 > 办理时限")
    assert variants.expand("不见了") == [("不见了", ("遗失", "丢失"))]
    assert variants.expand("遗失") == [("遗失", ("丢失",))]
    assert variants.expand("要多久") == [("要多久", ("办理时限",))]
    assert variants.expand("办理时限") == []


def test_what_is_only_pointed_to_still_covers_what_lies_in_it(tmp_path: Path) -> None:
    variants = made(tmp_path, "要多久 > 办理时限规定", "办理时限\t办结时限")
    assert variants.expand("办理时限规定") == []
    assert variants.expand("办理时限")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("计程车", "two or more entries"),
        ("计程车\t", "two or more entries"),
        ("计程车 > ", "at most one >"),
        ("> 出租车", "two or more entries"),
        ("计程车 > 的士 > 出租车", "at most one >"),
        ("计程车\t车", "'车' is shorter"),
        ("计程车\t\t出租车", "'' is shorter"),
        ("計程車\t计程车", "'计程车' is there twice"),
        ("好的\t地鐵", "'地铁' once only, but it stands in line 2"),
    ],
)
def test_a_bad_line_says_where_and_what_is_expected(
    tmp_path: Path, line: str, expected: str
) -> None:
    path = written(tmp_path, "# 车", "地铁\t捷运", line)
    with pytest.raises(BadVariants) as caught:
        Variants.load(path)
    message = str(caught.value)
    assert isinstance(caught.value, WenjuError)
    assert str(path) in message and "line 3" in message and expected in message
    assert line.strip() in message.replace("\\t", "\t")


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.tsv"
    with pytest.raises(WenjuError, match="none.tsv could not be read"):
        Variants.load(missing)
    missing.write_bytes("網路\t网络".encode("big5", "replace"))
    with pytest.raises(WenjuError, match="UTF-8"):
        Variants.load(missing)
