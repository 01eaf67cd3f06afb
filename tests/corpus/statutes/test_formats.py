"""One law in every format: the same tree, and passages that know their article."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenju.corpus.build import build_document
from wenju.corpus.layout import read_layout
from wenju.corpus.passages import cut
from wenju.corpus.read import read_file
from wenju.corpus.statutes import Provision, provisions_of
from wenju.corpus.statutes.parts import parts_of

TITLE = "某市自行車停放辦法"
LINES = [
    ("chapter", "第一章　總則"),
    ("article", "第 1 條", "為管理自行車之停放，特訂定本辦法。"),
    ("article", "第 2 條", "本辦法所稱主管機關，為交通局。"),
    ("text", "前項主管機關得委託區公所辦理。"),
    ("chapter", "第二章　停放"),
    ("article", "第 3 條", "有下列情形之一者，不得停放："),
    ("text", "一、人行道。"),
    ("text", "二、騎樓："),
    ("text", "（一）設有標誌。"),
    ("text", "（二）設有標線。"),
    ("text", "第一條所定之管理，準用之。"),
    ("article", "第 3-1 條", "（刪除）"),
    ("article", "第 4 條", "（刪除）"),
    ("chapter", "附則"),
    ("article", "第 5 條", "本辦法自發布日施行。"),
]
LABELS = ["第一章", "第1條", "第2條", "第二章", "第3條", "第3-1條", "第4條", "", "第5條"]


def _text() -> str:
    return "\n".join([TITLE, *(" ".join(said) for _, *said in LINES)])


def _markdown() -> str:
    blocks = [f"# {TITLE}"]
    for kind, *said in LINES:
        heading = {"chapter": "## ", "article": ""}.get(kind, "")
        number = f"**{said[0]}**　" if kind == "article" else said[0]
        blocks.append(heading + number + "".join(said[1:]))
    return "\n\n".join(blocks)


def _html() -> str:
    """As official pages have it: the number in one column, the lines of the text in another."""
    rows = []
    for kind, *said in LINES:
        if kind == "chapter":
            rows.append(f"<h3>{said[0]}</h3>")
        elif kind == "article":
            rows.append(f"<div><a>{said[0]}</a></div><div>{said[1]}</div>")
        else:
            rows.append(f"<div>{said[0]}</div>")
    filler = "<p>這一頁的說明文字，供閱讀時參考，並無其他用途。</p>"
    return (
        f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{''.join(rows)}</body>{filler}</html>"
    )


def _document(suffix: str, folder: Path) -> tuple[str, list[Provision]]:
    path = folder / f"law{suffix}"
    if suffix == ".docx":
        import docx

        file = docx.Document()
        for line in _text().split("\n"):
            file.add_paragraph(line)
        file.save(str(path))
    else:
        made = {".txt": _text, ".md": _markdown, ".html": _html}[suffix]()
        path.write_text(made, encoding="utf-8")
    document = build_document(read_file(path)[0])
    layout = read_layout(document.text, document.headings)
    articles = [p for p in provisions_of(layout) if p.kind == "article"]
    inside = [
        (passage.article, [a.label for a in articles if a.holds(passage.end - 1)])
        for passage in cut(document, layout)
    ]
    assert [labels for label, labels in inside if label] == [
        [label] for label, _ in inside if label
    ]
    assert len([label for label, _ in inside if label]) == len(articles)
    return document.text, provisions_of(layout)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx"])
def test_one_law_in_every_format(tmp_path: Path, suffix: str) -> None:
    text, found = _document(suffix, tmp_path)
    assert [p.label for p in found] == LABELS
    third = next(p for p in found if p.label == "第3條")
    parts = parts_of(text[third.start : third.end])
    assert [f"{p.kind[0]}{p.number[0]}" for p in parts] == ["p1", "i1", "i2", "s1", "s2", "p2"]
