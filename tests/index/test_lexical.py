"""BM25 by Tantivy against BM25 by hand, and an index that follows its library or is made anew."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from index import manifest
from index.lexical import WEIGHTS, LexicalIndex, head
from index.library import Library
from index.terms import query_terms, terms
from tests.fakes import FakeEncoder
from tests.making import NOTICES, add, made

QUESTION = "生態型聯合體最高支持多少？"
MANY = [
    *NOTICES,
    *(
        f"第{n}號公告\n第{n}號停車場自{n}日起開放，最高收費{n * 10}元，支持行動支付。"
        for n in range(1, 15)
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lexical"


def synced(folder: Path, library: Library) -> LexicalIndex:
    index = LexicalIndex(folder)
    index.sync(library)
    return index


def fields(text: str, above: str) -> dict[str, list[str]]:
    body, title = terms(text), terms(above)
    return {
        "characters": body.characters,
        "bigrams": body.bigrams,
        "words": body.words,
        "head": [*title.bigrams, *(w for w in title.words if w.isascii())],
    }


def quantised(length: int) -> int:
    """Lengths as Lucene's and Tantivy's one-byte norms keep them: exact only below 40."""
    if length < 40:
        return length
    bits = (length - 24).bit_length()
    shift = max(bits - 4, 0)
    return 24 + ((length - 24) >> shift << shift)


def oracle(library: Library, question: str) -> dict[int, float]:
    """BM25 (k1 = 1.2, b = 0.75) of every passage, summed over weighted fields."""
    passages = library.passages(library.numbers().tolist())
    found = {n: fields(p.text, head(p)) for n, p in passages.items()}
    asked = query_terms(question)
    by_field = {
        "characters": asked.characters,
        "bigrams": asked.bigrams,
        "words": asked.words,
        "head": [*asked.bigrams, *(w for w in asked.words if w.isascii())],
    }
    scores = dict.fromkeys(passages, 0.0)
    for field, wanted in by_field.items():
        counted = {n: Counter(f[field]) for n, f in found.items()}
        mean = sum(c.total() for c in counted.values()) / len(counted)
        for term in wanted:
            holding = [n for n, c in counted.items() if c[term]]
            idf = math.log(1 + (len(counted) - len(holding) + 0.5) / (len(holding) + 0.5))
            for n in holding:
                tf, length = counted[n][term], quantised(counted[n].total())
                norm = tf + 1.2 * (1 - 0.75 + 0.75 * length / mean)
                scores[n] += WEIGHTS[field] * idf * tf * 2.2 / norm
    return scores


def assert_right(index: LexicalIndex, library: Library) -> None:
    """The index holds exactly the library's passages, and ranks those that fit."""
    numbers = library.numbers().tolist()
    for number, passage in library.passages(numbers).items():
        assert index.search(passage.text, len(numbers))[0][0] == number
    found = dict(index.search(QUESTION, len(numbers) + 100))
    assert set(found) <= set(numbers)
    scores = index.scores(QUESTION, numbers)
    assert {n for n, s in scores.items() if s > 0} == set(found)
    assert {n: s for n, s in scores.items() if s > 0} == pytest.approx(found)


def test_it_scores_as_bm25_by_hand(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    for question in (QUESTION, "最高收費30元", "停車場 公告", "grant for children"):
        wanted = {n: s for n, s in oracle(library, question).items() if s > 0}
        found = index.search(question, 1000)
        assert dict(found) == pytest.approx(wanted, rel=1e-4)
        assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)


