"""Candidates of both searches and their features, over whatever the library holds at that moment."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes import FakeEncoder
from tests.index import by_hand
from tests.making import NOTICES, add, made
from wenju.corpus.script import to_simplified, to_traditional
from wenju.index import manifest
from wenju.index import query as query_module
from wenju.index.dense import DenseIndex
from wenju.index.documents import DocumentIndex
from wenju.index.encoding import encoded_text
from wenju.index.hit import Hit
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library
from wenju.index.query import expand_query, parse_query
from wenju.index.retriever import HybridRetriever, Search
from wenju.index.terms import terms
from wenju.index.variants import Variants
from wenju.index.weights import FEATURES, Features, bundled_weights

QUESTION = "生态型联合体最高支持多少？"
MANY = [*NOTICES, *(f"第{n}號公告\n第{n}號停車場最高收費{n * 10}元。" for n in range(60))]
LONG = "\n".join(f"第{n}條 " + f"車輛停第{n}區，違者罰{n}元。" * 12 for n in range(1, 6))


class Blind(FakeEncoder):
    """An encoder that knows nothing: every text is like every other."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        return np.full((len(texts), self.dimension), self.dimension**-0.5, dtype=np.float32)


@pytest.fixture
def retriever(tmp_path: Path, library: Library, encoder: FakeEncoder) -> HybridRetriever:
    return HybridRetriever(library, encoder, tmp_path / "index")


@pytest.fixture
def blind(tmp_path: Path, library: Library) -> HybridRetriever:
    return HybridRetriever(library, Blind("blind"), tmp_path / "blind")


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def signs_of(retriever: HybridRetriever, question: str) -> dict[str, Features]:
    """The candidates' features, by what their passages say."""
    return {
        passage.text: features for passage, features in retriever.candidates(parse_query(question))
    }


def best(retriever: HybridRetriever, question: str) -> str:
    return retriever.search(parse_query(question), 5)[0].passage.text


# --- the features, their sum, the order ------------------------------------------------------------
ASKED = [
    QUESTION,
    "第7號停車場最高收費30元還是70元？",
    "衛健委什么时候发布公告",
    "How much do families with children receive each month?",
    "第３條車輛停在哪一區",
    "1,000萬元是多少",
    "？？",
]


@pytest.mark.parametrize("question", ASKED)
def test_every_sign_is_what_its_definition_says(
    tmp_path: Path, library: Library, encoder: FakeEncoder, question: str
) -> None:
    add(library, encoder, [*MANY, LONG, "值班表\n卫生健康委员会由张三值班，逢公告日加班。"])
    wanted = by_hand.ByHand(library, encoder, question).features()
    retriever = HybridRetriever(library, encoder, tmp_path / "index", Search(pool=200))
    found = {
        passage.id: features for passage, features in retriever.candidates(parse_query(question))
    }
    assert found.keys() == wanted.keys()
    for passage_id, features in found.items():
        assert astuple(features) == pytest.approx(astuple(wanted[passage_id]), abs=1e-4)


def test_the_questions_show_every_sign(library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, [*MANY, LONG, "值班表\n卫生健康委员会由张三值班，逢公告日加班。"])
    found = [s for q in ASKED for s in by_hand.ByHand(library, encoder, q).features().values()]
    for name in FEATURES:
        assert any(getattr(features, name) > 0.5 for features in found) or name == "translation"
        assert any(getattr(features, name) > 0 for features in found), name


WEIGHTS = [
    bundled_weights(),
    Features(0.3, 1, 0.2, 2, 0.5, 0.1, 1),
    *(Features(**{name: 1.0}) for name in FEATURES),
]


