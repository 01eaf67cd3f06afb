"""What a document says of itself in a few words: regulation, Taiwan/臺北市, issued 2024-06-20, repealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from wenju.ui.texts import Texts

if TYPE_CHECKING:
    from wenju.corpus.inventory import Inventory
    from wenju.corpus.metadata.fields import Metadata
    from wenju.index.listing import Facet
    from wenju.qa.answer import Holdings

_DAYS = ("issued", "amended", "effective", "expires")


def status(metadata: Metadata, today: date) -> str:
    """``repealed``, ``expired`` or ``not_yet``; empty for what holds, or says nothing of it."""
    day = today.isoformat()
    if metadata.repealed and metadata.repealed <= day or metadata.repealed == "yes":
        return "repealed"
    if metadata.expires and metadata.expires < day:
        return "expired"
    return "not_yet" if metadata.effective > day else ""


def place(jurisdiction: str, texts: Texts) -> str:
    """A jurisdiction with its country in the words of the interface: Taiwan/臺北市."""
    country, *inside = jurisdiction.split("/")
    return "/".join([texts.places.get(country, country), *inside])


def offered_of(facets: Sequence[Facet], texts: Texts | None) -> list[tuple[str, str, int]]:
    """Each value to choose, what it is called, and how many documents have it.

    Texts are given for jurisdictions, whose countries have words of the interface.
    """
    return [(f.value, place(f.value, texts) if texts else f.value, f.documents) for f in facets]


def inventory_of(inventory: Inventory, texts: Texts) -> list[str]:
    """What a file holds, each count in a few words."""
    return [
        texts.inventory[name].format(count=f"{count:,}") for name, count in inventory.counts.items()
    ]


def notes_of(inventory: Inventory, texts: Texts) -> list[str]:
    """What to know of how a file was read, a sentence each."""
    return [texts.notes[note.kind].format(detail=note.detail) for note in inventory.notes]


def facts_of(metadata: Metadata, texts: Texts, today: date | None = None) -> list[str]:
    """Each fact that there is, in the words of the interface, the most telling ones first."""
    said = [
        texts.kinds.get(metadata.kind, ""),
        place(metadata.jurisdiction, texts),
        metadata.number,
    ]
    for field in _DAYS:
        if day := getattr(metadata, field):
            said.append(texts.facts[field].format(day=day))
    if name := status(metadata, today or date.today()):
        day = metadata.repealed if name == "repealed" and metadata.repealed != "yes" else ""
        said.append(f"{texts.facts[name]} {day}".strip())
    return [fact for fact in said if fact]


def holdings_of(held: Holdings, texts: Texts) -> list[str]:
    """What a library holds, a line to each kind, and one to those who issued it."""
    kinds = [
        f"{texts.kinds.get(kind.name, texts.holdings['other'])} ({kind.count}): "
        + "、".join(kind.examples)
        for kind in held.kinds
    ]
    issuers = "、".join(f"{issuer.name} ({issuer.count})" for issuer in held.issuers)
    return [*kinds, *([f"{texts.holdings['issuers']}: {issuers}"] if issuers else [])]
