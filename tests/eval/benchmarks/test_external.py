"""The comparison with other systems: what they are given, what is made of what they give back."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest

from tests.eval.making import WORKER
from wenju.corpus.document import Source, content_id
from wenju.corpus.errors import WenjuError
from wenju.eval.benchmarks.external import run as others
from wenju.eval.benchmarks.external.systems import SYSTEMS, OthersError, System, environment
from wenju.eval.benchmarks.external.task import make_task, rankings, records
from wenju.eval.datasets import DatasetError, GoldQuestion, GoldSet, load
from wenju.eval.intervals import bootstrap
from wenju.eval.measures import values
from wenju.eval.retrieval import DOCUMENT_DEPTH

TEXTS = {
    "a.txt": "市圖書館每週一休館，其餘日子開放到晚上九點。",
    "b.txt": "地價稅每年十一月一日起繳納，逾期加徵滯納金。",
    "c.txt": "第三期工程由水務局負責，預算五百萬元。",
}
IDS = {name: content_id(text) for name, text in TEXTS.items()}
SOURCES = tuple(Source(name, name, text, title=f"題 {name}") for name, text in TEXTS.items())


def question(id_: str, text: str, document: str | None, *, answerable: bool = True) -> GoldQuestion:
    return GoldQuestion(id_, text, ("答",) if answerable else (), document, answerable)


GOLD = GoldSet(
    name="three",
    questions=(
        question("first", "圖書館開放到幾點", "a.txt"),
        question("by id", "地價稅", IDS["b.txt"]),
        # holds ten of b's characters, eight of a's, and three of its own document's
        question("third", "每週一其餘日子，地價稅十一月一日起工程", "c.txt"),
        question("nowhere", "市長是誰", None, answerable=False),
        question("no document", "預算多少", None),
    ),
    sources=SOURCES,
)


def system(folder: Path, worker: str = WORKER, requirements: tuple[str, ...] = ()) -> System:
    path = folder / "worker.py"
    path.write_text(dedent(worker), encoding="utf-8")
    return System("fake", "1.0", requirements, path)


def this_python(system: System, folder: Path) -> Path:
    return Path(sys.executable)


def test_a_worker_is_given_texts_and_questions_and_nothing_else() -> None:
    given = make_task(GOLD).as_dict()
    assert given == {
        "depth": DOCUMENT_DEPTH,
        "passages": [{"id": IDS[name], "text": text} for name, text in TEXTS.items()],
        "questions": [q.text for q in GOLD.questions[:3]],
    }


def test_documents_are_repaired_and_identical_ones_given_once() -> None:
    damaged = "條例稱為ldquo;未來產業rdquo;，於五月施行。"
    twice = (Source("x", "x", damaged), Source("y", "y", damaged))
    gold = GoldSet("twice", (question("q", "無錫", "y"),), twice)
    task = make_task(gold)
    assert list(task.passages.values()) == ["條例稱為“未來產業”，於五月施行。"]
    assert task.gold == (frozenset(task.passages),)


def test_passages_come_with_what_stands_above_them() -> None:
    long = "\n".join(f"第{n}段。" + "水務局負責工程。" * 30 for n in "甲乙丙")
    gold = GoldSet("long", (question("q", "乙段", "l.txt"),), (Source("l.txt", "l", long, "總題"),))
    task = make_task(gold, passages=True)
    (document,) = set(task.document_of.values())
    assert len(task.passages) >= 3
    assert task.gold == (frozenset({document}),)
    assert document not in task.passages
    assert all(text.startswith("總題\n") for text in task.passages.values())
    assert task.depth > DOCUMENT_DEPTH


def test_sets_that_cannot_be_compared() -> None:
    with pytest.raises(DatasetError, match="mine brings no documents"):
        make_task(GoldSet("mine", GOLD.questions, None))
    with pytest.raises(DatasetError, match="none: at least one question with a gold document"):
        make_task(GoldSet("none", GOLD.questions[3:], SOURCES))
    lost = (question("q1", "哪裡", "d.txt"),)
    with pytest.raises(DatasetError, match="'q1': no document is called 'd.txt'"):
        make_task(GoldSet("lost", lost, SOURCES))


def test_what_the_worker_writes_is_read_back(tmp_path: Path) -> None:
    task = make_task(GOLD)
    ranked = rankings(task, system(tmp_path), Path(sys.executable))
    a, b, c = IDS.values()
    assert ranked == [[a, b, c], [b, a, c], [b, a, c]]


def test_documents_are_ranked_by_their_best_passage() -> None:
    task = make_task(GOLD, passages=True)
    of = {document: passage for passage, document in task.document_of.items()}
    a, b, c = (of[id_] for id_ in IDS.values())
    found = records(task, [[b, b, a], [a, a], []])
    assert [record.ranks.document for record in found] == [2, None, None]
    found = records(task, [[c], [c, a, b], [b, a, b, c]])
    assert [record.ranks.document for record in found] == [None, 3, 3]


def test_scores_by_hand(tmp_path: Path) -> None:
    outcome = others.compare(
        GOLD, tmp_path, systems=[system(tmp_path)], install=this_python
    ).as_dict()
    intervals = outcome["systems"]["fake 1.0"].pop("intervals")
    assert outcome == {
        "dataset": "three",
        "questions": 3,
        "documents": 3,
        "passages": 3,
        "systems": {
            "fake 1.0": {
                "recall_at_1": 0.6667,
                "recall_at_5": 1.0,
                "mrr_at_10": round((1 + 1 + 1 / 3) / 3, 4),
            }
        },
    }
    expected = bootstrap([1.0, 1.0, 0.0])
    assert intervals["recall_at_1"] == [round(expected.low, 4), round(expected.high, 4)]
    assert intervals["recall_at_5"] == [1.0, 1.0]


def test_a_document_beyond_the_tenth_counts_for_nothing_but_is_still_found() -> None:
    sources = tuple(Source(f"{n}", f"{n}", f"第{n}份文件。") for n in range(25))
    asked = tuple(question(f"q{n}", "哪份", f"{n}") for n in (9, 10, 19, 20))
    task = make_task(GoldSet("many", asked, sources))
    found = records(task, [list(task.passages)] * 4)
    assert [record.ranks.document for record in found] == [10, 11, 20, None]
    assert values(found)["mrr_at_10"] == pytest.approx([0.1, 0, 0, 0])


@pytest.mark.parametrize(
    ("worker", "said"),
    [
        ("print('\\n'.join('line %d' % i for i in range(9))); raise SystemExit(3)", "line 8"),
        ("import no_such_package", "No module named 'no_such_package'"),
        ("raise SystemExit(7)", "exit code 7"),
        ("pass", "worker.py wrote nothing"),
        ("import sys; open(sys.argv[2], 'w').write('[[]]')", "answered 1 questions, 3 were asked"),
    ],
)
def test_a_worker_that_fails_is_quoted(tmp_path: Path, worker: str, said: str) -> None:
    with pytest.raises(OthersError) as raised:
        rankings(make_task(GOLD), system(tmp_path, worker), Path(sys.executable))
    lines = str(raised.value).splitlines()
    assert lines[0].startswith("fake 1.0")
    assert said in lines[-1]
    assert "line 3" not in str(raised.value)  # the last five lines of nine begin with the fifth
    assert isinstance(raised.value, WenjuError)


def test_an_environment_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = system(tmp_path, requirements=("no-such-package==1.0",))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    home = tmp_path / "others" / "fake-1.0"
    with pytest.raises(OthersError) as raised:
        environment(fake, tmp_path / "others")
    assert f"fake 1.0 could not be installed in {home}" in str(raised.value)
    assert "No matching distribution found for no-such-package==1.0" in str(raised.value)
    assert not (home / "complete").exists()
    with pytest.raises(OthersError, match=r"fake 1\.0 could not be installed .*worker\.py"):
        environment(fake, fake.worker)


def test_an_environment_is_made_once_for_its_requirements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def note(command: list[str], failed: str) -> None:
        calls.append(command)
        if "venv" in command:
            Path(command[-1]).mkdir(exist_ok=True)

    monkeypatch.setattr("wenju.eval.benchmarks.external.systems.run", note)
    python = environment(system(tmp_path, requirements=("x==1",)), tmp_path)
    assert python.is_relative_to(tmp_path / "fake-1.0")
    assert [command[0] for command in calls] == [sys.executable, str(python)]
    assert calls[1][-2:] == ["--no-deps", "x==1"]
    assert environment(system(tmp_path, requirements=("x==1",)), tmp_path) == python
    assert len(calls) == 2
    environment(system(tmp_path, requirements=("x==2",)), tmp_path)
    assert [command[-1] for command in calls[2:]] == [str(tmp_path / "fake-1.0"), "x==2"]


def test_every_system_is_pinned_and_has_its_worker() -> None:
    for system_ in SYSTEMS:
        assert system_.worker.is_file()
        assert all(requirement.count("==") == 1 for requirement in system_.requirements)
        assert system_.requirements[0].endswith(f"=={system_.version}")


def write_gold(folder: Path) -> Path:
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    lines = [
        {"documents": sorted(TEXTS)},
        {"question": "圖書館開放到幾點", "answers": ["晚上九點"], "document": "a.txt"},
        {"question": "地價稅何時繳納", "answers": ["十一月一日"], "document": "b.txt"},
    ]
    path = folder / "gold.jsonl"
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def faked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold file, and the command line asking the fake in place of the real ones."""
    path = write_gold(tmp_path)
    compare, fake = others.compare, system(tmp_path)

    def ask(gold: GoldSet, folder: Path, *, passages: bool = False) -> others.Outcome:
        return compare(gold, folder, passages=passages, systems=[fake], install=this_python)

    monkeypatch.setattr(others, "compare", ask)
    return path


