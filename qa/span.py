"""A place in a found passage that is shown as an answer."""

from __future__ import annotations

from dataclasses import dataclass

from wenju.index.hit import Hit


@dataclass(frozen=True, slots=True)
class Span:
    """``hit.passage.text[start:end]``; higher ``score`` is better.

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
