"""A conversation as paragraphs, whatever they are written as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from wenju.qa.answer import Answer, Citation, reference
from wenju.ui.facts import place
from wenju.ui.page.markup import evidence_of, segments
from wenju.ui.texts import Texts

Kind = Literal["title", "note", "question", "answer", "item", "heading", "place", "quote"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: what it is, and its words in pieces, each with whether it is highlighted."""

    kind: Kind
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(words for words, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was answered, on which day, and the limits that were on, by their names."""

    question: str
    answer: Answer | None = None
    trouble: str = ""
    day: str = ""
    scope: Mapping[str, object] = field(default_factory=dict)


def blocks(conversation: Sequence[Asked], texts: Texts) -> Iterator[Block]:
    """All of a conversation, oldest question first."""
    yield _block("title", texts.transcript["title"])
    yield _block("note", texts.transcript["about"])
    for number, asked in enumerate(conversation, 1):
        yield _block("question", f"{number}. {asked.question}")
        yield from (_block("note", said) for said in _circumstances(asked, texts))
        if asked.answer is None:
            yield _block("answer", asked.trouble)
        else:
            yield from _answered(asked.answer, texts)


def _circumstances(asked: Asked, texts: Texts) -> Iterator[str]:
    if asked.day:
        yield texts.transcript["day"].format(day=asked.day)
    if asked.answer and asked.answer.asked:
        yield texts.understood.format(question=asked.answer.asked)
    if asked.answer and asked.answer.reworded:
        yield texts.reworded.format(question=asked.answer.reworded)
    limits = [f"{texts.filters[n]} {_said(n, v, texts)}" for n, v in asked.scope.items() if v]
    if limits:
        yield texts.transcript["limits"].format(limits=" · ".join(limits))


def _said(name: str, value: object, texts: Texts) -> str:
    """What a limit is, in the words of the page where it has any."""
    if name == "document_ids" and isinstance(value, list):
        return texts.script["documents"].format(count=len(value))
    words = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    if name == "kinds":
        words = [texts.kinds.get(word, word) for word in words]
    if name == "jurisdictions":
        words = [place(word, texts) for word in words]
    return "、".join(words)


def _answered(answer: Answer, texts: Texts) -> Iterator[Block]:
    if not answer.answered:
        yield _block("answer", texts.refusal(answer))
        shown, title = answer.nearest, texts.nearest
    else:
        yield from _answer(answer, texts)
        shown, title = evidence_of(answer), texts.sources
    if shown:
        yield _block("heading", title)
    for number, citation in enumerate(shown, 1):
        yield _block("place", f"[{number}] {reference(citation)}")
        yield _block("place", _place(citation, texts))
        pieces = segments(citation.quote, citation.highlight)
        yield Block("quote", tuple((citation.quote[a:b], bool(m)) for a, b, m in pieces if a < b))


def _answer(answer: Answer, texts: Texts) -> Iterator[Block]:
    if not answer.concluded:
        yield _block("note", texts.not_concluded)
    if answer.joined:
        for item in answer.items:
            named = f"{item.label}　" if item.label else ""
            yield _block("item", f"{named}{item.text} [{item.citation + 1}]")
        return
    yield _block("answer", f"{answer.answer} [1]")
    if answer.alternatives:
        yield _block("heading", texts.alternatives)
    for other in answer.alternatives:
        why = texts.differences.get(other.difference, "")
        yield _block("item", f"{other.text} [{other.citation + 1}]{f'（{why}）' if why else ''}")


def _place(citation: Citation, texts: Texts) -> str:
    """Where to look a quotation up: its characters in the source text, and which text that is."""
    lit = "、".join(f"{a}–{b}" for a, b in citation.source_highlight)
    said = texts.transcript["place"].format(
        source=citation.source, start=citation.start, end=citation.end, id=citation.document_id
    )
    if lit:
        said += texts.transcript["highlight"].format(places=lit)
    if citation.standing in texts.standings:
        said += f" · {texts.standings[citation.standing]}"
    return said


def _block(kind: Kind, words: str) -> Block:
    return Block(kind, ((words, False),))
