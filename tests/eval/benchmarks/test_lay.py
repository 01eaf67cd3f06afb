"""Lay questions: the statutes they are asked over, what counts as found, and what is kept quiet."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.lay import command
from wenju.eval.benchmarks.lay.marks import Mark, figures, same
from wenju.eval.benchmarks.lay.questions import own, stard
from wenju.eval.benchmarks.lay.statutes import SIDES, drawn, named, plain
from wenju.eval.benchmarks.statutes.truth import Law
from wenju.eval.benchmarks.unseen.documents import Law as Named
from wenju.eval.benchmarks.unseen.documents import Missing, header, laws
from wenju.eval.places import DatasetError
from wenju.eval.training.network.lay import is_measured
from wenju.qa.ranker import bundled
from wenju.qa.reader import RankedReader
from wenju.qa.settings import Settings

RENT = "# 中华人民共和国房法\n\n2020年通过\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 为了租房的人，制定本法。\n\n第二条 押金在退房之日退还。\n\n逾期不退的，加倍退还。\n\n## 第二章 附则\n\n第三条 本法自公布之日起施行。\n"
MORE = "# 中华人民共和国房法\n\n# 附编\n\n<!-- INFO END -->\n\n第四条 修房的钱由房东出。\n\n第五条 房租按月付。\n"
OLD = "# 车法\n\n<!-- INFO END -->\n\n第一条 旧的。\n"
NEW = "# 车法\n\n<!-- INFO END -->\n\n第一条 开车要有执照。\n\n第二条 喝酒不得开车。\n"
MAINLAND = {
    "民/房法.md": RENT,
    "民/附编.md": MORE,
    "行/车法(2010-01-01).md": OLD,
    "行/车法(2020-01-01).md": NEW,
    "行/水法(2020-01-01).md": NEW.replace("车", "水"),
    "DLC/某省车法.md": NEW.replace("车法", "某省车法"),
}
TAIWAN = [
    ("N1", "勞動法", False, [["第 1 條", "工資按月給。"], ["第 1-1 條", "特別休假七日。"]]),
    ("N2", "舊法", True, [["第 1 條", "廢止了。"]]),
    ("N3", "狗法", False, [["第 1 條", "養狗要登記。"], ["第 2 條", "狗咬人由飼主賠。"]]),
]
FIRST = {
    "laws": [
        {"document": "房法.txt", "path": "民/房法.md"},
        {"document": "房法.txt", "path": "民/附编.md"},
        {"document": "勞動法.txt", "pcode": "N1"},
    ]
}
ASKED: Sequence[Mapping[str, object]] = [
    {
        "id": "rent",
        "question": "押金什么时候退还？",
        "side": "prc",
        "articles": [{"law": "房法.txt", "article": "2"}],
    },
    {
        "id": "leave",
        "question": "特別休假有幾日？",
        "side": "tw",
        "articles": [{"law": "勞動法.txt", "article": "1-1"}],
    },
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Archives of a handful of laws of each side."""
    scale = tmp_path / "data" / "scale"
    scale.mkdir(parents=True)
    with tarfile.open(scale / SIDES["prc"], "w:xz") as archive:
        for name, text in MAINLAND.items():
            member = tarfile.TarInfo(f"./{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    with lzma.open(scale / SIDES["tw"], "wt", encoding="utf-8") as lines:
        for pcode, title, repealed, articles in TAIWAN:
            law = {"pcode": pcode, "title": title, "repealed": repealed, "articles": articles}
            lines.write(json.dumps(law, ensure_ascii=False) + "\n")
    return tmp_path / "data"


def written(tmp_path: Path, *questions: Mapping[str, object]) -> Path:
    path = tmp_path / "questions.jsonl"
    lines = (json.dumps(line, ensure_ascii=False) for line in (FIRST, *questions))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def articles(law: Law) -> dict[str, str]:
    """Texts by number, as the places have them."""
    return {
        "-".join(map(str, p.number)): " ".join(law.text[p.start : p.end].split())
        for p in law.places
    }


def test_headings_end_the_articles_of_plain_text() -> None:
    law = plain(RENT)
    assert law.text.startswith("中华人民共和国房法\n")
    assert "#" not in law.text and "INFO" not in law.text
    assert articles(law) == {
        "1": "第一条 为了租房的人，制定本法。",
        "2": "第二条 押金在退房之日退还。 逾期不退的，加倍退还。",
        "3": "第三条 本法自公布之日起施行。",
    }


def test_files_of_one_law_are_joined(data: Path) -> None:
    wanted = [
        Named("房法.txt", SIDES["prc"], "民/房法.md"),
        Named("房法.txt", SIDES["prc"], "民/附编.md"),
        Named("狗.txt", SIDES["tw"], "N3"),
    ]
    rent, dogs = named(wanted, data)
    assert (rent.name, dogs.name) == ("房法.txt", "狗.txt")
    assert rent.text.count("中华人民共和国房法") == 1
    assert articles(rent)["3"] == "第三条 本法自公布之日起施行。"
    assert articles(rent)["5"] == "第五条 房租按月付。"
    assert articles(dogs) == {"1": "第 1 條 養狗要登記。", "2": "第 2 條 狗咬人由飼主賠。"}


def test_what_is_not_there_is_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="N9"):
        named([Named("x.txt", SIDES["tw"], "N9")], data)
    with pytest.raises(Missing, match=r"prc_laws\.tar\.xz.*WENJU_DATA"):
        named([Named("x.txt", SIDES["prc"], "x.md")], tmp_path)


