from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import cases
from wenju.corpus import readers
from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.ocr import engine, images, scan
from wenju.corpus.inventory import Note
from wenju.corpus.read import SUFFIXES, find_files, read, read_file

WordFile = Any  # python-docx is untyped
RULES = "本辦法依據相關法令訂定之，主管機關應於每年三月底前公告補助項目及金額。"


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _one(path: Path) -> Source:
    """The one source of a file that was read without problems.

    Whether trafilatura is there to be used on HTML has a test of its own.
    """
    reading = read(path)
    assert reading.problems == () or path.suffix in (".html", ".htm")
    (source,) = reading.sources
    return source


def _headings(source: Source) -> list[tuple[int, str]]:
    """Level and text; a heading is a whole line."""
    for heading in source.headings:
        assert heading.start == 0 or source.text[heading.start - 1] == "\n"
        assert source.text[heading.end : heading.end + 1] in ("", "\n")
    assert all(a.end < b.start for a, b in pairwise(source.headings))
    return [(h.level, source.text[h.start : h.end]) for h in source.headings]


def pdf(
    pages: Sequence[Sequence[str]], title: str = "", bookmarks: Sequence[tuple[str, int]] = ()
) -> bytes:
    """A small PDF, a text line for each line of each page; bookmarks name a page from 0."""
    fonts = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /MSung /Encoding /UniCNS-UTF16-H"
        " /DescendantFonts [2 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MSung /DW 1000 /FontDescriptor 3 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (CNS1) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /MSung /Flags 6 /FontBBox [0 -200 1000 900]"
        " /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 800 /StemV 80 >>",
    ]
    first = len(fonts) + 4
    kids = [first + 2 * number for number in range(len(pages))]
    marks = [first + 2 * len(pages) + number for number in range(len(bookmarks))]
    objects = [
        *fonts,
        f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>",
        "<< /Type /Catalog /Pages 4 0 R /Outlines 6 0 R >>",
        f"<< /Type /Outlines /First {marks[0]} 0 R /Last {marks[-1]} 0 R >>" if marks else "<< >>",
    ]
    for kid, lines in zip(kids, pages, strict=True):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
        content = f"BT /F1 10 Tf 14 TL 40 780 Td\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 4 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 1 0 R >> >> /Contents {kid + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    for number, (text, page) in enumerate(bookmarks):
        after = f" /Next {marks[number + 1]} 0 R" if number + 1 < len(marks) else ""
        name = "feff" + text.encode("utf-16-be").hex()
        objects.append(f"<< /Title <{name}> /Parent 6 0 R /Dest [{kids[page]} 0 R /Fit]{after} >>")
    objects.append(f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>")
    return _assembled(objects)


def _assembled(objects: Sequence[str], trailer: str = "") -> bytes:
    written, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 5 0 R"
        f" /Info {len(objects)} 0 R {trailer} >>\nstartxref\n{len(written)}\n%%EOF\n"
    )
    return written + end.encode("ascii")


# ---------------------------------------------------------------- plain text and the entry


def test_text_is_kept_but_for_line_ends(tmp_path: Path) -> None:
    path = _write(tmp_path, "press.txt", "\ufeff 標題\r\n\r\n  內文(wú)　ldquo;\r尾\n")
    assert read_file(path) == [
        Source("press.txt", str(path.resolve()), " 標題\n\n  內文(wú)　ldquo;\n尾\n")
    ]


def test_name_and_origin_can_be_given(tmp_path: Path) -> None:
    path = _write(tmp_path, "tmp8f3a", "# 標題\n\n內文")
    (source,) = read_file(path, name="notice.MD", origin="upload:1")
    assert (source.name, source.origin, source.text) == ("notice.MD", "upload:1", "標題\n內文")


