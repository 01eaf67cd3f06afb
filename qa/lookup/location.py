"""Where a place in a statute is: its numbers, the way to it, and its reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.corpus.statutes import DIVISIONS, Provision
from wenju.qa.answer import Citation
from wenju.qa.lookup.provisions import Provisions

_phrase = partial(phrase, of="lookups")


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a statute.

    ``article`` is its number as written; ``numbers`` are those of what holds it, by kind;
    ``breadcrumb`` is the way to it, outermost first; ``reference`` the way to name it elsewhere.
    """

    article: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    breadcrumb: tuple[str, ...] = ()
    reference: str = ""


def locate(provisions: Provisions, start: int, end: int) -> Location:
    """Where ``document.text[start:end]`` is; nothing outside the articles and chapters."""
    path = provisions.path(start, end)
    article = next((p for p in path if p.kind == "article"), None)
    if article is not None and provisions.has_one_paragraph(article):
        shown = [p for p in path if p.kind != "paragraph"]
    else:
        shown = path
    return Location(
        article=article.label if article else "",
        numbers={p.kind: "-".join(map(str, p.number)) for p in path},
        breadcrumb=tuple(_crumb(provisions, p) for p in shown),
        reference=_reference(provisions, shown) if article else "",
    )


def located(citation: Citation, provisions: Provisions) -> Citation:
    """A citation with where its first highlight is, or without any all of it."""
    begins = provisions.document.alignment.to_text(citation.start)
    first, last = (citation.highlight or ((0, len(citation.quote)),))[0]
    found = locate(provisions, begins + first, begins + last)
    return replace(
        citation,
        article=found.article,
        provision=dict(found.numbers),
        breadcrumb=found.breadcrumb,
        reference=found.reference,
    )


def _crumb(provisions: Provisions, provision: Provision) -> str:
    """第三章 工資, 第二十四條, 第一項: as it is written, and parts as the law would write them."""
    if provision.kind in DIVISIONS or provision.kind in ("article", "annex"):
        return " ".join(part for part in (provision.label, provision.title) if part)
    return provisions.numbering.label(provision.kind, provision.number, arabic=False)


def _reference(provisions: Provisions, path: list[Provision]) -> str:
    numbering = provisions.numbering
    labels = [numbering.label(p.kind, p.number) for p in path if p.kind in numbering.units]
    return numbering.reference(title_of(provisions), labels)


def title_of(provisions: Provisions) -> str:
    """The title of a statute without the version in brackets behind it."""
    label = provisions.document.label
    note = _phrase("version_note").search(fold(label))
    return label[: note.start()] if note and note.start() else label
