"""The measure of what is read of documents."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from wenju.corpus.build import build_document
from wenju.corpus.document import Source
from wenju.eval.benchmarks.data import data_folder
from wenju.eval.benchmarks.metadata import Case, judge, measure, places_in_passages

LAWS = data_folder() / "scale"
KNOWN = {
    "date": "2024-07-31",
    "kind": "law",
    "jurisdiction": "TW",
    "repealed": "",
    "language": "zh-Hant",
}
TEXT = "法規名稱：公路測試條例\n修正日期：民國 113 年 07 月 31 日\n第 1 條 應處新臺幣三百元罰鍰。"


def outcomes(known: Mapping[str, str], *, told: bool = True) -> dict[str, str]:
    case = Case("a", Source("a.txt", "/a", TEXT), known, told=told)
    return {finding.field: finding.outcome for finding in judge(case)}


def test_outcomes_by_hand() -> None:
    assert set(outcomes(KNOWN).values()) == {"right"}
    wrong = {field: "else" for field in KNOWN}
    assert outcomes(wrong) == dict.fromkeys(KNOWN, "wrong") | {"repealed": "empty"}
    assert outcomes(wrong, told=False)["date"] == "other day"


def test_a_place_below_the_known_one_is_right_and_one_above_is_empty() -> None:
    text = "无锡市停车条例\n第一条 停车。"
    for known, outcome in (("CN/江苏", "right"), ("CN", "right"), ("CN/浙江", "wrong")):
        case = Case("a", Source("a.txt", "/a", text), KNOWN | {"jurisdiction": known})
        found = {finding.field: finding.outcome for finding in judge(case)}
        assert found["jurisdiction"] == outcome


@pytest.mark.skipif(
    not (LAWS / "prc_laws.tar.xz").is_file(), reason=f"no laws at {LAWS}; set WENJU_DATA"
)
def test_what_is_filled_is_right() -> None:
    findings = measure(12, seed=5)
    filled = [f for f in findings if f.value and f.outcome != "other day"]
    assert len(filled) > 150
    assert sum(f.outcome == "right" for f in filled) >= 0.97 * len(filled)
    cases = {id(f.case): f.case for f in findings}.values()
    assert all(places_in_passages(build_document(case.source)) for case in cases)