def test_origin_is_the_resolved_path(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.txt", "x")
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    assert read_file(link)[0].origin == str(path.resolve())


@pytest.mark.parametrize("name", sorted(f"empty{suffix}" for suffix in SUFFIXES))
@pytest.mark.parametrize("content", ["", " \r\n \n"])
def test_empty_files_of_every_format(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(ReadError, match=f"^{name} is empty"):
        read_file(_write(tmp_path, name, content))


def test_unsupported_suffix_lists_what_is_supported(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.exe has \.exe.*\.csv .*\.pdf"):
        read_file(_write(tmp_path, "a.exe", "x"))
    with pytest.raises(ReadError, match="notes has no suffix"):
        read_file(_write(tmp_path, "notes", "x"))


def test_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    for path, reason in [
        (tmp_path / "none.txt", "does not exist"),
        (tmp_path, "is a folder"),
        (pipe, "is a device or a pipe"),
        (loop, "could not be opened"),
        (Path("nul\0.txt"), "could not be opened"),
    ]:
        with pytest.raises(ReadError, match=f"{reason}.*[.;]") as caught:
            read_file(path)
        assert str(path) in str(caught.value)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(tmp_path, "secret.txt", "x")
    beside = _write(tmp_path, "open.txt", "x")
    opened = os.open

    def refuse(place: str | Path, flags: int, *rest: int) -> int:
        if Path(place).name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(place))
        return opened(place, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ReadError, match=r"secret\.txt may not be opened"):
        read_file(path)
    assert read_file(beside)


# ---------------------------------------------------------------- finding files


def test_find_files_is_recursive_sorted_and_picky(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    names = ["z.txt", "a.PDF", "b/2.md", "b/1.html", "b/deep/x.jsonl"]
    skipped = [".secret.txt", "photo.gif", "~$report.docx", ".hidden/a.txt", "b/noext"]
    for name in [*names, *skipped]:
        _write(tmp_path, name, "x")
    found = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])]
    assert found == ["a.PDF", "b/1.html", "b/2.md", "b/deep/x.jsonl", "z.txt"]


def test_find_files_yields_what_is_named_in_the_order_named(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    inside, odd = _write(folder, "a.txt", "x"), _write(tmp_path, ".odd.xyz", "x")
    missing = tmp_path / "none.txt"
    assert list(find_files([odd, missing, inside, folder])) == [odd, missing, inside]


def test_find_files_survives_link_loops(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    _write(folder / "sub", "a.txt", "x")
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "again").symlink_to(folder / "sub")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    found = [path.relative_to(folder).as_posix() for path in find_files([folder])]
    assert found == ["again/a.txt", "self.txt"]


def test_folder_that_cannot_be_listed_is_reported_by_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    _write(tmp_path, "open.txt", "x")
    listing = os.listdir

    def refuse(path: str | Path) -> list[str]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "listdir", refuse)
    found = list(find_files([tmp_path]))
    assert found == [closed, tmp_path / "open.txt"]
    with pytest.raises(ReadError, match="closed may not be opened"):
        read_file(closed)


# ---------------------------------------------------------------- HTML

