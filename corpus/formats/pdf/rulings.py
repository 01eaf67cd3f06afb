"""The straight lines of a page: pieces of one line put together, and lines that touch each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from wenju.corpus.formats.pdf.glyphs import Ruling

NEAR = 3.0  # points: edges that are closer are one
_SAME = 0.5  # points: pieces that are closer to one line are of it
_BAND = 24.0  # points: lines are looked for in bands of the page


def connected(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Rulings that touch each other, directly or by others; those without a crossing are left out."""
    lines = _whole(rulings)
    parents = list(range(len(lines)))
    for one, other in _neighbours(lines):
        if _touch(lines[one], lines[other]):
            parents[_root(parents, one)] = _root(parents, other)
    groups: dict[int, list[Ruling]] = defaultdict(list)
    for number, line in enumerate(lines):
        groups[_root(parents, number)].append(line)
    for found in groups.values():
        if any(r.level for r in found) and any(not r.level for r in found):
            yield found


def _root(parents: list[int], number: int) -> int:
    """The member that stands for all that are joined with one, whose way to it is made shorter."""
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _whole(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Each line once: programs draw the border of every box by itself."""
    kinds: dict[tuple[bool, int], list[Ruling]] = defaultdict(list)
    for r in rulings:
        kinds[r.level, round((r.top if r.level else r.left) / _SAME)].append(r)
    return list(chain.from_iterable(_put_together(kind) for kind in kinds.values()))


def _put_together(pieces: list[Ruling]) -> list[Ruling]:
    """Pieces of lines at one place that follow each other, as one line each."""
    found: list[Ruling] = []
    for piece in sorted(pieces, key=lambda r: (r.left, r.top) if r.level else (r.top, r.left)):
        if found and _touch(found[-1], piece):
            last = found[-1]
            ends = max(last.right, piece.right), max(last.bottom, piece.bottom)
            found[-1] = Ruling(min(last.left, piece.left), min(last.top, piece.top), *ends)
        else:
            found.append(piece)
    return found


def _neighbours(lines: Sequence[Ruling]) -> Iterator[tuple[int, int]]:
    """The numbers of lines that have a band of the page in common."""
    bands: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for band in range(int((line.top - NEAR) // _BAND), int((line.bottom + NEAR) // _BAND) + 1):
            bands[band].append(number)
    for numbers in bands.values():
        yield from combinations(numbers, 2)


def _touch(one: Ruling, other: Ruling) -> bool:
    return (
        one.left - NEAR <= other.right
        and other.left - NEAR <= one.right
        and one.top - NEAR <= other.bottom
        and other.top - NEAR <= one.bottom
    )
