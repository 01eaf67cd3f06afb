"""The committed results: what each row finds, and what is kept of it."""

from __future__ import annotations

import io
import json
import lzma
import math
import re
import shlex
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from tests.eval.making import WORKER
from tests.fakes import FakeEncoder
from tests.making import NOTICES, add, made
from wenju.eval.benchmarks.external import run as others
from wenju.eval.benchmarks.external.systems import System
from wenju.eval.benchmarks.results import baselines, cells, command
from wenju.eval.benchmarks.results.baselines import PlainSum, Vectors, question_vector
from wenju.eval.benchmarks.results.cells import SAME, Cell, ResultsError
from wenju.eval.benchmarks.results.command import Chosen, update
from wenju.eval.benchmarks.results.measure import measure, measure_other
from wenju.eval.benchmarks.results.page import page
from wenju.eval.benchmarks.results.rows import Parts, Reweighed, Row, all_rows
from wenju.eval.benchmarks.results.sets import SETS, Material
from wenju.eval.benchmarks.results.sets import read as read_set
from wenju.eval.configuration import Request, code_hash, hash_of_sources
from wenju.eval.datasets import load
from wenju.eval.intervals import Interval, bootstrap
from wenju.eval.measures import MEASURES
from wenju.eval.run import evaluate
from wenju.index.encoding import encoded_text
from wenju.index.hit import Hit
from wenju.index.library import Library
from wenju.index.query import Query, parse_query
from wenju.index.retriever import HybridRetriever, Search
from wenju.index.similarity_baseline import is_han_text, measure_baseline
from wenju.index.terms import terms
from wenju.index.weights import FEATURES, Features, bundled_weights
from wenju.qa.settings import Settings

QUESTION = "生态型联合体最高支持多少？"
MANY = [*NOTICES, *(f"第{n}號公告\n第{n}號停車場最高收費{n * 10}元。" for n in range(70))]
CONTEXTS = (
    "市科技局昨日公布了补助办法。生态型联合体最高支持1000万元。申请截止日期另行通知。",
    "图书馆周一闭馆。周二至周日上午九点开放，读者须凭借书证入馆。",
    "青年运动会于2023年5月4日开幕。开幕式由体育局主办，共有三千名运动员参加。",
)
QUESTIONS = (
    ("q1", "生态型联合体最高支持多少？", "1000万元", 0),
    ("q2", "图书馆周几闭馆？", "周一", 1),
    ("q3", "青年运动会哪天开幕？", "2023年5月4日", 2),
    ("q4", "市长是谁？", "", 2),
)


