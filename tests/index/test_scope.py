"""Scopes: which documents they hold, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.metadata.fields import KINDS, Metadata
from wenju.index.records import DocumentFacts
from wenju.index.scope import BadScope, Scope


def facts(name: str, issuer: str = "", date: str = "", **said: str) -> DocumentFacts:
    return DocumentFacts(name, f"{name}.txt", name, date, issuer, Metadata(**said))  # type: ignore[arg-type]  # words only


LIBRARY = [
    facts("law", kind="law", issued="2018-12-29", jurisdiction="CN"),
    facts(
        "city", "臺北市政府勞動局", kind="regulation", issued="2021-05-01", jurisdiction="TW/臺北市"
    ),
    facts("news", "北京市人民政府", "2021-06-30", kind="notice", jurisdiction="CN/北京市"),
    facts("bare"),
]


def held(**said: Any) -> list[str] | None:  # noqa: ANN401 - any field
    return Scope(**said).holding(LIBRARY)


def test_a_scope_holds_what_says_so() -> None:
    assert held() is None
    assert held(document_ids=("law",)) == ["law"]
    assert held(kinds=("law", "notice")) == ["law", "news"]
    assert held(issuers=("台北市政府",)) == ["city"]
    assert held(jurisdictions=("CN",)) == ["law", "news"]
    assert held(jurisdictions=("TW/台北市",)) == held(jurisdictions=("台北",)) == ["city"]
    assert held(jurisdictions=("臺灣",)) == ["city"]
    assert held(kinds=("law",), issuers=("臺北",)) == []
    assert held(kinds=("law", "notice"), document_ids=("news", "bare")) == ["news"]


def test_days_are_both_included_and_may_be_months_and_years() -> None:
    assert held(issued_from="2021-05-01") == ["city", "news"]
    assert held(issued_from="2021-05-02") == ["news"]
    assert held(issued_until="2021-05-01") == held(issued_until="2021-05") == ["law", "city"]
    assert held(issued_from="2021", issued_until="2021") == ["city", "news"]


@given(st.sampled_from(KINDS), st.sampled_from(["CN", "TW", "TW/臺北市"]))
def test_a_further_filter_holds_no_more(kind: str, place: str) -> None:
    both = held(kinds=(kind,), jurisdictions=(place,)) or []
    assert {*both} == {*(held(kinds=(kind,)) or [])} & {*(held(jurisdictions=(place,)) or [])}


def test_only_narrows_down() -> None:
    scope = Scope(document_ids=("law", "city"))
    assert scope.only(None) == scope
    assert scope.only(["city", "bare"]).document_ids == ("city",)
    assert Scope().only([]).holding(LIBRARY) == []


@pytest.mark.parametrize(
    "said",
    [
        {"kinds": ("statute",)},
        *({"as_of": day} for day in ("5. Mai", "2021-13-01", "2021-5-1", "民國110年")),
        *({name: "yesterday"} for name in ("issued_from", "issued_until")),
    ],
)
def test_what_cannot_be_meant_is_said(said: dict[str, Any]) -> None:
    with pytest.raises(BadScope, match="expected"):
        Scope(**said)
