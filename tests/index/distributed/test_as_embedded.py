"""What is promised of a library in a folder, asked of one on servers: the same tests, other fixtures."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.fakes import FakeEncoder
from tests.index import by_hand
from tests.index.test_corrections import (
    path,
    test_it_outlives_a_change_of_the_file,
    test_other_fields_keep_the_vectors,
    test_title_and_issuer_are_searched_and_encoded_anew,
    test_what_is_set_is_shown_everywhere,
)
from tests.index.test_library import (
    comes_back,
    test_a_document_lives_as_long_as_one_file_holds_it,
    test_a_transaction_is_all_or_nothing,
    test_a_vector_for_a_passage_that_is_gone_is_passed_over,
    test_adding_a_document_again_replaces_it,
    test_an_unknown_id_removes_nothing,
    test_documents_are_listed_by_name,
    test_facts_are_remembered,
    test_many_passages_at_once,
    test_numbers_are_never_given_twice,
    test_removal_is_complete,
    test_the_numbers_of_some_documents,
    test_the_revision_grows_with_every_change_of_passages,
    test_threads_may_share_it,
    test_vectors_come_back_bit_by_bit,
)
from tests.index.test_retriever import (
    ASKED,
    LONG,
    MANY,
    test_a_passage_that_the_encoder_has_not_seen_is_found_by_its_words,
    test_a_question_in_chinese_finds_the_english_passage_by_its_words,
    test_a_question_in_english_finds_the_chinese_passage_by_its_words,
    test_a_sum_is_found_in_any_spelling,
    test_an_empty_library_and_a_question_of_no_terms,
    test_another_name_finds_a_passage,
    test_fewer_passages_than_asked_for,
    test_the_passage_that_says_so_comes_first,
    test_the_questions_script_plays_no_part,
    test_ties_break_by_passage_id,
    test_what_is_said_elsewhere_in_a_document_counts,
    test_within_nothing_there_is_nothing,
)
from tests.making import add, made
from wenju.index.distributed.indexes import SharedIndexes
from wenju.index.library import Library
from wenju.index.query import parse_query
from wenju.index.retriever import HybridRetriever, Search

pytestmark = pytest.mark.slow

__all__ = [
    "path",
    "test_a_document_lives_as_long_as_one_file_holds_it",
    "test_a_passage_that_the_encoder_has_not_seen_is_found_by_its_words",
    "test_a_question_in_chinese_finds_the_english_passage_by_its_words",
    "test_a_question_in_english_finds_the_chinese_passage_by_its_words",
    "test_a_sum_is_found_in_any_spelling",
    "test_a_transaction_is_all_or_nothing",
    "test_a_vector_for_a_passage_that_is_gone_is_passed_over",
    "test_adding_a_document_again_replaces_it",
    "test_an_empty_library_and_a_question_of_no_terms",
    "test_an_unknown_id_removes_nothing",
    "test_another_name_finds_a_passage",
    "test_documents_are_listed_by_name",
    "test_facts_are_remembered",
    "test_fewer_passages_than_asked_for",
    "test_it_outlives_a_change_of_the_file",
    "test_many_passages_at_once",
    "test_numbers_are_never_given_twice",
    "test_other_fields_keep_the_vectors",
    "test_removal_is_complete",
    "test_the_numbers_of_some_documents",
    "test_the_passage_that_says_so_comes_first",
    "test_the_questions_script_plays_no_part",
    "test_the_revision_grows_with_every_change_of_passages",
    "test_threads_may_share_it",
    "test_ties_break_by_passage_id",
    "test_title_and_issuer_are_searched_and_encoded_anew",
    "test_vectors_come_back_bit_by_bit",
    "test_what_is_said_elsewhere_in_a_document_counts",
    "test_what_is_set_is_shown_everywhere",
    "test_within_nothing_there_is_nothing",
]


# PostgreSQL knows no NUL, which stands in no text of a document either
@hypothesis_settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.text(), *3 * [st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))])
def test_any_document_comes_back_as_it_was(
    library: Library, text: str, name: str, title: str, origin: str
) -> None:
    comes_back(library, text, name, title, origin)


def test_a_name_with_a_nul_is_one_name(library: Library) -> None:
    library.add(*made("一份公告", origin="a\0b"))
    assert library.origins() == ["a\ufffdb"]
    assert [*library.from_origin("a\0b")] == [d.id for d in library.documents()]


@pytest.mark.parametrize("question", ASKED)
def test_every_sign_is_what_its_definition_says(
    library: Library, encoder: FakeEncoder, indexes: SharedIndexes, question: str
) -> None:
    add(library, encoder, [*MANY, LONG, "值班表\n卫生健康委员会由张三值班，逢公告日加班。"])
    wanted = by_hand.ByHand(library, encoder, question).features()
    retriever = HybridRetriever(library, encoder, indexes, Search(pool=200))
    found = {
        passage.id: features for passage, features in retriever.candidates(parse_query(question))
    }
    assert found.keys() == wanted.keys()
    for passage_id, features in found.items():
        assert astuple(features) == pytest.approx(astuple(wanted[passage_id]), abs=1e-4)


@pytest.mark.parametrize("left_out", [1, len(MANY) - 3])
def test_within_very_many_passages_milvus_finds_those_of_the_documents_only(
    library: Library,
    encoder: FakeEncoder,
    indexes: SharedIndexes,
    monkeypatch: pytest.MonkeyPatch,
    left_out: int,
) -> None:
    monkeypatch.setattr("wenju.index.distributed.indexes.ALL_READ", 0)
    add(library, encoder, MANY)
    query = parse_query("停車場最高收費多少元？")
    retriever = HybridRetriever(library, encoder, indexes, Search(pool=5))
    (best,) = retriever.search(query, 1)
    others = sorted(library.ids() - {best.passage.document_id})
    chosen = others[left_out - 1 :]
    hits = retriever.search(query, 100, chosen)
    assert {hit.passage.document_id for hit in hits} <= {*chosen}
    assert len(hits) >= min(len(chosen), 60) - 5
    assert retriever.search(query, 3, sorted(library.ids()))[0] == best