def write_gold(
    path: Path, questions: Iterable[tuple[str, str, str, int]], contexts: Sequence[str] = CONTEXTS
) -> Path:
    paragraphs: list[dict[str, Any]] = [{"context": c, "qas": []} for c in contexts]
    for id_, question, answer, place in questions:
        answers = [{"text": answer, "answer_start": -1}] if answer else []
        qa = {"id": id_, "question": question, "answers": answers, "is_impossible": not answer}
        paragraphs[place]["qas"].append(qa)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {"data": [{"title": "", "paragraphs": paragraphs}]}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two of the sets, tiny."""
    folder = tmp_path / "data"
    write_gold(folder / "dev" / "xquad.zh.json", QUESTIONS)
    write_gold(folder / "dev" / "cmrc2018_dev_b.json", QUESTIONS[:2])
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "own" / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def parts(library: Library, tmp_path: Path) -> Parts:
    add(library, FakeEncoder(), MANY)
    return Parts(library, FakeEncoder(), Settings(home=tmp_path / "own"))


def fake_system(folder: Path, worker: str = WORKER) -> System:
    path = folder / "worker.py"
    path.write_text(dedent(worker), encoding="utf-8")
    return System("fake", "1.0", (), path)


def this_python(system: System, folder: Path) -> Path:
    return Path(sys.executable)


def quiet(*said: object) -> None:
    """Progress that nobody looks at."""


def material(data: Path, settings: Settings, name: str = "XQuAD zh", **changes: Any) -> Material:  # noqa: ANN401
    return read_set(replace(SETS[name], **changes), data, settings, FakeEncoder())


def measured(found: Material, settings: Settings, *names: str) -> dict[str, Cell]:
    rows = [all_rows()[name] for name in names]
    return {c.row: c for c in measure(found, rows, settings, FakeEncoder(), quiet)}


def ids(hits: Iterable[Any]) -> list[str]:
    return [hit.passage.id for hit in hits]


# what the baselines find


def by_hand(index: Mapping[int, Counter[str]], wanted: Sequence[str]) -> dict[int, float]:
    """Okapi BM25 with k1 1.2 and b .75, of passages short enough for exact lengths."""
    average = sum(map(Counter.total, index.values())) / len(index)
    scores: dict[int, float] = {}
    for term in wanted:
        having = sum(term in held for held in index.values())
        rarity = math.log(1 + (len(index) - having + 0.5) / (having + 0.5))
        for number, held in index.items():
            if count := held[term]:
                norm = 1.2 * (0.25 + 0.75 * held.total() / average)
                part = rarity * count * 2.2 / (count + norm)
                scores[number] = scores.get(number, 0.0) + part
    return scores


@pytest.mark.parametrize("field", ["characters", "words"])
def test_bm25_of_one_field_by_hand(parts: Parts, field: str) -> None:
    passages = parts.library.passages(parts.library.numbers().tolist())
    held = {n: Counter(getattr(terms(p.text), field)) for n, p in passages.items()}
    assert max(counter.total() for counter in held.values()) <= 40
    query = parse_query(QUESTION)
    expected = by_hand(held, getattr(query.terms, field))
    assert 1 < len(expected) < len(MANY) or field == "characters"
    found = dict(parts.lexical.best(query, {field: 1.0}, 100))
    assert found == pytest.approx(expected, rel=1e-5)
    (row,) = [row for row in all_rows().values() if row.configuration.get("fields") == {field: 1.0}]
    assert row.make
    first = [passages[n].id for n in sorted(found, key=lambda n: (-found[n], passages[n].id))]
    assert ids(row.make(parts).search(parse_query(QUESTION), 99)) == first


def test_fields_are_weighed_and_summed(parts: Parts) -> None:
    query = parse_query(QUESTION)
    one, two = (dict(parts.lexical.best(query, {f: 1.0}, 99)) for f in ("characters", "bigrams"))
    both = dict(parts.lexical.best(query, {"characters": 2.0, "bigrams": 0.5}, 99))
    assert both == pytest.approx({n: 2 * one[n] + 0.5 * two.get(n, 0.0) for n in one}, rel=1e-5)


def test_the_scores_of_given_passages_are_those_of_the_search(parts: Parts) -> None:
    query, fields = parse_query(QUESTION), baselines.SUM_FIELDS
    found = dict(parts.lexical.best(query, fields, 99))
    every = [int(n) for n in parts.library.numbers()]
    assert parts.lexical.scores(query, fields, every) == pytest.approx(found, rel=1e-5)
    one = next(iter(found))
    assert parts.lexical.scores(query, fields, [one]) == pytest.approx({one: found[one]}, rel=1e-5)
    assert parts.lexical.scores(parse_query("？？"), fields, every) == {}
    assert parts.lexical.scores(query, fields, []) == {}


def test_vectors_are_ordered_by_the_cosine_of_both_scripts(parts: Parts) -> None:
    encoder = FakeEncoder()
    passages = parts.library.passages(parts.library.numbers().tolist())
    both = encoder.encode(["生态型联合体最高支持多少？", "生態型聯合體最高支持多少？"], query=True)
    vector = both.sum(axis=0) / np.linalg.norm(both.sum(axis=0))
    query = parse_query("生態型聯合體最高支持多少？")
    assert question_vector(encoder, query) == pytest.approx(vector, abs=1e-6)
    cosine = {p.id: float(encoder.encode([encoded_text(p)])[0] @ vector) for p in passages.values()}
    found = Vectors(parts.library, parts.encoder, parts.dense).search(parse_query(QUESTION), 12)
    assert [h.score for h in found] == pytest.approx(sorted(cosine.values())[::-1][:12], abs=1e-5)
    assert [h.score for h in found] == pytest.approx([cosine[i] for i in ids(found)], abs=1e-5)


@pytest.mark.parametrize("question", [QUESTION, "停車場自行車"])
@pytest.mark.parametrize("pool", [2, 99])
def test_the_plain_sum_is_the_documented_formula(
    parts: Parts, pool: int, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the pool: a passage that only one search finds is scored by both."""
    monkeypatch.setattr(baselines, "SUM_POOL", pool)
    encoder, library = FakeEncoder(), parts.library
    passages = library.passages(library.numbers().tolist())
    query = parse_query(question)
    vector = question_vector(encoder, query)
    bm25 = dict(parts.lexical.best(query, baselines.SUM_FIELDS, 99))
    ideal = parts.lexical.ideal(query, baselines.SUM_FIELDS)
    baseline = measure_baseline(encoder)
    expected = {}
    for number, passage in passages.items():
        cosine = float(encoder.encode([encoded_text(passage)])[0] @ vector)
        nothing = baseline.han if is_han_text(passage.text) else baseline.across
        similarity = (cosine - nothing) / (1 - nothing)
        expected[passage.id] = similarity + bm25.get(number, 0.0) / ideal
    found = PlainSum(library, encoder, parts.dense, parts.lexical).search(parse_query(question), 2)
    assert [h.score for h in found] == pytest.approx([expected[i] for i in ids(found)], abs=1e-4)
    assert [h.rank for h in found] == [1, 2]
    if pool == 99:
        assert ids(found) == sorted(expected, key=lambda id_: -expected[id_])[:2]


