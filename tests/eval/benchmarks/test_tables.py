"""Made-up tables: what the generator makes, and that every format's reading tells each cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from wenju.corpus.read import read_file
from wenju.eval.benchmarks.tables.asking import judged
from wenju.eval.benchmarks.tables.command import Bench, figures
from wenju.eval.benchmarks.tables.formats import FORMATS, PRINTED, write
from wenju.eval.benchmarks.tables.making import tables
from wenju.eval.benchmarks.tables.office import has_printer
from wenju.eval.benchmarks.tables.reading import fault, passages_of, row_of, rows_of
from wenju.eval.benchmarks.tables.table import Asked
from wenju.qa.answer import Answer
from wenju.qa.ranker import bundled
from wenju.qa.reader import RankedReader
from wenju.qa.settings import Settings

MADE = tables()
UNPRINTED = [name for name in FORMATS if name not in PRINTED]
PUPILS = Asked(("南二中有多少在校生？",), ("南二中",), ("2024年", "在校生"), "1785", "人")


def test_a_seed_makes_the_same_tables() -> None:
    assert tables(5, 3) == tables(5, 3)
    assert tables(5, 3) != tables(5, 4)


def test_tables_are_of_all_shapes() -> None:
    assert {table.heads - table.titles for table in MADE} == {1, 2, 3}
    assert (min(t.width for t in MADE), max(t.width for t in MADE)) == (2, 8)
    assert max(len(table.rows) for table in MADE) > 40
    assert {table.script for table in MADE} == {"hans", "hant"}
    assert any(not table.rows[table.titles][0].text for table in MADE)
    assert any(cell.rows > 1 for table in MADE for row in table.rows[table.heads :] for cell in row)


def test_every_row_fills_the_table() -> None:
    for table in MADE:
        assert {len(row) for row in table.spread()} == {table.width}


def test_no_two_tables_answer_one_question_differently() -> None:
    answers: dict[str, set[str]] = {}
    for table in MADE:
        for asked in table.asked:
            for question in asked.questions:
                answers.setdefault(question, set()).add(asked.value)
    assert [question for question, found in answers.items() if len(found) > 1] == []


def test_no_number_in_a_question_runs_into_another() -> None:
    questions = [text for table in MADE for one in table.asked for text in one.questions]
    assert not [text for text in questions if re.search(r"\d{6,}年", text)]


def test_what_is_absent_is_in_no_table() -> None:
    asked = {question for table in MADE for one in table.asked for question in one.questions}
    assert all(len(table.absent) == 2 for table in MADE)
    assert asked.isdisjoint(question for table in MADE for question in table.absent)


def lacking(name: str, folder: Path) -> list[tuple[str, Asked, str]]:
    """What the reading of some of the tables does not tell."""
    some = MADE[1::5]
    files = write(name, some, folder)
    found = []
    for table in (table for table in some if table.name in files):
        rows = list(rows_of(passages_of(read_file(files[table.name]))))
        told = [asked for asked in table.asked if FORMATS[name].tells(asked)]
        found += [(table.name, asked, lack) for asked in told if (lack := fault(rows, asked))]
    return found


@pytest.mark.parametrize("name", UNPRINTED)
def test_the_reading_tells_row_column_value_and_unit(name: str, tmp_path: Path) -> None:
    assert lacking(name, tmp_path) == []


@pytest.mark.slow
@pytest.mark.skipif(not has_printer(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", PRINTED)
def test_the_reading_of_printed_tables_tells_them_too(name: str, tmp_path: Path) -> None:
    assert lacking(name, tmp_path) == []


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("学校：南二中；2024年 在校生（人）：1785。", ""),
        ("学校：南一中；2024年 在校生（人）：1785。", "row"),
        ("学校：南二中；2023年 在校生（人）：1785。", "column"),
        ("学校：南二中；2024年 在校生（人）：1785；2024年 在校生（人）：129。", "value"),
        ("学校：南二中；2024年 在校生：1785。", "unit"),
        ("南二中 | 1785人", "column"),
    ],
)
def test_a_fault_says_what_is_lacking(line: str, lacks: str) -> None:
    assert fault([row_of(line)], PUPILS) == lacks


def test_only_the_whole_value_in_the_right_row_is_right() -> None:
    line = "学校：南二中；2024年在校生（人）：1785。"

    def verdict(answer: str, at: str = line) -> str:
        given = Answer("", answered=bool(answer), answer=answer, kind="count")
        return judged(given, at, {line}, PUPILS)

    assert verdict("1785") == "right"
    assert verdict("17850") == "wrong column"
    assert verdict("1785", "学校：南一中；2024年在校生（人）：1785。") == "wrong row"
    assert verdict("") == "refused"


@pytest.fixture(scope="module")
def of_six_tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    folder = tmp_path_factory.mktemp("tables")
    bench = Bench(tables(6), folder)
    settings = Settings().model_copy(update={"home": folder / "home"})
    reader = RankedReader(bundled("lexical"))
    return figures(list(bench.ask("html", settings, FakeEncoder(), reader)))


@pytest.mark.slow
def test_cells_of_six_tables_are_found(of_six_tables: dict[str, dict[str, int]]) -> None:
    found = of_six_tables["cell"]
    assert found["right"] >= 0.8 * sum(found.values())


@pytest.mark.slow
def test_no_cell_is_told_of_another_row(of_six_tables: dict[str, dict[str, int]]) -> None:
    assert of_six_tables["cell"].get("wrong row", 0) == 0


@pytest.mark.slow
@pytest.mark.xfail(reason="9 of 12 are answered by another row", strict=True)
def test_rows_that_are_not_there_are_refused(of_six_tables: dict[str, dict[str, int]]) -> None:
    assert of_six_tables["absent row"].get("answered", 0) <= 2
