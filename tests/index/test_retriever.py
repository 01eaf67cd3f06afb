"""Both searches fused, over whatever the library holds at that moment."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.script import to_simplified, to_traditional
from index import manifest
from index.dense import DenseIndex
from index.floor import is_han_text, measure_floors
from index.hit import Hit
from index.ingest import encoded_text
from index.lexical import LexicalIndex
from index.library import Library
from index.retriever import Fusion, HybridRetriever
from tests.fakes import FakeEncoder
from tests.making import NOTICES, add, made

QUESTION = "生态型联合体最高支持多少？"
MANY = [*NOTICES, *(f"第{n}號公告\n第{n}號停車場最高收費{n * 10}元。" for n in range(60))]


@pytest.fixture
def retriever(tmp_path: Path, library: Library, encoder: FakeEncoder) -> HybridRetriever:
    return HybridRetriever(library, encoder, tmp_path / "index")


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def oracle(library: Library, encoder: FakeEncoder, folder: Path, fusion: Fusion) -> list[Hit]:
    """The documented formula over every passage; BM25 from an index of its own."""
    passages = library.passages(library.numbers().tolist())
    asked = [to_simplified(QUESTION), to_traditional(QUESTION)]
    both = encoder.encode(asked, query=True).astype(np.float64).sum(axis=0)
    vector = both / np.linalg.norm(both)
    floors = measure_floors(encoder)
    lexical = LexicalIndex(folder)
    lexical.sync(library)
    bm25 = lexical.scores(QUESTION, list(passages))
    ideal = lexical.ideal(QUESTION)
    hits = []
    for number, passage in passages.items():
        cosine = float(encoder.encode([encoded_text(passage)])[0] @ vector)
        floor = floors.han if is_han_text(passage.text) else floors.across
        similarity = (cosine - floor) / (1 - floor)
        score = fusion.dense_weight * similarity + fusion.lexical_weight * bm25[number] / ideal
        hits.append(Hit(passage, score, 0, similarity, bm25[number] / ideal))
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))


@pytest.mark.parametrize("fusion", [Fusion(pool=200), Fusion(0.3, 2.0, 200), Fusion(0.0, 1.0, 200)])
def test_the_score_is_the_documented_sum(
    tmp_path: Path, library: Library, encoder: FakeEncoder, fusion: Fusion
) -> None:
    add(library, encoder, MANY)
    hits = HybridRetriever(library, encoder, tmp_path / "index", fusion).search(QUESTION, 20)
    wanted = oracle(library, encoder, tmp_path / "own", fusion)[:20]
    assert [h.rank for h in hits] == list(range(1, 21))
    assert [h.score for h in hits] == pytest.approx([h.score for h in wanted], abs=1e-4)
    found = {h.passage.id: h for h in hits}
    for hit in wanted[:3]:
        same = found[hit.passage.id]
        assert same.dense_score == pytest.approx(hit.dense_score, abs=1e-4)
        assert same.lexical_score == pytest.approx(hit.lexical_score, abs=1e-4)


def test_what_only_one_search_finds_is_scored_by_both(
    tmp_path: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    small = HybridRetriever(library, encoder, tmp_path / "small", Fusion(pool=3))
    whole = {h.passage.id: h for h in oracle(library, encoder, tmp_path / "own", Fusion())}
    for hit in small.search(QUESTION, 3):
        assert hit.score == pytest.approx(whole[hit.passage.id].score, abs=1e-4)


def test_the_passage_that_says_so_comes_first(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    assert "1000万元" in retriever.search(QUESTION, 5)[0].passage.text
    assert "闭馆" in retriever.search("圖書館週幾閉館", 5)[0].passage.text
    assert "300 pounds" in retriever.search("How much do families receive?", 5)[0].passage.text


def test_the_questions_script_plays_no_part(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    hans = retriever.search(to_simplified(QUESTION), 10)
    assert hans == retriever.search(to_traditional(QUESTION), 10)


def test_ties_break_by_passage_id(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    # one text cut from several documents: the same vector and the same BM25
    body = "生态型联合体最高支持1000万元。"
    for n in range(6):
        document, (passage,) = made(f"{body}{' ' * n}", title="办法")
        numbers = library.add(document, [passage])
        library.add_vectors(encoder.name, numbers, encoder.encode([encoded_text(passage)]))
    hits = retriever.search(QUESTION, 6)
    assert len({hit.score for hit in hits}) == 1
    assert ids(hits) == sorted(ids(hits))
    assert ids(retriever.search(QUESTION, 2)) == ids(hits)[:2]


def test_an_empty_library_and_a_question_of_no_terms(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    assert retriever.search(QUESTION, 5) == []
    add(library, encoder, NOTICES)
    hits = retriever.search("？？", 2)
    assert [h.rank for h in hits] == [1, 2]
    assert [h.lexical_score for h in hits] == [0.0, 0.0]


def test_fewer_passages_than_asked_for(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES)
    assert len(retriever.search(QUESTION, 1000)) == library.count()[1]


def test_a_passage_that_the_encoder_has_not_seen_is_found_by_its_words(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:2])
    library.add(*made(NOTICES[2]))
    hits = retriever.search(QUESTION, 5)
    assert "1000万元" in hits[0].passage.text
    assert hits[0].dense_score == 0.0
    assert hits[0].score == hits[0].lexical_score > 0.7


def test_removal_is_complete(
    tmp_path: Path, retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES)
    gone = retriever.search(QUESTION, 1)[0].passage
    numbers = {p.id: n for n, p in library.passages(library.numbers().tolist()).items()}
    library.remove([gone.document_id])
    assert gone.document_id not in {h.passage.document_id for h in retriever.search(QUESTION, 50)}
    dense, lexical = (
        DenseIndex(tmp_path / "index" / "dense", encoder),
        LexicalIndex(tmp_path / "index" / "lexical"),
    )
    dense.sync(library)
    lexical.sync(library)
    vector = encoder.encode([QUESTION])[0]
    assert numbers[gone.id] not in dict(dense.search(vector, 100))
    assert numbers[gone.id] not in dict(lexical.search(gone.text, 100))
    assert lexical.scores(gone.text, [numbers[gone.id]]) == {numbers[gone.id]: 0.0}


def test_changes_by_another_library_object_are_seen(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:2])
    assert "1000万元" not in retriever.search(QUESTION, 1)[0].passage.text
    other = Library(library.path)
    add(other, encoder, [NOTICES[2]])
    hit = retriever.search(QUESTION, 1)[0]
    assert "1000万元" in hit.passage.text
    other.remove([hit.passage.document_id])
    assert "1000万元" not in retriever.search(QUESTION, 1)[0].passage.text
    other.close()


def test_changes_by_another_process_are_seen_and_its_indexes_taken_over(
    tmp_path: Path, retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:2])
    retriever.search(QUESTION, 1)
    script = """