def test_the_ideal_is_a_sum_of_rarities(parts: Parts) -> None:
    query = parse_query("图书馆闭馆")
    passages = parts.library.passages(parts.library.numbers().tolist()).values()
    having = [sum(c in terms(p.text).characters for p in passages) for c in "图书馆闭"]
    total = len(passages)
    rarities = [math.log(1 + (total - n + 0.5) / (n + 0.5)) for n in having]
    assert parts.lexical.ideal(query, {"characters": 0.5}) == pytest.approx(0.5 * sum(rarities))
    assert parts.lexical.ideal(parse_query("？？"), {"characters": 0.5}) == 0


def test_a_question_without_terms_is_left_to_the_vectors(parts: Parts) -> None:
    for name, count in (("BM25 words", 0), ("vectors", 3), ("vectors + BM25", 3)):
        row = all_rows()[name]
        assert row.make
        assert len(row.make(parts).search(parse_query("？？"), 3)) == count


# what is taken away


def test_there_is_a_row_without_each_sign() -> None:
    rows = all_rows()
    whole = rows["Wenju"].configuration
    assert whole["weights"] == asdict(bundled_weights())
    for sign in FEATURES:
        without = rows[f"Wenju without {sign}"].configuration
        assert without == {**whole, "weights": {**whole["weights"], sign: 0.0}}
    assert rows["Wenju without variants"].configuration == {**whole, "variants": False}


@pytest.mark.parametrize(
    "question", [QUESTION, "第7號停車場收費70元嗎", "childcare grant families"]
)
@pytest.mark.parametrize("sign", FEATURES)
def test_an_ablated_row_is_the_product_with_other_weights(
    parts: Parts, tmp_path: Path, sign: str, question: str
) -> None:
    weights = bundled_weights().without(sign)
    search = Search(weights=weights)
    product = HybridRetriever(parts.library, FakeEncoder(), tmp_path / "other", search)
    wanted = product.search(parse_query(question), 20)
    found = Reweighed(parts.whole, weights).search(parse_query(question), 20)
    assert [(h.passage.id, h.score) for h in found] == [(h.passage.id, h.score) for h in wanted]
    assert [h.rank for h in found] == list(range(1, 21))


def test_wenjus_own_row_is_the_product(parts: Parts, tmp_path: Path) -> None:
    row = all_rows()["Wenju"]
    product = HybridRetriever(parts.library, FakeEncoder(), tmp_path / "other")
    assert row.make
    whole = row.make(parts)
    for query in map(parse_query, (QUESTION, "图书馆周几闭馆？", QUESTION)):
        for k in (3, 60):
            assert whole.search(query, k) == product.search(query, k)
            assert parts.whole.candidates(query, k) == product.candidates(query, k)