NOTICE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>关于申报创新联合体的通知-某市科学技术局</title>
<meta name="PubDate" content="2024-04-02 10:00"><meta name="ContentSource" content="某市科技局">
<style>.a{color:red}</style><script>var a = "脚本";</script></head><body>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li>
<li><a href="/b">办事服务</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/tz">通知公告</a></div>
<div class="content"><h1>关于申报创新联合体的通知</h1>
<div>发布时间：2024-04-02</div>
<div class="editor"><p>各有关单位：</p><p>　　现将有关事项
通知如下：<!-- 注释 --></p>
<h2>一、申报条件</h2><ul><li>在本市注册登记；</li><li>具有<b>独立</b>法人资格；</li></ul>
<h2>二、支持标准</h2><table><tr><th>类型</th><th>最高支持</th></tr>
<tr><td>生态型</td><td><p>1000万元</p></td></tr><tr><td>任务型</td><td>500万元</td></tr></table>
<p>附件：<a href="1">1.申报书格式要求</a></p><p align="right">某市科技局</p></div></div>
<div class="side"><a href="1">领导信箱</a><a href="2">网上办事</a><a href="3">常见问题</a></div>
<div class="footer"><p>版权所有：某市人民政府</p><a href="/x">网站地图</a></div></body></html>"""


def test_html_keeps_the_notice_and_drops_the_menus(tmp_path: Path) -> None:
    source = _one(_write(tmp_path, "notice.html", NOTICE))
    assert source.text.split("\n") == [
        "关于申报创新联合体的通知",
        "发布时间：2024-04-02",
        "各有关单位：",
        "现将有关事项通知如下：",
        "一、申报条件",
        "在本市注册登记；",
        "具有独立法人资格；",
        "二、支持标准",
        "类型：生态型；最高支持：1000万元。",
        "类型：任务型；最高支持：500万元。",
        "附件：1.申报书格式要求",
        "某市科技局",
    ]
    assert (source.title, source.date) == ("关于申报创新联合体的通知", "2024-04-02")
    assert source.issuer == "某市科技局"
    assert _headings(source) == [(1, source.title), (2, "一、申报条件"), (2, "二、支持标准")]


RELATED = """<html><body><div id="page"><article><h1>停水公告</h1><p>因管線維修，明日九時至十七時
停止供水，請用戶預先儲水備用。</p><p>如有疑問請洽本處服務專線，將有專人為您說明。</p></article>
<div class="related-posts"><p>上週熱門：本市圖書館延長開放時間，歡迎踴躍利用。</p></div></div>
</body></html>"""


def test_html_main_text_is_picked_out(tmp_path: Path) -> None:
    reading = read(_write(tmp_path, "a.html", RELATED))
    assert reading.problems == ()
    assert reading.sources[0].text.split("\n") == [
        "停水公告",
        "因管線維修，明日九時至十七時停止供水，請用戶預先儲水備用。",
        "如有疑問請洽本處服務專線，將有專人為您說明。",
    ]


def test_html_without_trafilatura_is_read_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    reading = read(_write(tmp_path, "a.html", RELATED))
    assert reading.sources[0].text.count("\n") == 3
    assert reading.problems == ()
    assert [note.kind for note in reading.notes] == ["whole_page"]


def test_html_in_its_declared_encoding(tmp_path: Path) -> None:
    page = NOTICE.replace("utf-8", "gb2312")
    utf8 = _one(_write(tmp_path, "a.html", NOTICE))
    assert _one(_write(tmp_path, "b.htm", page.encode("gb18030"))).text == utf8.text


def test_html_of_divisions_keeps_article_numbers(tmp_path: Path) -> None:
    rows = "".join(
        f"<div class=row><div class=no><a href=x>第 {n} 條</a></div>"
        f"<div class=data><div>{RULES}</div></div></div>"
        for n in range(1, 31)
    )
    path = _write(tmp_path, "law.html", f"<title>某辦法</title><body><div>{rows}</div>")
    lines = _one(path).text.split("\n")
    assert lines == [line for n in range(1, 31) for line in (f"第 {n} 條", RULES)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>開放時間：上午9時。</p>", "開放時間：上午9時。"),
        ("只有文字，沒有標籤", "只有文字，沒有標籤"),
        ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙"),
        ("<ol start=3><li>甲<li><p>乙</p><p>丙</p></ol>", "3. 甲\n4. 乙\n丙"),
        ("<p>a <b>bold</b>\n line &amp; <i>more</i></p>", "a bold line & more"),
        ("<pre>x = 1\n  y = 2</pre>", "x = 1\n  y = 2"),
        ("<p><ruby>漢<rt>ㄏㄢˋ</rt></ruby>字</p>", "漢字"),
        ("<p style='display: none'>藏</p><p hidden>藏</p><p>見</p>", "見"),
        ("<table><tr><td><h2>題</h2><p>文。</p></td></tr></table>", "題\n文。"),
        ("<div>段<div>內段</div>尾</div>", "段\n內段\n尾"),
    ],
)
def test_html_fragments(tmp_path: Path, body: str, text: str) -> None:
    assert _one(_write(tmp_path, "a.html", body)).text == text


def test_html_page_of_links_is_read_as_it_is(tmp_path: Path) -> None:
    items = "".join(f"<li><a href={n}>第{n}項公告</a></li>" for n in range(3))
    source = _one(_write(tmp_path, "index.html", f"<body><ul>{items}</ul></body>"))
    assert source.text == "第0項公告\n第1項公告\n第2項公告"


def test_html_layout_table_and_site_heading(tmp_path: Path) -> None:
    page = f"""<html><head><title>申請補助-某局</title></head><body><h1>某局</h1><table><tr><td>
    <a href=1>首頁</a><a href=2>公告</a><a href=3>服務</a></td></tr><tr><td><h1>申請補助</h1>
    <p>{RULES}</p><p>{RULES}</p></td></tr></table></body></html>"""
    source = _one(_write(tmp_path, "a.html", page))
    assert source.title == "申請補助"
    assert source.text == f"申請補助\n{RULES}\n{RULES}"


def test_xhtml_with_an_encoding_declaration(tmp_path: Path) -> None:
    page = f'<?xml version="1.0" encoding="big5"?>\n<html><body><p>{RULES}</p></body></html>'
    assert _one(_write(tmp_path, "a.html", page.encode("big5"))).text == RULES


# ---------------------------------------------------------------- Markdown

MARKDOWN = """---
title: "某某辦法"
date: 2024-01-02
---

