"""The way back from a repaired text to its source, against an oracle that carries every character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wenju.corpus.document import Alignment, Repair, apply_repairs

Case = tuple[str, list[Repair]]
_TEXTS = st.text("無錫wú()?；a ", max_size=40)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A source and sorted, disjoint repairs: removals, insertions, replacements and marks."""
    source = draw(_TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=12)))
    repairs = []
    for start, end in list(pairwise(cuts))[::2]:
        text = draw(st.text("。“科學", max_size=3))
        kind = draw(st.sampled_from(["pinyin_annotation", "gbk_misalignment", "unresolved"]))
        if kind == "unresolved":
            text = source[start:end]
        elif start == end and not text:
            continue
        repairs.append(Repair(start, end, text, kind))
    return source, repairs


def cells(source: str, repairs: list[Repair]) -> list[tuple[str, int, int]]:
    """The oracle: each character of the repaired text with the source span it was read from."""
    made, at = [], 0
    for r in [*repairs, Repair(len(source), len(source), "", "end")]:
        if r.kind == "unresolved":
            continue
        made += [(source[i], i, i + 1) for i in range(at, r.start)]
        made += [(char, r.start, r.end) for char in r.text]
        at = r.end
    return made


def removed_behind(repairs: list[Repair], end: int) -> int:
    """Where the removals end that follow one another from a source offset on."""
    for r in repairs:
        if r.kind != "unresolved" and r.start == end:
            if r.text:
                break
            end = r.end
    return end


@given(cases())
@example(("無(wú)錫", [Repair(1, 5, "", "pinyin_annotation")]))
@example(("a?bc", [Repair(1, 2, "", "pinyin_annotation"), Repair(2, 3, "“", "html_entity")]))
def test_apply_repairs_gives_the_oracles_text(case: Case) -> None:
    source, repairs = case
    assert apply_repairs(source, repairs) == "".join(char for char, _, _ in cells(source, repairs))


@given(cases(), st.data())
@example(("無(wú)錫", [Repair(1, 5, "", "pinyin_annotation")]), None)
def test_every_span_maps_to_the_source_it_was_read_from(
    case: Case, data: st.DataObject | None
) -> None:
    source, repairs = case
    made = cells(source, repairs)
    alignment = Alignment(repairs)
    spans = [(i, i + 1) for i in range(len(made))]
    if data is not None and made:
        start = data.draw(st.integers(0, len(made) - 1))
        spans.append((start, data.draw(st.integers(start + 1, len(made)))))
    for start, end in spans:
        expected = made[start][1], removed_behind(repairs, made[end - 1][2])
        assert alignment.to_source(start, end) == expected


@given(cases())
def test_an_unrepaired_character_equals_the_first_of_its_source(case: Case) -> None:
    source, repairs = case
    text, alignment = apply_repairs(source, repairs), Alignment(repairs)
    inside = {i for i, (_, a, b) in enumerate(cells(source, repairs)) if is_repaired(repairs, a, b)}
    for i, char in enumerate(text):
        start, end = alignment.to_source(i, i + 1)
        assert i in inside or source[start] == char
        assert start <= end <= len(source)


def is_repaired(repairs: list[Repair], start: int, end: int) -> bool:
    return any(r.kind != "unresolved" and (r.start, r.end) == (start, end) for r in repairs)


@given(cases())
def test_text_offsets_lead_to_the_source_and_back(case: Case) -> None:
    source, repairs = case
    alignment = Alignment(repairs)
    made = cells(source, repairs)
    for at in range(len(source) + 1):
        expected = sum(1 for _, start, end in made if end <= at and not (start == end == at))
        assert alignment.to_text(at) == min(expected, len(made)) or is_edge(repairs, at)
    edited = [r for r in repairs if r.kind != "unresolved"]
    for i, (_, start, end) in enumerate(made):
        if not is_repaired(edited, start, end):
            assert alignment.to_text(start) in range(i + 1)
            assert made[alignment.to_text(start)][1] == start or is_edge(repairs, start)


def is_edge(repairs: list[Repair], at: int) -> bool:
    """Whether something is inserted here: both sides of it are this place's text."""
    return any(r.start == r.end == at for r in repairs)


@given(cases())
def test_a_mark_moves_nothing(case: Case) -> None:
    source, repairs = case
    edits = [r for r in repairs if r.kind != "unresolved"]
    assert apply_repairs(source, repairs) == apply_repairs(source, edits)
    text_length = len(apply_repairs(source, edits))
    one, other = Alignment(repairs), Alignment(edits)
    places = range(text_length)
    assert [one.to_source(i, i + 1) for i in places] == [other.to_source(i, i + 1) for i in places]


def test_an_empty_span_stays_empty() -> None:
    alignment = Alignment([Repair(1, 5, "", "pinyin_annotation")])
    assert alignment.to_source(1, 1) == (5, 5)
    assert alignment.to_source(0, 0) == (0, 0)


def test_a_cut_replacement_is_taken_whole() -> None:
    alignment = Alignment([Repair(2, 11, "。科學", "gbk_misalignment")])
    assert alignment.to_source(3, 4) == (2, 11)
    assert alignment.to_source(1, 3) == (1, 11)
    assert alignment.to_source(5, 6) == (11, 12)


def test_repairs_that_overlap_or_are_out_of_order_are_refused() -> None:
    for repairs in (
        [Repair(0, 3, "", "pinyin_annotation"), Repair(2, 4, "", "pinyin_annotation")],
        [Repair(4, 5, "", "pinyin_annotation"), Repair(0, 1, "", "pinyin_annotation")],
    ):
        with pytest.raises(ValueError, match="overlap"):
            Alignment(repairs)
