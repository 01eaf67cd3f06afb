"""Pages as they look: what is framed is what is cited, by PDFium's own reading of the box."""

from __future__ import annotations

import random
import shutil
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from tests.corpus.formats.drawing import Stroke, Word, drawn, text_within, turned
from tests.corpus.test_read import pdf
from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.pdf.sheet import Sheet, UnknownPage, page_count, picture, sheet
from wenju.corpus.read import read_file

HEAD = "甲市公共圖書館借閱規則"
PAGES = [
    [HEAD, "第一條：本規則所稱讀者，指持有借閱證之人，借閱證每人以一張為限，不得轉借他人使用。"]
    + ["第二條：每次最多借閱十冊，", "借閱期限為三十日。"]
    + ["- 1 -"],
    [HEAD, "第三條：逾期每日每冊收取新臺幣2元，", "最高以200元為限。", "第四條：本館週一休館。"]
    + ["- 2 -"],
    [HEAD, "第五條：本規則自公布日施行。", "第六條：每次最多借閱十冊者，不得預約。", "- 3 -"],
]
SAMPLE = Path(__file__).parents[3] / "corpus" / "samples" / "housing.pdf"


def written(folder: Path, data: bytes) -> tuple[Path, Source]:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return path, read_file(path)[0]


def pages_of(source: Source) -> list[tuple[int, int, int]]:
    """Each page's number, and where it begins and ends in the text."""
    starts = [*((p.start, p.number) for p in source.pages), (len(source.text), 0)]
    return [(number, start, end) for (start, number), (end, _) in pairwise(starts)]