def test_the_command_prints_one_object_or_a_list(
    faked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others.main([str(faked), "--json"])
    one = json.loads(capsys.readouterr().out)
    assert (one["dataset"], one["questions"], one["documents"]) == ("gold", 2, 3)
    assert one["systems"]["fake 1.0"]["recall_at_1"] == 1.0
    others.main([str(faked), str(faked), "--json", "--limit", "1", "--script", "hans"])
    two = json.loads(capsys.readouterr().out)
    assert [outcome["questions"] for outcome in two] == [1, 1]


def test_the_command_converts_what_is_asked(
    faked: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = others.compare

    def note(gold: GoldSet, folder: Path, *, passages: bool = False) -> others.Outcome:
        asked.extend(q.text for q in gold.questions)
        return answer(gold, folder, passages=passages)

    monkeypatch.setattr(others, "compare", note)
    others.main([str(faked), "--script", "hans"])
    assert asked == ["图书馆开放到几点", "地价税何时缴纳"]
    assert "recall_at_1" in capsys.readouterr().out


def test_the_table_has_a_column_to_each_system(tmp_path: Path) -> None:
    from rich.console import Console

    outcome = others.compare(GOLD, tmp_path, systems=[system(tmp_path)], install=this_python)
    file = StringIO()
    Console(file=file, width=100).print(others.table(outcome))
    shown = file.getvalue()
    assert "three: 3 questions, 3 passages" in shown
    assert "fake 1.0" in shown
    assert "0.667 [0.000, 1.000]" in shown


def test_errors_end_the_command_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit) as stopped:
        others.main([str(tmp_path / "none.json")])
    assert stopped.value.code == 2
    assert "none.json cannot be read" in capsys.readouterr().err
    monkeypatch.setenv("WENJU_NEAREST", "many")
    with pytest.raises(SystemExit):
        others.main([str(write_gold(tmp_path))])
    assert "nearest" in capsys.readouterr().err


def test_the_module_can_be_run() -> None:
    command = [sys.executable, "-W", "error", "-m", "wenju.eval.benchmarks.external", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--passages" in done.stdout


@pytest.mark.slow
def test_the_real_systems_find_what_they_found_before(data_folder: Path) -> None:
    """The first 300 questions of XQuAD; skipped where the systems were not installed before."""
    from dataclasses import replace

    from wenju.qa.settings import Settings

    folder = Settings().cache / "others"
    if not all((folder / f"{s.name}-{s.version}" / "complete").exists() for s in SYSTEMS):
        pytest.skip("python -m wenju.eval.benchmarks.external installs them")
    gold = load(data_folder / "dev" / "xquad.zh.json")
    found = others.compare(replace(gold, questions=gold.questions[:300]), folder).systems
    shares = {
        name: [round(i.mean, 3) for i in intervals.values()][:2]
        for name, intervals in found.items()
    }
    assert shares == {"haystack 3.4.1": [0.897, 0.997], "txtai 9.14.0": [0.897, 0.97]}
