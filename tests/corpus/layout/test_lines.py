"""What single lines are, by their form and by their neighbours."""

from __future__ import annotations

import pytest

from wenju.corpus.document import Heading
from wenju.corpus.layout import Layout, Line, Role, article_number, outline, read_layout


def lines(text: str) -> tuple[Layout, list[Line]]:
    layout = read_layout(text)
    return layout, [line for line in layout.lines if line.role != Role.BLANK]


def only(text: str) -> Line:
    """The line in a text that goes on behind it."""
    return read_layout(f"{text}\n這是後面的一句話，說明其他的事情。").lines[0]


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("第十二條 本辦法自公布日施行。", "第十二條"),
        ("第 12 條", "第12條"),
        ("第 9-1 條 審查費之收取，另定之。", "第9-1條"),
        ("第12-1條 審查費之收取，另定之。", "第12-1條"),
        ("第十二條之一 前條之申請，應備文件。", "第十二條之一"),
        ("第十二条之一　前条的申请，应当备齐文件。", "第十二条之一"),
        ("第五条为了规范管理，制定本办法。", "第五条"),
        ("第三條（主管機關）本法所稱主管機關為內政部。", "第三條"),
        ("Article 12 The authority shall publish the list.", "Article 12"),
        ("§ 12 Fees", "§12"),
        ("第三十六條所定之申請，應於期限內提出。", ""),
        ("第五条规定的条件，由主管部门认定。", ""),
        ("第五條之規定，於法人準用之。", ""),
        ("第五條第二項所稱機關，指下列機關。", ""),
        ("第五條、第六條及第七條，自公布日施行。", ""),
        ("第五條至第七條，自公布日施行。", ""),
        ("第5～7條自公布日施行。", ""),
        ("第五條 所定之申請，應於期限內提出。", ""),
        ("Article 12 of the Act applies.", ""),
        ("第一次會議紀錄。", ""),
    ],
)
def test_articles_and_what_only_refers_to_one(line: str, article: str) -> None:
    assert only(line).article == article
    found = outline(line)
    assert (found.label if found and not found.whole_line else "") == article


def test_text_right_behind_its_number_has_to_follow_the_article_before() -> None:
    text = "第一条为了规范管理，制定本办法。\n第二条本市适用本办法。\n第九条人员由局里指派。\n第三条另行规定。"
    assert [line.article for line in read_layout(text).lines] == ["第一条", "第二条", "", "第三条"]


@pytest.mark.parametrize(
    ("article", "number"),
    [
        ("第十二條", "12"),
        ("第12條", "12"),
        ("第 9-1 條", "9-1"),
        ("第九條之一", "9-1"),
        ("第一百二十条", "120"),
        ("第二百零三条", "203"),
        ("第一千零四十二条", "1042"),
        ("Article 12", "12"),
        ("條", ""),
    ],
)
def test_the_number_of_an_article(article: str, number: str) -> None:
    assert article_number(article) == number


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("第三章 罰則", Role.HEADING),
        ("第三章所定之程序如有變更，應公告之。", Role.TEXT),
        ("（二）申報條件", Role.HEADING),
        ("一、凡年滿六十五歲者，得申請補助。", Role.ITEM),
        ("1. 身分證影本一份，正本驗畢退還。", Role.ITEM),
        ("①身分證影本；", Role.ITEM),
        ("- 身分證影本", Role.ITEM),
        ("一是完善制度，二是加強宣導。", Role.ITEM),
        ("時間：2024年5月16日上午10:00", Role.LABEL),
        ("• 地點：市民中心三樓", Role.LABEL),
        ("聯絡電話　02-12345678", Role.LABEL),
        ("Opening hours: 9 to 17", Role.LABEL),
        ("10:30 開始報到", Role.TEXT),
        ("http://www.example.gov.tw/page", Role.TEXT),
        ("記者問：補助什麼時候發？", Role.QUESTION),
        ("《晨報》記者：請問政府怎樣支持企業", Role.QUESTION),
        ("Q1：怎么申请？", Role.QUESTION),
        ("補助什麼時候發？", Role.QUESTION),
        ("答：下個月五日前。", Role.TEXT),
        ("發布日期：2024-04-02", Role.FURNITURE),
        ("來源：市科技局", Role.FURNITURE),
        ("瀏覽次數：315", Role.FURNITURE),
        ("发布会时间：5月16日", Role.LABEL),
        ("頁 1/3", Role.FURNITURE),
        ("- 12 -", Role.FURNITURE),
        ("【打印】【关闭窗口】", Role.FURNITURE),
        ("項目 | 金額 | 期限", Role.ROW),
        ("項目\t金額\t期限", Role.ROW),
        ("| 項目 | 金額 |", Role.ROW),
        ("市民應當把自行車停放在劃定的區域內。", Role.TEXT),
        ("2024年4月2日", Role.TEXT),
    ],
)
def test_the_role_of_a_line(line: str, role: Role) -> None:
    # not the first line: that may be a title
    layout = read_layout(f"前面的一句話，還沒有說完\n{line}\n後面是另一句話，說明其他的事情。")
    assert layout.lines[1].role == role


