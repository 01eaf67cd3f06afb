"""Facts with their places, and the parts of a document in which they are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.corpus.values import values, walk

_HEAD, _FOOT, _LONGEST_HEAD = 300, 200, 6000
_QUOTED = re.compile("《[^《》\n]{0,200}(?:《[^》\n]{0,200}》[^《》\n]{0,200}){0,9}》")
_LONGEST_SENTENCE = 800
_LINE = re.compile(r"[^\n]+")
_CENTURIES = ("19", "20")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a text says, and where: ``text[start:end]``."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, without the blanks around it: ``text[start:end]``."""

    folded: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.folded)


@dataclass(frozen=True, slots=True)
class Parts:
    """A text with what is known of it: its title and issuer, folded, its head and its foot.

    The head ends before the first article or chapter; a text that has none has no more than some
    300 characters of it. Head and foot are half-open places of whole lines.
    """

    text: str
    folded: str
    title: str
    issuer: str
    head: tuple[Line, ...]
    foot: tuple[Line, ...]
    has_articles: bool


def read_parts(text: str, title: str, issuer: str) -> Parts:
    """The parts of a text."""
    folded = fold(text)
    article = re.compile(phrase("statute_articles", "metadata").pattern, re.MULTILINE)
    head = _head_end(folded)
    return Parts(
        *(text, folded, fold(title), fold(issuer)),
        head=tuple(_lines(folded, 0, head)),
        foot=tuple(line for line in _lines(folded, 0, None, -_FOOT) if line.start >= head),
        has_articles=article.search(folded) is not None,
    )


def _head_end(folded: str) -> int:
    """Where the first article or chapter begins, or else a line some 300 characters in."""
    front = phrase("front", "metadata")
    at = 0
    for line in folded[:_LONGEST_HEAD].splitlines(keepends=True):
        if at and front.match(line.strip()):
            return at
        at += len(line)
    end = folded.find("\n", _HEAD)
    return len(folded) if end < 0 else end


def _lines(folded: str, start: int, end: int | None, last: int = 0) -> Iterator[Line]:
    """The lines that are not blank; with ``last`` those that end in the last characters."""
    low = max(0, len(folded.rstrip()) + last) if last else start
    for match in _LINE.finditer(folded, low, len(folded) if end is None else end):
        if match[0].isspace():
            continue
        begins = folded.rfind("\n", 0, match.start()) + 1 if last else match.start()
        line = folded[begins : match.end()]
        yield Line(line.strip(), begins + len(line) - len(line.lstrip()))


def sentences_with(folded: str, words: str) -> Iterator[tuple[int, int]]:
    """The sentences in which a phrase of the lexicon stands, each once, with what ends them left out."""
    done = 0
    for match in phrase(words, "metadata").finditer(folded):
        if match.start() < done:
            continue
        low = max(done, match.start() - _LONGEST_SENTENCE)
        start = max(low, *(folded.rfind(mark, low, match.start()) + 1 for mark in "。\n"))
        ends = [folded.find(mark, match.end()) for mark in "。\n"]
        done = min((end for end in ends if end >= 0), default=len(folded))
        done = min(done, match.end() + _LONGEST_SENTENCE)
        yield start, done


def masked(folded: str) -> str:
    """The text with the titles in it made unreadable; its length stays."""
    return _QUOTED.sub(lambda found: "□" * len(found[0]), folded)


def days(folded: str, start: int = 0) -> list[Fact]:
    """The days of this century and the last that stand in a folded text, as ``YYYY-MM-DD``.

    ``start`` is added to their places.
    """
    found = []
    for value in walk(values(folded)):
        named = [term[2:] for term in value.terms if term.startswith("d:")]
        own = [day for day in named if day.startswith(_CENTURIES) and len(day) == 10]
        if value.kind == "date" and not value.parts and len(own) == 1:
            found.append(Fact(own[0], start + value.start, start + value.end))
        elif value.kind == "date" and value.parts and len(own) == 1:
            # a day with its time of day
            first = value.parts[0]
            found.append(Fact(own[0], start + first.start, start + first.end))
    return sorted({(f.start, f.end): f for f in found}.values(), key=lambda f: f.start)