def test_whole_laws_are_drawn_until_there_are_enough(data: Path) -> None:
    everything = drawn(data, "prc", 99, [])
    assert {law.name for law in everything} >= {"车法(2020-01-01).txt", "水法(2020-01-01).txt"}
    assert not {law.name for law in everything} & {"车法(2010-01-01).txt", "某省车法.txt"}
    assert {law.name for law in drawn(data, "tw", 99, [])} == {"N1.txt", "N3.txt"}
    apart = drawn(data, "prc", 99, ["中华人民共和国车法", "房法"])
    assert [law.name for law in apart] == ["水法(2020-01-01).txt"]
    for seed in range(5):
        some = drawn(data, "prc", 3, ["房法"], seed)
        assert [law.name for law in some] == [
            law.name for law in drawn(data, "prc", 3, ["房法"], seed)
        ]
        assert sum(len(law.places) for law in some) >= 3
        assert len(drawn(data, "prc", 2, ["房法"], seed)) == 1
    assert drawn(data, "prc", 0, []) == []


def test_faults_are_told_by_id(data: Path, tmp_path: Path) -> None:
    assert own(written(tmp_path, *ASKED), data).faults() == []
    missing = {**ASKED[0], "articles": [{"law": "房法.txt", "article": "9"}]}
    none: Mapping[str, object] = {**ASKED[1], "articles": []}
    assert own(written(tmp_path, *ASKED, missing, none), data).faults() == [
        "rent: the id repeats",
        "leave: the id repeats",
        "rent: an article it names is not in its law",
        "leave: it names no article",
    ]
    with pytest.raises(DatasetError, match="number of an article"):
        own(
            written(tmp_path, {**ASKED[0], "articles": [{"law": "房法.txt", "article": "第二条"}]}),
            data,
        )


