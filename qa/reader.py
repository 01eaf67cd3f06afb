"""The Reader seam: passages in, scored spans out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from wenju.index.hit import Hit
from wenju.qa.question import Question


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate answer: ``hit.passage.text[start:end]``; higher ``score`` is better.

    ``parts`` are the items of an enumeration, half-open places in the same passage.
    """

    hit: Hit
    start: int
    end: int
    score: float
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The span's own characters."""
        return self.hit.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """Spans, best first, and how little the passages support any answer (0 to 1).

    A calibrated reader also says how probably the first span is right (``confidence``); its spans
    are one answer, one to a passage, and different answers of the same kind that are nearly as good
    are its ``alternatives``, best first. ``disputed`` says that one of them is as good.
    """

    spans: tuple[Span, ...]
    no_answer_score: float
    confidence: float | None = None
    alternatives: tuple[Span, ...] = ()
    disputed: bool = False


class Reader(Protocol):
    """Finds answers inside passages; it can only point at what is there."""

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Spans of the hits' passages, best first; none where there are no hits."""
        ...
