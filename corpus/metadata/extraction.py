"""What a text says of itself: its metadata, with the place of each fact, and the day that dates it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from wenju.corpus.lexicon import phrase
from wenju.corpus.metadata.acts import Act, Event, acts_of, read_events
from wenju.corpus.metadata.dates import labelled, signed_day, standing_alone, told_by_any_label
from wenju.corpus.metadata.facts import Fact, Parts, read_parts
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.metadata.jurisdictions import jurisdiction_of
from wenju.corpus.metadata.kinds import kind_of
from wenju.corpus.metadata.languages import language_of
from wenju.corpus.metadata.numbers import number_of
from wenju.corpus.metadata.periods import effective, expires
from wenju.corpus.metadata.replaced import replaces

_UNKNOWN_DAY = "yes"


def extract(text: str, title: str = "", issuer: str = "") -> tuple[Metadata, str]:
    """The metadata that a document's text, title and issuer tell, and the day that dates it.

    That day is the one of the last amendment, else of issue, else the one on which a parliament or a
    congress passed it, else one behind a label or by itself; empty where there is none. A statute
    that only says when a court passed it or a higher body approved it was issued on another day.
    """
    parts = read_parts(text, title, issuer)
    events = read_events(parts)
    acts = acts_of(events)
    signed = signed_day(parts)
    if signed and acts and _only_printed(acts, signed):
        acts = []  # 2024年11月5日印发, below the letter of 2024年11月4日
    facts = labelled(parts)
    _add(facts, "amended", _amended(acts))
    _add(facts, "issued", _issued(acts))
    if not acts:
        _add(facts, "issued", standing_alone(parts))
    _add(facts, "repealed", _repealed(parts, events))
    _add(facts, "effective", effective(parts, facts.get("issued")) or _holds(events))
    _add(facts, "expires", expires(parts, facts.get("effective")))
    _add(facts, "number", number_of(parts, events))
    _add(facts, "jurisdiction", jurisdiction_of(parts, events))
    country = facts["jurisdiction"].value.partition("/")[0] if "jurisdiction" in facts else ""
    replaced = replaces(parts)
    metadata = _metadata(parts, facts, replaced)
    return (
        replace(metadata, kind=kind_of(parts, events, country), language=language_of(text)),
        _day(facts, acts, parts),
    )


def _add(facts: dict[str, Fact], field: str, fact: Fact | None) -> None:
    """What was told first stays."""
    if fact and field not in facts:
        facts[field] = fact


def _metadata(parts: Parts, facts: dict[str, Fact], replaced: Sequence[Fact]) -> Metadata:
    known = {field: fact.value for field, fact in facts.items()}
    if number := facts.get("number"):
        known["number"] = parts.text[number.start : number.end]
    places = [(field, fact.start, fact.end) for field, fact in facts.items()]
    places += [("replaces", fact.start, fact.end) for fact in replaced]
    return Metadata(
        **known,
        replaces=tuple(fact.value for fact in replaced),
        places=tuple(sorted(place for place in places if place[1] < place[2])),
    )


def _amended(acts: Sequence[Act]) -> Fact | None:
    """The day of the last act, where it says that it amends or was made public after another."""
    later = len(acts) > 1 and acts[-1].issued
    return acts[-1].day if acts and (later or acts[-1].amends) else None


def _issued(acts: Sequence[Act]) -> Fact | None:
    return acts[0].issued if acts and not acts[0].amends else None


def _only_printed(acts: Sequence[Act], signed: Fact) -> bool:
    """Whether all that was done was done below the signature, and changed nothing."""
    events = [event for act in acts for event in act.events]
    return all(event.start >= signed.end and not event.amends for event in events)


def _holds(events: Iterable[Event]) -> Fact | None:
    told = [event.day for event in events if event.stage == "holds"]
    return told[-1] if told else None


def _repealed(parts: Parts, events: Iterable[Event]) -> Fact | None:
    """The day on which it was repealed, or that it was: by its title, its acts or its head."""
    told = [event.day for event in events if event.stage == "repeals"]
    if told:
        return told[-1]
    if phrase("title_repealed", "metadata").search(parts.title):
        return Fact(_UNKNOWN_DAY, 0, 0)
    for line in parts.head:
        if match := phrase("text_repealed", "metadata").search(line.folded):
            return Fact(_UNKNOWN_DAY, line.start + match.start(), line.start + match.end())
    return None


def _day(facts: dict[str, Fact], acts: Sequence[Act], parts: Parts) -> str:
    if "amended" in facts:
        return facts["amended"].value
    if "issued" in facts and len(acts) < 2:
        return facts["issued"].value
    if acts:
        last = acts[-1].events[-1]
        by_congress = phrase("congress", "metadata").match(last.words)
        return last.day.value if last.stage == "passes" and by_congress else ""
    told = told_by_any_label(parts)
    return told.value if told else ""


def merged(told: Metadata, text: Metadata) -> Metadata:
    """What a format or a person told, and of the rest what the text says, with its places."""
    own = {f.name: value for f in fields(told) if (value := getattr(told, f.name))}
    own.pop("places", None)
    places = tuple(place for place in text.places if place[0] not in own)
    return replace(text, **own, places=places)
