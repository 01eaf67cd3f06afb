"""What is read of a selection, and what an answer says of its texts: standing, place, difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenju.corpus.script import fold
from wenju.index.catalogue import Catalogue
from wenju.index.hit import Hit
from wenju.index.jurisdictions import compatible
from wenju.qa.answer import Alternative, Answer, Citation
from wenju.qa.compose import Span
from wenju.qa.question import Question
from wenju.qa.reader import Reader, Reading
from wenju.qa.selection import Selection
from wenju.qa.steps import Tell, silent

_NEAR = 0.5  # of the first one's confidence: what another jurisdiction's answer must have
_SURE = 0.5  # confidence with which the country that is meant answers alone
_OLD = 3  # passages of older versions that are read beside an answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read: the reading that answers, of which hits, and other texts' answers beside it."""

    reading: Reading
    hits: tuple[Hit, ...]
    beside: tuple[Span, ...] = ()


def read_selection(
    reader: Reader,
    question: Question,
    selection: Selection,
    least: float,
    catalogue: Catalogue,
    tell: Tell = silent,
) -> Outcome:
    """Read pool by pool; ``least`` is the confidence from which something is an answer."""
    read: list[Outcome] = []
    for pool in selection.pools:
        read.append(Outcome(reader.read(question, pool, tell), pool))
        if selection.settled and _answers(read[-1], max(least, _SURE)):
            break
    answering = [outcome for outcome in read if _answers(outcome, least)]
    if not answering and selection.after:
        after = Outcome(reader.read(question, selection.after, tell), selection.after)
        answering = [after] if _answers(after, least) else []
        read.append(after)
    if not answering:
        nothing = Outcome(Reading((), 0.0), selection.hits)
        return next((o for o in read if o.hits), nothing)
    ranked = sorted(answering, key=lambda outcome: -outcome.reading.best)
    lead, best = answering[0], ranked[0].reading.best
    if selection.leaning and lead.reading.best >= _NEAR * best:
        ranked = [lead, *(outcome for outcome in ranked if outcome is not lead)]
    first, *others = ranked
    near = [o.reading for o in others if o.reading.best >= _NEAR * first.reading.best]
    beside = [found for reading in near if (found := reading.answer(least))]
    beside += _older(reader, question, selection, first, least, catalogue)
    return replace(first, beside=tuple(beside))


def _answers(outcome: Outcome, least: float) -> bool:
    return outcome.reading.size(least) is not None


def _older(
    reader: Reader,
    question: Question,
    selection: Selection,
    first: Outcome,
    least: float,
    catalogue: Catalogue,
) -> list[Span]:
    """What a version that does not count says in the place of the answer, where it is another."""
    answer = first.reading.answer(least)
    if answer is None:
        return []
    same = catalogue.versions.same_text
    ours = answer.hit.passage.document_id
    old = [h for h in selection.old if same(ours, h.passage.document_id)][:_OLD]
    old = [h for h in old if h.passage.document_id != ours]
    if not old:
        return []
    reading = reader.read(question, old)
    said = [s for s in reading.spans[:1] if fold(s.text) != fold(answer.text)]
    return said if reading.confidence >= max(least, _NEAR * first.reading.confidence) else []


def labelled(answer: Answer, catalogue: Catalogue, day: str) -> Answer:
    """The answer with what its texts are on a day, and why others say something else."""
    citations = tuple(_labelled(citation, catalogue, day) for citation in answer.citations)
    nearest = tuple(_labelled(citation, catalogue, day) for citation in answer.nearest)
    alternatives = tuple(
        replace(other, difference=_difference(other, citations, catalogue))
        for other in answer.alternatives
    )
    return replace(answer, citations=citations, nearest=nearest, alternatives=alternatives)


def _labelled(citation: Citation, catalogue: Catalogue, day: str) -> Citation:
    standing = catalogue.versions.standing(citation.document_id, day)
    current = catalogue.documents.get(standing.current)
    return replace(
        citation,
        jurisdiction=catalogue.jurisdiction(citation.document_id),
        standing=standing.status,
        current_id=current.id if current else "",
        current_title=current.label if current else "",
        current_date=catalogue.versions.since(current.id) if current else "",
    )


def _difference(other: Alternative, citations: Sequence[Citation], catalogue: Catalogue) -> str:
    """Why a text says something else than the answer's: the first of the reasons that is known."""
    ours, theirs = citations[0], citations[other.citation]
    if ours.document_id == theirs.document_id:
        return ""
    if catalogue.versions.same_text(ours.document_id, theirs.document_id):
        return "version"
    if not compatible(ours.jurisdiction, theirs.jurisdiction):
        return "jurisdiction"
    if ours.issuer and theirs.issuer and fold(ours.issuer) != fold(theirs.issuer):
        return "issuer"
    return "date" if ours.date and theirs.date and ours.date != theirs.date else ""
