"""What a document is: a law, another statute, a notice, the record of a press conference, …"""

from __future__ import annotations

from collections.abc import Sequence

from wenju.corpus.lexicon import phrase, rules
from wenju.corpus.metadata.acts import Event
from wenju.corpus.metadata.facts import Parts


def kind_of(parts: Parts, events: Sequence[Event], country: str) -> str:
    """One of ``fields.KINDS`` by the title, and of statutes by the country and who passed them."""
    title = _bare(parts.title)
    told = next((kind for kind, pattern in rules("document_kinds") if pattern.search(title)), "")
    return told or _of_letter(parts) or _statute(title, parts, events, country)


def _bare(title: str) -> str:
    """The title without what stands in brackets at its end, unless that says that it is a draft."""
    end = phrase("title_end", "metadata")
    drafts = [pattern for kind, pattern in rules("document_kinds") if kind == "draft"]
    while (match := end.search(title)) and match.start():
        inside = match[0].strip(" ()[]")
        if any(pattern.search(inside) for pattern in drafts):
            return inside
        title = title[: match.start()]
    return title.strip()


def _of_letter(parts: Parts) -> str:
    """A notice where the letterhead says so: 海濱市政府　公告."""
    notice = next(pattern for kind, pattern in rules("document_kinds") if kind == "notice")
    first = parts.head[0].folded if parts.head else ""
    return "notice" if len(first) <= 30 and notice.search(first) else ""


def _statute(title: str, parts: Parts, events: Sequence[Event], country: str) -> str:
    if phrase("no_statute", "metadata").search(title):
        return ""
    if country == "CN":
        parliament = phrase("parliament", "metadata")
        laws = [phrase("law_cn", "metadata").search(title) and not _fits("no_law_tw", title)]
        if any(laws) or any(parliament.search(event.words) for event in events[:1]):
            return "law"
    elif country in ("TW", "MO") or not country:
        if _fits("no_law_tw", title):
            return "regulation" if _fits("regulation", title) else ""
        if country == "TW" and _fits("law_tw", title):
            return "law"
        if _fits("law_plain", title) and parts.has_articles:
            return "law"
        if not country and title.endswith("条例"):
            return ""
    elif country == "HK" and _fits("law_hk", title):
        return "law"
    return "regulation" if _fits("regulation", title) else ""


def _fits(name: str, title: str) -> bool:
    return phrase(name, "metadata").search(title) is not None
