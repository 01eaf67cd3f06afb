"""Versions of one text: which counts on a day, whatever else the library holds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.script import to_traditional
from wenju.index.records import DocumentFacts
from wenju.index.titles import title_of
from wenju.index.versions import AFTER, COUNTS, NEVER, Asked, Versions

TODAY = "2026-06-15"
DAYS = st.dates().map(lambda day: day.isoformat()).filter(lambda day: "1950" < day < "2100")


def facts(
    name: str, title: str = "碧水县城乡居民门诊统筹办法", date: str = "", **said: object
) -> DocumentFacts:
    """A statute that says this of itself."""
    metadata = Metadata(**{"kind": "regulation", **said})  # type: ignore[arg-type]  # any field
    return DocumentFacts(name, f"{name}.txt", title, date, "", metadata)


OLD = facts("old", effective="2020-04-01", issued="2020-03-05")
NEW = facts(
    "new", "碧水县城乡居民门诊统筹办法（修订）", effective="2023-09-01", issued="2023-08-10"
)
COMING = facts("coming", effective="2027-01-01", issued="2026-05-01")
DRAFT = facts(
    "draft", "碧水县城乡居民门诊统筹办法（征求意见稿）", issued="2024-05-01", kind="draft"
)


def statuses(documents: Sequence[DocumentFacts], day: str = TODAY) -> dict[str, str]:
    versions = Versions(documents)
    return {d.id: versions.standing(d.id, day).status for d in documents}


def test_of_several_versions_the_last_that_has_begun_is_in_force() -> None:
    every = [OLD, NEW, COMING, DRAFT]
    assert statuses(every) == {
        "old": "superseded",
        "new": "in_force",
        "coming": "not_yet",
        "draft": "draft",
    }
    assert {Versions(every).standing(d.id, TODAY).current for d in every if d is not NEW} == {"new"}
    assert Versions(every).standing("new", TODAY).current == ""
    assert statuses(every, "2021-01-01")["old"] == "in_force"
    assert statuses(every, "2023-08-20")["old"] == "in_force"
    assert statuses(every, "2028-01-01")["new"] == "superseded"


@given(st.permutations([OLD, NEW, COMING, DRAFT]), DAYS)
def test_the_order_of_documents_says_nothing(documents: list[DocumentFacts], day: str) -> None:
    assert statuses(documents, day) == statuses([OLD, NEW, COMING, DRAFT], day)


@given(st.lists(DAYS, min_size=1, max_size=6, unique=True), DAYS)
def test_on_every_day_one_version_is_in_force_from_the_first_on(days: list[str], day: str) -> None:
    documents = [facts(f"d{i}", effective=since) for i, since in enumerate(days)]
    found = [name for name, status in statuses(documents, day).items() if status == "in_force"]
    begun = [since for since in days if since <= day]
    assert found == ([f"d{days.index(max(begun))}"] if begun else [])


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True), DAYS, DAYS)
def test_an_older_version_changes_nothing(days: list[str], older: str, day: str) -> None:
    documents = [facts(f"d{i}", effective=since) for i, since in enumerate(days)]
    if older >= min(days) or older > day:
        return
    asked = Asked(day)
    before, after = Versions(documents), Versions([*documents, facts("older", effective=older)])
    begun = any(since <= day for since in days)
    for document in documents:
        if begun:
            assert before.part(document.id, asked) == after.part(document.id, asked)
    assert after.part("older", asked) == (NEVER if begun else COUNTS)


def test_without_the_version_in_force_the_one_before_counts() -> None:
    assert statuses([OLD, COMING, DRAFT])["old"] == "in_force"
    assert Versions([OLD, DRAFT]).part("old", Asked(TODAY)) == COUNTS


@pytest.mark.parametrize(
    "alone", [DRAFT, facts("gone", issued="2010-01-01", repealed="2015-02-01")]
)
def test_alone_a_text_that_is_not_in_force_answers_after_others(alone: DocumentFacts) -> None:
    assert Versions([alone]).part(alone.id, Asked(TODAY)) == AFTER
    assert Versions([alone, NEW]).part("draft" if alone is DRAFT else "gone", Asked(TODAY)) == NEVER


def test_what_is_repealed_or_expired_was_in_force_before() -> None:
    repealed = facts("a", issued="2010-01-01", repealed="2015-02-01")
    expired = facts("b", "他县办法", effective="2010-01-01", expires="2015-02-01")
    unknown = facts("c", "某县办法", issued="2010-01-01", repealed="yes")
    assert statuses([repealed, expired, unknown]) == {
        "a": "repealed",
        "b": "expired",
        "c": "repealed",
    }
    assert statuses([repealed, expired], "2015-01-31") == {"a": "in_force", "b": "in_force"}
    # on its last day it holds
    assert statuses([expired], "2015-02-01") == {"b": "in_force"}


def test_a_text_of_another_title_replaces_what_it_names() -> None:
    act, code = facts("act", "婚姻法", issued="2001-04-28"), "民法典"
    new = facts("code", code, issued="2020-05-28", effective="2021-01-01", replaces=("婚姻法",))
    versions = Versions([act, new])
    assert versions.standing("act", "2020-12-31").status == "in_force"
    assert versions.standing("act", TODAY).current == "code"
    assert versions.part("act", Asked(TODAY)) == NEVER
    assert versions.part("act", Asked("2020-12-31", fixed=True)) == COUNTS
    assert versions.in_place_of("act", Asked(TODAY)) == ["code"]
    assert versions.part("act", Asked(TODAY, old=True)) == COUNTS
    assert versions.part("code", Asked(TODAY, old=True)) == NEVER


def test_a_draft_replaces_nothing() -> None:
    draft = facts("d", "新办法草案", issued="2024-01-01", kind="draft", replaces=(OLD.title,))
    assert statuses([OLD, draft])["old"] == "in_force"


def test_years_and_words_ask_for_versions() -> None:
    versions = Versions([OLD, NEW, COMING, DRAFT])

    def counting(**asked: object) -> set[str]:
        said = Asked(TODAY, **asked)  # type: ignore[arg-type]  # any field
        return {i for i in ("old", "new", "coming", "draft") if versions.part(i, said) == COUNTS}

    assert counting() == {"new"}
    assert counting(years=frozenset({"2020"})) == {"old"}
    assert counting(years=frozenset({"2021"})) == {"old"}
    assert counting(years=frozenset({"2023"})) == {"new"}
    assert counting(years=frozenset({"2024"})) == {"draft"}
    assert counting(years=frozenset({"1990"})) == {"new"}
    assert counting(old=True) == {"old"}
    assert counting(draft=True) == {"draft"}
    assert counting(upcoming=True) == {"coming"}


@given(
    st.sets(
        st.sampled_from(["old", "new", "coming", "draft", "alone", "gone", "later", "act", "code"])
    ),
    DAYS,
    *(st.booleans() for _ in range(4)),
    st.sets(st.sampled_from(["2010", "2020", "2023", "2024", "2090"])),
)
def test_what_is_left_out_is_known_at_once(
    names: set[str], day: str, fixed: bool, old: bool, draft: bool, upcoming: bool, years: set[str]
) -> None:
    every = [OLD, NEW, COMING, DRAFT, facts("alone", "独办法", issued="2010-01-01")]
    every += [facts("gone", "旧办法", issued="2010-01-01", repealed="yes")]
    every += [
        facts("later", "后办法", effective="2090-01-01"),
        facts("act", "甲法", issued="2001-04-28"),
    ]
    every += [facts("code", "乙法典", issued="2020-05-28", replaces=("甲法",))]
    there = [d for d in every if d.id in names]
    years = set() if fixed else years  # as asked_of has it
    asked, versions = Asked(day, fixed, frozenset(years), old, draft, upcoming), Versions(there)
    never = {d.id for d in there if versions.part(d.id, asked) == NEVER}
    assert versions.left_out(asked) == never


def test_texts_of_other_places_and_other_kinds_are_no_versions() -> None:
    here = facts("here", "公司法", issued="2018-01-01", jurisdiction="TW", kind="law")
    there = facts("there", "公司法", issued="2023-01-01", jurisdiction="CN", kind="law")
    assert statuses([here, there]) == {"here": "in_force", "there": "in_force"}
    meetings = [
        facts(f"m{year}", "青原市政府新聞發布會", f"{year}-05-01", kind="press_conference")
        for year in (2023, 2024)
    ]
    assert set(statuses(meetings).values()) == {"unknown"}


def test_parts_of_one_edition_are_not_versions_of_one_another() -> None:
    parts = [facts(f"p{i}", "民法典", issued="2020-05-28") for i in range(3)]
    assert set(statuses(parts).values()) == {"in_force"}


SAME = (
    "碧水县城乡居民门诊统筹办法",
    "碧水县城乡居民门诊统筹办法（修订）",
    "碧水县城乡居民门诊统筹办法(2023年修正)",
    "碧水县城乡居民门诊统筹办法（征求意见稿）",
    "碧水县城乡居民门诊统筹办法（草案）",
    "碧水县城乡居民门诊统筹办法(2023-08-10)",
    "《碧水县城乡居民门诊统筹办法》",
    "关于印发《碧水县城乡居民门诊统筹办法》的通知",
    "关于《碧水县城乡居民门诊统筹办法（征求意见稿）》公开征求意见的公告",
    "２０２３年碧水县城乡居民门诊统筹办法",
)
OTHERS = (
    "碧水县城乡居民门诊统筹办法实施细则",
    "碧水县城乡居民门诊统筹暂行办法",
    "关于修改《碧水县城乡居民门诊统筹办法》的决定",
    "《碧水县城乡居民门诊统筹办法》解读",
    "碧水县城乡居民门诊统筹办法（一）",
)


@pytest.mark.parametrize("title", SAME)
def test_titles_of_one_text_have_one_name(title: str) -> None:
    assert title_of(title).key == title_of(SAME[0]).key
    assert title_of(to_traditional(title)) == title_of(title)


@pytest.mark.parametrize("title", OTHERS)
def test_titles_of_other_texts_have_another(title: str) -> None:
    assert title_of(title).key != title_of(SAME[0]).key


def test_a_state_in_the_title_says_nothing() -> None:
    assert title_of("中华人民共和国劳动法").key == title_of("勞動法").key
