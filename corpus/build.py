"""Source to Document: repaired, its headings and pages carried over, its title and date found."""

from __future__ import annotations

import re
from dataclasses import replace
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
from wenju.corpus.lexicon import any_word
from wenju.corpus.repair import repair
from wenju.corpus.script import fold
from wenju.corpus.values import terms, values

_HEAD, _FOOT, _MAX_TITLE, _MAX_BODY, _MAX_DATED = 300, 200, 60, 40, 31
_LABELLED_DATE = re.compile(rf"{any_word('date_labels')}\s*:?[^\n]{{4,30}}")
_ISSUER = re.compile(rf"{any_word('issuer_labels')}\s*:\s*([^\n\s,;|]{{2,30}})")
_BODY = re.compile(rf"{any_word('bodies')}$")
# official letters say under this label what they are about
_SUBJECT = re.compile(rf"^{any_word('subject_labels')}\s*:\s*([^。\n]{{4,60}})", re.MULTILINE)


def build_document(source: Source) -> Document:
    """Repair a source and find what its head says; the same source gives the same document."""
    repairs = repair(source.text)
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
    )
    return replace(
        document,
        title=document.title or _title(document),
        date=_iso(document.date) or document.date or _date(text),
        issuer=document.issuer or _issuer(text),
    )


def _clean(text: str) -> str:
    """Metadata on one line, repaired like the text."""
    return " ".join(apply_repairs(text, repair(text)).split())


def _title(document: Document) -> str:
    """The first marked heading of the outermost level, or a first line that reads like one."""
    if document.headings:
        first = min(document.headings, key=lambda h: (h.level, h.start))
        return document.text[first.start : first.end].strip()
    head = document.text[:_HEAD]
    if subject := _SUBJECT.search(fold(head)):
        return head[slice(*subject.span(1))]
    lines = [line.strip().lstrip("#- ") for line in document.text.strip().split("\n", 3)]
    if len(lines) > 2 and _is_body(lines[0]) and _is_title(lines[1]):
        return lines[1]
    return lines[0] if len(lines) > 1 and _is_title(lines[0]) else _named(document.name)


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


def _date(text: str) -> str:
    """A labelled date at the head, a line at the foot that is a date, or any date at the head."""
    head, foot = text[:_HEAD], text[-_FOOT:]
    for labelled in _LABELLED_DATE.finditer(fold(head)):
        if found := _iso(labelled.group()):
            return found
    for line in reversed(foot.strip().split("\n")[1:]):
        if _ends_in_date(line.strip()) and (found := _iso(line)):
            return found
    return _iso(head)


def _ends_in_date(line: str) -> bool:
    """Whether a line is a date with a few words before it, as the last line of a letter is."""
    if len(line) > _MAX_DATED or "。" in line or "，" in line:
        return False
    found = values(fold(line))
    return bool(found) and found[-1].kind in ("date", "period") and found[-1].end == len(line)


def _issuer(text: str) -> str:
    """The issuing body where the head or foot names it by a label, or a letterhead does."""
    for part in (text[:_HEAD], text[-_FOOT:]):
        if found := _ISSUER.search(fold(part)):
            return part[found.start(1) : found.end(1)]
    first, newline, _ = text.strip().partition("\n")
    return first.strip() if newline and _is_body(first.strip()) else ""
