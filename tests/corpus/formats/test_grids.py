"""Tables as lines: which rows name the columns, and what each value is told with."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import table_lines

Given = Sequence[Sequence[str | Cell]]


def lines(rows: Given) -> list[str]:
    return table_lines([[c if isinstance(c, Cell) else Cell(c) for c in row] for row in rows])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [["校名", "學生（人）"], ["南湖國小", "1785"], ["北湖國小", ""]],
            ["校名：南湖國小；學生（人）：1785。", "校名：北湖國小。"],
            id="one header, an empty cell shifts nothing",
        ),
        pytest.param(
            [
                ["2024年运行情况表", "", ""],
                ["填报单位：水务局", "", "填报日期：2024-08-01"],
                ["站名", "流量", "人数"],
                ["东站", "860", "4"],
                ["西站", "530", "3"],
            ],
            [
                "2024年运行情况表",
                "填报单位：水务局 填报日期：2024-08-01",
                "站名：东站；流量：860；人数：4。",
                "站名：西站；流量：530；人数：3。",
            ],
            id="a title and who filled it in stand above",
        ),
        pytest.param(
            [["", "窗口", "天数"], ["0", "一号", "5"], ["1", "二号", "3"]],
            ["窗口：一号；天数：5。", "窗口：二号；天数：3。"],
            id="a program's index is no value",
        ),
        pytest.param(
            [["", "计划", "完成"], ["修路", "3", "2"]],
            ["修路；计划：3；完成：2。"],
            id="the corner is empty",
        ),
        pytest.param(
            [
                ["单位", "2023年", "", "2024年", ""],
                ["", "计划", "完成", "计划", "完成"],
                ["甲局", "1", "2", "3", "4"],
                ["乙局", "5", "", "7", "8"],
            ],
            [
                "单位：甲局；2023年 计划：1；2023年 完成：2；2024年 计划：3；2024年 完成：4。",
                "单位：乙局；2023年 计划：5；2024年 计划：7；2024年 完成：8。",
            ],
            id="two levels, by blanks",
        ),
        pytest.param(
            [
                [Cell("單位", rows=2), Cell("2023年", columns=2), Cell("2024年", columns=2)],
                ["計畫", "完成", "計畫", "完成"],
                ["甲局", "1", "2", "3", "4"],
            ],
            ["單位：甲局；2023年 計畫：1；2023年 完成：2；2024年 計畫：3；2024年 完成：4。"],
            id="two levels, by spans",
        ),
        pytest.param(
            [
                ["单位：万元", "", ""],
                ["项目", "计划", "备注"],
                ["路", "100", "新"],
                ["桥", "50", ""],
            ],
            [
                "单位：万元",
                "项目：路；计划（万元）：100；备注：新。",
                "项目：桥；计划（万元）：50。",
            ],
            id="the unit of the whole table",
        ),
        pytest.param(
            [
                ["机具", "档次", "补贴"],
                [Cell("插秧机", rows=2), "一档", "100"],
                ["二档", "8600"],
                [Cell("拖拉机", rows=2), "一档", "1"],
                ["二档", "21000"],
            ],
            [
                "机具：插秧机；档次：一档；补贴：100。",
                "机具：插秧机；档次：二档；补贴：8600。",
                "机具：拖拉机；档次：一档；补贴：1。",
                "机具：拖拉机；档次：二档；补贴：21000。",
            ],
            id="what spans rows is told in each",
        ),
        pytest.param(
            [["時間", "週一", "週二"], ["上午", Cell("休館", columns=2)], ["下午", "開放", "休館"]],
            ["時間：上午；週一：休館；週二：休館。", "時間：下午；週一：開放；週二：休館。"],
            id="what spans columns is told of each",
        ),
        pytest.param(
            [
                ["线路", "首班", "末班"],
                [Cell("市区", columns=3)],
                ["A线", "6:00", "22:00"],
                [Cell("郊区", columns=3)],
                ["B线", "7:00", "21:00"],
                [Cell("注：节假日照常。", columns=3)],
            ],
            [
                "市区；线路：A线；首班：6:00；末班：22:00。",
                "郊区；线路：B线；首班：7:00；末班：21:00。",
                "注：节假日照常。",
            ],
            id="groups of rows, and a note",
        ),
        pytest.param(
            [["地址", "某路1号"], ["电话", "02-23456789"], ["备注", "无"]],
            ["地址：某路1号。", "电话：02-23456789。", "备注：无。"],
            id="a form",
        ),
        pytest.param(
            [["姓名", "王明", "电话", "13912345678"], ["地址", Cell("某路1号", columns=3)]],
            ["姓名：王明；电话：13912345678。", "地址：某路1号。"],
            id="a form of two columns",
        ),
        pytest.param(
            [
                ["名称", "恒信公司", "法人", "王明"],
                ["资本", "500万元", "成立", "2010年5月1日"],
                ["电话", "02-23456789", "邮编", "100000"],
                ["地址", "某路1号", "备注", "无"],
            ],
            [
                "名称：恒信公司；法人：王明。",
                "资本：500万元；成立：2010年5月1日。",
                "电话：02-23456789；邮编：100000。",
                "地址：某路1号；备注：无。",
            ],
            id="a form of values of all forms",
        ),
        pytest.param(
            [
                ["分馆", "人次", "馆长", "电话"],
                ["石泉馆", "4951人次", "王明", "042-4978585"],
                ["桃山馆", "1267人次", "李华", "071-5796966"],
                ["东湖馆", "92人次", "张三", "040-7787289"],
            ],
            [
                "分馆：石泉馆；人次：4951人次；馆长：王明；电话：042-4978585。",
                "分馆：桃山馆；人次：1267人次；馆长：李华；电话：071-5796966。",
                "分馆：东湖馆；人次：92人次；馆长：张三；电话：040-7787289。",
            ],
            id="four columns are no form where one holds values of one form",
        ),
        pytest.param(
            [["指标", "2022", "2023"], ["人口", "30", "31"]],
            ["指标：人口；2022：30；2023：31。"],
            id="years name columns",
        ),
        pytest.param(
            [
                [Cell("", rows=2), Cell("医生", columns=2)],
                ["上半年", "下半年"],
                ["红丰站", "7", "12"],
                ["平溪站", "", "3"],
            ],
            ["红丰站；医生 上半年：7；医生 下半年：12。", "平溪站；医生 下半年：3。"],
            id="one name over all columns but the first, which has none",
        ),
        pytest.param(
            [
                ["", "医生", ""],
                ["", "上半年", "下半年"],
                ["红丰站", "7", "12"],
                ["平溪站", "", "3"],
            ],
            ["红丰站；医生 上半年：7；医生 下半年：12。", "平溪站；医生 下半年：3。"],
            id="the same without spans",
        ),
        pytest.param(
            [["", "情况表", ""], ["站名", "上半年", "下半年"], ["红丰站", "7", "12"]],
            ["情况表", "站名：红丰站；上半年：7；下半年：12。"],
            id="a title in the middle",
        ),
        pytest.param(
            [["学校", "在校生"], ["南湖小学", "2755"], ["北湖小学", "1091"], ["西山小学", "1745"]],
            [
                "学校：南湖小学；在校生：2755。",
                "学校：北湖小学；在校生：1091。",
                "学校：西山小学；在校生：1745。",
            ],
            id="numbers that could be years",
        ),
        pytest.param(
            [
                ["項目", "2026年", ""],
                ["", "上半年", "下半年"],
                ["", "補助款", "補助款"],
                ["修路", "24577", "231"],
                ["造橋", "未統計", ""],
            ],
            [
                "項目：修路；2026年 上半年 補助款：24577；2026年 下半年 補助款：231。",
                "項目：造橋；2026年 上半年 補助款：未統計。",
            ],
            id="three levels, few numbers",
        ),
        pytest.param(
            [["1", "2", "3"], ["4", "5", "6"]],
            ["1 | 2 | 3", "4 | 5 | 6"],
            id="numbers alone",
        ),
        pytest.param(
            [
                [Cell("项目", heads=True), Cell("金额", heads=True)],
                ["甲", "1"],
                ["项目", "金额"],
                ["乙", "2"],
            ],
            ["项目：甲；金额：1。", "项目：乙；金额：2。"],
            id="a header that is printed again on each page",
        ),
        pytest.param([["甲"], ["乙"]], ["甲", "乙"], id="one column"),
        pytest.param([], [], id="nothing"),
        pytest.param([[], ["", ""]], [], id="nothing in it"),
    ],
)
def test_rows_are_told_with_their_columns(rows: Given, expected: list[str]) -> None:
    assert lines(rows) == expected


def test_no_value_is_lost_or_moved() -> None:
    """Every cell of a large table comes behind the name of its own column."""
    names = [f"栏{chr(ord('甲') + c)}" for c in range(12)]
    body = [[f"值{r}之{c}" if (r + c) % 5 else "" for c in range(12)] for r in range(300)]
    for line, row in zip(lines([names, *body]), body, strict=True):
        told = dict(part.split("：") for part in line.removesuffix("。").split("；"))
        assert told == {name: cell for name, cell in zip(names, row, strict=True) if cell}