def test_what_a_part_adds_is_missing_without_it(tmp_path: Path, settings: Settings) -> None:
    """A question that only a variant answers, and one of which only the value tells the place."""
    sums = {"本項補助二百萬元。": "補助2000000元", "本項補助三百萬元。": "補助3000000元"}
    first, last = sorted(sums, key=lambda text: made(text)[1][0].id)
    contexts = ("工業和信息化部公布名單。", "通信部門公布名單。", first, last)
    questions = (("variant", "工信部", "名單", 0), ("value", sums[last], "補助", 3))
    write_gold(tmp_path / SETS["XQuAD zh"].gold, questions, contexts)
    weights = Features(bigrams=1.0, values=1.0)
    rows = [
        Row("whole", "", {}, lambda p: Reweighed(p.whole, weights)),
        Row("no values", "", {}, lambda p: Reweighed(p.whole, weights.without("values"))),
        Row("no variants", "", {}, lambda p: Reweighed(p.plain, weights)),
        Row("neither", "", {}, lambda p: Reweighed(p.plain, weights.without("values"))),
    ]
    found = measure(material(tmp_path, settings), rows, settings, FakeEncoder(), quiet)
    assert [cell.measures["recall_at_1"].mean for cell in found] == [1.0, 0.5, 0.5, 0.0]


def test_the_row_without_variants_knows_none(parts: Parts) -> None:
    add(parts.library, FakeEncoder(), ["工業和信息化部公布名單。"])
    row = all_rows()["Wenju without variants"]
    assert row.make
    for retriever, share in ((parts.whole, 1.0), (row.make(parts), 0.0)):
        assert isinstance(retriever, HybridRetriever)
        signs = {p.text: found for p, found in retriever.candidates(parse_query("工信部"))}
        assert signs["工業和信息化部公布名單。"].bigrams == share


# what a set is, and what is measured of it


def test_a_cell_says_what_was_found_and_of_what(data: Path, settings: Settings) -> None:
    cell = measured(material(data, settings), settings, "Wenju")["Wenju"]
    path = data / SETS["XQuAD zh"].gold
    assert (cell.questions, cell.documents) == (4, 3)
    assert cell.passages == 3
    assert cell.about == {
        "gold": {
            "name": "xquad.zh.json",
            "sha256": sha256(path.read_bytes()).hexdigest(),
            "documents": hash_of_sources(load(path).sources or ()),
        },
        "questions": None,
        "script": None,
        "distractors": None,
    }
    assert cell.configuration["encoder"] == FakeEncoder().name
    assert cell.configuration["weights"] == asdict(bundled_weights())
    assert cell.configuration["code"] == code_hash()
    assert list(cell.measures) == [n for n, m in MEASURES.items() if m.group == "retrieval"]
    # the fourth question has no answer
    assert cell.measures["recall_at_1"] == Interval(1.0, 1.0, 1.0, 3)
    assert (
        "encoder"
        not in measured(material(data, settings), settings, "BM25 words")[
            "BM25 words"
        ].configuration
    )


def test_a_row_is_measured_as_the_product_is(data: Path, settings: Settings) -> None:
    """The same figures as ``wenju eval``, from the same library, which is made once."""
    cell = measured(material(data, settings), settings, "Wenju")["Wenju"]
    (home,) = (settings.home / "eval").iterdir()
    made_at = (home / "complete").stat().st_mtime_ns
    path = data / SETS["XQuAD zh"].gold
    (report,) = evaluate(Request((path,)), settings, encoder=FakeEncoder())
    assert [home] == list((settings.home / "eval").iterdir())
    assert (home / "complete").stat().st_mtime_ns == made_at
    assert {n: report.intervals[n] for n in cell.measures} == cell.measures
    assert (report.documents, report.passages) == (cell.documents, cell.passages)


def test_a_question_that_the_product_refuses_finds_nothing(data: Path, settings: Settings) -> None:
    asked = (*QUESTIONS, ("q5", "？？", "周一", 1), ("q6", "图书馆" * 200, "周一", 1))
    write_gold(data / SETS["XQuAD zh"].gold, asked)
    found = measured(material(data, settings), settings, "vectors", "Wenju")
    assert [c.measures["recall_at_20"].mean for c in found.values()] == [0.6, 0.6]


def test_the_wording_of_another_file_is_asked(data: Path, settings: Settings) -> None:
    english = [(id_, f"What is {n}?", "x", n) for n, (id_, *_) in enumerate(QUESTIONS[:3])]
    texts = [f"The answer is {n}." for n in range(3)]
    write_gold(data / SETS["XQuAD zh → en"].gold, english, texts)
    to_zh = material(data, settings, "XQuAD en → zh")
    assert [q.text for q in to_zh.task.gold.questions] == [text for _, text, _, _ in english]
    assert {s.text for s in to_zh.sources} == {*CONTEXTS}
    assert to_zh.about["questions"]["name"] == "xquad.en.json"
    to_en = material(data, settings, "XQuAD zh → en")
    assert [q.text for q in to_en.task.gold.questions] == [text for _, text, _, _ in QUESTIONS[:3]]
    assert {s.text for s in to_en.sources} == {*texts}