# 第一章 *總則* <!-- 註解 -->

段一**重點**行
續行 [連結](http://example.org) `code`
and more
words。

**「依法」**辦理 3 * 4 &amp; <名稱>

3) 甲
4) 乙
   - 丙

     丙之二
* 丁

| 類型 | 金額 |
|---|---|
| 生態型 | **1000萬元** |

```py
x = [1]

  y = "<b>"
```

> 引文

## 附則
"""


def test_markdown_becomes_plain_text(tmp_path: Path) -> None:
    source = _one(_write(tmp_path, "a.md", MARKDOWN))
    assert source.text.split("\n") == [
        "第一章 總則",
        "段一重點行續行 連結 code and more words。",
        "「依法」辦理 3 * 4 & <名稱>",
        "3) 甲",
        "4) 乙",
        "- 丙",
        "丙之二",
        "* 丁",
        "類型：生態型；金額：1000萬元。",
        "x = [1]",
        '  y = "<b>"',
        "引文",
        "附則",
    ]
    assert (source.title, source.date) == ("某某辦法", "2024-01-02")
    assert _headings(source) == [(1, "第一章 總則"), (2, "附則")]


def test_markdown_title_is_its_first_heading(tmp_path: Path) -> None:
    source = _one(_write(tmp_path, "a.markdown", "序\n\n## 二\n\n題目\n====\n\n# 又一"))
    assert source.title == "題目"
    assert _headings(source) == [(2, "二"), (1, "題目"), (1, "又一")]


# ---------------------------------------------------------------- PDF

PAGES = [
    [
        "測試辦法",
        "一、總則",
        "本辦法依據相關法令訂定之，主管機關應於每年三月底前公告",
        "補助項目及金額。",
        "第三條 The ecosystem type supports up to ten",
        "million yuan, see state-of-the-",
        "art rules.",
        "申請人應於期限屆滿前檢附申請書及相關證明文件，並且依本",
        "- 1 -",
    ],
    ["辦法第五條規定繳費。", "二、附則", "自公布日施行。", "2"],
]


def test_pdf_paragraphs_are_joined_also_over_pages(tmp_path: Path) -> None:
    source = _one(_write(tmp_path, "a.pdf", pdf(PAGES, "測試辦法", [("二、 附則", 1)])))
    assert source.text.split("\n") == [
        "測試辦法",
        "一、總則",
        "本辦法依據相關法令訂定之，主管機關應於每年三月底前公告補助項目及金額。",
        "第三條 The ecosystem type supports up to ten million yuan, see state-of-the-art rules.",
        "申請人應於期限屆滿前檢附申請書及相關證明文件，並且依本辦法第五條規定繳費。",
        "二、附則",
        "自公布日施行。",
    ]
    assert source.title == "測試辦法"
    assert _headings(source) == [(1, "二、附則")]
    assert [page.number for page in source.pages] == [1, 2]
    assert source.pages[0].start == 0
    assert source.text[source.pages[1].start :].startswith("辦法第五條規定繳費。")


def test_pdf_title_that_the_text_does_not_bear_out_is_not_used(tmp_path: Path) -> None:
    assert _one(_write(tmp_path, "a.pdf", pdf(PAGES, "Microsoft Word - 1.doc"))).title == ""


def test_pdf_running_heads_are_kept_once(tmp_path: Path) -> None:
    pages = [["某市公報", f"第{n}期內容在此。", f"第 {n} 頁 共 4 頁"] for n in range(1, 5)]
    source = _one(_write(tmp_path, "a.pdf", pdf(pages)))
    assert source.text == "某市公報\n" + "\n".join(f"第{n}期內容在此。" for n in range(1, 5))


def test_pdf_short_lines_stay_apart(tmp_path: Path) -> None:
    names = ["甲公司", "乙公司", "丙公司", "丁公司"]
    assert _one(_write(tmp_path, "a.pdf", pdf([names]))).text == "\n".join(names)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (engine, scan, images, readers):
        monkeypatch.setattr(module, "is_installed", lambda: False)


@pytest.mark.usefixtures("without_ocr")
def test_pdf_without_text_asks_for_ocr(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"scan\.pdf has no text layer.*'wenju\[ocr\]' adds OCR"):
        read_file(_write(tmp_path, "scan.pdf", pdf([[], []])))


@pytest.mark.usefixtures("without_ocr")
def test_pdf_with_one_page_scanned_reports_the_page(tmp_path: Path) -> None:
    reading = read(_write(tmp_path, "a.pdf", pdf([["有字。"], [], ["有字。"]])))
    assert [page.number for page in reading.sources[0].pages] == [1, 3]
    assert reading.problems == ()
    assert reading.notes == (Note("blank_pages", "2"),)
    assert reading.sources[0].inventory.pages == 3


@pytest.mark.usefixtures("without_ocr")
def test_images_are_passed_over_in_folders_and_refused_by_name(tmp_path: Path) -> None:
    path = _write(tmp_path, "scan.PNG", b"\x89PNG")
    assert list(find_files([tmp_path])) == []
    with pytest.raises(ReadError, match=r"^scan\.PNG is an image; pip install 'wenju\[ocr\]' adds"):
        read_file(path)


def test_pdf_encrypted_or_broken(tmp_path: Path) -> None:
    key = "00" * 32
    locked = _assembled(
        [
            *["<< >>"] * 3,
            "<< /Type /Pages /Kids [] /Count 0 >>",
            "<< /Type /Catalog /Pages 4 0 R >>",
            f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >>",
            "<< >>",
        ],
        f"/Encrypt 6 0 R /ID [<{key}> <{key}>]",
    )
    with pytest.raises(ReadError, match=r"locked\.pdf is encrypted"):
        read_file(_write(tmp_path, "locked.pdf", locked))
    with pytest.raises(ReadError, match=r"bad\.pdf is not a readable PDF"):
        read_file(_write(tmp_path, "bad.pdf", b"%PDF-1.4 nothing"))


@pytest.mark.slow
def test_pdf_printed_by_a_browser(tmp_path: Path) -> None:
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium is installed")
    page = f"""<meta charset=utf-8><title>測試辦法</title><h1>測試辦法</h1><p>{RULES * 4}</p>
    <div style="break-before: page"></div><h2>二、附則</h2><p>自公布日施行。</p>"""
    html, target = _write(tmp_path, "a.html", page), tmp_path / "a.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [chromium, *options, f"--print-to-pdf={target}", html.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    source = _one(target)
    assert source.text == f"測試辦法\n{RULES * 4}\n二、附則\n自公布日施行。"
    assert source.text[source.pages[1].start :].startswith("二、附則")


# ---------------------------------------------------------------- Word


def _save_docx(path: Path, build: Callable[[WordFile], None], title: str = "") -> Path:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    build(document)
    document.save(str(path))
    return path


def test_docx_in_document_order(tmp_path: Path) -> None:
    def build(document: WordFile) -> None:
        document.add_heading("某某辦法", 0)
        document.add_heading("一、總則", 1)
        document.add_paragraph("第一段\n換行 ").add_run("粗體").bold = True
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["類型", "金額", "生態型", "1000\n萬元"], strict=True):
            cell.text = text
        document.add_heading("細目", 2)
        document.add_paragraph("末段。", style="List Bullet")

    source = _one(_save_docx(tmp_path / "a.docx", build))
    assert source.text.split("\n") == [
        "某某辦法",
        "一、總則",
        "第一段換行 粗體",
        "類型：生態型；金額：1000萬元。",
        "細目",
        "末段。",
    ]
    assert _headings(source) == [(1, "某某辦法"), (1, "一、總則"), (2, "細目")]
    assert source.title == "某某辦法"


def test_docx_title_of_its_properties_comes_first(tmp_path: Path) -> None:
    def build(document: WordFile) -> None:
        document.add_heading("標題", 1)

    assert (
        _one(_save_docx(tmp_path / "a.docx", build, title="屬性裡的標題")).title == "屬性裡的標題"
    )


def test_docx_insertions_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    def build(document: WordFile) -> None:
        from docx.oxml import parse_xml

        word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        body = document.element.body
        body.insert(
            0,
            parse_xml(
                f"<w:sdt {word}><w:sdtContent><w:p><w:r><w:t>原文</w:t></w:r>"
                "<w:del><w:r><w:delText>刪去</w:delText></w:r></w:del>"
                "<w:ins><w:r><w:t>增補</w:t></w:r></w:ins></w:p></w:sdtContent></w:sdt>"
            ),
        )

    reading = read(_save_docx(tmp_path / "a.docx", build))
    assert [source.text for source in reading.sources] == ["原文增補"]
    assert (reading.problems, reading.notes) == ((), (Note("tracked_changes", "2"),))


def _plain_docx() -> bytes:
    import docx

    document, file = docx.Document(), BytesIO()
    document.add_heading("標題", 1)
    document.save(file)
    return file.getvalue()


DOCX = _plain_docx()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a zip", "not a readable .docx"),
        (b"PK\x03\x04 broken", "not a readable .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old binary file or is encrypted"),
    ],
)
def test_docx_that_is_none(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"a\.docx is .*{reason}"):
        read_file(_write(tmp_path, "a.docx", content))


# ---------------------------------------------------------------- CSV


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_csv_rows_name_their_columns(tmp_path: Path, delimiter: str) -> None:
    rows = [["類型", "說明", "金額"], ["生態型", '"兩\n行，有""引號"""', "1000萬元"]]
    rows += [["", "", ""], ["任務型", "", "500萬元。"]]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    source = _one(_write(tmp_path, "a.csv", content.encode("utf-8-sig")))
    assert source.text.split("\n") == [
        '類型：生態型；說明：兩 行，有"引號"；金額：1000萬元。',
        "類型：任務型；金額：500萬元。",
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("1,甲\n2,乙\n", "1 | 甲\n2 | 乙"),
        ("甲,是\n乙,是\n", "甲：是。\n乙：是。"),
        ("年度,金額\n", "年度 | 金額"),
        ("台北\n新北\n", "台北\n新北"),
        ("條文\n人民有言論之自由。\n", "條文\n人民有言論之自由。"),
        ("名,值\n甲,1,多\n乙\n", "名：甲；值：1；多。\n名：乙。"),
    ],
)
def test_csv_headers_are_told_from_data(tmp_path: Path, content: str, text: str) -> None:
    assert _one(_write(tmp_path, "a.csv", content)).text == text