@pytest.mark.parametrize("weights", WEIGHTS)
def test_the_score_is_the_weighted_sum_of_the_signs(
    tmp_path: Path, library: Library, encoder: FakeEncoder, weights: Features
) -> None:
    add(library, encoder, MANY)
    question = "第7號停車場最高收費70元嗎？"
    search = Search(pool=200, weights=weights)
    hits = HybridRetriever(library, encoder, tmp_path / "index", search).search(
        parse_query(question), 20
    )
    assert [h.rank for h in hits] == list(range(1, 21))
    assert [(-h.score, h.passage.id) for h in hits] == sorted(
        (-h.score, h.passage.id) for h in hits
    )
    features = by_hand.ByHand(library, encoder, question).features()
    by_score = sorted((by_hand_score(s, weights) for s in features.values()), reverse=True)
    assert [h.score for h in hits] == pytest.approx(by_score[:20], abs=1e-4)
    for hit in hits:
        own = features[hit.passage.id]
        assert hit.score == pytest.approx(by_hand_score(own, weights), abs=1e-4)
        assert hit.dense_score == pytest.approx(own.similarity, abs=1e-4)
        rest = by_hand_score(replace(own, similarity=0.0), weights)
        assert hit.lexical_score == pytest.approx(rest, abs=1e-4)


def by_hand_score(features: Features, weights: Features) -> float:
    return float(sum(getattr(features, name) * getattr(weights, name) for name in FEATURES))


