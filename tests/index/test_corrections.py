"""What people set of documents: shown everywhere, kept when the file changes, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from wenju.corpus.metadata.given import MetadataError
from wenju.index.corrections import correct
from wenju.index.encoding import encode_missing, encoded_text
from wenju.index.ingest import AddReport, Ingest
from wenju.index.library import Library, UnknownDocument

TEXT = (
    "停車辦法\n發布日期：2024年5月6日\n第一條 車輛應停放於停車場內。\n第二條 本辦法自發布日施行。"
)


def add(library: Library, path: Path) -> AddReport:
    return Ingest(library, FakeEncoder(), None).add_paths([path])


@pytest.fixture
def path(tmp_path: Path, library: Library) -> Path:
    path = tmp_path / "law.txt"
    path.write_text(TEXT, encoding="utf-8")
    add(library, path)
    return path


def only(library: Library) -> str:
    (summary,) = library.documents()
    return summary.id


def test_what_is_set_is_shown_everywhere(library: Library, path: Path) -> None:
    changes = {"effective": "民國113年7月1日", "kind": "regulation", "replaces": "甲；乙"}
    correct(library, only(library), changes)
    document, (summary,) = library.document(only(library)), library.documents()
    assert document.metadata == summary.metadata
    assert document.metadata.effective == "2024-07-01"
    assert document.metadata.replaces == ("甲", "乙")
    assert "effective" not in {field for field, *_ in document.metadata.places}
    assert document.metadata.issued == "2024-05-06"


def test_title_and_issuer_are_searched_and_encoded_anew(library: Library, path: Path) -> None:
    before = library.numbers().tolist()
    correct(
        library, only(library), {"title": "新停車辦法", "issuer": "市政府", "date": "2020-01-02"}
    )
    passages = library.passages_of(only(library))
    assert {(p.title, p.issuer, p.date) for p in passages} == {
        ("新停車辦法", "市政府", "2020-01-02")
    }
    assert all("新停車辦法 市政府" in encoded_text(p) for p in passages)
    assert not {*before} & {*library.numbers().tolist()}
    assert encode_missing(library, FakeEncoder()) == len(passages)


def test_other_fields_keep_the_vectors(library: Library, path: Path) -> None:
    before = library.numbers().tolist()
    revision = library.revision
    correct(library, only(library), {"date": "2020-01-02", "repealed": "yes"})
    assert library.numbers().tolist() == before
    assert encode_missing(library, FakeEncoder()) == 0
    assert library.revision > revision
    assert {p.date for p in library.passages_of(only(library))} == {"2020-01-02"}


def test_it_outlives_a_change_of_the_file(library: Library, path: Path) -> None:
    correct(library, only(library), {"title": "我的停車辦法", "expires": "2030-01-01"})
    assert add(library, path).unchanged == 1
    path.write_text(TEXT.replace("5月6日", "5月7日"), encoding="utf-8")
    assert add(library, path).updated == 1
    document = library.document(only(library))
    assert document.title == "我的停車辦法"
    assert document.metadata.expires == "2030-01-01"
    assert document.metadata.issued == document.date == "2024-05-07"
    assert add(library, path).unchanged == 1


def test_it_can_be_taken_back(library: Library, path: Path) -> None:
    before = library.document(only(library))
    correct(
        library, only(library), {"title": "別的", "issued": "2000-01-01", "repealed": "2001-01-01"}
    )
    changed = library.document(only(library))
    assert (changed.title, changed.date, changed.metadata.repealed) == (
        *("別的", "2000-01-01"),
        "2001-01-01",
    )
    correct(library, only(library), {"title": None, "issued": None})
    assert library.document(only(library)) == replace(
        before, metadata=replace(before.metadata, repealed="2001-01-01")
    )
    correct(library, only(library), {"repealed": None})
    assert library.document(only(library)) == before
    assert library.rows("SELECT * FROM corrections") == []


def test_what_a_person_says_is_nothing_is_nothing(library: Library, path: Path) -> None:
    correct(library, only(library), {"effective": "", "repealed": "no"})
    assert library.document(only(library)).metadata.effective == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "red"}, "no field 'colour'"),
        ({"colour": None}, "no field 'colour'"),
        ({"effective": "soon"}, "YYYY-MM-DD"),
        ({"date": "2024-13-45"}, "YYYY-MM-DD"),
        ({"kind": "poem"}, "press_conference"),
        ({"language": "Chinese!"}, "zh-Hant"),
        ({"jurisdiction": "taipei"}, "TW/臺北市"),
        ({"repealed": "perhaps"}, "yes or no"),
        ({"title": "好的", "issued": "壞的"}, "issued is '壞的'"),
    ],
)
def test_what_cannot_be_changes_nothing(
    library: Library, path: Path, changes: dict[str, str | None], said: str
) -> None:
    before = library.document(only(library))
    with pytest.raises(MetadataError, match=said):
        correct(library, only(library), changes)
    assert library.document(only(library)) == before


def test_an_unknown_document(library: Library) -> None:
    with pytest.raises(UnknownDocument):
        correct(library, "x", {"kind": "law"})
