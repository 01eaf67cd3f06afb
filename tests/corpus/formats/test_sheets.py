"""Spreadsheets: what the sheet shows is what is read."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from wenju.corpus.errors import ReadError
from wenju.corpus.formats.sheets.shown import Value, shown
from wenju.corpus.inventory import Note
from wenju.corpus.read import Reading, read


def saved(folder: Path, book: openpyxl.Workbook) -> Reading:
    path = folder / "a.xlsx"
    book.save(path)
    return read(path)


def text(reading: Reading) -> list[str]:
    (source,) = reading.sources
    return source.text.split("\n")


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.5, "0%", "50%"),
        (1200, '#,##0.00"元"', "1,200.00元"),
        (1200, "¥#,##0", "¥1,200"),
        (0.1 + 0.2, "General", "0.3"),
        (0.1 + 0.2, "", "0.3"),
        (1785, "General", "1785"),
        (1785.0, "General", "1785"),
        (5.5, "0.##", "5.5"),
        (5.0, "0.##", "5"),
        (-3, "0;[Red]-0", "-3"),
        (date(2024, 5, 1), "yyyy-mm-dd", "2024-05-01"),
        (datetime(2024, 5, 1), 'yyyy"年"m"月"d"日"', "2024年5月1日"),
        (datetime(2024, 5, 1), 'yyyy"年"m"月"', "2024年5月"),
        (datetime(2024, 6, 1, 9, 30), "yyyy/m/d h:mm", "2024-06-01 09:30"),
        (time(9, 30), "h:mm", "09:30"),
        (True, "General", "TRUE"),
        ("012345", "@", "012345"),
        (None, "General", ""),
    ],
)
def test_values_are_shown_as_the_sheet_shows_them(value: Value, form: str, expected: str) -> None:
    assert shown(value, form) == expected


def test_merged_heads_and_a_title(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["2024年收費標準"],
        ["單位：元"],
        ["項目", "標準", None, "占比"],
        [None, "本地", "外地"],
        ["停車", 5, 8.5, 0.125],
        ["洗車", 30, None, 0.5],
        [],
        ["說明：自公布之日起施行。"],
    ):
        sheet.append(row)
    for merged in ("A1:D1", "A3:A4", "B3:C3", "D3:D4"):
        sheet.merge_cells(merged)
    sheet["D5"].number_format = sheet["D6"].number_format = "0.0%"
    assert text(saved(tmp_path, book)) == [
        "2024年收費標準",
        "單位：元",
        "項目：停車；標準 本地（元）：5；標準 外地（元）：8.5；占比：12.5%。",
        "項目：洗車；標準 本地（元）：30；占比：50.0%。",
        "說明：自公布之日起施行。",
    ]


def test_sheets_are_sections_and_hidden_ones_are_told_of(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "甲"
    book.active.append(["名稱", "人數"])
    book.active.append(["東站", 4])
    second = book.create_sheet("乙")
    second.append(["名稱", "電話"])
    second.append(["西站", "02-23456789"])
    hidden = book.create_sheet("草稿")
    hidden.append(["秘密"])
    hidden.sheet_state = "hidden"
    reading = saved(tmp_path, book)
    assert text(reading) == ["甲", "名稱：東站；人數：4。", "乙", "名稱：西站；電話：02-23456789。"]
    assert [reading.sources[0].text[h.start : h.end] for h in reading.sources[0].headings] == [
        "甲",
        "乙",
    ]
    assert (reading.problems, reading.notes) == ((), (Note("hidden_sheets", "草稿"),))


def test_tables_of_one_sheet_are_parted_by_empty_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["站名", "人數"], ["東站", 4], [], ["西站", 5], [], ["路線", "班次"], ["甲線", 12]):
        book.active.append(row)
    assert text(saved(tmp_path, book)) == [
        "站名：東站；人數：4。",
        "站名：西站；人數：5。",
        "路線：甲線；班次：12。",
    ]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et"])
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"\xd0\xcf\x11\xe0 broken")
    with pytest.raises(ReadError, match=rf"a\{suffix}"):
        read(path)
