"""Hits, passages beside questions, and proposals made by hand, for tests of the reader's parts."""

from __future__ import annotations

from collections.abc import Mapping

from wenju.corpus.document import Passage
from wenju.index.hit import Hit
from wenju.qa.context import PassageContext
from wenju.qa.features import FEATURES, extract
from wenju.qa.network.spans import Scores
from wenju.qa.passage import Place
from wenju.qa.proposals import Proposal, propose
from wenju.qa.question import parse


def hit(
    text: str,
    *,
    rank: int = 1,
    score: float = 2.0,
    dense: float = 0.8,
    title: str = "",
    headings: tuple[str, ...] = (),
    date: str = "",
) -> Hit:
    """A hit on a passage of a document of its own."""
    passage = Passage(
        f"passage{rank}", f"document{rank}", 0, 0, len(text), text, headings, None, title, date
    )
    return Hit(passage, score, rank, dense, 1.0)


def context(
    question: str, found: Hit | str, top: float = 2.0, scores: Scores | None = None
) -> PassageContext:
    """A hit's passage beside a question; a text is that of a hit."""
    found = hit(found) if isinstance(found, str) else found
    return PassageContext(parse(question), found, top, scores)


def place(text: str, said: str) -> Place:
    """Where a text first says something."""
    return text.index(said), text.index(said) + len(said)


def features_of(
    around: PassageContext,
    said: str | Place,
    parts: tuple[Place, ...] = (),
    marks: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """The features, by name, of what a passage says, or of a place in it."""
    at = place(around.hit.passage.text, said) if isinstance(said, str) else said
    values = extract(around, Proposal(*at, parts, marks or {}))
    return dict(zip(FEATURES, values, strict=True))


def offered(question: str, found: Hit | str, mark: str) -> dict[str, float]:
    """What is offered of a passage with a mark above 0, and the mark."""
    around = context(question, found)
    text = around.hit.passage.text
    return {
        text[p.start : p.end]: p.marks[mark] for p in propose(around) if p.marks.get(mark, 0.0) > 0
    }