def test_of_stard_only_the_half_that_measures_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "stard.jsonl"
    names = ("中华人民共和国房法第十二条", "房法第三条之一")
    lines = [
        {
            "id": str(i),
            "question": f"问{i}？",
            "articles": [{"name": names[i % 2], "text": f"甲{i % 2}。\n\n乙。"}],
        }
        for i in range(20)
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    lay = stard(path)
    wanted = [f"问{i}？" for i in range(20) if is_measured(f"问{i}？")]
    assert [question.text for question in lay.questions] == wanted
    assert 0 < len(wanted) < 20
    (law,) = lay.laws
    assert law.name == "房法.txt"
    assert articles(law) == {"3-1": "第三条之一 甲1。 乙。", "12": "第十二条 甲0。 乙。"}
    assert lay.faults() == []


@pytest.mark.parametrize(
    ("passage", "right"),
    [
        (("d", 10, 20), True),
        (("d", 8, 22), True),  # with what stands around it
        (("d", 0, 100), True),  # the whole article in a long passage
        (("d", 15, 17), True),  # a piece of it
        (("d", 18, 30), False),  # mostly of the next
        (("d", 20, 30), False),
        (("e", 10, 20), False),
    ],
)
def test_what_is_a_passage_of_an_article(passage: tuple[str, int, int], right: bool) -> None:
    assert same(passage, ("d", 10, 20)) is right


def test_figures_by_hand() -> None:
    marks = [
        Mark("tw", 1, 1, True),
        Mark("tw", 4, None, True),
        Mark("prc", None, 2, False),
        Mark("prc", 2, 1, False),
    ]
    means = {name: one.mean for name, one in figures(marks).items() if one}
    assert means == {
        "recall_at_1": 0.25,
        "recall_at_5": 0.75,
        "shown_first": 0.5,
        "shown": 0.75,
        "answered": 0.5,
        "right_of_answered": 0.5,
    }
    only_searched = figures([Mark("tw", 1), Mark("tw", None)])
    assert only_searched["recall_at_1"] is not None and only_searched["recall_at_1"].mean == 0.5
    assert only_searched["shown"] is None


def test_a_set_is_asked_in_a_library_of_its_own(data: Path, tmp_path: Path) -> None:
    lay = own(written(tmp_path, *ASKED), data)
    held = command.sources(lay, data, 99)
    names = {source.name for source in held}
    assert len(names) == len(held)
    assert names == {
        *("房法.txt", "勞動法.txt", "N3.txt"),
        *("车法(2020-01-01).txt", "水法(2020-01-01).txt"),
    }
    settings = Settings(home=tmp_path / "home")
    reader = RankedReader(bundled("lexical"), None)
    done = command.measure(lay, held, settings, FakeEncoder(), reader)
    assert (done.questions, done.documents) == (2, 5)
    assert set(done.sides) == {"prc", "tw"}
    assert done.totals["recall_at_5"] is not None and done.totals["recall_at_5"].mean == 1
    assert done.totals["shown"] is not None and done.totals["shown"].n == 2
    searched = command.measure(lay, held, settings, FakeEncoder(), None)
    assert searched.totals["recall_at_1"] == done.totals["recall_at_1"]
    assert searched.totals["shown"] is None


def test_only_totals_are_told(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "GOLD", written(tmp_path, *ASKED))
    monkeypatch.setattr(command, "load_encoder", lambda *_: FakeEncoder())
    monkeypatch.setenv("WENJU_HOME", str(tmp_path / "mine"))
    into = tmp_path / "into"
    given = ["--data", str(data), "--into", str(into), "--memory", str(tmp_path / "m.sqlite")]
    assert command.main([*given, "--reader", "none", "--drawn", "2"]) == 0
    said = capsys.readouterr().out
    kept = (into / "figures-own.json").read_text(encoding="utf-8")
    assert "recall_at_1" in said and "\n  tw\n" in said
    assert set(json.loads(kept)["own"]) == {"questions", "documents", "totals", "sides"}
    for asked in ASKED:
        for secret in (str(asked["id"]), str(asked["question"])):
            assert secret not in said + kept
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"articles": [{"law": "房法.txt", "article": "9"}]}, "rent: an article"),
        ({"articles": "密"}, "line 2"),
        ({"question": ["密"]}, "line 2"),
    ],
)
def test_an_error_says_where_and_not_what(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: Mapping[str, object],
    told: str,
) -> None:
    monkeypatch.setattr(command, "GOLD", written(tmp_path, {**ASKED[0], **change}))
    assert command.main(["--check", "--data", str(data)]) == 2
    said = capsys.readouterr().err
    assert told in said and "密" not in said
    monkeypatch.setattr(command, "GOLD", tmp_path / "none.jsonl")
    assert command.main(["--check", "--data", str(data)]) == 2
    assert "is not in the checkout" in capsys.readouterr().err


def test_the_gold_names_articles_that_are_there() -> None:
    """Every article is in its law, half of the questions are each side's, and none names a law."""
    if not command.GOLD.is_file():
        pytest.skip("the lay questions are not in this checkout")
    if lacking := [n for n in SIDES.values() if not (data_folder() / "scale" / n).is_file()]:
        pytest.skip(f"{', '.join(lacking)} is not in {data_folder() / 'scale'}")
    lay = own(command.GOLD, data_folder())
    assert lay.faults() == []
    assert [sum(q.side == side for q in lay.questions) for side in SIDES] == [50, 50]
    used = {law for question in lay.questions for law, _ in question.articles}
    assert used == {law.document for law in laws(header(command.GOLD))} and len(used) >= 30
    stems = [law.removesuffix(".txt") for law in used]
    assert [q.id for q in lay.questions if any(stem in q.text for stem in stems)] == []
