"""Documents made up to learn layouts from: every answer where it is said to be, every layout there."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from wenju.corpus.layout import Role, read_layout
from wenju.corpus.script import fold
from wenju.eval.training.layouts import layouts, other_years
from wenju.eval.training.network.gold import Example
from wenju.qa.question import parse

MADE = layouts(360, 5)
KINDS = {"guide", "tiers", "enumeration", "table", "lead"}


def of(kind: str) -> list[Example]:
    return [example for example in MADE if example.kind == kind]


def answer(example: Example) -> str:
    ((start, end),) = example.answers
    return example.text[start:end]


def test_as_many_as_asked_for_and_the_same_again() -> None:
    assert len(MADE) == 360
    assert layouts(360, 5) == MADE
    assert layouts(7, 5) == MADE[:7]
    assert layouts(7, 6) != MADE[:7]
    assert layouts(0, 5) == []


def test_every_layout_appears_in_turn() -> None:
    found = Counter(example.kind for example in MADE)
    assert {*found} == KINDS
    assert min(found.values()) == 60
    assert {example.kind for example in MADE[:6]} == KINDS


def test_every_answer_stands_at_its_place() -> None:
    for example in MADE:
        ((start, end),) = example.answers
        assert 0 <= start < end <= len(example.text), example
        said = example.text[start:end]
        assert said == said.strip() != "", example
        assert said not in example.question, example


def test_all_of_it_is_folded_and_alone() -> None:
    for example in MADE:
        for text in (example.text, example.question, example.title):
            assert text == fold(text)
        assert example.alone
        assert example.question and example.title


def test_a_guide_has_sections_and_the_answer_is_the_body_of_one() -> None:
    for example in of("guide"):
        ((start, end),) = example.answers
        asked = parse(example.question).aspect
        assert asked is not None, example
        before = example.text[:start].rstrip("\n").rsplit("\n", 1)[-1]
        # the line above, or above the first item
        assert asked.called.search(before), example
        assert example.text[end : end + 1] == "\n", example


def test_guides_have_lists_and_sentences() -> None:
    bodies = [answer(example) for example in of("guide")]
    assert any("\n" in body and body.startswith("1. ") for body in bodies)
    assert any("\n" in body and body.startswith("(一)") for body in bodies)
    assert any("\n" not in body and "、" in body for body in bodies)


def test_of_tiers_the_figure_of_the_one_asked_for() -> None:
    for example in of("tiers"):
        ((start, end),) = example.answers
        sentence = example.text.split("\n", 1)[1]
        assert len(re.findall(r"\d", answer(example))) > 0
        asked = next(t for t in TIERS if t in example.question)
        beside = example.text[max(0, start - len(asked)) : end + len(asked)]
        assert asked in beside, example
        assert sum(t in sentence for t in TIERS) >= 3, example


TIERS = (
    "一级 二级 三级 甲类 乙类 丙类 市级 县级 乡级 初创型 成长型 成熟型 普通型 改良型 示范型".split()
)


def test_of_an_enumeration_the_stops_of_the_route_asked_for() -> None:
    for example in of("enumeration"):
        route = re.match(r"\d+路", example.question)
        assert route is not None
        ((start, end),) = example.answers
        line = example.text[:start].rsplit("\n", 1)[-1]
        assert re.search(rf"(?<!\d){route[0]}", line), example
        assert answer(example).count("、") in (2, 3), example
        assert example.text[end] in "等。", example


def test_of_a_table_the_cell_in_the_row_asked_for() -> None:
    for example in of("table"):
        ((start, end),) = example.answers
        row = read_layout(example.text).line_at(start)
        assert row.role == Role.ROW, example
        assert (start, end) in row.cells, example
        assert example.question.startswith(example.text[slice(*row.cells[0])]), example
        assert row.columns[0] == "名称"


def test_what_announces_parts_is_followed_by_all_of_them() -> None:
    for example in of("lead"):
        ((start, end),) = example.answers
        assert example.text[:start].endswith(":\n一、"), example
        assert example.text[end:].startswith("\n本办法"), example
        assert answer(example).count("\n") == 2


def test_nothing_answers_for_another_year() -> None:
    found = other_years(MADE)
    assert found
    assert {example.kind for example in found} == {"other_year"}
    for example in found:
        assert example.answers == ()
        assert example.alone
        (year,) = re.findall(r"20\d\d(?=年)", example.question)
        assert year not in example.text, example


@pytest.mark.parametrize(
    ("text", "places", "count"),
    [
        ("2024年建成10家。", ((6, 9),), 1),
        ("2024年建成10家。", (), 0),  # nothing answers it as it is
        ("建成10家。", ((2, 5),), 0),  # no year is named
        ("档案12024年建成10家。", ((10, 13),), 0),
    ],
)
def test_another_year_needs_a_year_and_an_answer(
    text: str, places: tuple[tuple[int, int], ...], count: int
) -> None:
    example = Example("建成多少家", "公告", text, places, "tiers", alone=True)
    found = other_years([example])
    assert len(found) == count
    assert [e.question for e in found] == ["2033年建成多少家"] * count