def framed(path: Path, source: Source, words: str, nth: int = 0) -> Sheet:
    """The page with the n-th occurrence of words framed."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(words, start + 1)
    number, first, last = next(p for p in pages_of(source) if p[1] <= start < p[2])
    return sheet(path, number, source.text[first:last], start - first, start + len(words) - first)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("data", [pdf(PAGES), SAMPLE.read_bytes()], ids=["drawn", "sample"])
def test_every_place_is_framed_where_it_stands(tmp_path: Path, data: bytes) -> None:
    path, source = written(tmp_path, data)
    chance = random.Random(3)
    for number, first, last in pages_of(source):
        text = source.text[first:last]
        for _ in range(12):
            start = chance.randrange(len(text) - 1)
            end = min(len(text), start + chance.randint(1, 40))
            found = sheet(path, number, text, start, end)
            assert text_within(path, number, found.boxes) == squeezed(text[start:end])


def test_a_box_for_each_line_inside_the_page(tmp_path: Path) -> None:
    path, source = written(tmp_path, pdf(PAGES))
    found = framed(path, source, "十冊，借閱期限")
    assert [text_within(path, 1, [box]) for box in found.boxes] == ["十冊，", "借閱期限"]
    assert (found.width, found.height) == (595, 842)
    for box in found.boxes:
        assert 0 <= box.left < box.right <= 595 and 0 <= box.top < box.bottom <= 842
    assert found.boxes[0].bottom <= found.boxes[1].top + 3


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_that_is_turned_and_cropped(tmp_path: Path, rotation: int) -> None:
    path, source = written(tmp_path, turned(pdf(PAGES), rotation, (20, 300, 520, 830)))
    found = framed(path, source, "最高以200元")
    assert (found.width, found.height) == ((500, 530) if rotation % 180 == 0 else (530, 500))
    assert text_within(path, 2, found.boxes) == "最高以200元"
    size = Image.open(BytesIO(picture(path, 2, 1))).size
    assert size == (round(found.width), round(found.height))


ROWS = [
    ["名称", "学生（人）", "教师（人）"],
    ["南湖小学", "1785", "96"],
    ["北湖小学", "96", "1785"],
    ["西山小学", "1785", "96"],
]
LEFT, RIGHT, TOP, STEP = (60, 180, 300), 420, 100, 20


def table() -> bytes:
    edges = (*LEFT, RIGHT)
    words: list[Word] = [(60, 80, "各校人数表")]
    for r, row in enumerate(ROWS):
        words += [(x + 5, TOP + STEP * r + 14, text) for x, text in zip(LEFT, row, strict=True)]
    bottom = TOP + STEP * len(ROWS)
    lines: list[Stroke] = [(x, TOP, x, bottom) for x in edges]
    lines += [(60, TOP + STEP * r, RIGHT, TOP + STEP * r) for r in range(len(ROWS) + 1)]
    return drawn(words, lines)


def test_values_of_a_table_are_framed_in_their_own_cells(tmp_path: Path) -> None:
    path, source = written(tmp_path, table())
    lines = source.text.split("\n")
    assert lines[2] == "名称：北湖小学；学生（人）：96；教师（人）：1785。"
    at = len("\n".join(lines[:1])) + 1
    for r, line in enumerate(lines[1:], 1):
        for c, value in enumerate(ROWS[r]):
            start = at + line.index(f"{ROWS[0][c]}：{value}") + len(ROWS[0][c]) + 1
            (box,) = sheet(path, 1, source.text, start, start + len(value)).boxes
            assert LEFT[c] <= box.left and box.right <= (*LEFT, RIGHT)[c + 1]
            assert TOP + STEP * r - 3 <= box.top and box.bottom <= TOP + STEP * (r + 1) + 3
            assert text_within(path, 1, [box]) == value
        at += len(line) + 1


def test_the_name_of_a_column_is_framed_in_the_head(tmp_path: Path) -> None:
    path, source = written(tmp_path, table())
    found = framed(path, source, "教师（人）：96", 1)
    assert text_within(path, 1, found.boxes) == "教师（人）96"
    assert [box.top > TOP + STEP for box in found.boxes] == [False, True]


def test_a_text_that_was_read_otherwise_is_framed_only_where_it_is_the_only_one(
    tmp_path: Path,
) -> None:
    path, source = written(tmp_path, pdf(PAGES))
    number, first, last = pages_of(source)[1]
    older = source.text[first:last].replace("第四條：", "第四條為：")
    for words, told in (("最高以200元", "最高以200元"), ("元", ""), ("第四條為：", "")):
        start = older.index(words)
        found = sheet(path, number, older, start, start + len(words))
        assert text_within(path, number, found.boxes) == told


def test_another_pages_text_frames_nothing(tmp_path: Path) -> None:
    path, source = written(tmp_path, pdf(PAGES))
    _, first, last = pages_of(source)[0]
    text = source.text[first:last]
    start = text.index("借閱證每人")
    assert sheet(path, 3, text, start, start + 5).boxes == ()


def test_a_picture_is_never_larger_than_it_may_be(tmp_path: Path) -> None:
    path, _ = written(tmp_path, pdf(PAGES))
    huge = tmp_path / "huge.pdf"
    huge.write_bytes(pdf(PAGES).replace(b"[0 0 595 842]", b"[0 0 14000 14000]"))
    assert Image.open(BytesIO(picture(path, 1, 2))).size == (1190, 1684)
    wide, high = Image.open(BytesIO(picture(huge, 1, 4))).size
    assert 15_000_000 < wide * high < 17_000_000


def test_pages_that_are_not_there_and_files_that_are_none(tmp_path: Path) -> None:
    path, _ = written(tmp_path, pdf(PAGES))
    assert page_count(path) == 3
    for number in (0, 4):
        with pytest.raises(UnknownPage, match=f"no page {number}; .* 1 to 3"):
            picture(path, number, 1)
    path.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(ReadError, match="add the document's file again"):
        page_count(path)


@pytest.mark.slow
def test_tables_that_a_browser_printed(tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    page = tmp_path / "t.html"
    page.write_text(
        "<meta charset=utf-8><h1>招收人數</h1><table border=1><tr><th rowspan=2>學校<th colspan=2>人數"
        "<tr><th>男<th>女<tr><td>南湖國小<td>31<td>29<tr><td>西山國小<td colspan=2>31<tr><td>合計"
        "<td>62<td>60</table><p>以上人數截至九月一日為止，由各校填報，並經教育局核對。</p>",
        encoding="utf-8",
    )
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [chromium, *options, f"--print-to-pdf={tmp_path / 'a.pdf'}", page.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    path, source = written(tmp_path, (tmp_path / "a.pdf").read_bytes())
    for words in ("南湖國小", "29", "62", "60", "以上人數截至九月一日"):
        found = framed(path, source, words)
        assert text_within(path, 1, found.boxes) == words
    both = [framed(path, source, "31", nth).boxes[0] for nth in range(2)]
    assert both[0].top < both[1].top
