"""What the search index finds, the answerer finds: over samples, statutes and made-up text."""

from __future__ import annotations

import json
import lzma
import os
import tarfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.values.test_terms import PIECES
from wenju.corpus.script import fold
from wenju.corpus.values import Place, Value, terms, values, walk
from wenju.index.query import parse_query
from wenju.qa.candidates import PATTERNED_KINDS, candidates
from wenju.qa.question import Question

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("WENJU_DATA") or ROOT.parent / "shared" / "data") / "scale"
SAMPLES = sorted(
    path
    for path in (ROOT / "corpus" / "samples").iterdir()
    if path.suffix in (".txt", ".md", ".html", ".jsonl", ".csv")
)
QUESTIONS = (
    "多少",
    "几家",
    "几个",
    "第几届",
    "什么时候截止",
    "从哪天开始",
    "星期几",
    "how many staff",
)


def check_nesting(outer: Place, found: list[Value]) -> None:
    """Sorted, disjoint, none empty, all inside; parts likewise, down to the last."""
    at = outer[0]
    for value in found:
        assert at <= value.start < value.end <= outer[1]
        assert value.whole[0] <= value.start and value.end <= value.whole[1]
        check_nesting(value.place, [*value.parts])
        inner = [term for part in value.parts for term in part.terms]
        assert not inner or inner == [*value.terms]
        at = value.end


def check_bounds(length: int, found: list[Value]) -> None:
    """No two values, with the words that bound them, share a character."""
    at = 0
    for value in found:
        assert at <= value.whole[0] < value.whole[1] <= length
        at = value.whole[1]


def check(text: str) -> None:
    folded = fold(text)
    found = values(folded)
    check_nesting((0, len(folded)), found)
    check_bounds(len(folded), found)
    assert terms(folded) == [term for value in found for term in value.terms]
    known = {place for v in walk(found) for place in (tidy(folded, v.place), tidy(folded, v.whole))}
    for kind in sorted(PATTERNED_KINDS):
        for asked in QUESTIONS:
            question = Question(parse_query(asked), kind, measure="家" if "家" in asked else "")
            assert {*candidates(question, folded, text)} <= known


def tidy(folded: str, place: Place) -> Place:
    """As candidates are shown: without blanks and marks at their ends."""
    start, end = place
    inside = folded[start:end]
    start += len(inside) - len(inside.lstrip(" ,，、"))
    return start, start + len(inside.strip(" ,，、").rstrip(" ,，、."))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_of_the_samples(path: Path) -> None:
    check(path.read_text("utf-8"))


def statutes() -> Iterator[str]:
    """Every hundredth law of either side."""
    with tarfile.open(DATA / "prc_laws.tar.xz") as archive:
        for member in islice((m for m in archive if m.isfile()), 0, 2000, 100):
            content = archive.extractfile(member)
            assert content is not None
            yield content.read().decode("utf-8", "replace")
    with lzma.open(DATA / "tw_laws_zh_hant.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, 2000, 100):
            yield json.dumps(json.loads(line)["articles"], ensure_ascii=False)


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason=f"the statutes of {DATA} are not here")
def test_of_statutes() -> None:
    for text in statutes():
        for start in range(0, min(len(text), 8000), 400):
            check(text[start : start + 400])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_of_any_text(text: str) -> None:
    check(text)


@given(
    st.lists(
        st.sampled_from(
            "5月1日 起 至 到 - 30日 止 9:00 17:00 上午 最高 不少于 约 1000万元 3 5 家 个工作日 以内 以上 内 前 周三 每 、 "
            "02-2720-8889 转12 110 1999 www.a.cn/ a@b.cn 第 12 条 之一 半 两 年 近百 % 百分之 角 年代 世纪 "
            "2020 2024-04-02 T10:00 t (周二)".split()
        )
    ).map("".join)
)
def test_of_values_side_by_side(text: str) -> None:
    check(text)