def test_csv_in_big5(tmp_path: Path) -> None:
    content = "里別,里長,電話\n中正里,王大明,02-27208889\n大安里,林小華,02-27208880\n"
    assert _one(_write(tmp_path, "a.csv", content.encode("big5"))).text == (
        "里別：中正里；里長：王大明；電話：02-27208889。\n"
        "里別：大安里；里長：林小華；電話：02-27208880。"
    )


# ---------------------------------------------------------------- JSON Lines

RECORDS: list[tuple[object, str]] = [
    ({"text": "一\r\n二"}, "一\n二"),
    ({"content": "內容", "id": 3}, "內容"),
    ({"context": "上下文", "text": ""}, "上下文"),
    ({"question": "問？", "answer": "答。"}, "問？\n答。"),
    (
        {"articles": [["", "第一章 總則"], ["第 1 條", "一、甲。\n二、乙。"], ["第 2 條", "丙。"]]},
        "第一章 總則\n第 1 條 一、甲。\n二、乙。\n第 2 條 丙。",
    ),
    (
        {"title": "略", "名": "甲", "數": 3, "標": ["a", "b"], "空": None, "真": True},
        "名：甲\n數：3\n標：a、b\n真：true",
    ),
    ("只是字串", "只是字串"),
]


def test_jsonl_records_are_sources(tmp_path: Path) -> None:
    lines = "\n\n".join(json.dumps(record, ensure_ascii=False) for record, _ in RECORDS)
    path = _write(tmp_path, "a.jsonl", lines)
    reading = read(path)
    assert reading.problems == ()
    assert [s.text for s in reading.sources] == [text for _, text in RECORDS]
    assert [s.name for s in reading.sources] == [
        f"a.jsonl#{2 * number + 1}" for number in range(len(RECORDS))
    ]
    assert {s.origin for s in reading.sources} == {str(path.resolve())}


