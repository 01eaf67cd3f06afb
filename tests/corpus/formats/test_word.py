"""Word files: all that their pages show is read, once, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from wenju.corpus.errors import ReadError
from wenju.corpus.inventory import Note
from wenju.corpus.read import Reading, read

docx = pytest.importorskip("docx")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def word(
    folder: Path, body: str, parts: Mapping[str, str] | None = None, rels: str = ""
) -> Reading:
    """A Word file written part by part, read."""
    names = {kind: f"{kind}.xml" for kind in parts or ()}
    tied = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATED}/{kind.rstrip("0123456789")}" Target="{name}"/>'
        for kind, name in names.items()
    )
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{tied}{rels}</Relationships>',
        )
        for kind, content in (parts or {}).items():
            archive.writestr(f"word/{names[kind]}", content)
    path = folder / "a.docx"
    path.write_bytes(file.getvalue())
    return read(path)


def lines(reading: Reading) -> list[str]:
    (source,) = reading.sources
    return source.text.split("\n")


def box(text: str) -> str:
    inner = f"<w:txbxContent>{p(r(text))}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    body = p(r("聯絡方式見右。") + box("電話：02-23456789")) + p(r("完。"))
    assert lines(word(tmp_path, body)) == ["聯絡方式見右。", "電話：02-23456789", "完。"]


def test_a_note_follows_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    refer = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{p(r("—"))}'
        f'</w:footnote><w:footnote w:id="2">{p(r("指2000年以前建成的。"))}</w:footnote></w:footnotes>'
    )
    read_ = word(
        tmp_path, p(r("老旧小区") + refer + r("改造。")) + p(r("完。")), {"footnotes": notes}
    )
    assert lines(read_) == ["老旧小区改造。", "指2000年以前建成的。", "完。"]


def test_raised_digits_run_into_no_number(tmp_path: Path) -> None:
    def up(text: str) -> str:
        place = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        return f"<w:r>{place}<w:t>{text}</w:t></w:r>"

    body = p(r("常住人口") + up("1") + r("84.62万人，绿地30m") + up("2") + r("。"))
    assert lines(word(tmp_path, body)) == ["常住人口[1]84.62万人，绿地30m²。"]


def test_heads_and_feet_are_read_once_without_the_page_s_number(tmp_path: Path) -> None:
    def edge(tag: str, content: str) -> str:
        return f'<w:{tag} xmlns:w="{W}">{p(content)}</w:{tag}>'

    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{r("3")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    parts = {
        "header1": edge("hdr", r("水务局文件　岚水发〔2024〕23号")),
        "header2": edge("hdr", r("水务局文件　岚水发〔2024〕23号")),
        "footer1": edge("ftr", r("2024年5月16日印发") + number),
        "footer2": edge("ftr", number),
    }
    assert lines(word(tmp_path, p(r("正文。")), parts)) == [
        "水务局文件　岚水发〔2024〕23号",
        "正文。",
        "2024年5月16日印发",
    ]


def test_a_relationship_to_nothing_costs_nothing(tmp_path: Path) -> None:
    rels = f'<Relationship Id="r9" Type="{RELATED}/image" Target="../NULL"/>'
    reading = word(tmp_path, p(r("正文。")), rels=rels)
    assert (lines(reading), reading.problems) == (["正文。"], ())


def test_a_damaged_part_costs_only_itself(tmp_path: Path) -> None:
    reading = word(tmp_path, p(r("正文。")), {"footnotes": "<w:footnotes"})
    assert lines(reading) == ["正文。"]
    (said,) = reading.problems
    assert said.startswith("a.docx: word/footnotes.xml is damaged and was left out")


def test_changes_and_comments_are_told_once(tmp_path: Path) -> None:
    body = p(f"{r('甲')}<w:del>{r('乙')}</w:del><w:ins>{r('丙')}</w:ins>")
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{p(r("改？"))}</w:comment></w:comments>'
    )
    reading = word(tmp_path, body, {"comments": comments})
    assert lines(reading) == ["甲丙"]
    assert reading.problems == ()
    assert reading.notes == (Note("tracked_changes", "2"), Note("comments", "1"))


def test_merged_cells_are_told_in_each_row(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"

    rows = (
        cell("機具") + cell("檔次") + cell("金額"),
        cell("插秧機", '<w:vMerge w:val="restart"/>') + cell("一檔") + cell("100"),
        cell("", "<w:vMerge/>") + cell("二檔") + cell("8600"),
        cell("停辦", '<w:gridSpan w:val="3"/>'),
    )
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert lines(word(tmp_path, table)) == [
        "機具：插秧機；檔次：一檔；金額：100。",
        "機具：插秧機；檔次：二檔；金額：8600。",
        "停辦",
    ]


def test_the_strict_standard_s_names_are_known(tmp_path: Path) -> None:
    body = p(r("正文。"))
    word(tmp_path, body)
    path, file = tmp_path / "a.docx", BytesIO()
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    with ZipFile(path) as before, ZipFile(file, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(W.encode(), strict))
    path.write_bytes(file.getvalue())
    assert lines(read(path)) == ["正文。"]


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(ReadError, match=r"a\.docx is not a readable \.docx"):
        read(path)
