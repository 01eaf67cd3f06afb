"""What a question asks for, read once: its kind, its terms, its subject, what bounds it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from wenju.corpus.errors import WenjuError
from wenju.corpus.lexicon import phrase
from wenju.corpus.values import to_number
from wenju.index.query import Query, parse_query
from wenju.qa.aspects import Aspect, aspect_of
from wenju.qa.kinds import kind_of
from wenju.qa.terms import Term, terms_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class BadQuestion(WenjuError):
    """The question is empty or too long."""


@dataclass(frozen=True)
class Question:
    """A question as it is searched for, and what it asks for.

    ``measure`` is the measure word after 多少 or 几, empty where none is named; ``number`` is how
    many things it speaks of (六大發展計劃 → 6), 0 where it does not say; ``aspect`` is what is
    asked of its subject where documents have sections on it (申請材料), None elsewhere.
    """

    query: Query
    kind: str
    measure: str = ""
    number: int = 0

    @property
    def text(self) -> str:
        """As it was asked."""
        return self.query.text

    @cached_property
    def folded(self) -> str:
        """Its folded text, the same for both scripts."""
        return _folded(self.query)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Its terms with their weights."""
        return terms_of(self.folded)

    @cached_property
    def focus(self) -> frozenset[str]:
        """The terms beside the question word."""
        return frozenset(term.text for term in self.terms if term.focus)

    @cached_property
    def aspect(self) -> Aspect | None:
        """What is asked of the subject, where documents have sections on it."""
        return aspect_of(self.folded)

    @cached_property
    def subject(self) -> tuple[Term, ...]:
        """The terms of what is asked about, without what is asked of it."""
        rest = self.aspect.without(self.folded) if self.aspect else self.folded
        return terms_of(rest)

    @cached_property
    def years(self) -> frozenset[str]:
        """The years it names."""
        return frozenset(_YEAR.findall(self.folded))

    @cached_property
    def asks_clock(self) -> bool:
        """Whether it is for the day or the hour that it is, which no document knows."""
        return bool(phrase("clock").fullmatch(self.folded))

    @property
    def asks_years(self) -> bool:
        """Whether a list of years or days is asked for (哪幾年)."""
        return self._has("several_dates")

    @property
    def asks_weekday(self) -> bool:
        """Whether a day of the week is asked for (星期幾)."""
        return self._has("weekday")

    @property
    def asks_end(self) -> bool:
        """Whether of a period only its end is asked for (什麼時候截止)."""
        return self._has("end") and not self._has("start")

    @property
    def asks_start(self) -> bool:
        """Whether of a period only its beginning is asked for (從哪天開始)."""
        return self._has("start") and not self._has("end")

    def _has(self, name: str) -> bool:
        return bool(phrase(name).search(self.folded))


def parse(text: str, max_characters: int = 500) -> Question:
    """Read a question; raises BadQuestion for an empty or over-long one."""
    text = " ".join(text.split())
    if not any(c.isalnum() for c in text):
        raise BadQuestion(
            f"The question {text!r} holds no word. Ask something in a few words, "
            "e.g. 最高支持多少？"
            if text
            else "The question is empty. Ask something in a few words, e.g. 最高支持多少？"
        )
    if len(text) > max_characters:
        raise BadQuestion(
            f"The question has {len(text)} characters, at most {max_characters} are read. "
            "Ask for one thing at a time."
        )
    query = parse_query(text)
    folded = _folded(query)
    number = _number(folded)
    return Question(query, kind_of(folded, number), _measure(folded), number)


def _folded(query: Query) -> str:
    """The query's folded text; 甚么 is left by a conversion that goes by phrases."""
    return query.folded.replace("甚么", "什么")


def _measure(folded: str) -> str:
    """The measure word behind 多少 or 几, empty where none is named."""
    asked = phrase("asked_measure").search(phrase("age").sub("几岁", folded))
    return asked[1] if asked else ""


def _number(folded: str) -> int:
    """How many things are spoken of, 0 where it is not said."""
    counted = phrase("counted").search(folded)
    return to_number(counted[1]) if counted else 0
