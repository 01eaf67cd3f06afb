"""FAISS against numpy, and an index that follows its library or is made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes import FakeEncoder
from tests.making import NOTICES, add, made
from wenju.index import dense, manifest
from wenju.index.dense import DenseIndex
from wenju.index.library import Library

QUESTION = "生态型联合体最高支持多少"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "dense"


def oracle(library: Library, encoder: FakeEncoder, vector: NDArray[np.float32]) -> dict[int, float]:
    """Every passage's inner product, by numpy from what the library stores."""
    numbers = library.numbers().tolist()
    stored = library.vectors(encoder.name, numbers)
    return {number: float(found.astype(np.float64) @ vector) for number, found in stored}


def assert_right(
    index: DenseIndex, library: Library, encoder: FakeEncoder, within: float = 1e-5
) -> None:
    vector = encoder.encode([QUESTION], query=True)[0]
    wanted = oracle(library, encoder, vector)
    found = index.search(vector, len(wanted) + 5)
    assert dict(found) == pytest.approx(wanted, abs=within)
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert index.scores(vector, list(wanted)) == pytest.approx(wanted, abs=within)


def synced(folder: Path, library: Library, encoder: FakeEncoder) -> DenseIndex:
    index = DenseIndex(folder, encoder)
    index.sync(library)
    return index


def random_texts(count: int) -> list[str]:
    rng = np.random.default_rng(3)
    letters = list("市科技局图书馆开放时间联合体支持万元办法通知")
    return ["".join(rng.choice(letters, 30)) + "。" for _ in range(count)]


def test_it_scores_as_numpy_does(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, random_texts(200))
    index = synced(folder, library, encoder)
    assert_right(index, library, encoder)
    vector = encoder.encode([QUESTION], query=True)[0]
    best = sorted(oracle(library, encoder, vector).values(), reverse=True)[:7]
    assert [s for _, s in index.search(vector, 7)] == pytest.approx(best, abs=1e-5)


