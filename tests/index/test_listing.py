"""Lists of documents: what is found, in which order, and which page of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.test_scope import facts
from tests.making import made
from wenju.index.library import Library
from wenju.index.listing import (
    BadListing,
    Facet,
    Listing,
    Sort,
    facets_of,
    ids_of,
    listed,
)
from wenju.index.records import DocumentFacts
from wenju.index.scope import Scope

TITLES = ("乙辦法", "甲公告", "丙會議紀錄", "丁 FAQ")


@pytest.fixture
def filled(library: Library) -> Library:
    for number, title in enumerate(TITLES):
        library.add(*made(f"{title}\n內容{number}。\n", f"{3 - number}.txt", title=title))
    return library


def names(library: Library, **wanted: object) -> list[str]:
    found = listed(library, library.facts(), Listing(**wanted))  # type: ignore[arg-type]  # as told
    return [document.name for document in found.documents]


def test_a_page_has_what_is_wanted_and_says_how_many_there_are(filled: Library) -> None:
    assert names(filled) == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert names(filled, sort="added", limit=3) == ["3.txt", "2.txt", "1.txt"]
    assert names(filled, sort="added", descending=True, offset=1, limit=2) == ["1.txt", "2.txt"]
    found = listed(filled, filled.facts(), Listing(offset=3, limit=2))
    assert (found.total, [d.name for d in found.documents]) == (4, ["3.txt"])
    assert names(filled, offset=9) == []


def test_words_are_found_in_either_script_and_case(filled: Library) -> None:
    by_title = {d.title: d.name for d in filled.documents()}
    assert names(filled, query="会议") == [by_title["丙會議紀錄"]]
    assert names(filled, query="faq 丁") == [by_title["丁 FAQ"]]
    assert names(filled, query="faq 丙") == []
    assert names(filled, query="2.TXT") == ["2.txt"]


def test_what_says_nothing_comes_last(library: Library) -> None:
    found = [facts("a"), facts("b", date="2021-01-01"), facts("c", issued="2020-01-01")]
    for descending, order in ((False, ["c", "b", "a"]), (True, ["b", "c", "a"])):
        assert ids_of(library, found, Listing(sort="date", descending=descending)) == order


def test_a_scope_and_ids_narrow_it_down(library: Library) -> None:
    found = [facts("a", kind="law"), facts("b", kind="notice"), facts("c", kind="law")]
    assert ids_of(library, found, Listing(scope=Scope(kinds=("law",)))) == ["a", "c"]
    assert ids_of(library, found, Listing(scope=Scope(document_ids=("c", "gone")))) == ["c"]


def test_an_order_that_is_none_is_refused(library: Library) -> None:
    with pytest.raises(BadListing, match="'size'.*title"):
        ids_of(library, [], Listing(sort="size"))  # type: ignore[arg-type]  # what is tested


def test_facets_count_what_there_is() -> None:
    found = facets_of(
        [
            facts("a", "市府", kind="law", jurisdiction="TW/臺北市"),
            facts("b", "市府", kind="notice", jurisdiction="TW"),
            facts("c"),
        ]
    )
    assert found["kinds"] == [Facet("law", 1), Facet("notice", 1)]
    assert found["issuers"] == [Facet("市府", 2)]
    assert found["jurisdictions"] == [Facet("TW", 2), Facet("TW/臺北市", 1)]


@given(
    st.lists(st.text("甲乙aB1", max_size=3), max_size=12),
    st.sampled_from(("name", "title", "date", "issuer", "kind")),
    st.booleans(),
    st.integers(1, 4),
)
def test_pages_are_the_whole_in_pieces(
    words: list[str], sort: Sort, descending: bool, size: int
) -> None:
    documents = [DocumentFacts(str(n), w, w, w, w) for n, w in enumerate(words)]
    nothing: Library = None  # type: ignore[assignment]  # not asked, as none is sorted by "added"
    whole = ids_of(nothing, documents, Listing(sort=sort, descending=descending))
    assert sorted(whole) == sorted(d.id for d in documents)
    said = [words[int(i)] for i in whole if words[int(i)]]
    if sort != "kind":
        assert said == sorted(said, reverse=descending)