class InItsOwnOrder:
    """Finds passages by the first character of the question, if it is a key; else none."""

    def __init__(self, library: Library, order: Mapping[str, int]) -> None:
        self._passages = sorted(
            library.passages(library.numbers().tolist()).values(), key=lambda p: p.id
        )
        self._order = order

    def search(self, query: Query, k: int) -> list[Hit]:
        at = self._order.get(query.text[0])
        found = [] if at is None else [*self._passages[at:], *self._passages[:at]]
        return [Hit(p, -float(n), n, 0.0, 0.0) for n, p in enumerate(found[:k], 1)]


def test_the_other_script_is_compared_question_by_question(data: Path, settings: Settings) -> None:
    """By hand: 生态 and 生態 alike, 图 and 圖 apart, 青 alike, 市長 found in neither."""
    row = Row(
        "own", "", {}, lambda p: InItsOwnOrder(p.library, {"生": 0, "图": 1, "圖": 2, "青": 1})
    )
    found = material(data, settings, "XQuAD zh, other script")
    assert [q.text for q in found.task.gold.questions][:2] == [
        "生態型聯合體最高支持多少？",
        "圖書館週幾閉館？",
    ]
    rows = [row, *(all_rows()[name] for name in ("BM25 words", "Wenju"))]
    own, words, wenju = measure(found, rows, settings, FakeEncoder(), quiet)
    assert own.measures[SAME] == bootstrap([1.0, 0.0, 1.0, 0.0])
    assert wenju.measures[SAME].mean == 1.0
    assert words.measures[SAME].n == 4
    same = material(data, settings)
    (own,) = measure(same, [row], settings, FakeEncoder(), quiet)
    assert SAME not in own.measures


def test_of_each_distractor_a_share_is_taken(data: Path, settings: Settings) -> None:
    scale = data / "scale"
    scale.mkdir()
    articles = [f"第{n}條　本法所稱主管機關為第{n}局，其權責由法律定之。" * 9 for n in range(1, 9)]
    with lzma.open(scale / "tw_laws_zh_hant.jsonl.xz", "wt", encoding="utf-8") as file:
        for text in articles:
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    with tarfile.open(scale / "prc_laws.tar.xz", "w:xz") as tar:
        for n in range(8):
            content = f"# 法{n}\n\n" + f"第{n}条规定，主管部门是第{n}厅。" * 40
            member = tarfile.TarInfo(f"laws/{n}.md")
            member.size = len(content.encode())
            tar.addfile(member, io.BytesIO(content.encode()))
    found = material(data, settings, "CMRC + 50,000 law passages", share=3)
    plain = material(data, settings, "CMRC 2018 dev B")
    (cell,) = measured(found, settings, "BM25 words").values()
    (bare,) = measured(plain, settings, "BM25 words").values()
    assert cell.passages == bare.passages + 2 * 3
    noise = cell.about["distractors"]
    assert noise["names"] == ["tw_laws_zh_hant.jsonl.xz", "prc_laws.tar.xz"]
    assert noise["passages_of_each"] == 3
    assert noise["documents"] == hash_of_sources(found.sources[len(plain.sources) :])
    assert cell.about["gold"] == bare.about["gold"]


def other_row(folder: Path, *, whole: bool = True, worker: str = WORKER) -> Row:
    return Row("other", "", {"system": "fake"}, system=fake_system(folder, worker), whole=whole)


@pytest.mark.parametrize("whole", [True, False])
def test_another_system_is_measured_as_by_itself(
    data: Path, settings: Settings, tmp_path: Path, whole: bool
) -> None:
    row = other_row(tmp_path, whole=whole)
    assert row.system
    found = material(data, settings)
    cell = measure_other(found, row, settings, this_python)
    wanted = others.compare(
        found.task.gold,
        tmp_path,
        passages=not whole,
        systems=[row.system],
        install=this_python,
    )
    assert cell.measures == wanted.systems["fake 1.0"]
    assert (cell.questions, cell.documents, cell.passages) == (3, 3, wanted.passages)
    assert cell.configuration["system"] == "fake"
    assert cell.configuration["code"] == code_hash()
    assert "encoder" not in cell.configuration