def test_an_empty_library(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    index = synced(folder, library, encoder)
    vector = encoder.encode([QUESTION])[0]
    assert index.search(vector, 5) == []
    assert index.scores(vector, [1, 2]) == {}
    add(library, encoder, NOTICES)
    index.sync(library)
    assert index.search(vector, 0) == []
    assert_right(index, library, encoder)


def test_it_follows_what_is_added_and_removed(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    index = synced(folder, library, encoder)
    for text in random_texts(6):
        add(library, encoder, [text])
        if library.count()[0] > 2:
            library.remove([library.documents()[0].id])
        index.sync(library)
        assert_right(index, library, encoder)
        assert_right(synced(folder, library, encoder), library, encoder)


def test_an_index_that_is_up_to_date_is_not_written_again(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES)
    index = synced(folder, library, encoder)
    written = (folder / "vectors.faiss").stat().st_mtime_ns
    index.sync(library)
    library.add_vectors("another", [], np.empty((0, 4), dtype=np.float32))
    index.sync(library)
    assert (folder / "vectors.faiss").stat().st_mtime_ns == written
    loaded = manifest.load(folder)
    assert loaded is not None and loaded[0].revision == library.revision
    synced(folder, library, encoder)
    assert (folder / "vectors.faiss").stat().st_mtime_ns == written


def test_a_passage_without_a_vector_is_left_out_and_taken_in_later(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:2])
    (number,) = library.add(*made(NOTICES[2]))
    index = synced(folder, library, encoder)
    vector = encoder.encode([QUESTION])[0]
    assert number not in dict(index.search(vector, 10))
    assert number not in index.scores(vector, [number])
    assert_right(index, library, encoder)
    library.add_vectors(encoder.name, [number], encoder.encode([NOTICES[2]]))
    index.sync(library)
    assert number in dict(index.search(vector, 10))
    assert_right(index, library, encoder)


def truncated(folder: Path) -> None:
    content = (folder / "vectors.faiss").read_bytes()
    (folder / "vectors.faiss").write_bytes(content[: len(content) // 2])


def flipped(folder: Path) -> None:
    content = bytearray((folder / "vectors.faiss").read_bytes())
    content[len(content) // 2] ^= 0x40
    (folder / "vectors.faiss").write_bytes(content)


def swapped(folder: Path) -> None:
    """Numbers of other passages than those the vectors belong to."""
    numbers = np.load(folder / "numbers.npy")
    np.save(folder / "numbers.npy", numbers + 1)


DAMAGE: list[Callable[[Path], object]] = [
    truncated,
    flipped,
    swapped,
    lambda folder: (folder / "vectors.faiss").write_bytes(b""),
    lambda folder: (folder / "vectors.faiss").write_bytes(b"nonsense" * 100),
    lambda folder: (folder / "vectors.faiss").unlink(),
    lambda folder: (folder / "numbers.npy").write_bytes(b""),
    lambda folder: (folder / "manifest.json").write_text("{"),
    lambda folder: (folder / "manifest.json").unlink(),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_made_anew(
    folder: Path, library: Library, encoder: FakeEncoder, damage: Callable[[Path], object]
) -> None:
    add(library, encoder, random_texts(20))
    synced(folder, library, encoder)
    damage(folder)
    assert_right(synced(folder, library, encoder), library, encoder)


def test_another_encoder_makes_it_anew(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    texts = random_texts(5)
    add(library, encoder, texts)
    synced(folder, library, encoder)
    for other in (FakeEncoder("fake:2"), FakeEncoder("fake:3", 16)):
        numbers = library.numbers().tolist()
        assert synced(folder, library, other).search(other.encode(["a"])[0], 9) == []
        library.add_vectors(other.name, numbers, other.encode(texts))
        assert_right(synced(folder, library, other), library, other)
    assert_right(synced(folder, library, encoder), library, encoder)


def test_an_index_of_another_library_is_made_anew(
    folder: Path, tmp_path: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, random_texts(5))
    index = synced(folder, library, encoder)
    other = Library(tmp_path / "other.sqlite")
    add(other, encoder, random_texts(8)[5:])
    index.sync(other)
    assert_right(index, other, encoder)
    index.sync(library)
    assert_right(index, library, encoder)
    other.close()


def test_another_format_makes_it_anew(
    folder: Path, library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, encoder, random_texts(5))
    with monkeypatch.context() as patched:
        patched.setattr("wenju.index.dense._FORMAT", "dense-0")
        synced(folder, library, encoder)
    written = manifest.load(folder)
    assert_right(synced(folder, library, encoder), library, encoder)
    assert manifest.load(folder) != written


def test_two_processes_worth_of_objects_take_turns(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    one, two = synced(folder, library, encoder), synced(folder, library, encoder)
    for turn, text in enumerate(random_texts(6)):
        add(library, encoder, [text])
        (one, two)[turn % 2].sync(library)
        (two, one)[turn % 2].sync(library)
        assert_right(one, library, encoder)
        assert_right(two, library, encoder)


@pytest.mark.parametrize("at", ["remove_ids", "add_with_ids", "write_index", "save"])
def test_an_update_cut_short_is_done_again(
    folder: Path,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
) -> None:
    import faiss

    add(library, encoder, random_texts(5))
    index = synced(folder, library, encoder)
    library.remove([library.documents()[0].id])
    add(library, encoder, NOTICES)

    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    owner: object = {"write_index": faiss, "save": manifest}.get(at, faiss.IndexIDMap2)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(owner, at, cut_short)
        index.sync(library)
    assert manifest.load(folder) is None
    index.sync(library)
    assert_right(index, library, encoder)
    assert_right(synced(folder, library, encoder), library, encoder)


def test_passages_removed_while_it_is_built_are_not_claimed(
    folder: Path, library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, encoder, NOTICES)
    vectors = library.vectors

    def racing(name: str, numbers: list[int]) -> object:
        if library.count()[0] == len(NOTICES):
            library.remove([library.documents()[0].id])
            add(library, encoder, ["另一篇通知的內容。"])
        return vectors(name, numbers)

    monkeypatch.setattr(library, "vectors", racing)
    index = synced(folder, library, encoder)
    loaded = manifest.load(folder)
    assert loaded is not None and loaded[0].revision < library.revision
    index.sync(library)
    assert_right(index, library, encoder)


def test_very_many_vectors_are_kept_in_half_precision(
    folder: Path, library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_LARGE", 20)
    index = synced(folder, library, encoder)
    for count in (19, 30, 42):
        add(library, encoder, random_texts(count))
        library.remove([library.documents()[0].id])
        index.sync(library)
        assert index.is_half == (library.count()[1] > 20)
        for opened in (index, synced(folder, library, encoder)):
            assert_right(opened, library, encoder, within=1e-3)
            assert opened.contradictions(library, library.numbers()) == []


def test_a_vector_in_half_precision_that_is_not_the_librarys_is_told(
    folder: Path, library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_LARGE", 2)
    add(library, encoder, NOTICES)
    index = synced(folder, library, encoder)
    other = encoder.encode(["another text"])
    library.add_vectors(encoder.name, library.numbers()[:1].tolist(), other)
    (said,) = index.contradictions(library, library.numbers())
    assert said.startswith("1 vectors")
