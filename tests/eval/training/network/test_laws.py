"""Articles of statutes out of the two kinds of archive."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from pathlib import Path
from typing import Any

import pytest

from wenju.eval.training.network.gold import TrainingDataError
from wenju.eval.training.network.laws import articles, folded

BODY = (
    "為保障人民權益，主管機關應於受理申請之日起十五日內作成決定，並以書面通知申請人，逾期視為同意。"
)
HANS = "为了保护公民权益，主管机关应当自受理申请之日起十五日内作出决定，并且书面通知申请人，逾期视为同意。"


def lines(path: Path, *laws: Any) -> Path:  # noqa: ANN401  (broken ones too)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(law, ensure_ascii=False) + "\n" for law in laws)
    return path


def files(path: Path, **texts: str) -> Path:
    with tarfile.open(path, "w:xz") as archive:
        for name, text in texts.items():
            info = tarfile.TarInfo(f"laws/{name.replace('_', '.')}")
            data = text.encode()
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def test_lines_of_statutes(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "laws.jsonl.xz",
        {"title": "甲法", "articles": [["第 1 條", BODY], ["第 2 條", "太短。"]]},
        {"title": "乙法", "articles": [["第 1 條", BODY * 30]]},
        {"title": "廢法", "articles": [["第 1 條", BODY]], "repealed": True},
        {"title": "丙法", "articles": [["第 1 條", HANS]], "repealed": False},
    )
    assert sorted(articles([path], 10, 0)) == sorted([("甲法", BODY), ("丙法", HANS)])


def test_files_of_statutes(tmp_path: Path) -> None:
    law = (
        f"# 测试法\n\n第一条 说明里的也像一条{HANS}\n<!-- INFO END -->\n\n## 第一章 总则\n\n"
        f"第一条 {HANS}\n\n第二条　{HANS[:-1]}：\n\n（一）甲；\n\n（二）乙。\n\n"
        f"## 第二章 附则\n\n第三条之一 依照第一条，{HANS}\n"
    )
    path = files(tmp_path / "laws.tar.xz", a_md=law, b_txt=law, c_md=f"# 短法\n第一条 短。{''}\n")
    assert sorted(articles([path], 10, 0)) == sorted(
        [
            ("测试法", HANS),
            ("测试法", f"{HANS[:-1]}：\n（一）甲；\n（二）乙。"),
            ("测试法", f"依照第一条，{HANS}"),
        ]
    )


def test_some_are_drawn_of_each_archive_and_always_the_same(tmp_path: Path) -> None:
    paths = [
        lines(
            tmp_path / f"{name}.jsonl.xz",
            {"title": name, "articles": [["", f"{BODY}第{i}"] for i in range(30)]},
        )
        for name in ("甲", "乙")
    ]
    found = articles(paths, 5, 3)
    assert [title for title, _ in found] == ["甲"] * 5 + ["乙"] * 5
    assert len(set(found)) == 10
    assert articles(paths, 5, 3) == found != articles(paths, 5, 4)
    assert len(articles(paths, 99, 0)) == 60


def test_an_article_is_folded() -> None:
    assert folded(("測試法", "（一）甲，")) == ("测试法", "(一)甲,")


DAMAGE = {
    ".tar.xz": ["missing", "truncated", "no archive"],
    ".jsonl.xz": ["missing", "truncated", "no archive"]
    + ["no JSON", "list", "no pairs", "no articles"],
}


@pytest.mark.parametrize(("kind", "damage"), [(k, d) for k, some in DAMAGE.items() for d in some])
def test_a_broken_archive_is_told_in_a_sentence(tmp_path: Path, kind: str, damage: str) -> None:
    path = tmp_path / f"laws{kind}"
    law = {"title": "甲法", "articles": [["", f"{i}{BODY}"] for i in range(200)]}
    if kind == ".tar.xz":
        files(path, a_md=json.dumps(law) * 20)
    else:
        broken: dict[str, Any] = {
            "list": [1],
            "no pairs": {"title": "甲法", "articles": [3]},
            "no articles": {"title": "甲法"},
        }
        lines(path, broken.get(damage, law))
    match damage:
        case "missing":
            path.unlink()
        case "truncated":
            path.write_bytes(path.read_bytes()[:-60])
        case "no archive":
            path.write_bytes(b"no archive at all" * 50)
        case "no JSON":
            path.write_bytes(lzma.compress(b"{"))
    with pytest.raises(TrainingDataError, match=r"laws\S+ cannot be learned from .*give \.jsonl"):
        articles([path], 5, 0)
