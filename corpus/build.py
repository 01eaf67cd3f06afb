"""Source to Document: repaired, its headings and pages carried over, its title and date found."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from wenju.corpus.document import (
    Alignment,
    Document,
    Heading,
    Page,
    Source,
    apply_repairs,
    content_id,
)
from wenju.corpus.layout import outline
from wenju.corpus.lexicon import any_word, phrase
from wenju.corpus.metadata.extraction import extract, merged
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.repair import repair
from wenju.corpus.script import fold
from wenju.corpus.values import terms

_HEAD, _FOOT, _MAX_TITLE, _MAX_BODY = 300, 200, 60, 40
# behind another word it is none: 本法所稱主管機關:在中央為… says who is competent
_ISSUER = re.compile(rf"(?<!\w){any_word('issuer_labels')}\s*:\s*([^\n\s,;|]{{2,30}})")
_BODY = re.compile(rf"{any_word('bodies')}$")
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
        regions=tuple(
            replace(r, start=alignment.to_text(r.start), end=alignment.to_text(r.end))
            for r in source.regions
        ),
    )
    return described(document, source.metadata)


def described(document: Document, told: Metadata = Metadata()) -> Document:  # noqa: B008 - frozen
    """The document with what its text says of it, where nothing else does.

    ``told`` is what its format tells beside title, date and issuer.
    """
    title = document.title or _title(document)
    issuer = document.issuer or _issuer(document.text)
    read, day = extract(document.text, title, issuer)
    metadata = merged(told, read)
    own = told.amended or told.issued
    date = _iso(document.date) or document.date or own or day
    return replace(document, title=title, date=date, issuer=issuer, metadata=metadata)


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
    lines = [line.strip().lstrip("#- ") for line in document.text.strip().split("\n", 3)]
    if len(lines) > 2 and _is_body(lines[0]) and _is_title(lines[1]):
        return lines[1]
    return lines[0] if len(lines) > 1 and _is_title(lines[0]) else _named(document.name)


@cache
def _title_label() -> re.Pattern[str]:
    return re.compile(phrase("title_label", "metadata").pattern, re.MULTILINE)


def _is_title(line: str) -> bool:
    """Whether a first line names the document rather than saying something."""
    found = outline(line)
    sentence = line.endswith(tuple("。！；，,;!:：、")) or (found and not found.whole_line)
    return 2 <= len(line) <= _MAX_TITLE and not sentence


def _is_body(line: str) -> bool:
    """Whether a first line names the issuing body, as letterheads do."""
    return len(line) <= _MAX_BODY and bool(_BODY.search(fold(line)))


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


def _issuer(text: str) -> str:
    """The issuing body where the head or foot names it by a label, or a letterhead does."""
    for part in (text[:_HEAD], text[-_FOOT:]):
        if found := _ISSUER.search(fold(part)):
            return part[found.start(1) : found.end(1)]
    first, newline, _ = text.strip().partition("\n")
    return first.strip() if newline and _is_body(first.strip()) else ""
