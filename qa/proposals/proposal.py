"""A place in a passage that could answer, and why it was offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """``folded[start:end]`` of a passage as an answer.

    ``parts`` are the items of a list; ``marks`` are named values (about 0 to 1) that the proposer
    gives besides, features of :mod:`wenju.qa.features`.
    """

    start: int
    end: int
    parts: tuple[Place, ...] = ()
    marks: Mapping[str, float] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Its place in the passage."""
        return self.start, self.end


def merged(proposals: Iterable[Proposal]) -> list[Proposal]:
    """One proposal to each place, in the order they came, with all that was said for it."""
    found: dict[Place, Proposal] = {}
    for proposal in proposals:
        known = found.get(proposal.place)
        if known is None:
            found[proposal.place] = proposal
            continue
        names = (*known.marks, *proposal.marks)
        marks = {n: max(known.marks.get(n, 0.0), proposal.marks.get(n, 0.0)) for n in names}
        parts = known.parts or proposal.parts
        found[proposal.place] = Proposal(*proposal.place, parts, marks)
    return list(found.values())
