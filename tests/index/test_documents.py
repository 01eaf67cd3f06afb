"""BM25 of whole documents against BM25 by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.index import by_hand
from tests.making import NOTICES, add, made
from wenju.corpus.script import to_simplified, to_traditional
from wenju.index.documents import DocumentIndex
from wenju.index.library import Library
from wenju.index.query import Query, expand_query, parse_query

QUESTION = "生態型聯合體最高支持多少？"
LONG = "\n".join(f"第{n}條 " + f"車輛停第{n}區，違者罰{n}元。" * 12 for n in range(1, 9))
MANY = [
    *NOTICES,
    LONG,
    *(f"第{n}號公告\n第{n}號停車場最高收費{n * 10}元。" for n in range(1, 9)),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def synced(folder: Path, library: Library) -> DocumentIndex:
    index = DocumentIndex(folder)
    index.sync(library)
    return index


def asked(question: str) -> Query:
    return expand_query(parse_query(question), by_hand.VARIANTS, across=False)


def ids(library: Library) -> list[str]:
    return [document.id for document in library.documents()]


@pytest.mark.parametrize(
    "question", [QUESTION, "最高收費30元", "第3號 停車場", "grants for children", "車輛"]
)
def test_it_scores_as_bm25_by_hand(
    folder: Path, library: Library, encoder: FakeEncoder, question: str
) -> None:
    add(library, encoder, MANY)
    assert library.count()[0] < library.count()[1]
    shares = synced(folder, library).shares(asked(question), ids(library))
    wanted = by_hand.document_shares(library, to_simplified(question))
    assert shares == pytest.approx(wanted, rel=1e-4)
    assert min(wanted.values()) == 0.0 < max(wanted.values())


def test_only_those_asked_for_are_given(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    every = index.shares(asked(QUESTION), ids(library))
    some = ids(library)[3:7]
    assert index.shares(asked(QUESTION), some) == {i: every[i] for i in some}
    assert index.shares(asked(QUESTION), [*some, *some]) == {i: every[i] for i in some}
    assert index.shares(asked(QUESTION), []) == {}


def test_a_document_of_which_everything_fits_gets_about_all(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    shares = synced(folder, library).shares(asked(QUESTION), ids(library))
    titles = {d.id: d.title for d in library.documents()}
    best = max(shares, key=lambda i: shares[i])
    assert titles[best] == "生态型联合体支持办法"
    assert shares[best] > 0.7
    assert all(share < 0.3 for i, share in shares.items() if i != best)


def test_both_scripts_give_the_same(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    traditional, simplified = to_traditional(QUESTION), to_simplified(QUESTION)
    assert traditional != simplified
    assert index.shares(asked(traditional), ids(library)) == index.shares(
        asked(simplified), ids(library)
    )


def test_title_and_issuer_count_as_well(folder: Path, library: Library) -> None:
    for title in ("高雄市長者補助", "臺南市幼兒補助"):
        library.add(*made(f"應備文件如下。（{title[0]}）", title=title))
    shares = synced(folder, library).shares(asked("高雄長者"), ids(library))
    titles = {d.id: d.title for d in library.documents()}
    assert {titles[i] for i, share in shares.items() if share > 0} == {"高雄市長者補助"}


def test_nothing_to_look_for(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    index = synced(folder, library)
    assert index.shares(asked(QUESTION), []) == {}
    assert index.shares(asked(QUESTION), ["gone"]) == {"gone": 0.0}
    add(library, encoder, NOTICES)
    index.sync(library)
    for question in ("", "？！", "什麼是", "鑫焱淼"):
        assert index.shares(asked(question), ids(library)) == dict.fromkeys(ids(library), 0.0)


def test_a_removed_document_has_no_share(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    (gone,) = [d.id for d in library.documents() if d.title == "生态型联合体支持办法"]
    assert index.shares(asked(QUESTION), [gone])[gone] > 0.7
    library.remove([gone])
    for following in (index, DocumentIndex(folder)):
        following.sync(library)
        assert following.shares(asked(QUESTION), [gone]) == {gone: 0.0}


def test_when_most_documents_are_gone_a_share_is_still_one(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    """What was removed may still be counted, but no term weighs less than nothing."""
    add(library, encoder, [*NOTICES, *(f"第{n}號\n停車場第{n}區。" for n in range(60))])
    index = synced(folder, library)
    parking = [d.id for d in library.documents() if d.title.startswith("第")]
    library.remove(parking[2:])
    index.sync(library)
    shares = index.shares(asked("停車場在哪裡"), ids(library))
    assert all(share >= 0 for share in shares.values())
    assert {i for i, share in shares.items() if share > 0} == set(parking[:2])


def test_a_document_that_is_given_another_title_is_found_by_it(
    folder: Path, library: Library
) -> None:
    library.add(*made("應備文件如下。", title="高雄市長者補助"))
    index = synced(folder, library)
    library.add(*made("應備文件如下。", title="臺南市幼兒補助"))
    index.sync(library)
    (only,) = ids(library)
    assert index.total == 1
    assert index.shares(asked("高雄長者"), [only]) == {only: 0.0}
    assert index.shares(asked("臺南幼兒"), [only])[only] > 0
