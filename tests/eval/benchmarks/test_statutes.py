"""Real statutes: every article is found, and every passage bears its own."""

from __future__ import annotations

import json
import lzma
import random
import tarfile
from collections.abc import Iterator

import pytest

from wenju.corpus.formats.markup import read_markdown
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.statutes.check import Report, check
from wenju.eval.benchmarks.statutes.truth import FORMS, counted, han, rendered, value

SCALE = data_folder() / "scale"
TAIWAN, MAINLAND = SCALE / "tw_laws_zh_hant.jsonl.xz", SCALE / "prc_laws.tar.xz"
FAULTS = ("label wrong", "article that is none", "article missed", "passage of two articles")
# text and number run together there, and a few cannot be told apart even by a reader
SURE_FORMS = sorted(set(FORMS) - {"glued"})


def faults(report: Report) -> dict[str, list[str]]:
    return {kind: report.examples[kind] for kind in FAULTS if report.counts[kind]}


@pytest.mark.skipif(not TAIWAN.is_file(), reason=f"there are no laws at {TAIWAN}; set WENJU_DATA")
@pytest.mark.parametrize("form", SURE_FORMS)
def test_articles_of_taiwan(form: str) -> None:
    with lzma.open(TAIWAN, "rt", encoding="utf-8") as file:
        lines = random.Random(11).sample(list(file), 40)
    report = Report()
    for law in map(json.loads, lines):
        report.add(check(rendered(law["title"], law["articles"], form)))
    assert report.counts["articles"] > 400
    assert faults(report) == {}


@pytest.mark.skipif(not MAINLAND.is_file(), reason=f"there are no laws at {MAINLAND}")
def test_articles_of_the_mainland() -> None:
    report = Report()
    for name, data in _files(40):
        source = read_markdown(data, name, name)[0][0]
        starts = [heading.start for heading in source.headings]
        report.add(check(counted(name, source.text, starts), source.headings))
    assert report.counts["articles"] > 1000
    assert faults(report) == {}


def _files(count: int) -> Iterator[tuple[str, bytes]]:
    """The first laws of the archive; it can only be read from its beginning."""
    with tarfile.open(MAINLAND, "r:xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(").md") else None
            if file and (count := count - 1) >= 0:
                yield member.name, file.read()
            elif count < 0:
                return


def test_a_fault_is_seen() -> None:
    law = rendered("某法", [("第 1 條", "甲。"), ("第 2 條", "乙。")], "official")
    assert faults(check(law)) == {}
    moved = type(law)(law.name, law.form, law.text.replace("第 2 條", "第 1 項"), law.places)
    assert set(faults(check(moved))) == {"article missed", "passage of two articles"}


@pytest.mark.parametrize("number", [1, 10, 11, 20, 103, 110, 1001, 1010, 1077, 1260])
def test_numerals_go_both_ways(number: int) -> None:
    assert value(han(number)) == number
