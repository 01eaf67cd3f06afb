"""The benchmark of large libraries: its vectors, its stages, a run over a few statutes."""

from __future__ import annotations

import json
import lzma
import tarfile
from pathlib import Path

import numpy as np
import pytest

from wenju.eval.benchmarks.scale import adding, command, corpus
from wenju.eval.benchmarks.scale.adding import library_of, rates
from wenju.eval.benchmarks.scale.asking import ask
from wenju.eval.benchmarks.scale.encoder import HashedEncoder

LAW = "# 测试法\n\n第一条 为了测试，制定本法。\n\n第二条 测试每年进行一次。\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two statutes of each side, packed as the real ones are."""
    scale = tmp_path / "data" / "scale"
    scale.mkdir(parents=True)
    monkeypatch.setenv("WENJU_DATA", str(tmp_path / "data"))
    with tarfile.open(scale / "prc_laws.tar.xz", "w:xz") as archive:
        for number in "12":
            file = tmp_path / f"{number}.md"
            file.write_text(LAW.replace("测试法", f"测试法{number}"), "utf-8")
            archive.add(file, f"法律/{number}.md")
    with lzma.open(scale / "tw_laws_zh_hant.jsonl.xz", "wt", encoding="utf-8") as lines:
        for number in "12":
            articles = [["第 1 條", f"為{number}次測試，制定本法。"], ["", "附則。"]]
            law = {"pcode": f"A{number}", "title": f"試驗法{number}", "date": "20200101"}
            lines.write(json.dumps(law | {"articles": articles}) + "\n")
    return tmp_path


def test_vectors_are_alike_where_texts_are() -> None:
    encoder = HashedEncoder()
    one, like, other = encoder.encode(["車輛停放辦法第三條", "車輛停放辦法", "圖書館開放時間"])
    assert np.linalg.norm([one, like, other], axis=1) == pytest.approx(1, abs=1e-6)
    assert one @ like > one @ other > 0.5
    np.testing.assert_array_equal(HashedEncoder().encode(["車輛停放辦法"])[0], like)


def test_statutes_of_both_sides_come_in_turn(data: Path) -> None:
    files = corpus.mixed(corpus.unpacked(data / "made"))
    assert [file.suffix for file in files] == [".md", ".txt", ".md", ".txt"]
    assert files == corpus.mixed(corpus.unpacked(data / "made"))


def test_a_library_is_made_once_and_its_stages_add_up(data: Path) -> None:
    home, figures = library_of(data / "made", 3)
    assert figures["passages"] >= 3
    found = rates(figures)
    parts = {stage: rate for stage, rate in found.items() if stage != "all"}
    assert sum(1 / rate for rate in parts.values()) == pytest.approx(1 / found["all"])
    assert library_of(data / "made", 3) == (home, figures)


def test_an_interrupted_library_is_gone_on_with(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_FILES", 1)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(adding, "_index", lambda *_: 1 / 0)
        library_of(data / "made", 100)
    before = json.loads((data / "made" / "home-100" / "figures.json").read_text())
    _, after = library_of(data / "made", 100)
    assert after["add"] == before["add"] and "dense index" in after


def test_it_asks_and_tells_of_memory(data: Path) -> None:
    home, _ = library_of(data / "made", 3)
    figures = ask(home, 2)
    assert figures["first answer after"] >= figures["opened after"]
    assert figures["search p95"] >= figures["search p50"] > 0
    assert figures["MB at most"] >= figures["MB"]


def test_a_folder_that_is_added_again(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--folder", str(data / "made"), "--json", "unchanged", "--files", "4"])
    (figures,) = json.loads(capsys.readouterr().out).values()
    assert figures["unchanged: documents unchanged"] == 4
    assert figures["one changed: documents unchanged"] == 3
