"""Metadata that a person or a file's format gives: checked, one field at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from wenju.corpus.errors import WenjuError
from wenju.corpus.lexicon import phrase
from wenju.corpus.metadata.facts import days
from wenju.corpus.metadata.fields import KINDS, Metadata
from wenju.corpus.script import fold

OF_DOCUMENT = ("title", "date", "issuer")
DATES = ("date", "issued", "effective", "expires", "amended")
FIELDS = (
    *OF_DOCUMENT,
    *("kind", "number", "issued", "effective", "expires", "amended", "repealed"),
    *("jurisdiction", "language", "replaces"),
)
"""What a person may give."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_JURISDICTION = re.compile(r"[A-Z]{2}(?:/[^/\s]+)*")
_TAIWAN_CODE = re.compile(r"[A-Z][0-9]{7}")  # of the ministry of justice's database
_YES, _NO = ("yes", "true"), ("no", "false")


class MetadataError(WenjuError):
    """A field that is not known, or a value that it cannot have."""


def checked(field: str, value: object) -> str | tuple[str, ...]:
    """The value as it is stored; raises MetadataError for an unknown field or a malformed value."""
    if field not in FIELDS:
        known = ", ".join(FIELDS)
        raise MetadataError(f"There is no field {field!r}; expected one of {known}.")
    if field == "replaces":
        return tuple(filter(None, (_line(title) for title in _list(value))))
    words = _line(value)
    if not words or field in ("title", "issuer", "number"):
        return words
    if field in DATES:
        return _day(field, words)
    return _CHECKS[field](words)


def _line(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else " ".join(str(value).split())


def _list(value: object) -> Iterable[object]:
    if isinstance(value, (list, tuple)):
        return value
    return [] if value is None else re.split(r"[;；\n]", str(value))


def _day(field: str, words: str) -> str:
    found = days(fold(words))
    if len(found) != 1:
        raise MetadataError(
            f"{field} is {words!r}; expected one day as YYYY-MM-DD, or as documents write it."
        )
    return found[0].value


def _kind(words: str) -> str:
    for kind, name in (("law", "nature_law"), ("regulation", "nature_regulation")):
        if phrase(name, "metadata").search(fold(words)):
            return kind
    if words not in KINDS:
        raise MetadataError(f"kind is {words!r}; expected one of {', '.join(KINDS)}.")
    return words


def _repealed(words: str) -> str:
    if words.lower() in (*_YES, *_NO):
        return "yes" if words.lower() in _YES else ""
    try:
        return _day("repealed", words)
    except MetadataError:
        raise MetadataError(
            f"repealed is {words!r}; expected a day as YYYY-MM-DD, yes or no."
        ) from None


def _jurisdiction(words: str) -> str:
    if not _JURISDICTION.fullmatch(words):
        raise MetadataError(
            f"jurisdiction is {words!r}; expected a path such as TW/臺北市, CN/江苏省 or HK."
        )
    return words


def _language(words: str) -> str:
    if not _LANGUAGE.fullmatch(words):
        raise MetadataError(f"language is {words!r}; expected a tag such as zh-Hant or en.")
    return words


_CHECKS = {
    "kind": _kind,
    "repealed": _repealed,
    "jurisdiction": _jurisdiction,
    "language": _language,
}


def given(values: Mapping[str, object]) -> tuple[dict[str, Any], Metadata, list[str]]:
    """Title, date and issuer, the other fields, and a sentence for each that is none.

    What is not known or malformed is left out; a date in words (去年春天) is kept as it is.
    """
    of_document: dict[str, Any] = {}
    metadata = Metadata()
    problems = []
    for field, value in values.items():
        try:
            found: Any = _line(value) if field == "date" else checked(field, value)
        except MetadataError as error:
            problems.append(str(error))
            continue
        if field in OF_DOCUMENT:
            of_document[field] = found
        else:
            metadata = replace(metadata, **{field: found})
    return of_document, metadata, problems


def of_record(record: Mapping[str, object]) -> Metadata:
    """What the fields of a JSON record tell; others than FIELDS may mean anything and are passed over.

    ``nature`` tells the kind (法律, 命令), ``category`` that it is repealed (廢止法規＞內政部), and a
    ``pcode`` that it is of Taiwan. A question with its answer is a FAQ.
    """
    told = {f: record[f] for f in FIELDS if f not in OF_DOCUMENT and record.get(f)}
    told.setdefault("kind", record.get("nature") or "")
    if phrase("category_repealed", "metadata").search(fold(_line(record.get("category")))):
        told.setdefault("repealed", "yes")
    if _TAIWAN_CODE.fullmatch(_line(record.get("pcode"))):
        told.setdefault("jurisdiction", "TW")
    if not told["kind"] and record.get("question") and record.get("answer"):
        told["kind"] = "faq"
    return given(told)[1]
