"""Source to Document: repaired, its headings and pages carried over, its title and date found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from wenju.corpus.document import (
    SURE,
    Alignment,
    Document,
    Heading,
    Page,
    Region,
    Repair,
    Source,
    apply_repairs,
    content_id,
)
from wenju.corpus.inventory import Inventory
from wenju.corpus.layout import outline
from wenju.corpus.lexicon import any_word, phrase
from wenju.corpus.metadata.extraction import extract, merged
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.metadata.issuers import is_body, issuer_of
from wenju.corpus.metadata.numbers import is_number
from wenju.corpus.repair import repair
from wenju.corpus.script import fold
from wenju.corpus.values import terms

_HEAD, _MAX_TITLE = 300, 60
# official letters say under this label what they are about
_SUBJECT = re.compile(rf"^{any_word('subject_labels')}\s*:\s*([^。\n]{{4,60}})", re.MULTILINE)


def build_document(source: Source) -> Document:
    """Repair a source and find what its head says; the same source gives the same document."""
    repairs = repair(source.text, source.regions)
    text = apply_repairs(source.text, repairs)
    alignment = Alignment(repairs)
    headings = tuple(
        Heading(alignment.to_text(h.start), alignment.to_text(h.end), h.level)
        for h in source.headings
    )
    regions = tuple(
        replace(r, start=alignment.to_text(r.start), end=alignment.to_text(r.end))
        for r in source.regions
    )
    document = Document(
        id=content_id(source.text),
        name=source.name,
        origin=source.origin,
        title=_clean(source.title),
        date=source.date,
        issuer=_clean(source.issuer),
        source_text=source.text,
        text=text,
        repairs=repairs,
        headings=headings,
        pages=tuple(Page(alignment.to_text(p.start), p.number) for p in source.pages),
        regions=regions,
        inventory=_counted(source.inventory, regions, repairs),
    )
    return described(document, source.metadata)


def described(document: Document, told: Metadata = Metadata()) -> Document:  # noqa: B008 - frozen
    """The document with what its text says of it, where nothing else does.

    ``told`` is what its format tells beside title, date and issuer.
    """
    title = document.title or _title(document)
    issuer = document.issuer or issuer_of(document.text, title)
    read, day = extract(document.text, title, issuer)
    metadata = merged(told, read)
    own = told.amended or told.issued
    date = _iso(document.date) or document.date or own or day
    return replace(document, title=title, date=date, issuer=issuer, metadata=metadata)


def _counted(
    inventory: Inventory, regions: Sequence[Region], repairs: Sequence[Repair]
) -> Inventory:
    """With what its regions and repairs tell: its tables, and the places that are not certain."""
    unsure = sum(1 for r in regions if r.certainty is not None and r.certainty < SURE)
    unresolved = sum(1 for r in repairs if r.kind == "unresolved")
    tables = sum(1 for r in regions if r.kind == "table")
    return replace(inventory, tables=tables, doubts=unsure + unresolved)


def _clean(text: str) -> str:
    """Metadata on one line, repaired like the text."""
    return " ".join(apply_repairs(text, repair(text)).split())


def _title(document: Document) -> str:
    """The first marked heading of the outermost level, or a first line that reads like one."""
    if document.headings:
        first = min(document.headings, key=lambda h: (h.level, h.start))
        return document.text[first.start : first.end].strip()
    head = document.text[:_HEAD]
    if label := _title_label().search(fold(head)):
        return head[slice(*label.span(1))].strip()
    if subject := _SUBJECT.search(fold(head)):
        return head[slice(*subject.span(1))]
    lines = [line.strip().lstrip("#- ") for line in document.text.strip().split("\n", 4)]
    below = [line for line in lines[1:-1] if not is_number(line)]
    if below and _heads_letter(lines[0]) and _is_title(below[0]):
        return below[0]
    return lines[0] if len(lines) > 1 and _is_title(lines[0]) else _named(document.name)


@cache
def _title_label() -> re.Pattern[str]:
    return re.compile(phrase("title_label", "metadata").pattern, re.MULTILINE)


def _is_title(line: str) -> bool:
    """Whether a first line names the document rather than saying something."""
    found = outline(line)
    sentence = line.endswith(tuple("。！；，,;!:：、")) or (found and not found.whole_line)
    return 2 <= len(line) <= _MAX_TITLE and not sentence


def _heads_letter(line: str) -> bool:
    """Whether a first line only names the issuing body, as letterheads do: …办公室文件."""
    return is_body(line) or is_body(line.removesuffix("文件"))


def _named(name: str) -> str:
    """The file's name where a person gave it one that says something."""
    stem = PurePath(name).stem
    return stem if any("\u4e00" <= c <= "\u9fff" for c in stem) else ""


def _iso(text: str) -> str:
    """The first date in the text as ``YYYY-MM-DD``, or an empty string; 民國 years are counted.

    Only of this century and the last: a document is not older than that.
    """
    days = (term[2:] for term in terms(fold(text)) if term.startswith("d:"))
    return next((day for day in days if day.startswith(("19", "20")) and len(day) == 10), "")