def test_what_only_one_search_finds_has_all_its_signs(
    tmp_path: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    small = HybridRetriever(library, encoder, tmp_path / "small", Search(pool=3))
    wanted = by_hand.ByHand(library, encoder, QUESTION).features()
    found = small.candidates(parse_query(QUESTION))
    # three of each search, and three by translations
    assert 3 < len(found) <= 9
    for passage, features in found:
        assert astuple(features) == pytest.approx(astuple(wanted[passage.id]), abs=1e-4)
    assert len(small.candidates(parse_query(QUESTION), 10)) >= 10
    assert (
        ids(small.search(parse_query(QUESTION), 2))
        == ids(small.search(parse_query(QUESTION), 3))[:2]
    )


def test_within_documents_all_their_passages_and_no_others(
    tmp_path: Path, library: Library, encoder: FakeEncoder
) -> None:
    """A pool of one finds next to nothing by itself; what is within is all there, with its features."""
    add(library, encoder, [*MANY, LONG])
    small = HybridRetriever(library, encoder, tmp_path / "small", Search(pool=1))
    document_ids = [
        d.id for d in library.documents() if d.name in ("图书馆开放时.txt", "第1條 車輛.txt")
    ]
    expected = {p.id for i in document_ids for p in library.passages_of(i)}
    wanted = by_hand.ByHand(library, encoder, QUESTION).features()
    found = small.candidates(parse_query(QUESTION), document_ids=document_ids)
    assert {passage.id for passage, _ in found} == expected
    assert len(expected) > len(document_ids) == 2
    for passage, features in found:
        assert astuple(features) == pytest.approx(astuple(wanted[passage.id]), abs=1e-4)
    everything = small.search(parse_query(QUESTION), 200)
    narrowed = small.search(parse_query(QUESTION), 200, document_ids)
    assert ids(narrowed) == [i for i in ids(everything) if i in expected]
    assert [h.rank for h in narrowed] == list(range(1, len(expected) + 1))
    assert ids(small.search(parse_query(QUESTION), 2, document_ids)) == ids(narrowed)[:2]


def test_within_very_many_passages_both_searches_find_some(
    tmp_path: Path, library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a pool for all of them it is what it is when all are looked at; with a small one, less."""
    add(library, encoder, [*MANY, LONG])
    document_ids = [d.id for d in library.documents()][::2]
    query = parse_query(QUESTION)
    large = HybridRetriever(library, encoder, tmp_path / "large", Search(pool=200))
    every = large.candidates(query, document_ids=document_ids)
    monkeypatch.setattr("wenju.index.embedded_indexes.ALL_READ", 0)
    again = large.candidates(query, document_ids=document_ids)
    assert [p.id for p, _ in again] == [p.id for p, _ in every]
    for (_, one), (_, other) in zip(again, every, strict=True):
        assert astuple(one) == pytest.approx(astuple(other), abs=1e-4)
    small = HybridRetriever(library, encoder, tmp_path / "small", Search(pool=1))
    found = small.candidates(query, document_ids=document_ids)
    assert 1 <= len(found) <= 2
    assert {p.document_id for p, _ in found} <= {*document_ids}
    assert ids(small.search(query, 1, document_ids)) == ids(large.search(query, 1, document_ids))


def test_within_nothing_there_is_nothing(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    assert retriever.search(parse_query(QUESTION), 5, []) == []
    assert retriever.search(parse_query(QUESTION), 5, ["unknown"]) == []


def test_the_passage_that_says_so_comes_first(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    assert "1000万元" in retriever.search(parse_query(QUESTION), 5)[0].passage.text
    assert "闭馆" in retriever.search(parse_query("圖書館週幾閉館"), 5)[0].passage.text
    assert (
        "300 pounds"
        in retriever.search(parse_query("How much do families receive?"), 5)[0].passage.text
    )


@pytest.mark.parametrize("question", ["圖書館週幾閉館", *ASKED[:3], ASKED[4]])
def test_the_questions_script_plays_no_part(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder, question: str
) -> None:
    add(library, encoder, [*MANY, LONG])
    simplified = to_simplified(question)
    assert to_traditional(simplified) != simplified
    hits = retriever.search(parse_query(simplified), 10)
    assert hits == retriever.search(parse_query(to_traditional(simplified)), 10)
    assert hits == retriever.search(parse_query(question), 10)


def test_ties_break_by_passage_id(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    # one text cut from several documents: the same vector and the same BM25
    body = "生态型联合体最高支持1000万元。"
    for n in range(6):
        document, (passage,) = made(f"{body}{' ' * n}", title="办法")
        numbers = library.add(document, [passage])
        library.add_vectors(encoder.name, numbers, encoder.encode([encoded_text(passage)]))
    hits = retriever.search(parse_query(QUESTION), 6)
    assert len({hit.score for hit in hits}) == 1
    assert ids(hits) == sorted(ids(hits))
    assert ids(retriever.search(parse_query(QUESTION), 2)) == ids(hits)[:2]


def test_an_empty_library_and_a_question_of_no_terms(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    assert retriever.search(parse_query(QUESTION), 5) == []
    add(library, encoder, NOTICES)
    hits = retriever.search(parse_query("？？"), 2)
    assert [h.rank for h in hits] == [1, 2]
    assert [h.lexical_score for h in hits] == [0.0, 0.0]
    assert retriever.search(parse_query(QUESTION), 0) == []


def test_nothing_is_encoded_to_look_in_an_empty_library(
    retriever: HybridRetriever, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first encoding loads a model, which takes many seconds."""
    monkeypatch.setattr(encoder, "encode", None)
    assert retriever.search(parse_query(QUESTION), 5) == []


def test_fewer_passages_than_asked_for(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES)
    assert len(retriever.search(parse_query(QUESTION), 1000)) == library.count()[1]


def test_a_passage_that_the_encoder_has_not_seen_is_found_by_its_words(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:2])
    library.add(*made(NOTICES[2]))
    hits = retriever.search(parse_query(QUESTION), 5)
    assert "1000万元" in hits[0].passage.text
    assert hits[0].dense_score == 0.0
    assert hits[0].score == hits[0].lexical_score > hits[1].lexical_score


def test_removal_is_complete(
    tmp_path: Path, retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES)
    gone = retriever.search(parse_query(QUESTION), 1)[0].passage
    numbers = {p.id: n for n, p in library.passages(library.numbers().tolist()).items()}
    library.remove([gone.document_id])
    assert gone.document_id not in {
        h.passage.document_id for h in retriever.search(parse_query(QUESTION), 50)
    }
    dense, lexical, documents = (
        DenseIndex(tmp_path / "index" / "dense", encoder),
        LexicalIndex(tmp_path / "index" / "lexical"),
        DocumentIndex(tmp_path / "index" / "documents"),
    )
    for index in (dense, lexical, documents):
        index.sync(library)
    vector = encoder.encode([QUESTION])[0]
    assert numbers[gone.id] not in dict(dense.search(vector, 100))
    asked = expand_query(parse_query(gone.text), by_hand.VARIANTS, across=False)
    assert numbers[gone.id] not in dict(lexical.search(asked, 100))
    for bigram in terms(gone.text).bigrams:
        assert lexical.holders("bigrams", bigram, [numbers[gone.id]]) == set()
    assert documents.shares(asked, [gone.document_id]) == {gone.document_id: 0.0}
    assert (lexical.total, documents.total) == library.count()[::-1]


def test_signs_stay_what_they_are_when_most_passages_are_gone(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    retriever.search(parse_query(QUESTION), 1)
    parking = [d.id for d in library.documents() if d.title.endswith("公告") and "第" in d.title]
    library.remove(parking[1:])
    found = retriever.candidates(parse_query("停車場的公告最高收費30元"))
    assert len(found) == library.count()[1] == 5
    for _, features in found:
        assert all(0 <= value < 1.5 for value in astuple(features.without("similarity")))
    most = max(found, key=lambda pair: pair[1].bigrams)[0]
    assert most.document_id == parking[0]
    assert (
        retriever.search(parse_query("停車場的公告最高收費30元"), 1)[0].passage.document_id
        == parking[0]
    )


# --- other names, values, translations, documents ----------------------------------------------
def test_another_name_finds_a_passage(blind: HybridRetriever, library: Library) -> None:
    texts = [
        f"{name}發布\n{name}發布第{n}份報告。" for n, name in enumerate(["交通局", "财政局"] * 40)
    ]
    add(library, Blind("blind"), [*texts, "通報\n衛生健康委員會說明疫情。"])
    assert "衛生健康委員會" in best(blind, "卫健委说了什么")
    (own,) = [s for t, s in signs_of(blind, "卫健委").items() if "衛生健康委員會" in t]
    assert (own.characters, own.bigrams, own.sentence) == (1, 1, 1)


def test_a_table_of_ones_own_takes_the_place_of_the_bundled_one(
    tmp_path: Path, library: Library
) -> None:
    encoder = Blind("blind")
    texts = [f"第{n}號\n停車場第{n}區。" for n in range(60)]
    add(library, encoder, [*texts, "通報\n衛生健康委員會說明疫情。", "通報\n甲乙丙丁在場。"])
    mine = Search(variants=Variants({"戊己": ("甲乙丙丁",)}))
    retriever = HybridRetriever(library, encoder, tmp_path / "index", mine)
    assert "甲乙丙丁" in best(retriever, "戊己？")
    assert not [s for s in signs_of(retriever, "卫健委").values() if s.bigrams > 0.5]


@pytest.mark.parametrize("asked", ["1000萬元", "一千万元", "10,000,000元", "壹仟萬元"])
@pytest.mark.parametrize("written", ["10,000,000元", "1000萬元", "1,000万元"])
def test_a_sum_is_found_in_any_spelling(
    blind: HybridRetriever, library: Library, asked: str, written: str
) -> None:
    texts = [f"第{n}案\n第{n}案經費為{n},000,000元。" for n in range(11, 80)]
    add(library, Blind("blind"), [*texts, f"某案\n某案經費為{written}。"])
    question = f"哪一案的經費是{asked}？"
    assert written in best(blind, question)
    features = signs_of(blind, question)
    assert {s.values for t, s in features.items() if written in t} == {1.0}
    assert {s.values for t, s in features.items() if written not in t} == {0.0}


def fillers(count: int) -> list[str]:
    return [f"第{n}號公告\n第{n}號停車場每小時收費若干元，請依規定繳納。" for n in range(count)]


def test_a_question_in_english_finds_the_chinese_passage_by_its_words(
    blind: HybridRetriever, library: Library
) -> None:
    add(library, Blind("blind"), [*fillers(70), "教育\n華沙有十五所私立學校，學生兩千人。"])
    question = "How many private schools are there in Warsaw?"
    assert "華沙" in best(blind, question)
    features = signs_of(blind, question)
    assert [round(s.translation, 2) for t, s in features.items() if "華沙" in t] == [1.0]
    assert {s.translation for t, s in features.items() if "華沙" not in t} == {0.0}


def test_a_question_in_chinese_finds_the_english_passage_by_its_words(
    blind: HybridRetriever, library: Library
) -> None:
    english = [f"Notice {n}\nCar park {n} charges ten pounds an hour." for n in range(70)]
    add(library, Blind("blind"), [*english, "Schools\nWarsaw has fifteen private schools."])
    for question in ("華沙有多少所私立學校", "华沙有多少所私立学校"):
        assert "Warsaw" in best(blind, question)


def unreadable() -> None:
    raise AssertionError("the dictionary was loaded")


@pytest.mark.parametrize(
    ("texts", "free", "needing"),
    [
        (MANY[:3], QUESTION, "Where is Warsaw?"),
        (MANY[3:4], "How much do families receive?", QUESTION),
    ],
)
def test_the_dictionary_is_read_only_where_two_languages_meet(
    retriever: HybridRetriever,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    texts: list[str],
    free: str,
    needing: str,
) -> None:
    monkeypatch.setattr(query_module, "load_glossary", unreadable)
    assert retriever.search(parse_query(free), 5) == retriever.search(parse_query(needing), 5) == []
    add(library, encoder, texts)
    assert len(retriever.search(parse_query(free), 5)) == len(texts)
    with pytest.raises(AssertionError, match="dictionary was loaded"):
        retriever.search(parse_query(needing), 5)
    add(library, encoder, NOTICES)
    with pytest.raises(AssertionError, match="dictionary was loaded"):
        retriever.search(parse_query(free), 5)


def test_what_is_said_elsewhere_in_a_document_counts(
    blind: HybridRetriever, library: Library
) -> None:
    fee = "收費標準：每小時十元，未滿一小時以一小時計。" + "車位須依序停放，不得占用。" * 12
    body = "{name}停車場管理辦法\n第一條 " + "{name}停車場由市政府管理。" * 12 + "\n第二條 " + fee
    names = ["松山", "景美", "蘆洲", "三峽", "新店"]
    add(library, Blind("blind"), [body.format(name=name) for name in names])
    hits = blind.search(parse_query("景美的停車場收費標準是每小時幾元"), 20)
    fees = [hit for hit in hits if "收費標準" in hit.passage.text]
    assert len(fees) == len(names) and len({hit.passage.text for hit in fees}) == 1
    first = library.document(fees[0].passage.document_id)
    assert "景美" in first.text and "景美" not in fees[0].passage.text
    assert fees[0].score > fees[1].score == fees[-1].score


# --- following the library ----------------------------------------------------------------------
def test_changes_by_another_library_object_are_seen(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:2])
    assert "1000万元" not in retriever.search(parse_query(QUESTION), 1)[0].passage.text
    other = Library(library.path)
    add(other, encoder, [NOTICES[2]])
    hit = retriever.search(parse_query(QUESTION), 1)[0]
    assert "1000万元" in hit.passage.text
    other.remove([hit.passage.document_id])
    assert "1000万元" not in retriever.search(parse_query(QUESTION), 1)[0].passage.text
    other.close()


def test_changes_by_another_process_are_seen_and_its_indexes_taken_over(
    tmp_path: Path, retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:2])
    retriever.search(parse_query(QUESTION), 1)
    script = """
import sys
from pathlib import Path
from wenju.index.library import Library
from wenju.index.query import parse_query
from wenju.index.retriever import HybridRetriever
from tests.fakes import FakeEncoder
from tests.making import NOTICES, add
library = Library(Path(sys.argv[1]))
add(library, FakeEncoder(), [NOTICES[2]])
retriever = HybridRetriever(library, FakeEncoder(), Path(sys.argv[2]))
print(retriever.search(parse_query(sys.argv[3]), 1)[0].passage.id)
"""
    arguments = [str(library.path), str(tmp_path / "index"), QUESTION]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ids(retriever.search(parse_query(QUESTION), 1)) == [done.stdout.strip()]


