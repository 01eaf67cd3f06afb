"""Statements: the pieces of a passage that could answer, weighed by what they say of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenju.corpus.script import fold
from wenju.corpus.sentences import sentence_spans
from wenju.corpus.values import ORDINAL_MARK
from wenju.index.hit import Hit
from wenju.index.lexical import head
from wenju.qa.candidates import TYPED_KINDS
from wenju.qa.matching import Term, covered, total_weight
from wenju.qa.names import Place
from wenju.qa.question import Question
from wenju.qa.signs import (
    BAR,
    CUES,
    HEADED,
    asks,
    is_block,
    is_heading,
    is_page_line,
    is_table_head,
    labelled,
    speaks_of_another_year,
)

_PART = re.compile(r"[；;]")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts. Tuned on DRCD dev and CMRC dev half A, which measure nothing."""

    in_passage: float = 0.55  # a term elsewhere in the passage, against 1 in the statement itself
    in_block: float = (
        0.8  # the same for a labelled line or a table's row: its block names the thing
    )
    in_previous: float = 0.65  # a term in the statement before: 它, 該中心 and the like refer there
    in_question: float = 0.85  # a term in the question line that the statement answers
    in_head: float = 0.5  # a term only in title, issuer or headings
    fit: float = 0.07  # the statement holds something of the kind asked for
    measure: float = 0.35  # a number with the very measure word asked for
    miss: float = 0.3  # taken off when it holds nothing of a kind that patterns find reliably
    measure_miss: float = 0.15  # taken off besides when the question names a measure word
    strict_miss: float = 0.4  # taken off besides for telephone numbers: nothing else will do
    unfocused: float = 0.4  # taken off when it says none of the words beside the question word
    asks: float = 0.5  # taken off when it is itself a question or a heading: it tells nothing
    label: float = 0.3  # a line like 地點：… whose label names what is asked for
    headed: float = 0.2  # the heading above names the kind of thing that is asked for
    cue: float = 0.1  # words that ways, reasons and definitions are told with
    number: float = 0.3  # an enumeration of as many things as the question speaks of
    retrieval: float = 1.2  # per unit of fused retrieval score below the best hit
    near: float = 0.2  # a candidate close to the question's terms
    limit: float = 0.1  # a candidate that is the most where the most is asked for
    reach: float = 14.0  # characters over which closeness fades
    unfit: float = 0.9  # support left when nothing of the kind asked for was found
    quantity_unfit: float = 0.7  # the same where only a number could have been the answer
    strict_unfit: float = 0.3  # the same for telephone numbers and the like
    said: float = 0.4  # what coverage weighs in support; similarity weighs the rest
    empty: float = 0.5  # support left when the best statement is a question or a heading
    off_focus: float = 0.95  # support left when the passage knows nothing of what stands in focus
    off_focus_typed: float = 0.9  # the same where an amount, a person and the like is asked for
    other_year: float = 0.5  # support left when the passage speaks of another year


@dataclass(frozen=True, slots=True)
class Statement:
    """``folded[start:end]`` of a hit's folded passage; scores: higher is better.

    ``coverage`` is the share of the question's weight said in it or around it; ``kept`` what is
    left of its support when it, or its passage, speaks of something else (both 0 to 1).
    """

    hit: Hit
    folded: str
    start: int
    end: int
    coverage: float
    kept: float
    score: float

    @property
    def text(self) -> str:
        """The statement, folded."""
        return self.folded[self.start : self.end]


class Weighing:
    """Weighs the statements of one passage for one question."""

    def __init__(
        self, question: Question, terms: tuple[Term, ...], hit: Hit, weights: Weights
    ) -> None:
        self._question = question
        self._terms = terms
        self._focus = frozenset(t.text for t in terms if t.focus)
        self._hit = hit
        self._weights = weights
        self._folded = fold(hit.passage.text)
        above = fold(head(hit.passage))
        self._in_passage = covered(terms, self._folded)
        self._in_head = covered(terms, above)
        self._titles = {fold(t) for t in (hit.passage.title, *hit.passage.headings)}
        self._above = f"{above}\n{self._folded.split(chr(10), 1)[0]}"
        self._share = self._kept_share(above)

    def _kept_share(self, above: str) -> float:
        """What is left of the support when the passage speaks of something else."""
        w, share = self._weights, 1.0
        if self._focus and not self._focus & (self._in_passage | self._in_head):
            typed = self._question.kind in TYPED_KINDS
            share *= w.off_focus_typed if typed else w.off_focus
        told = f"{self._folded} {above} {self._hit.passage.date}"
        other = speaks_of_another_year(self._question.folded, told)
        return share * (w.other_year if other else 1.0)

    def statements(self, top: float) -> Iterator[Statement]:
        """The passage's statements in order; ``top`` is the best hit's retrieval score."""
        asked = before = frozenset[str]()
        for start, end in statement_spans(self._folded):
            text = self._folded[start:end]
            here = covered(self._terms, text)
            if ORDINAL_MARK.match(text):
                before = frozenset()  # parts of a list do not speak of one another
            coverage = self._coverage(text, here, asked, before)
            before = here
            if asks(text):
                asked = here
            score = coverage + self._signs(start, end, here)
            score -= self._weights.retrieval * (top - self._hit.score)
            kept = self._share * (self._weights.empty if self._tells_nothing(start, end) else 1.0)
            yield Statement(self._hit, self._folded, start, end, coverage, kept, score)

    def _coverage(
        self, text: str, here: frozenset[str], asked: frozenset[str], before: frozenset[str]
    ) -> float:
        w = self._weights
        places = (
            (here, 1.0),
            (asked, w.in_question),
            (before, w.in_previous),
            (self._in_passage, w.in_block if is_block(text) else w.in_passage),
            (self._in_head, w.in_head),
        )
        said = sum(t.weight * _share(t.text, places) for t in self._terms)
        return said / total_weight(self._terms)

    def _signs(self, start: int, end: int, here: frozenset[str]) -> float:
        """What speaks for a statement beside its words."""
        w = self._weights
        text = self._folded[start:end]
        if self._tells_nothing(start, end):
            return -w.asks
        if labelled(self._question, text):
            return w.label
        cue = CUES.get(self._question.kind)
        signs = w.cue if cue and cue.search(text) else 0.0
        headed = HEADED.get(self._question.kind)
        signs += w.headed if headed and headed.search(self._above) else 0.0
        # a table's row need not repeat what the table is about
        said = here | (self._in_passage if BAR in text else frozenset())
        return signs - w.unfocused * (bool(self._focus) and not self._focus & said)

    def _tells_nothing(self, start: int, end: int) -> bool:
        """Whether it is a question, a heading, a table's head or says who put up the page when."""
        text = self._folded[start:end]
        return (
            asks(text)
            or text.strip() in self._titles
            or is_heading(self._folded, start, end)
            or is_page_line(self._question, text)
            or is_table_head(self._folded, start)
        )


def statement_spans(folded: str) -> Iterator[Place]:
    """Sentences, parted at semicolons."""
    for start, end in sentence_spans(folded):
        at = start
        for cut in [*(m.end() for m in _PART.finditer(folded, start, end)), end]:
            if folded[at:cut].strip():
                yield at, cut
            at = cut


def _share(term: str, places: Sequence[tuple[frozenset[str], float]]) -> float:
    """What a term counts: the largest share of a place that holds it."""
    return max((share for held, share in places if term in held), default=0.0)
