"""What is read off the head and the foot of whole documents, and not off what they speak of."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from wenju.corpus.build import build_document
from wenju.corpus.document import Source
from wenju.corpus.metadata.fields import KINDS
from wenju.corpus.metadata.issuers import issuer_of
from wenju.corpus.script import fold, to_simplified, to_traditional

DOCUMENTS = tomllib.loads(Path(__file__).with_name("documents.toml").read_text(encoding="utf-8"))
OF_METADATA = ("issued", "effective", "expires", "number", "kind")


def told(text: str) -> dict[str, str]:
    document = build_document(Source("a.txt", "/a.txt", text.strip() + "\n"))
    own = {"title": document.title, "date": document.date, "issuer": document.issuer}
    return own | {field: getattr(document.metadata, field) for field in OF_METADATA}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_head_and_foot(name: str) -> None:
    expected = {"date": "", "issuer": "", **dict.fromkeys(OF_METADATA, "")} | DOCUMENTS[name]
    expected["date"] = expected["date"] or expected["issued"]
    found = told(expected.pop("text"))
    assert {field: found[field] for field in expected} == expected
    assert expected["kind"] in ("", *KINDS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_scripts_say_the_same(name: str) -> None:
    text = DOCUMENTS[name]["text"]
    plain = told(text)
    for other in (to_simplified(text), to_traditional(text)):
        found = told(other)
        for field in ("date", "issued", "effective", "expires", "kind"):
            assert found[field] == plain[field]
        assert fold(found["issuer"]) == fold(plain["issuer"])
        assert fold(found["number"]) == fold(plain["number"])


@pytest.mark.parametrize(
    ("text", "title", "issuer"),
    [
        ("館藏展覽。\n青原縣博物館管理處\n2024年5月1日\n青原縣文化局\n2024年6月1日\n", "", ""),
        ("以下單位參加：\n青原縣衛生局\n青原縣文化局\n", "", ""),
        ("正文。\n正本：青原縣政府\n", "", ""),
        ("正文到此。\n", "青原縣政府關於停水的公告", "青原縣政府"),
        ("正文到此。\n", "本縣關於停水的公告", ""),
        ("停水公告\n正文到此。\n", "", ""),
    ],
)
def test_a_body_that_is_named_otherwise_issued_nothing(text: str, title: str, issuer: str) -> None:
    assert issuer_of(text, title) == issuer
