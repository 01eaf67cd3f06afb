"""The filters and the day of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import ASKED_OF_VERSIONS, VERSIONS
from tests.ui.conftest import Run, object_of
from wenju.ui.cli.errors import MISUSED, UNANSWERED


@pytest.fixture(autouse=True)
def library(wenju: Run, tmp_path: Path) -> None:
    folder = tmp_path / "statutes"
    folder.mkdir()
    for name, text in VERSIONS.items():
        (folder / name).write_text(text, encoding="utf-8")
    wenju("add", folder)


def test_versions_say_what_they_are(wenju: Run) -> None:
    shown = wenju("ask", ASKED_OF_VERSIONS).stdout
    assert shown.startswith("百分之七十")
    assert "Another version [2]: 百分之六十" in shown
    assert "superseded; in force: 碧水县城乡居民门诊统筹办法（修订） (2023-09-01)" in shown


def test_a_day_and_filters(wenju: Run) -> None:
    as_of = object_of(wenju("ask", ASKED_OF_VERSIONS, "--as-of", "2021-05-01", "--json"))
    assert as_of["answer"] == "百分之六十"
    early = object_of(wenju("ask", ASKED_OF_VERSIONS, "--until", "2022", "--json"))
    assert early["answer"] == "百分之六十"
    hits = object_of(wenju("search", ASKED_OF_VERSIONS, "--from", "2023", "--json"))["hits"]
    assert {hit["passage"]["date"] for hit in hits} == {"2023-08-10"}
    nothing = wenju("ask", ASKED_OF_VERSIONS, "--kind", "form", "--jurisdiction", "HK")
    assert (nothing.exit_code, "filters" in nothing.stdout) == (UNANSWERED, True)


def test_what_cannot_be_meant_is_one_sentence(wenju: Run) -> None:
    for option in (("--as-of", "soon"), ("--kind", "statute")):
        refused = wenju("ask", ASKED_OF_VERSIONS, *option)
        assert refused.exit_code == MISUSED
        assert option[1] in refused.stderr and "expected" in refused.stderr
