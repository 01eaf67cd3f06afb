"""What the tools do, over an engine: text for the model that reads it, and the same as an object."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenju.corpus.errors import WenjuError
from wenju.corpus.script import fold
from wenju.corpus.statutes import Statute
from wenju.index.scope import Scope
from wenju.qa.lookup.mention import bare_number, mentions
from wenju.qa.recheck import read_claim, recheck
from wenju.ui import serializers
from wenju.ui.quotations import as_text

if TYPE_CHECKING:
    from wenju.corpus.document import Document
    from wenju.corpus.statutes import Provision
    from wenju.index.hit import Hit
    from wenju.qa.engine import Engine

_MOST_HITS = 50
_LONGEST = 8000  # characters of a document that are shown at once
_MOST_LISTED = 200


class BadCall(WenjuError):
    """A tool was called with what it cannot take."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool says: ``text`` to be read, ``value`` as a JSON object."""

    text: str
    value: dict[str, Any]


def ask(engine: Engine, question: str, documents: list[str] | None, as_of: str) -> Said:
    """The answer to a question, with its quotations."""
    ids = tuple(engine.library.summary(i).id for i in documents or ()) or None
    answer = engine.ask(question, scope=Scope(ids), as_of=as_of)
    return Said(as_text(answer), serializers.answer_object(answer))


def search(engine: Engine, question: str, k: int) -> Said:
    """The passages that a question is about, best first."""
    if not 1 <= k <= _MOST_HITS:
        raise BadCall(f"k is {k}; expected 1 to {_MOST_HITS} passages.")
    hits = engine.search(question, k)
    said = "\n\n".join(f"[{n}] {_place(hit)}\n{hit.passage.text}" for n, hit in enumerate(hits, 1))
    return Said(said or "No passage was found.", serializers.search_object(question, hits))


def _place(hit: Hit) -> str:
    passage = hit.passage
    facts = (passage.title, *passage.headings, passage.date, f"document {passage.document_id}")
    return f"{' · '.join(fact for fact in facts if fact)}, {passage.start}–{passage.end}"


def documents(engine: Engine, containing: str, offset: int) -> Said:
    """The documents of the library by name, some at a time."""
    found = [
        one
        for one in engine.library.documents()
        if containing.casefold() in f"{one.title}\n{one.name}\n{one.issuer}".casefold()
    ]
    shown = found[max(0, offset) : max(0, offset) + _MOST_LISTED]
    lines = [f"{one.id}  {one.label} ({one.name})" for one in shown]
    lines.append(f"{len(shown)} of {len(found)} documents, from number {max(0, offset)}.")
    value = {"total": len(found), "documents": [serializers.summary_object(s) for s in shown]}
    return Said("\n".join(lines), value)


def read(engine: Engine, document_id: str, article: str, start: int, end: int) -> Said:
    """A document's text: an article, or from a place on, as much as is shown at once."""
    document = engine.library.document(document_id)
    if article:
        provision = _article(engine.library.provisions_of(document_id), article, document)
        start, end = provision.start, provision.end
    length = len(document.text)
    if not 0 <= start <= length:
        raise BadCall(f"start is {start}; the document has {length} characters.")
    last = min(end if end > start else length, start + _LONGEST, length)
    value = {
        "document_id": document.id,
        "title": document.title,
        "source": document.name,
        "date": document.date,
        "start": start,
        "end": last,
        "length": length,
        "text": document.text[start:last],
    }
    more = f"\n\n(characters {start}–{last} of {length})"
    return Said(f"{document.label} ({document.name})\n\n{value['text']}{more}", value)


def _article(provisions: list[Provision], asked: str, document: Document) -> Provision:
    """The article that is called so: 第24條, 第二十四條, 24, 24-1, article 24."""
    folded, statute = fold(asked).strip(), Statute(tuple(provisions))
    named = [*mentions(folded), *filter(None, [bare_number(folded, 0)])]
    found = [a for mention in named for a in statute.numbered("article", mention.article)]
    if found:
        return found[0]
    articles = statute.articles
    known = "it has no articles; name a place with start"
    if articles:
        known = f"its articles are {articles[0].label} to {articles[-1].label}"
    raise BadCall(f"{document.label} has no article {asked!r}: {known}.")


def verify(engine: Engine, answer: dict[str, Any]) -> Said:
    """Whether each citation of an answer is unchanged, moved or gone."""
    found = recheck(read_claim(json.dumps(answer)), engine.library)
    lines = [found.status, *filter(None, [found.reason])]
    for number, one in enumerate((*found.citations, *found.nearest), 1):
        lines.append(" ".join(filter(None, [f"[{number}]", one.source, one.status, one.reason])))
    return Said("\n".join(lines), serializers.recheck_object(found))