def test_both_scripts_find_the_same(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    assert index.search("圖書館週一閉館嗎", 5) == index.search("图书馆周一闭馆吗", 5) != []


def test_what_stands_above_a_passage_finds_it(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    body = "申請人應備妥文件，於期限內送達，逾期不受理。"
    for title in ("臺南市幼兒補助", "高雄市長者補助"):
        library.add(*made(f"{body}（{title[:2]}）", title=title))
    (best, *_) = synced(folder, library).search("高雄的補助怎麼申請", 5)
    assert library.passages([best[0]])[best[0]].title == "高雄市長者補助"


def test_nothing_to_search_for(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    index = synced(folder, library)
    assert index.search(QUESTION, 5) == []
    add(library, encoder, NOTICES)
    index.sync(library)
    numbers = library.numbers().tolist()
    for question in ("", "？！", "什麼是", "鑫焱淼"):
        assert index.search(question, 5) == []
        assert index.scores(question, numbers) == dict.fromkeys(numbers, 0.0)
    assert index.search(QUESTION, 0) == []
    assert index.scores(QUESTION, []) == {}


def test_it_follows_what_is_added_and_removed(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    index = synced(folder, library)
    for text in MANY[:7]:
        add(library, encoder, [text])
        if library.count()[0] > 3:
            library.remove([library.documents()[0].id])
        index.sync(library)
        assert_right(index, library)
        assert_right(synced(folder, library), library)


def segment(folder: Path, suffix: str) -> Path:
    return next((folder / "tantivy").glob(f"*.{suffix}"))


def flipped(folder: Path) -> None:
    content = bytearray(segment(folder, "idx").read_bytes())
    content[len(content) // 3] ^= 0x40
    segment(folder, "idx").write_bytes(content)


DAMAGE: list[Callable[[Path], object]] = [
    flipped,
    lambda folder: segment(folder, "term").write_bytes(b""),
    lambda folder: segment(folder, "store").unlink(),
    lambda folder: segment(folder, "pos").unlink(),
    lambda folder: (folder / "tantivy" / "meta.json").write_text("{"),
    lambda folder: (folder / "tantivy" / ".managed.json").write_text("{"),
    lambda folder: (folder / "numbers.npy").unlink(),
    lambda folder: (folder / "manifest.json").unlink(),
    lambda folder: (folder / "tantivy").rename(folder / "elsewhere"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_made_anew(
    folder: Path, library: Library, encoder: FakeEncoder, damage: Callable[[Path], object]
) -> None:
    add(library, encoder, MANY)
    synced(folder, library)
    damage(folder)
    assert_right(synced(folder, library), library)


def test_an_empty_index_in_place_of_a_full_one_is_noticed(
    folder: Path, tmp_path: Path, library: Library, encoder: FakeEncoder
) -> None:
    synced(tmp_path / "empty", library)
    add(library, encoder, MANY)
    synced(folder, library)
    (folder / "tantivy").rename(tmp_path / "away")
    (tmp_path / "empty" / "tantivy").rename(folder / "tantivy")
    assert_right(synced(folder, library), library)


def test_other_terms_and_other_libraries_make_it_anew(
    folder: Path,
    tmp_path: Path,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(library, encoder, NOTICES)
    with monkeypatch.context() as patched:
        patched.setattr("index.lexical.BUILT_WITH", "lexical-0")
        index = synced(folder, library)
    stale = manifest.load(folder)
    assert_right(synced(folder, library), library)
    assert manifest.load(folder) != stale
    other = Library(tmp_path / "other.sqlite")
    add(other, encoder, MANY[4:7])
    index.sync(other)
    assert_right(index, other)
    other.close()


def test_two_processes_worth_of_objects_take_turns(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    one, two = synced(folder, library), synced(folder, library)
    for turn, text in enumerate(MANY[:6]):
        add(library, encoder, [text])
        (one, two)[turn % 2].sync(library)
        (two, one)[turn % 2].sync(library)
        assert_right(one, library)
        assert_right(two, library)
    manifest.discard(folder)
    one.sync(library)
    two.sync(library)
    assert_right(two, library)


@pytest.mark.parametrize("at", ["index.lexical._document", "index.manifest.save"])
def test_an_update_cut_short_is_done_again(
    folder: Path, library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    add(library, encoder, MANY[:3])
    index = synced(folder, library)
    library.remove([library.documents()[0].id])
    add(library, encoder, MANY[3:])

    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(at, cut_short)
        index.sync(library)
    assert manifest.load(folder) is None
    index.sync(library)
    assert_right(index, library)
    assert_right(synced(folder, library), library)


def test_passages_added_while_it_is_built_are_not_claimed(
    folder: Path, library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, encoder, NOTICES)
    passages = library.passages

    def racing(numbers: list[int]) -> object:
        if library.count()[0] == len(NOTICES):
            add(library, encoder, ["另一篇通知的內容。"])
            library.remove([library.documents()[0].id])
        return passages(numbers)

    with monkeypatch.context() as patched:
        patched.setattr(library, "passages", racing)
        index = synced(folder, library)
    loaded = manifest.load(folder)
    assert loaded is not None and loaded[0].revision < library.revision
    index.sync(library)
    assert_right(index, library)


def test_the_ideal_is_what_a_passage_with_every_term_would_score(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    passages = library.passages(library.numbers().tolist()).values()
    held = [fields(p.text, head(p)) for p in passages]
    by_hand = 0.0
    for field in ("characters", "bigrams", "words"):
        for term in getattr(query_terms(QUESTION), field):
            n = sum(term in passage[field] for passage in held)
            by_hand += WEIGHTS[field] * math.log(1 + (len(held) - n + 0.5) / (n + 0.5))
    assert index.ideal(QUESTION) == pytest.approx(by_hand)
    assert index.ideal("Where does the ferry leave?") > index.ideal("ferry") > 0
    assert index.ideal("？") == 1.0


def test_a_question_in_words_the_library_lacks_scores_next_to_nothing(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    known, unknown = "生态型联合体最高支持多少", "How many 1000 ecosystem alliances obtain support?"
    share = [index.search(q, 1)[0][1] / index.ideal(q) for q in (known, unknown)]
    assert share[0] > 0.7 > 0.3 > share[1] > 0
