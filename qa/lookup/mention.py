"""The number of a provision in a question: 第24條第1項, 9-1条, article 12(2), 第三章."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from wenju.corpus.layout.numerals import number_of
from wenju.corpus.lexicon import phrase

_phrase = partial(phrase, of="lookups")
_ENGLISH = {"subparagraph": "item", "item": "item", "point": "item", "subitem": "subitem"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article as it is asked for: its unit, 项, 款 or 目 or a kind of provision.

    The unit is empty for a number in brackets alone: 12(2).
    """

    unit: str
    number: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A provision that a folded question names, and where in it.

    ``article`` is its number, ``(9, 1)`` for 第9條之1, empty where only divisions or parts are named;
    ``divisions`` are numbers and units of chapters and the like, the outermost first.
    """

    start: int
    end: int
    article: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    divisions: tuple[tuple[int, str], ...] = ()
    bare: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it is a part of an article that it does not name: 第二項."""
        return bool(self.parts) and not self.article

    def below(self, article: Mention) -> Mention:
        """A part of an article that was named before; anything else stays what it is."""
        return replace(self, article=article.article) if self.is_part else self


def mentions(folded: str) -> list[Mention]:
    """The articles that a folded question names, in order; of one that names none, its divisions."""
    found = [
        _article(match)
        for name in ("article", "article_english")
        for match in _phrase(name).finditer(folded)
    ]
    if found:
        return sorted(found, key=lambda mention: mention.start)
    return list(_divisions(folded)) or list(_parts_alone(folded))


def bare_number(folded: str, at: int) -> Mention | None:
    """The number that stands alone behind the name of a statute: 勞基法24."""
    match = _phrase("bare_number").match(folded, at)
    if match is None:
        return None
    number = _number(match["article"], match["sub"])
    return Mention(match.start(), match.end(), number, bare=True) if number else None


def _article(match: re.Match[str]) -> Mention:
    groups = match.groupdict()
    number = _number(groups["article"], groups["sub"] or groups.get("under"))
    return Mention(match.start(), match.end(), number, tuple(_parts(groups["parts"] or "")))


def _number(article: str, sub: str | None) -> tuple[int, ...]:
    numbers = (number_of(article), *((number_of(sub),) if sub else ()))
    return numbers if all(numbers) else ()


def _parts(text: str) -> Iterator[Part]:
    for match in _phrase("part").finditer(text):
        if match["unit"]:
            yield Part(match["unit"], number_of(match["number"]))
        else:
            kind = _ENGLISH.get(match["word"], "paragraph") if match["word"] else ""
            yield Part(kind, int(match["digits"]))


def _divisions(folded: str) -> Iterator[Mention]:
    """第二编第三章 is one mention, 第二章和第三章 are two."""
    run: list[re.Match[str]] = []
    for match in _phrase("division").finditer(folded):
        if run and folded[run[-1].end() : match.start()].strip(" 的"):
            yield _division(run)
            run = []
        run.append(match)
    if run:
        yield _division(run)


def _division(run: list[re.Match[str]]) -> Mention:
    named = tuple((number_of(match["number"]), match["unit"]) for match in run)
    return Mention(run[0].start(), run[-1].end(), divisions=named)


def _parts_alone(folded: str) -> Iterator[Mention]:
    for match in _phrase("parts_alone").finditer(folded):
        yield Mention(match.start(), match.end(), parts=tuple(_parts(match[0])))