@pytest.mark.parametrize("issuer", ["issuer", "dept", "publisher"])
def test_jsonl_fields_fill_the_source(tmp_path: Path, issuer: str) -> None:
    record = {"text": "文", "title": "題", "date": 19470101, issuer: "某局", "url": "http://a"}
    source = _one(_write(tmp_path, "a.jsonl", json.dumps(record)))
    assert (source.title, source.date, source.issuer) == ("題", "19470101", "某局")


def test_one_bad_record_does_not_lose_the_others(tmp_path: Path) -> None:
    lines = ['{"text": "一"}', '{"text": ', "[1, 2]", '{"title": "空"}', '{"text": "五"}']
    path = _write(tmp_path, "a.jsonl", "\n".join(lines))
    reading = read(path)
    assert [source.name for source in reading.sources] == ["a.jsonl#1", "a.jsonl#5"]
    assert [problem.split(" ", 1)[0] for problem in reading.problems] == [
        "a.jsonl#2",
        "a.jsonl#3",
        "a.jsonl#4",
    ]
    assert read_file(path) == list(reading.sources)


def _articles(path: Path, *records: Mapping[str, object]) -> list[tuple[str, str, str]]:
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return [(s.name, s.title, s.text) for s in read_file(_write(path, "a.jsonl", lines))]


