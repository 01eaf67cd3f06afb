"""Inverted indexes follow their library, or are made anew; that of passages and that of documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.index import by_hand
from tests.making import NOTICES, add
from wenju.index import manifest
from wenju.index.documents import DocumentIndex
from wenju.index.inverted import InvertedIndex
from wenju.index.lexical import LexicalIndex
from wenju.index.library import Library
from wenju.index.terms import terms

LONG = "\n".join(f"第{n}條 " + f"車輛停第{n}區，違者罰{n}元。" * 12 for n in range(1, 6))
MANY = [
    *NOTICES,
    LONG,
    *(f"第{n}號公告\n第{n}號停車場自{n}日起開放，最高收費{n * 10}元。" for n in range(1, 12)),
]


def passage_terms(library: Library) -> dict[int, set[str]]:
    return {n: set(terms(p.text).bigrams) for n, p in by_hand.every_passage(library).items()}


def document_terms(library: Library) -> dict[int, set[str]]:
    """An entry for each document, under its first passage's number."""
    found = by_hand.document_terms(library)
    passages = by_hand.every_passage(library).items()
    return {n: set(found[p.document_id]) for n, p in passages if p.position == 0}


@dataclass(frozen=True, slots=True)
class Kind:
    """An index, one of its fields, and what that should hold."""

    make: Callable[[Path], InvertedIndex]
    field: str
    wanted: Callable[[Library], dict[int, set[str]]]

    def synced(self, folder: Path, library: Library) -> InvertedIndex:
        index = self.make(folder)
        index.sync(library)
        return index

    def assert_right(self, index: InvertedIndex, library: Library) -> None:
        """The index holds exactly what the library says it should, under the right numbers."""
        wanted = self.wanted(library)
        assert index.total == len(wanted) > 0
        numbers = library.numbers().tolist()
        for term in sorted({term for found in wanted.values() for term in found}):
            holding = {n for n, found in wanted.items() if term in found}
            assert index.holders(self.field, term, numbers) == holding, term
            assert index.having(self.field, term) >= len(holding)


