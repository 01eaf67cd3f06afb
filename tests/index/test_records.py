"""Rows are the records they were made from, and nothing else."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.document import Document, Heading, Page, Passage, Region, Repair
from wenju.corpus.inventory import NOTE_KINDS, Inventory, Note
from wenju.index.records import document_row, passage_row, to_document, to_passage, to_summary

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
NUMBERS = st.integers(0, 10**9)
REPAIRS = st.builds(Repair, NUMBERS, NUMBERS, WORDS, st.sampled_from(["a", "b", "unresolved"]))


REGIONS = st.builds(
    Region, NUMBERS, NUMBERS, st.sampled_from(["table", "ocr"]), st.none() | st.floats(0, 1)
)
NOTES = st.builds(Note, st.sampled_from(NOTE_KINDS), WORDS)


def disjoint(repairs: list[Repair]) -> tuple[Repair, ...]:
    return tuple(Repair(3 * i, 3 * i + 2, r.text, r.kind) for i, r in enumerate(repairs))


DOCUMENTS = st.builds(
    Document,
    *[WORDS] * 8,
    repairs=st.lists(REPAIRS, max_size=4).map(disjoint),
    headings=st.lists(st.builds(Heading, NUMBERS, NUMBERS, NUMBERS), max_size=3).map(tuple),
    pages=st.lists(st.builds(Page, NUMBERS, NUMBERS), max_size=3).map(tuple),
    regions=st.lists(REGIONS, max_size=3).map(tuple),
    inventory=st.builds(Inventory, *[NUMBERS] * 5, st.lists(NOTES, max_size=2).map(tuple)),
)
PATHS = st.lists(WORDS, max_size=3).map(tuple)
PASSAGES = st.builds(
    Passage, WORDS, WORDS, *[NUMBERS] * 3, WORDS, PATHS, st.none() | NUMBERS, *[WORDS] * 7
)


@given(DOCUMENTS)
def test_a_document_survives_its_row(document: Document) -> None:
    assert to_document(document_row(document), document.origin) == document


@given(PASSAGES)
def test_a_passage_survives_its_row(p: Passage) -> None:
    row = (7, *passage_row(p), p.text, p.title, p.date, p.issuer)
    assert to_passage(row) == p


def test_a_summary_counts_repairs_by_kind() -> None:
    repairs = json.dumps([[0, 1, "", "b"], [2, 3, "", "a"], [4, 5, "", "b"]])
    row = (
        "id",
        "甲.txt",
        "/甲.txt",
        "",
        "2024-01-01",
        "市府",
        10,
        2,
        repairs,
        "{}",
        '{"pages": 3}',
    )
    summary = to_summary(row)
    assert list(summary.repairs.items()) == [("a", 1), ("b", 2)]
    assert (summary.characters, summary.passages, summary.label) == (10, 2, "甲")
    assert summary.inventory == Inventory(pages=3)


def test_repairs_of_older_libraries_are_read_by_the_kinds_of_today() -> None:
    kinds = ["pinyin_gloss", "slipped_bytes", "html_entity", "unresolved"]
    repairs = json.dumps([[i, i + 1, "", kind] for i, kind in enumerate(kinds)])
    now = ["pinyin_annotation", "gbk_misalignment", "html_entity", "unresolved"]
    row = ("id", "a", "", "", "", "abcd", "d", repairs, "[]", "[]", "{}", "[]", "{}")
    document = to_document(row, "/a")
    assert [repair.kind for repair in document.repairs] == now
    summary = to_summary(("id", "a", "/a", "", "", "", 1, 1, repairs, "{}", "{}"))
    assert summary.repairs == dict.fromkeys(sorted(now), 1)