def test_marks_with_their_style_and_number() -> None:
    text = "\n".join(
        (
            "（三）甲。",
            "3. 甲。",
            "3、甲。",
            "（3）甲。",
            "③甲。",
            "三是甲。",
            "第三，甲。",
            "• 甲。",
            "三、甲。",
            "⑶甲。",
        )
    )
    marks = [line.mark for line in read_layout(text).lines]
    assert [(m.style, m.number) for m in marks if m] == [
        *(("(一)", 3), ("1.", 3), ("1.", 3), ("(1)", 3), ("①", 3), ("一是", 3), ("第一,", 3)),
        *(("·", 0), ("一、", 3), ("⑴", 3)),
    ]


@pytest.mark.parametrize(
    "line", ["3.5公里的步道。", "一般而言，應申請。", "(2024)年度計畫。", "-5度以下。"]
)
def test_what_is_no_mark(line: str) -> None:
    assert only(line).mark is None


def test_a_label_behind_a_mark_and_several_labels_in_a_line() -> None:
    layout, (item, several, csv) = lines(
        "一、停水時間：上午9時起。\n日期：5月1日　地點：市民中心\n姓名：王小明；電話：02-1234；備註：無。"
    )
    told = [
        [(layout.text_of(f.label), layout.text_of(f.value)) for f in line.fields]
        for line in (item, several, csv)
    ]
    assert told == [
        [("停水時間", "上午9時起。")],
        [("日期", "5月1日"), ("地點", "市民中心")],
        [("姓名", "王小明"), ("電話", "02-1234"), ("備註", "無")],
    ]
    assert item.role == Role.ITEM and layout.text_of(item.label) == "停水時間"
    assert layout.text_of(several.value) == "5月1日"


def test_a_signature_stands_at_the_foot() -> None:
    _, found = lines(
        "公告\n本市自來水暫停供應。\n\n海濱市政府\n中華民國114年3月5日\n發布日期：114-03-05"
    )
    assert [line.role for line in found[-3:]] == [Role.SIGNATURE, Role.SIGNATURE, Role.FURNITURE]
    _, found = lines("公告\n114年3月5日\n本市自來水暫停供應。")
    assert Role.SIGNATURE not in [line.role for line in found]
    assert read_layout("2024年4月2日").lines[0].role != Role.SIGNATURE
    _, found = lines("本市自來水暫停供應。\n市長　卓昱廷")
    assert found[-1].role == Role.SIGNATURE


def test_numbered_lines_in_a_row_are_items_and_with_text_between_them_headings() -> None:
    items = "應備文件如下：\n一、身分證\n二、戶口名簿\n三、印章\n送件地點在區公所。"
    assert [line.level for line in read_layout(items).lines] == [None] * 5
    headings = "一、申請\n向小組提出申請。\n二、審查\n由委員會審查。"
    roles = [line.role for line in read_layout(headings).lines]
    assert roles == [Role.HEADING, Role.TEXT] * 2


def test_the_format_wins() -> None:
    text = "其他\n一、甲\n二、乙"
    layout = read_layout(text, (Heading(0, 2, 2), Heading(3, 6, 3)))
    assert [(line.role, line.level) for line in layout.lines[:2]] == [
        (Role.HEADING, 2),
        (Role.HEADING, 3),
    ]
    assert layout.heading_path(len(text)) == ("其他", "一、甲")


def test_what_is_numbered_inside_an_article_does_not_end_it() -> None:
    text = "第三條 獎項如下：\n一、數位出版獎\n得獎者由本部公告。\nＱ：為消耗量。\n第四條 另定之。"
    layout = read_layout(text)
    assert [above.article for above in layout.above] == ["第三條"] * 4 + ["第四條"]