KINDS = {
    "passages": Kind(LexicalIndex, "bigrams", passage_terms),
    "documents": Kind(DocumentIndex, "text", document_terms),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "inverted"


def test_the_long_document_has_several_passages(library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, [LONG])
    assert library.count()[0] == 1 < library.count()[1]


def test_it_follows_what_is_added_and_removed(
    kind: Kind, folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    index = kind.synced(folder, library)
    assert index.total == 0
    for text in MANY[:8]:
        add(library, encoder, [text])
        if library.count()[0] > 3:
            library.remove([library.documents()[0].id])
        index.sync(library)
        kind.assert_right(index, library)
        kind.assert_right(kind.synced(folder, library), library)
    library.remove([document.id for document in library.documents()])
    index.sync(library)
    assert index.total == 0


def test_what_was_removed_from_the_midst_of_a_batch_is_gone(
    kind: Kind, folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    index = kind.synced(folder, library)
    before = library.numbers().tolist()
    library.remove([d.id for d in library.documents() if "公告" in d.title])
    index.sync(library)
    kind.assert_right(index, library)
    assert index.holders(kind.field, "收费", before) == set()


def test_those_asked_for_are_those_given(
    kind: Kind, folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    index = kind.synced(folder, library)
    holding = sorted(n for n, found in kind.wanted(library).items() if "停车" in found)
    assert len(holding) > 10
    assert index.holders(kind.field, "停车", holding[:3]) == set(holding[:3])
    assert index.holders(kind.field, "停车", [*holding[:3], 1, 2]) == set(holding[:3])
    assert index.holders(kind.field, "停车", []) == set()
    assert index.holders(kind.field, "焱淼", holding) == set()


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
    kind: Kind,
    folder: Path,
    library: Library,
    encoder: FakeEncoder,
    damage: Callable[[Path], object],
) -> None:
    add(library, encoder, MANY)
    kind.synced(folder, library)
    damage(folder)
    kind.assert_right(kind.synced(folder, library), library)


def test_an_empty_index_in_place_of_a_full_one_is_noticed(
    kind: Kind, folder: Path, tmp_path: Path, library: Library, encoder: FakeEncoder
) -> None:
    kind.synced(tmp_path / "empty", library)
    add(library, encoder, MANY)
    kind.synced(folder, library)
    (folder / "tantivy").rename(tmp_path / "away")
    (tmp_path / "empty" / "tantivy").rename(folder / "tantivy")
    kind.assert_right(kind.synced(folder, library), library)


def test_the_index_of_the_other_kind_is_not_taken_for_ones_own(
    kind: Kind, folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    for other in KINDS.values():
        other.synced(folder, library)
        kind.assert_right(kind.synced(folder, library), library)


@pytest.mark.parametrize("constant", ["_FORMAT", "TERMS_VERSION"])
def test_other_terms_and_other_libraries_make_it_anew(
    kind: Kind,
    folder: Path,
    tmp_path: Path,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    constant: str,
) -> None:
    add(library, encoder, NOTICES)
    with monkeypatch.context() as patched:
        for module in ("lexical", "documents"):
            patched.setattr(f"wenju.index.{module}.{constant}", "0")
        index = kind.synced(folder, library)
    stale = manifest.load(folder)
    kind.assert_right(kind.synced(folder, library), library)
    assert manifest.load(folder) != stale
    other = Library(tmp_path / "other.sqlite")
    add(other, encoder, MANY[4:7])
    index.sync(other)
    kind.assert_right(index, other)
    other.close()


def test_two_processes_worth_of_objects_take_turns(
    kind: Kind, folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    one, two = kind.synced(folder, library), kind.synced(folder, library)
    for turn, text in enumerate(MANY[:6]):
        add(library, encoder, [text])
        (one, two)[turn % 2].sync(library)
        (two, one)[turn % 2].sync(library)
        kind.assert_right(one, library)
        kind.assert_right(two, library)
    manifest.discard(folder)
    one.sync(library)
    two.sync(library)
    kind.assert_right(two, library)


@pytest.mark.parametrize("at", ["wenju.index.inverted._document", "wenju.index.manifest.save"])
def test_an_update_cut_short_is_done_again(
    kind: Kind,
    folder: Path,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
) -> None:
    add(library, encoder, MANY[:3])
    index = kind.synced(folder, library)
    library.remove([library.documents()[0].id])
    add(library, encoder, MANY[3:])

    def cut_short(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(at, cut_short)
        index.sync(library)
    assert manifest.load(folder) is None
    index.sync(library)
    kind.assert_right(index, library)
    kind.assert_right(kind.synced(folder, library), library)


@pytest.mark.parametrize("looked_up", ["passages", "document"])
def test_what_comes_and_goes_while_it_is_built_is_not_claimed(
    kind: Kind,
    folder: Path,
    library: Library,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    looked_up: str,
) -> None:
    add(library, encoder, NOTICES)
    known = set(library.numbers().tolist())
    look = getattr(library, looked_up)

    def racing(what: object) -> object:
        if library.count()[0] == len(NOTICES) and not raced:
            raced.append(True)
            add(library, encoder, ["另一篇通知的內容。"])
            # the one that is asked for, where it is one
            library.remove([what if isinstance(what, str) else library.documents()[0].id])
        return look(what)

    raced: list[bool] = []
    with monkeypatch.context() as patched:
        patched.setattr(library, looked_up, racing)
        index = kind.synced(folder, library)
    loaded = manifest.load(folder)
    assert loaded is not None
    assert (loaded[0].revision < library.revision) == bool(raced)
    assert set(loaded[1].tolist()) <= known
    index.sync(library)
    kind.assert_right(index, library)
    kind.assert_right(kind.synced(folder, library), library)


def test_an_index_brought_up_bit_by_bit_says_what_a_fresh_one_says(
    kind: Kind, folder: Path, tmp_path: Path, library: Library, encoder: FakeEncoder
) -> None:
    index = kind.synced(folder, library)
    for text in MANY:
        add(library, encoder, [text])
        index.sync(library)
    fresh = kind.synced(tmp_path / "fresh", library)
    for term in sorted({term for found in kind.wanted(library).values() for term in found}):
        assert index.having(kind.field, term) == fresh.having(kind.field, term) > 0
