"""Clauses beside one another that say the like of several things, and which of them is asked for.

月卡价格:一类区域300元,二类区域200元;年卡价格:一类区域3000元,二类区域2000元 has four values of one kind, each
with what is said of it alone: in its own clause, and in the label to the left of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wenju.corpus.layout import Line, Role
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.corpus.values import Value
from wenju.qa.candidates import intervals_of, values_in
from wenju.qa.passage import PassageView, Place
from wenju.qa.question import Question
from wenju.qa.terms import covered

# what a term counts that is said, beside the clause itself and its label, …
_EARLIER = 0.85  # before it in its statement: the subject stands there
_PARALLEL = 0.25  # the same, in a clause of the same form, which is another's
_LATER = 0.25  # behind it in its statement
_APART = 0.5  # of what a place lacks of another paragraph's, beside those of its own
_SELECTS = 8.0  # weight of a number by which the question picks one: 第二级, 二类
_WORD = 8.0  # weight of a word: one that lacks it is not the one asked for
_BESIDE = frozenset({"ordinal", "count"})
_CLAUSE = re.compile(r"(?<!\d),|,(?!\d)|[、;。\n]")
_LABEL_END = re.compile(r"(?<!\d):|:(?!\d)")
_VALUE = re.compile(r"[\d.]+\S{0,3}$")
_LEADING = re.compile(r"^\s*(?=\d)[\d.,]+[^\s\d]?(?=\S{2})")
_STOP = re.compile(r"[。\n]")
_RUNNING = frozenset({Role.TEXT, Role.LABEL, Role.ITEM})
_LONG_LINE = 80  # characters: a longer line is a paragraph of its own

Shares = tuple[tuple[frozenset[str], float], ...]


@dataclass(frozen=True, slots=True)
class Sibling:
    """A place that is one of several of its kind, in a run of them, and how well it is named.

    ``lacks`` is what its own clause says less of the question than that of the best named of its run
    does, or half of what that of the best value of the passage does, from -1 to 0.
    """

    place: Place
    run: int
    lacks: float


class Parallels:
    """The places of the kind asked for in a passage, or its statements, as siblings of one another."""

    def __init__(
        self,
        question: Question,
        view: PassageView,
        typed: Sequence[Place] | None,
        said_in: Callable[[Place], frozenset[str]],
    ) -> None:
        self._question = question
        self._view = view
        self._typed = typed
        self._said_in = said_in
        # numbers are compared with their units, as _number has them
        self._weights = {t.text: t.weight * (not t.text.isdecimal()) for t in question.terms}
        self._picked = {
            key for v in values_in(question.folded, 0, len(question.folded)) if (key := _number(v))
        }

    @cached_property
    def siblings(self) -> tuple[Sibling, ...]:
        """All of them, in order; each paragraph, list or table has a run of its own."""
        found = []
        for number, run in enumerate(self._runs()):
            above = self._introduction(run[0]) if len(run) > 1 else frozenset[str]()
            shares = [(*self._shares(place), (above, 1.0)) for place in run]
            found += [
                (place, number, score) for place, score in zip(run, self._told(shares), strict=True)
            ]
        apart = _APART if self._typed is not None else 0.0
        best = max((score for _, _, score in found), default=0.0)
        of_run = {n: max(score for _, m, score in found if m == n) for _, n, _ in found}
        return tuple(
            Sibling(place, n, -min(1.0, max(of_run[n] - score, apart * (best - score)) / _WORD))
            for place, n, score in found
        )

    def _runs(self) -> Iterator[list[Place]]:
        """Places that are parallel, together."""
        places = self.answers if self._typed is not None else self._statements()
        run: list[Place] = []
        for place in places:
            if run and not self._are_parallel(run[-1], place):
                yield run
                run = []
            run.append(place)
        if run:
            yield run

    @cached_property
    def answers(self) -> list[Place]:
        """Places of the kind asked for, without those that only set a condition for another."""
        typed = self._typed or ()
        return [p for p in typed if not self._is_condition(p, typed)]

    def _is_condition(self, place: Place, typed: Sequence[Place]) -> bool:
        """Whether a value is (part of) a range, and another value stands behind it in its statement."""
        held = next((i for i in intervals_of(self._view.folded) if _overlap(i.place, place)), None)
        if held is None:
            return False
        stop = self._view.around(place)[1]
        return any(held.end <= p[0] < stop for p in typed)

    def _statements(self) -> list[Place]:
        return [
            (s.start, s.stop)
            for s in self._view.statements
            if s.stop > s.start and not (s.heads or s.asks or s.page or s.dated)
        ]

    def together(self, first: Place, last: Place) -> bool:
        """Whether two places are of one paragraph, list or table, or of short lines below one another."""
        index_at = self._view.layout.index_at
        return self._groups[index_at(first[0])] == self._groups[index_at(last[0])]

    def _are_parallel(self, first: Place, last: Place) -> bool:
        """Whether a place and the next are siblings: statements only as parts of a sentence or list."""
        if not self.together(first, last):
            return False
        between = self._view.folded[first[1] : last[0]]
        return self._typed is not None or "\n" in between or "。" not in between

    @cached_property
    def _groups(self) -> list[int]:
        """Of each line the number of those that it belongs together with."""
        layout = self._view.layout
        blocks = [b for b in layout.blocks if b.kind != "section"]
        groups: list[int] = []
        before = None
        for number, line in enumerate(layout.lines):
            block = next((i for i, b in enumerate(blocks) if b.start <= line.start < b.end), None)
            short = line.role in _RUNNING and line.end - line.start <= _LONG_LINE
            kind = f"block {block}" if block is not None else "short" if short else ""
            groups.append(groups[-1] if kind and kind == before else number)
            before = kind
        return groups

    def _told(self, shares: Sequence[Shares]) -> list[float]:
        """What each says of the question, in the weight of its terms."""
        names = {name for one in shares for held, _ in one for name in held}
        return [
            sum(
                self._weights.get(name, _SELECTS)
                * max((share for held, share in one if name in held), default=0.0)
                for name in names
            )
            for one in shares
        ]

    def _shares(self, place: Place) -> Shares:
        """What of the question is said of a place, and how nearly."""
        line = self._view.layout.line_at(place[0])
        if line.cells and (line.role == Role.ROW or self._is_alone(line, place)):
            return self._of_cell(line, place)
        start, end = self._view.around(place)
        if self._typed is None:
            return ((self._said((start, end)) | self._labels(start), 1.0),)
        before, behind = self._clause(place, (start, end))
        own = self._said((before, behind)) | self._labels(before)
        form = self._form((before, place[0]), (place[1], behind))
        return (
            (own, 1.0),
            *self._earlier((start, before), form, own),
            (self._said((behind, end)), _LATER),
        )

    def _earlier(
        self, place: Place, form: str, own: frozenset[str]
    ) -> Iterator[tuple[frozenset[str], float]]:
        """What the clauses before a clause say, and how much of that is said of it.

        ``form`` is what the clause says beside its value, ``own`` what it says of the question. The whole
        is the subject of a part of it that the question names: 公路1260公里,其中高速公路85公里.
        """
        folded, at = self._view.folded, place[0]
        is_part = bool(phrase("text_of_which").match(form.strip()))
        for end in (m.end() for m in _CLAUSE.finditer(folded, *place)):
            told = any(_overlap((at, end), p) for p in self.answers)
            clause = _LEADING.sub("", _VALUE.sub("", folded[at : end - 1]))
            said = self._said((at, end))
            alike = not (is_part and own - said) and _are_alike(clause, form, told)
            yield said, _PARALLEL if alike else _EARLIER
            at = end

    def _form(self, left: Place, right: Place) -> str:
        """What a clause says beside its value: before it, or behind one that opens it (30家…)."""
        before = self._view.folded[slice(*left)]
        return before if before.strip() else self._view.folded[slice(*right)].rstrip(",、;。")

    def _introduction(self, first: Place) -> frozenset[str]:
        """What is said of a whole run: before the clause that the first one's own clause goes on."""
        line = self._view.layout.line_at(first[0])
        if line.role == Role.ROW:
            return frozenset()
        start = self._view.around(first)[0]
        ends = [m.end() for m in _CLAUSE.finditer(self._view.folded, start, first[0])]
        return self._said((line.start, ends[-2])) if len(ends) > 1 else frozenset()

    def _is_alone(self, row: Line, place: Place) -> bool:
        """Whether a place is the only value of the kind in its cell; more make the cell a clause."""
        cell = next((cell for cell in row.cells if _overlap(cell, place)), place)
        return sum(_overlap(cell, typed) for typed in self._typed or ()) <= 1

    def _of_cell(self, row: Line, place: Place) -> Shares:
        """Of a cell its column's name, and the cells of its row that hold no value of the kind."""
        typed = self._typed or ()
        said = frozenset[str]()
        for number, cell in enumerate(row.cells):
            own = _overlap(cell, place)
            if own or not any(_overlap(cell, p) for p in typed):
                said |= self._said(cell)
            if own and number < len(row.columns):
                said |= self._named(fold(row.columns[number]))
        return ((said, 1.0),)

    def _clause(self, place: Place, within: Place) -> Place:
        """The clause of a place in its statement."""
        folded, (low, high) = self._view.folded, within
        before = max((m.end() for m in _CLAUSE.finditer(folded, low, place[0])), default=low)
        behind = _CLAUSE.search(folded, place[1], high)
        return before, behind.start() if behind else high

    def _labels(self, at: int) -> frozenset[str]:
        """What the nearest label to the left says, in the same sentence."""
        folded = self._view.folded
        line = self._view.layout.line_at(at)
        start = max((m.end() for m in _STOP.finditer(folded, line.start, at)), default=line.start)
        ends = [m.start() for m in _LABEL_END.finditer(folded, start, at)]
        if not ends:
            return frozenset()
        begin = max((m.end() for m in _CLAUSE.finditer(folded, start, ends[-1])), default=start)
        return self._said((begin, ends[-1]))

    def _said(self, place: Place) -> frozenset[str]:
        """The question's terms that a place says, and the numbers by which the question picks."""
        return self._said_in(place) | self._picks(values_in(self._view.folded, *place))

    def _named(self, text: str) -> frozenset[str]:
        """The same of a text that is not in the passage."""
        return covered(self._question.terms, text) | self._picks(values_in(text, 0, len(text)))

    def _picks(self, values: Sequence[Value]) -> frozenset[str]:
        if not self._picked:
            return frozenset()
        return frozenset(key for v in values if (key := _number(v)) in self._picked)


def _number(value: Value) -> str:
    """A number by which one of several is picked, as one word: 第2级 and 第二级; empty for another."""
    told = value.kind in _BESIDE and value.number is not None
    return f"{value.kind} {value.number} {value.unit}" if told else ""


def _are_alike(one: str, other: str, told: bool) -> bool:
    """Whether two clauses are of one form, so that neither is the subject of the other.

    一类区域 and 二类区域 are, and 东区 and 西城 where both tell a value (``told``); 二类区域小型车首小时 and
    此后每半小时 are not.
    """
    pairs = {other[i : i + 2] for i in range(len(other) - 1)}
    shared = sum(pair in one for pair in pairs)
    return 3 * shared > len(pairs) or (told and abs(len(one) - len(other)) <= 1)


def _overlap(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]
