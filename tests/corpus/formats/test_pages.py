"""Web pages: what their style sheets hide, and what tables inside of tables belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenju.corpus.read import read

PROSE = (
    "为切实保障用气安全，现就做好城镇燃气安全检查工作通知如下，请各单位认真组织实施并及时报送情况。"
)


def lines(folder: Path, body: str, head: str = "") -> list[str]:
    path = folder / "a.html"
    page = f"<html><head><meta charset=utf-8>{head}</head><body><p>{PROSE}</p>{body}</body></html>"
    path.write_text(page, encoding="utf-8")
    (source,) = read(path).sources
    return source.text.split("\n")


@pytest.mark.parametrize(
    ("style", "attributes", "shown"),
    [
        (".x{display:none}", 'class="x"', False),
        (".y, p.x { color: red; display : none }", 'class="b x"', False),
        ("#old{visibility:hidden}", 'id="old"', False),
        ("div.x{display:none}", 'class="x"', True),
        (".xy{display:none}", 'class="x"', True),
        ("@media print{.x{display:none}}", 'class="x"', True),
        ("/* .x{display:none} */", 'class="x"', True),
        (".x:hover{display:none}", 'class="x"', True),
        (".x{display:block}", 'class="x"', True),
    ],
)
def test_what_the_page_s_style_hides_is_not_read(
    tmp_path: Path, style: str, attributes: str, shown: bool
) -> None:
    body = f"<p {attributes}>草稿：检查时间改为十二月。</p><p>检查时间为六月。</p>"
    assert (
        "草稿：检查时间改为十二月。" in lines(tmp_path, body, f"<style>{style}</style>")
    ) == shown


def test_rows_of_a_table_in_a_table_tell_their_item(tmp_path: Path) -> None:
    def inner(*rows: tuple[str, str]) -> str:
        told = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (("材料", "份数"), *rows))
        return f"<table>{told}</table>"

    body = (
        "<table><tr><td>补领身份证</td><td>"
        + inner(("照片", "2张"), ("户口簿", "1份"))
        + "</td></tr>"
        "<tr><td>首次申领</td><td>" + inner(("照片", "4张")) + "</td></tr></table>"
    )
    assert lines(tmp_path, body)[-5:] == [
        "补领身份证",
        "补领身份证；材料：照片；份数：2张。",
        "补领身份证；材料：户口簿；份数：1份。",
        "首次申领",
        "首次申领；材料：照片；份数：4张。",
    ]


def test_merged_cells_of_a_page(tmp_path: Path) -> None:
    body = (
        "<table><tr><th rowspan=2>单位</th><th colspan=2>2024年</th></tr><tr><th>计划</th><th>完成</th></tr>"
        "<tr><td>水务局</td><td>30</td><td>28</td></tr></table><p>人口<sup>1</sup>84万人。</p>"
    )
    assert lines(tmp_path, body)[-2:] == [
        "单位：水务局；2024年 计划：30；2024年 完成：28。",
        "人口[1]84万人。",
    ]
