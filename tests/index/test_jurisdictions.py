"""Jurisdictions: which lie in which, and what a question names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.index.jurisdictions import JurisdictionNames, compatible, outermost, path_of, within
from wenju.index.records import DocumentFacts

PATHS = st.lists(st.sampled_from(["TW", "臺北市", "CN", "北京市"]), max_size=3).map("/".join)


def named(question: str) -> set[str]:
    return {*NAMES.named(fold(to_simplified(question)))}


def law(title: str, place: str, issuer: str = "") -> DocumentFacts:
    return DocumentFacts(title, title, title, "", issuer, Metadata(kind="law", jurisdiction=place))


NAMES = JurisdictionNames(
    [
        law("勞動基準法", "TW"),
        law("中华人民共和国劳动法", "CN"),
        law("公司法", "TW"),
        law("中华人民共和国公司法", "CN"),
        law("碧水县城乡居民门诊统筹办法", "CN/江苏省/碧水县", "碧水县人民政府"),
    ]
)


@given(PATHS, PATHS)
def test_places_that_go_together(one: str, other: str) -> None:
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one) and compatible(one, "")
    if one and other:
        assert compatible(one, other) == (within(one, other) or within(other, one))
    if within(one, other) and other:
        assert outermost(one) == outermost(other)


def test_a_part_of_a_name_is_no_place_inside() -> None:
    assert within("TW/臺北市", "TW") and within("TW/台北市", "TW/臺北市")
    assert not within("TW/臺北", "TW/臺") and not within("TW", "TW/臺北市")


def test_names_of_places() -> None:
    assert path_of("台北") == path_of("臺北市") == "TW/臺北市"
    assert path_of("大陆") == path_of("中华人民共和国") == "CN"
    assert path_of("nowhere") == "nowhere"


def test_a_question_names_places_bodies_and_laws() -> None:
    for script in (to_simplified, to_traditional):
        assert named(script("臺北市的托育補助")) == {"TW/臺北市"}
        assert named(script("大陆的劳动者")) == {"CN"}
        assert named(script("勞動基準法怎麼規定")) == {"TW"}
        assert named(script("劳动法怎么规定")) == {"CN"}
        assert named(script("碧水县的门诊报销比例")) == {"CN/江苏省/碧水县"}
        assert named(script("碧水县人民政府的电话")) == {"CN/江苏省/碧水县"}
        assert named(script("加班费怎么算")) == set()


def test_a_title_that_both_have_names_both() -> None:
    assert named("公司法規定董事任期幾年") == {"TW", "CN"}


def test_without_known_places_nothing_is_named() -> None:
    assert JurisdictionNames([law("劳动法", "")]).named("北京的最低工资") == {}
