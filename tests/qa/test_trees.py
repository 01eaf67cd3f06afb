"""The ranker's trees: what they add up to, whichever way it is computed, and how they are written."""

from __future__ import annotations

import json
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.qa.features import FEATURES
from wenju.qa.question import KINDS
from wenju.qa.ranker import Mode, bundled
from wenju.qa.trees import INPUTS, Node, Trees, from_rows, to_rows

ROWS = len(FEATURES)


@st.composite
def grown(draw: st.DrawFn) -> Trees:
    """Trees of any shape with thresholds that rows may meet exactly."""

    def put(row: list[Node], depth: int) -> int:
        at = len(row)
        row.append(Node(value=draw(st.integers(-9, 9)) / 4))
        if depth and draw(st.booleans()):
            left, right = put(row, depth - 1), put(row, depth - 1)
            name = draw(st.sampled_from(INPUTS))
            row[at] = Node(name, draw(st.integers(-4, 4)) / 4, left, right)
        return at

    rows = []
    for _ in range(draw(st.integers(0, 4))):
        row: list[Node] = []
        put(row, 4)
        rows.append(tuple(row))
    return Trees(tuple(rows))


def walked(trees: Trees, features: np.ndarray, kind: str) -> float:
    """What the trees add, node by node."""
    seen = dict(zip(FEATURES, features, strict=True)) | {k: float(k == kind) for k in KINDS}
    total = 0.0
    for row in trees.rows:
        node = row[0]
        while node.input:
            node = row[node.left if seen[node.input] <= node.threshold else node.right]
        total += node.value
    return total


@given(grown(), st.integers(0, 5), st.sampled_from(KINDS), st.integers(0, 99))
def test_they_add_what_a_walk_from_the_root_finds(
    trees: Trees, count: int, kind: str, seed: int
) -> None:
    table = np.random.default_rng(seed).integers(-4, 5, (count, ROWS)) / 4
    wanted = [walked(trees, row, kind) for row in table]
    assert trees.scores(table, kind) == pytest.approx(wanted)


@given(grown())
def test_what_is_written_is_read_again(trees: Trees) -> None:
    assert from_rows(json.loads(json.dumps(to_rows(trees)))) == trees


@given(grown(), st.sampled_from(KINDS))
def test_scaled_trees_add_as_much_more(trees: Trees, kind: str) -> None:
    table = np.random.default_rng(1).normal(size=(3, ROWS))
    assert trees.scaled(0.5).scores(table, kind) == pytest.approx(0.5 * trees.scores(table, kind))


@pytest.mark.parametrize("row", [[["margin", 0.5, 1, 7], [0.0]], [["nothing", 0.5, 1, 1], [0.0]]])
def test_a_node_that_is_not_there_is_refused(row: list[list[object]]) -> None:
    with pytest.raises(ValueError, match="not"):
        from_rows([row])


@pytest.mark.parametrize("mode", get_args(Mode))
def test_the_bundled_ones_look_at_what_they_may(mode: Mode) -> None:
    trees = bundled(mode).trees
    assert trees.rows or mode == "lexical"  # its weights do as well alone
    used = {node.input for row in trees.rows for node in row if node.input}
    assert used <= {*INPUTS}
    if mode == "lexical":
        assert not used & {"margin", "likelihood", "sentence", "answering", "first"}