import sys
from pathlib import Path
from index.library import Library
from index.retriever import HybridRetriever
from tests.fakes import FakeEncoder
from tests.making import NOTICES, add
library = Library(Path(sys.argv[1]))
add(library, FakeEncoder(), [NOTICES[2]])
print(HybridRetriever(library, FakeEncoder(), Path(sys.argv[2])).search(sys.argv[3], 1)[0].passage.id)
"""
    arguments = [str(library.path), str(tmp_path / "index"), QUESTION]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ids(retriever.search(QUESTION, 1)) == [done.stdout.strip()]


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
        found.append(retriever.search(text, 1)[0].passage.text)
        library.close()
    assert found == [made(text)[1][0].text for text in NOTICES[1:3]]


def test_searching_goes_on_while_documents_come_and_go(
    retriever: HybridRetriever, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES)
    adding = threading.Event()

    def change() -> None:
        try:
            for n in range(12):
                add(library, encoder, [f"第{n}號通知。\n联合体的第{n}次会议。"])
                library.remove([next(d.id for d in library.documents() if d.name.startswith("第"))])
        finally:
            adding.set()

    def search() -> int:
        searches = 0
        while not adding.is_set():
            hits = retriever.search(QUESTION, 5)
            assert "1000万元" in hits[0].passage.text
            assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
            searches += 1
        return searches

    with ThreadPoolExecutor(4) as pool:
        changing = pool.submit(change)
        searching = [pool.submit(search) for _ in range(3)]
        changing.result()
        assert sum(future.result() for future in searching) > 0
    retriever.sync()
    assert len(retriever.search(QUESTION, 50)) == library.count()[1] == len(NOTICES)


def test_nothing_is_done_when_nothing_changed(
    tmp_path: Path,
    retriever: HybridRetriever,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(library, encoder, NOTICES)
    retriever.search(QUESTION, 1)

    def fail(*_: object) -> None:
        raise AssertionError("the index was looked at again")

    monkeypatch.setattr(manifest, "load", fail)
    retriever.search(QUESTION, 1)
    again = HybridRetriever(library, encoder, tmp_path / "index")
    with pytest.raises(AssertionError):
        again.search(QUESTION, 1)


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
    hits = HybridRetriever(library, encoder, tmp_path / "index").search(QUESTION, 4)
    assert hits[0].dense_score > 0.2 > hits[-1].dense_score
