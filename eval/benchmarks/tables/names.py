"""Names of rows and places, none of which two tables share."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import product

from wenju.eval.benchmarks.tables.content import Domain, words

_NUMBERED = "{number}"
_NAMED = "{n}"


class Names:
    """Gives out names, near namesakes in one table and no name in two."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._stems: dict[str, list[str]] = {}
        self._places: dict[str, list[str]] = {}
        self._number = 100

    def place(self, domain: Domain) -> str:
        """A place that no other table of the domain has."""
        waiting = self._places.setdefault(domain.title, [])
        if not waiting:
            waiting += words(domain.script)["places"].split()
            self._draw.shuffle(waiting)
        return waiting.pop()

    def rows(self, domain: Domain, count: int) -> tuple[list[str], list[str]]:
        """At most so many names of rows, and two that no table has."""
        first = domain.rows[0]
        if _NUMBERED in first:
            return self._numbers(first, count)
        if _NAMED in first:
            return self._stemmed(domain, count)
        chosen = self._draw.sample(domain.rows, min(count, len(domain.rows) - 2))
        rest = [name for name in domain.rows if name not in chosen]
        return sorted(chosen), rest[:2]

    def groups(self, domain: Domain, count: int) -> tuple[list[str], list[str]]:
        """At most so many groups, and those that are left."""
        chosen = self._draw.sample(domain.groups, min(count, len(domain.groups) - 1))
        return chosen, [name for name in domain.groups if name not in chosen]

    def _numbers(self, pattern: str, count: int) -> tuple[list[str], list[str]]:
        found = []
        for _ in range(count + 2):
            self._number += self._draw.choice((1, 1, 2, 7))
            found.append(pattern.format(number=f"{self._number:04d}"))
        absent = [found.pop(self._draw.randrange(len(found))) for _ in range(2)]
        return found, absent

    def _stemmed(self, domain: Domain, count: int) -> tuple[list[str], list[str]]:
        """Names of which some share their beginning, and others their end."""
        found: list[str] = []
        absent: list[str] = []
        while len(found) < count:
            stem = self._stem(domain.script)
            patterns = self._draw.sample(domain.rows, min(len(domain.rows), 3))
            kept = patterns[: self._draw.choice((1, 2, 2))]
            found += [pattern.format(n=stem) for pattern in kept][: count - len(found)]
            absent = absent or [patterns[-1].format(n=stem)]
        return found, [*absent, domain.rows[0].format(n=self._stem(domain.script))]

    def _stem(self, script: str) -> str:
        waiting = self._stems.setdefault(script, [])
        if not waiting:
            waiting += _pairs(words(script))
            self._draw.shuffle(waiting)
        return waiting.pop()


def _pairs(told: Mapping[str, str]) -> Sequence[str]:
    return ["".join(pair) for pair in product(told["firsts"].split(), told["seconds"].split())]
