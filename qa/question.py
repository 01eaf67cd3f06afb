"""What a question asks for, read once: its kind, its terms, its subject, what bounds it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from wenju.corpus.errors import WenjuError
from wenju.corpus.lexicon import expanded, phrase, rows, rules
from wenju.corpus.metadata.jurisdictions import places_in
from wenju.corpus.values import Edge, points, to_number, values
from wenju.index.query import Query, parse_query
from wenju.qa.terms import Term, terms_of

KINDS = (
    "amount", "percentage", "count", "date", "time", "duration", "person", "body", "place",
    "contact", "enumeration", "definition", "name", "yes_no", "reason", "method", "statement",
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class BadQuestion(WenjuError):
    """The question is empty or too long."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """How an aspect of a thing is asked for, and how the heading of a section on it is worded."""

    asked: re.Pattern[str]
    called: re.Pattern[str]

    def without(self, folded: str) -> str:
        """A question without the words that ask for the aspect."""
        return re.sub(expanded(f"{self.asked.pattern}|{{apply}}"), " ", folded)


@cache
def aspects() -> tuple[Aspect, ...]:
    """The aspects of ``aspects.tsv``."""
    return tuple(
        Aspect(re.compile(expanded(asked)), re.compile(expanded(called)))
        for asked, called in rows("aspects")
    )


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
        return next((a for a in aspects() if a.asked.search(self.folded)), None)

    @cached_property
    def subject(self) -> tuple[Term, ...]:
        """The terms of what is asked about, without what is asked of it."""
        rest = self.aspect.without(self.folded) if self.aspect else self.folded
        return terms_of(rest)

    @cached_property
    def event(self) -> tuple[Term, ...]:
        """The terms of something held that is asked about, without what is asked of it."""
        rest = self.folded
        for name in ("event_asks", "event_role", "event_held"):
            rest = phrase(name).sub(" ", rest)
        return terms_of(rest)

    @cached_property
    def matter(self) -> tuple[Term, ...]:
        """The terms of what is to be done, where it is asked how."""
        return terms_of(phrase("how").sub(" ", self.folded))

    @cached_property
    def years(self) -> frozenset[str]:
        """The years it names."""
        return frozenset(_YEAR.findall(self.folded))

    @cached_property
    def places(self) -> frozenset[str]:
        """The paths of the places it names."""
        return places_in(self.folded)

    @cached_property
    def sizes(self) -> tuple[tuple[str, Edge], ...]:
        """The quantities that it names, by which it may meet a condition (工作滿七年).

        Beside another of the same family 一年 is the rate (一年有幾天).
        """
        found = points(self.folded, values(self.folded))
        named = {family for family, _, one in found if not one}
        return tuple((f, edge) for f, edge, one in found if not (one and f in named))

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


def kind_of(folded: str, number: int) -> str:
    """One of KINDS; ``number`` is how many things the question speaks of, 0 where it does not say.

    The first rule of ``question_kinds.tsv`` that fits decides. 六大發展計劃是什麼: several things
    that are asked for are a list.
    """
    for kind, pattern in rules("question_kinds"):
        if pattern.search(folded):
            return kind
    return "enumeration" if number > 1 and phrase("several").search(folded) else "statement"


def _measure(folded: str) -> str:
    """The measure word behind 多少 or 几, empty where none is named."""
    found = phrase("asked_measure").search(phrase("age").sub("几岁", folded))
    return found[1] if found else ""


def _number(folded: str) -> int:
    """How many things are spoken of, 0 where it is not said."""
    counted = phrase("counted").search(folded)
    return to_number(counted[1]) if counted else 0
