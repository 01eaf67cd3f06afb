"""Regression trees that add up: what weights alone cannot say, such as a value where an amount is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from wenju.qa.features import FEATURES
from wenju.qa.question import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

INPUTS: Final = (*FEATURES, *KINDS)
"""What a tree may look at: a candidate's features, and the kind of question, 1 for its own and 0 for others."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a tree: goes to ``left`` where the input is at most ``threshold``, else to ``right``.

    ``input`` is a name of INPUTS and empty for a leaf, which has a ``value``; left and right are places
    in the tree's own row of nodes.
    """

    input: str = ""
    threshold: float = 0.0
    left: int = 0
    right: int = 0
    value: float = 0.0


@dataclass(frozen=True)
class Trees:
    """Trees, each a row of nodes with its root first."""

    rows: tuple[tuple[Node, ...], ...] = ()
    _table: tuple[NDArray[Any], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the nodes out as arrays; raises ValueError for an unknown input or place."""
        widest = max((len(row) for row in self.rows), default=0)
        shape = (len(self.rows), widest)
        inputs, left, right = (np.zeros(shape, np.intp) for _ in range(3))
        threshold, value = np.zeros(shape), np.zeros(shape)
        for at, row in enumerate(self.rows):
            for place, node in enumerate(row):
                value[at, place] = node.value
                left[at, place] = right[at, place] = place
                if node.input:
                    inputs[at, place] = INPUTS.index(node.input)
                    threshold[at, place] = node.threshold
                    left[at, place], right[at, place] = node.left, node.right
        if widest and not (0 <= left.min() and max(left.max(), right.max()) < widest):
            raise ValueError("a tree has a node that is not there")
        object.__setattr__(self, "_table", (inputs, threshold, left, right, value))

    def scores(self, table: NDArray[np.float64], kind: str) -> NDArray[np.float64]:
        """What the trees add to each candidate's score: table (m, len(FEATURES)) → (m,)."""
        if not self.rows or not len(table):
            return np.zeros(len(table))
        inputs, threshold, left, right, value = self._table
        asked = np.tile([float(kind == name) for name in KINDS], (len(table), 1))
        seen, each = np.hstack([table, asked]), np.arange(len(self.rows))
        at = np.zeros((len(table), len(self.rows)), np.intp)
        while True:
            below = np.take_along_axis(seen, inputs[each, at], axis=1) <= threshold[each, at]
            following = np.where(below, left[each, at], right[each, at])
            if np.array_equal(following, at):
                return np.asarray(value[each, at].sum(axis=1))
            at = following

    def scaled(self, by: float) -> Trees:
        """The same trees with values times ``by``."""
        rows = (
            tuple(Node(n.input, n.threshold, n.left, n.right, n.value * by) for n in row)
            for row in self.rows
        )
        return Trees(tuple(rows))


def to_rows(trees: Trees, digits: int = 4) -> list[list[list[Any]]]:
    """The trees as JSON: a node is its value, or its input, threshold and two places."""
    return [
        [
            [n.input, round(n.threshold, digits), n.left, n.right]
            if n.input
            else [round(n.value, digits)]
            for n in row
        ]
        for row in trees.rows
    ]


def from_rows(rows: Sequence[Sequence[Sequence[Any]]]) -> Trees:
    """The trees from ``to_rows``; raises ValueError where they are none."""
    return Trees(tuple(tuple(_node(*node) for node in row) for row in rows))


def _node(first: Any, *rest: Any) -> Node:  # noqa: ANN401 - what a JSON file may hold
    if not rest:
        return Node(value=float(first))
    threshold, left, right = rest
    return Node(str(first), float(threshold), int(left), int(right))