def test_another_system_is_asked_in_both_scripts(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    """The worker takes 圖書館 for a text of the first document, for they share no character."""
    found = material(data, settings, "XQuAD zh, other script")
    cell = measure_other(found, other_row(tmp_path), settings, this_python)
    texts = [s.text for s in found.sources]
    firsts = [
        [max(texts, key=lambda text: len(set(q.text) & set(text))) for q in questions[:3]]
        for questions in (found.task.gold.questions, found.unconverted)
    ]
    marks = [float(a == b) for a, b in zip(*firsts, strict=True)]
    assert 0 < sum(marks) < 3
    assert cell.measures[SAME] == bootstrap(marks)


# what is kept


def chosen(data: Path, folder: Path, sets: Sequence[str], *rows: Row | str) -> Chosen:
    folder.mkdir(exist_ok=True)
    return Chosen(
        sets=[SETS[name] for name in sets],
        rows=[all_rows()[row] if isinstance(row, str) else row for row in rows],
        data=data,
        folder=folder,
    )


def carry_out(given: Chosen, settings: Settings) -> tuple[int, list[str]]:
    said: list[str] = []
    measured = update(
        given,
        settings,
        tell=quiet,
        say=said.append,
        encoder=FakeEncoder(),
        install=this_python,
    )
    return measured, said


def lines(folder: Path) -> dict[tuple[str, str], str]:
    """The cells' own lines, by set and row."""
    found = (folder / cells.RESULTS).read_text(encoding="utf-8").splitlines()[1:-1]
    objects = [(json.loads(line.rstrip(",")), line.rstrip(",")) for line in found]
    return {(cell["set"], cell["row"]): line for cell, line in objects}


BOTH = ("CMRC 2018 dev B", "XQuAD zh")


def test_other_cells_are_kept_as_they_are(data: Path, settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    assert carry_out(chosen(data, folder, BOTH, "Wenju", "vectors"), settings) == (4, [])
    before = lines(folder)
    assert list(before) == [(s, r) for s in BOTH for r in ("vectors", "Wenju")]
    write_gold(data / SETS["XQuAD zh"].gold, QUESTIONS[:1])
    assert carry_out(chosen(data, folder, BOTH[1:], "Wenju", "BM25 words"), settings)[0] == 2
    after = lines(folder)
    assert list(after) == [
        *((BOTH[0], row) for row in ("vectors", "Wenju")),
        *((BOTH[1], row) for row in ("BM25 words", "vectors", "Wenju")),
    ]
    changed = {at for at in after if after[at] != before.get(at)}
    assert changed == {(BOTH[1], "BM25 words"), (BOTH[1], "Wenju")}
    assert json.loads(after[BOTH[1], "Wenju"])["questions"] == 1
    assert (folder / command.PAGE).read_text(encoding="utf-8") == page(cells.read(folder))


def test_measured_again_the_files_are_the_same(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "results"
    given = chosen(data, folder, BOTH, "Wenju", "BM25 words", "vectors + BM25")
    carry_out(given, settings)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(before) == ["README.md", "retrieval.json"]
    carry_out(given, settings.model_copy(update={"home": tmp_path / "another"}))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_sets_that_are_absent_are_skipped_with_a_sentence(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    given = chosen(data, tmp_path / "results", ["NCP policies", "XQuAD zh"], "BM25 words")
    missing = data / "dev" / "ncp_policies.json"
    assert carry_out(given, settings) == (
        1,
        [f"NCP policies was skipped: there is no {missing}."],
    )
    assert list(lines(given.folder)) == [("XQuAD zh", "BM25 words")]
    given = chosen(data, tmp_path / "results", ["CMRC + 50,000 law passages"], "BM25 words")
    count, (said,) = carry_out(given, settings)
    assert count == 0
    assert str(data / "scale" / "tw_laws_zh_hant.jsonl.xz") in said


def test_a_system_that_fails_takes_no_other_row_with_it(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    broken = replace(other_row(tmp_path, worker="raise SystemExit(7)"), name="broken")
    given = chosen(data, tmp_path / "results", ["XQuAD zh"], broken, "BM25 words")
    count, (said,) = carry_out(given, settings)
    assert count == 1
    assert said.startswith("XQuAD zh, broken was skipped: fake 1.0 could not be asked")
    assert list(lines(given.folder)) == [("XQuAD zh", "BM25 words")]


def test_results_that_cannot_be_used_are_not_overwritten(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    given = chosen(data, tmp_path / "results", ["XQuAD zh"], "BM25 words")
    path = given.folder / cells.RESULTS
    for text, said in (
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"format": 9, "cells": []}', "of format 9, this version reads 1"),
        ('{"format": 1, "cells": [{"set": "x"}]}', "cannot be read"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ResultsError, match=said):
            carry_out(given, settings)
        assert path.read_text(encoding="utf-8") == text
    with pytest.raises(ResultsError, match="There is no folder"):
        carry_out(replace(given, folder=tmp_path / "none"), settings)


# the page


def cell(set_: str, row: str, **changes: Any) -> Cell:  # noqa: ANN401
    about = {
        "gold": {"name": "g.json", "sha256": "ab" * 32, "documents": "d"},
        "questions": None,
        "script": None,
        "distractors": None,
    }
    found = {"recall_at_1": Interval(0.95512, 0.94, 1.0, 300)}
    made_with = {"wenju": "1.2", "code": "c0de", "encoder": "e:1", "longest_passage": 77}
    base = Cell(set_, row, 300, 20, 40, about, made_with, found)
    return replace(base, **changes)


def test_the_page_follows_from_the_file_alone(
    data: Path, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "results"
    carry_out(chosen(data, folder, ["XQuAD zh"], "BM25 words"), settings)
    shown = (folder / command.PAGE).read_text(encoding="utf-8")
    assert shown == page(cells.read(folder))
    (found,) = cells.read(folder)
    changed = replace(found, measures={"recall_at_1": Interval(0.1234, 0.05, 0.2, 3)})
    assert ".123 [.050, .200]" not in shown
    assert "| BM25 words | .123 [.050, .200] |" in page([changed])


def test_a_table_of_rows_by_sets() -> None:
    shown = page(
        [
            cell("CMRC 2018 dev B", "Wenju"),
            cell("XQuAD zh", "BM25 words", measures={"recall_at_1": Interval(0.5, 0.4, 0.6, 9)}),
            cell("XQuAD zh", "Wenju"),
        ]
    )
    table = shown.split("## `recall_at_1`")[1].split("##")[0].strip().splitlines()[2:]
    assert table == [
        "|  | CMRC 2018 dev B | XQuAD zh |",
        "| --- | --- | --- |",
        "| BM25 words | – | .500 [.400, .600] |",
        "| Wenju | .955 [.940, 1.000] | .955 [.940, 1.000] |",
    ]
    assert "## `recall_at_5`" not in shown
    assert (
        '| Wenju | as it comes | `python -m wenju.eval.benchmarks.results --row "Wenju"` |' in shown
    )
    assert f"| `g.json` | 300 | 20 | 40 | `{'ab' * 8}…` |" in shown
    assert "- Wenju 1.2, code `c0de`, encoder `e:1`: 3 cells" in shown


def test_coverage_is_shown_of_long_answers_only() -> None:
    found = {f"answer_coverage_at_{k}": Interval(k / 10, 0.0, 0.9, 9) for k in (1, 5)}
    shown = page([cell(name, "Wenju", measures=found) for name in ("XQuAD zh", "NCP policies")])
    for k in (1, 5):
        table = shown.split(f"## `answer_coverage_at_{k}`")[1].split("##")[0]
        assert "|  | NCP policies |" in table
        assert "at most 77 characters" in table
        assert f"| Wenju | .{k}00 [.000, .900] |" in table


def test_cells_of_several_versions_are_told_apart() -> None:
    old = {"wenju": "1.1", "code": "01d"}
    shown = page(
        [
            cell("XQuAD zh", "Wenju"),
            cell("XQuAD zh", "vectors"),
            cell("XQuAD zh", "BM25 words", configuration=old),
        ]
    )
    assert "- Wenju 1.2, code `c0de`, encoder `e:1`: 2 cells (XQuAD zh: 2)" in shown
    assert "- Wenju 1.1, code `01d`: 1 cell (XQuAD zh: 1)" in shown


def test_a_set_that_was_changed_stands_there_twice() -> None:
    other = cell("XQuAD zh", "vectors")
    gold = {**other.about["gold"], "sha256": "cd" * 32}
    shown = page([cell("XQuAD zh", "Wenju"), replace(other, about={**other.about, "gold": gold})])
    assert f"`{'ab' * 8}…`" in shown
    assert f"`{'cd' * 8}…`" in shown


def test_every_row_has_the_command_that_measures_it(capsys: pytest.CaptureFixture[str]) -> None:
    shown = page([cell("XQuAD zh", row) for row in all_rows()])
    found = re.findall(r"`python -m wenju.eval.benchmarks.results (--row .*?)`", shown)
    assert len(found) == len(all_rows())
    for options, name in zip(found, all_rows(), strict=True):
        given = command._chosen(shlex.split(options))
        assert [row.name for row in given.rows] == [name]
        assert given.sets == list(SETS.values())


def test_a_cell_is_read_back_as_it_was_written() -> None:
    found = cell("XQuAD zh", "Wenju", measures={"recall_at_1": Interval(0.12346, 0.1, 0.2, 9)})
    again = Cell.from_dict(json.loads(json.dumps(found.as_dict())))
    assert again.measures["recall_at_1"] == Interval(0.1235, 0.1, 0.2, 9)
    assert replace(again, measures={}) == replace(found, measures={})
    assert Cell.from_dict(again.as_dict()) == again


# the command


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("WENJU_HOME", str(settings.home))
    monkeypatch.setenv("WENJU_CACHE", str(settings.cache))
    monkeypatch.setattr(command, "load_encoder", lambda name: FakeEncoder())


@pytest.mark.usefixtures("offline")
def test_the_command_measures_what_is_named(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WENJU_DATA", str(data))
    into = ["--into", str(tmp_path)]
    command.main(["--set", "XQuAD zh", "--set", "NCP policies", "--row", "Wenju", *into])
    shown = capsys.readouterr().err.splitlines()
    assert "XQuAD zh: ask" in shown
    assert shown[-2].startswith("NCP policies was skipped: there is no")
    assert shown[-1] == f"1 cells measured: {tmp_path / 'README.md'}"
    assert list(lines(tmp_path)) == [("XQuAD zh", "Wenju")]


@pytest.mark.usefixtures("offline")
def test_where_nothing_is_measured_the_command_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ["--data", str(tmp_path / "none"), "--into", str(tmp_path)]
    with pytest.raises(SystemExit) as stopped:
        command.main(given)
    shown = capsys.readouterr().err.splitlines()
    assert stopped.value.code == 2
    assert len(shown) == len(SETS) + 1
    assert shown[-1].startswith("Nothing was measured")
    (tmp_path / cells.RESULTS).write_text("{", encoding="utf-8")
    with pytest.raises(SystemExit):
        command.main(given)
    assert "cannot be read" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command.main(["--row", "Wenju without luck"])
    assert "BM25 words" in capsys.readouterr().err
    monkeypatch.setenv("WENJU_NEAREST", "many")
    with pytest.raises(SystemExit):
        command.main(["--into", str(tmp_path)])
    assert "nearest" in capsys.readouterr().err


@pytest.mark.usefixtures("offline")
def test_an_interruption_keeps_the_sets_that_were_finished(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(found: Material, *rest: Any) -> list[Cell]:  # noqa: ANN401
        if found.name == BOTH[1]:
            raise KeyboardInterrupt
        return measure(found, *rest)

    monkeypatch.setattr(command, "measure", interrupted)
    with pytest.raises(SystemExit) as stopped:
        command.main(["--data", str(data), "--into", str(tmp_path), "--row", "BM25 words"])
    assert stopped.value.code == 130
    assert "Interrupted" in capsys.readouterr().err
    assert list(lines(tmp_path)) == [(BOTH[0], "BM25 words")]


def test_the_module_can_be_run() -> None:
    run = [sys.executable, "-W", "error", "-m", "wenju.eval.benchmarks.results", "--help"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "--into" in done.stdout


def test_the_committed_page_is_made_of_the_committed_file() -> None:
    folder = Path(command.__file__).parent
    if not (folder / cells.RESULTS).exists():
        pytest.skip("no results are committed")
    shown = (folder / command.PAGE).read_text(encoding="utf-8")
    assert shown == page(cells.read(folder))
