"""Growing the ranker's trees: what weights cannot say is learned, and no meaning is turned around."""

from __future__ import annotations

import numpy as np
import pytest

from wenju.eval.training.trees import grow
from wenju.qa.features import FEATURES
from wenju.qa.question import KINDS
from wenju.qa.trees import Trees

LENGTH, MARGIN = FEATURES.index("length"), FEATURES.index("margin")
Made = tuple[list[np.ndarray], list[np.ndarray], list[str]]


def questions(count: int, seed: int = 0) -> Made:
    """Of two candidates the short one answers where an amount is asked for, the long one else."""
    draw = np.random.default_rng(seed)
    tables, targets, kinds = [], [], []
    for number in range(count):
        kind = ("amount", "amount", "reason")[number % 3]
        table = draw.normal(size=(2, len(FEATURES)))
        table[:, LENGTH] = (0.1, 0.9)
        tables.append(table)
        targets.append(np.array([1.0, 0.0] if kind == "amount" else [0.0, 1.0]))
        kinds.append(kind)
    return tables, targets, kinds


def grown(made: Made, directions: dict[str, int] | None = None) -> Trees:
    nothing = [np.zeros(len(table)) for table in made[0]]
    return grow(*made, nothing, directions or {})


def test_what_depends_on_the_kind_of_question_is_learned() -> None:
    trees = grown(questions(400))
    tables, targets, kinds = questions(100, seed=1)
    best = [np.argmax(trees.scores(t, kind)) for t, kind in zip(tables, kinds, strict=True)]
    assert sum(target[at] for target, at in zip(targets, best, strict=True)) >= 95


def test_the_same_questions_grow_the_same_trees() -> None:
    assert grown(questions(200)) == grown(questions(200))


@pytest.mark.parametrize("direction", [1, -1])
def test_what_speaks_for_a_candidate_never_counts_against_it(direction: int) -> None:
    made = questions(400)
    for table, target in zip(made[0], made[1], strict=True):
        table[:, MARGIN] = -direction * target  # the other way round
    trees = grown(made, {"margin": direction})
    steps = np.linspace(-2, 2, 41)
    for table in made[0][:20]:
        same = np.repeat(table[:1], len(steps), axis=0)
        same[:, MARGIN] = steps
        for kind in KINDS[:3]:
            assert (direction * np.diff(trees.scores(same, kind)) >= -1e-9).all()