def test_an_older_copy_of_the_library_does_not_bring_back_wrong_passages(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    path, copy = tmp_path / "library.sqlite", tmp_path / "copy.sqlite"
    library = Library(path)
    add(library, encoder, NOTICES[:1])
    library.close()
    copy.write_bytes(path.read_bytes())
    found = []
    for file, text in ((path, NOTICES[1]), (copy, NOTICES[2])):
        library = Library(file)
        add(library, encoder, [text])
        retriever = HybridRetriever(library, encoder, tmp_path / "index")
        found.append(retriever.search(parse_query(text), 1)[0].passage.text)
        library.close()
    assert found == [made(text)[1][0].text for text in NOTICES[1:3]]


def test_searching_goes_on_while_documents_come_and_go(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES)
    adding, searched = threading.Event(), threading.Event()

    def change() -> None:
        try:
            for n in range(200):
                add(library, encoder, [f"第{n}號通知。\n联合体的第{n}次会议。"])
                library.remove([next(d.id for d in library.documents() if d.name.startswith("第"))])
                if n >= 11 and searched.is_set():  # a busy machine may start the searches late
                    break
        finally:
            adding.set()

    def search() -> int:
        searches = 0
        while not adding.is_set():
            hits = retriever.search(parse_query(QUESTION), 5)
            assert "1000万元" in hits[0].passage.text
            assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
            searches += 1
            searched.set()
        return searches

    with ThreadPoolExecutor(4) as pool:
        changing = pool.submit(change)
        searching = [pool.submit(search) for _ in range(3)]
        changing.result()
        assert sum(future.result() for future in searching) > 0
    retriever.sync()
    assert len(retriever.search(parse_query(QUESTION), 50)) == library.count()[1] == len(NOTICES)


def test_nothing_is_done_when_nothing_changed(
    tmp_path: Path,
    retriever: HybridRetriever,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(library, encoder, NOTICES)
    retriever.search(parse_query(QUESTION), 1)

    def fail(*_: object) -> None:
        raise AssertionError("the index was looked at again")

    monkeypatch.setattr(manifest, "load", fail)
    retriever.search(parse_query(QUESTION), 1)
    again = HybridRetriever(library, encoder, tmp_path / "index")
    with pytest.raises(AssertionError):
        again.search(parse_query(QUESTION), 1)


def test_a_question_asked_again_is_not_encoded_again(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenju.index.retriever._REMEMBERED", 5)

    class Counting(FakeEncoder):
        asked = 0

        def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
            self.asked += query
            return super().encode(texts, query=query)

    encoder = Counting()
    add(library, encoder, NOTICES)
    retriever = HybridRetriever(library, encoder, tmp_path / "index")
    first = retriever.search(parse_query(QUESTION), 5)
    asked = encoder.asked
    assert retriever.search(parse_query(to_traditional(QUESTION)), 5) == first
    assert encoder.asked == asked > 0
    for n in range(4):
        retriever.search(parse_query(f"第{n}號"), 1)
    assert retriever.search(parse_query(QUESTION), 5) == first
    assert encoder.asked == asked + 4
    for n in range(5):
        retriever.search(parse_query(f"第{n}條"), 1)
    assert retriever.search(parse_query(QUESTION), 5) == first
    assert encoder.asked == asked + 10


def test_the_floor_is_taken_off_the_cosine(tmp_path: Path, library: Library) -> None:
    class High(FakeEncoder):
        """All cosines lie between .8 and 1, as those of some encoders do."""

        def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
            low = FakeEncoder().encode(texts) * np.float32(np.sqrt(0.2))
            same = np.full((len(texts), 1), np.sqrt(0.8), dtype=np.float32)
            return np.hstack([low, same]).astype(np.float32)

    encoder = High("high", 65)
    encoder_inner = encoder.encode(["a", "b"])
    assert float(encoder_inner[0] @ encoder_inner[1]) >= 0.79
    add(library, encoder, NOTICES)
    hits = HybridRetriever(library, encoder, tmp_path / "index").search(parse_query(QUESTION), 4)
    assert hits[0].dense_score > 0.2 > hits[-1].dense_score
