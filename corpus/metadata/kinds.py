"""What a document is: a law, another statute, a notice, the record of a press conference."""

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
    if _fits("no_statute", title):
        return ""
    if _is_law(title, parts, events, country):
        return "law"
    if not country and title.endswith("条例") and not _fits("no_law_tw", title):
        return ""  # a law in Taiwan and Hong Kong, none on the mainland
    return "regulation" if _fits("regulation", title) else ""


def _is_law(title: str, parts: Parts, events: Sequence[Event], country: str) -> bool:
    """Whether a parliament passed it, by its title or by the first act that it names."""
    if country == "CN" and any(_fits("parliament", event.words) for event in events[:1]):
        return True
    if _fits("no_law_tw", title):
        return False
    if country == "CN":
        return _fits("law_cn", title)
    if country == "HK":
        return _fits("law_hk", title)
    if country == "TW" and _fits("law_tw", title):
        return True
    return _fits("law_plain", title) and parts.has_articles


def _fits(name: str, title: str) -> bool:
    return phrase(name, "metadata").search(title) is not None