def test_jsonl_of_an_article_a_line_is_one_source_for_each_law(tmp_path: Path) -> None:
    assert _articles(
        tmp_path,
        {"law": "甲法", "chapter": "第一章 總則", "article": "第 1 條", "text": "子。\n丑。"},
        {"law": "乙法", "article": 7, "content": "寅。"},
        {"law": "甲法", "chapter": "第一章 總則", "article": "第 1-1 條", "text": "第 1-1 條 卯。"},
        {"question": "問？", "answer": "答。", "title": "甲法", "article": "一篇報導"},
        {"law": "甲法", "chapter": "第二章 罰則", "article": "第二條", "text": "辰。"},
        {"law": "乙法", "article": "7-1", "content": "為之。"},
    ) == [
        (
            "a.jsonl#1",
            "甲法",
            "第一章 總則\n第 1 條 子。\n丑。\n第 1-1 條 卯。\n第二章 罰則\n第二條 辰。",
        ),
        ("a.jsonl#2", "乙法", "第7条 寅。\n第7-1條 為之。"),
        ("a.jsonl#4", "甲法", "問？\n答。"),
    ]


def test_jsonl_of_two_versions_of_a_law_is_two_sources(tmp_path: Path) -> None:
    lines = [
        {"title": "甲法", "article": f"第{number}条", "text": text, "date": date}
        for date in ("2020-01-01", "2021-01-01")
        for number, text in (("一", "子。"), ("二", "丑。"))
    ]
    text = "第一条 子。\n第二条 丑。"
    assert [t for *_, t in _articles(tmp_path, *lines)] == [text, text]
    undated = [{key: line[key] for key in line if key != "date"} for line in lines]
    assert [t for *_, t in _articles(tmp_path, *undated)] == [text, text]


def test_jsonl_of_bad_records_only_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.jsonl#1 is not JSON .*1 more"):
        read_file(_write(tmp_path, "a.jsonl", "{\n{"))


def test_jsonl_characters_that_cannot_be_stored_are_marked(tmp_path: Path) -> None:
    source = _one(_write(tmp_path, "a.jsonl", r'{"text": "a\u0000b\ud83dc\ud83d\ude00"}'))
    assert source.text == "a\ufffdb\ufffdc\U0001f600"
    source.text.encode("utf-8")


# ---------------------------------------------------------------- every format

TITLES = (
    st.text(st.sampled_from("甲乙丙丁ABC一二（）「」 "), min_size=1).map(str.strip).filter(bool)
)


@cases(25)
@given(st.lists(TITLES, min_size=1, max_size=5))
def test_headings_are_where_their_text_is(titles: list[str]) -> None:
    from tempfile import TemporaryDirectory

    wanted = [(2, " ".join(title.split())) for title in titles]

    def build(document: WordFile) -> None:
        for title in titles:
            document.add_heading(title, 2)
            document.add_paragraph(RULES)

    with TemporaryDirectory() as folder:
        root = Path(folder)
        page = "".join(f"<h2>{title}</h2><p>{RULES}</p>" for title in titles)
        notes = "\n\n".join(f"## {title}\n\n{RULES}" for title in titles)
        for path in (
            _write(root, "a.html", f"<body>{page}</body>"),
            _write(root, "a.md", notes),
            _save_docx(root / "a.docx", build),
        ):
            assert _headings(read_file(path)[0]) == wanted
