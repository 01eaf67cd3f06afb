"""Grow the ranker's trees: what to add to a linear score so that the right candidate comes first.

LambdaMART (Burges 2010, *From RankNet to LambdaRank to LambdaMART*), by LightGBM, which is of the extra
``training``. A tree may only let a feature count the way that its meaning allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from wenju.qa.question import KINDS
from wenju.qa.trees import INPUTS, Node, Trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

ROUNDS: Final = 150
_GRADES = 10  # steps between a wrong candidate and a right one
_SETTINGS: Final[dict[str, Any]] = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 3,
    "label_gain": list(range(_GRADES + 1)),
    "learning_rate": 0.06,
    "num_leaves": 15,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "monotone_constraints_method": "intermediate",
    "deterministic": True,
    "seed": 7,
    "num_threads": 1,
    "verbose": -1,
}


def grow(
    tables: Sequence[Array],
    targets: Sequence[Array],
    kinds: Sequence[str],
    scores: Sequence[Array],
    directions: Mapping[str, int],
) -> Trees:
    """Trees over the candidates of questions, each given by its table (m, n), targets (0 to 1) and kind.

    ``scores`` are the linear scores that the trees add to. ``directions`` has 1 for an input that may only
    count in favour of a candidate, and -1 for one that may only count against it.
    """
    import lightgbm

    rows = [
        np.hstack([table, np.tile([float(kind == name) for name in KINDS], (len(table), 1))])
        for table, kind in zip(tables, kinds, strict=True)
    ]
    grades = np.round(np.concatenate(targets) * _GRADES).astype(int)
    data = lightgbm.Dataset(
        np.vstack(rows),
        grades,
        group=[len(table) for table in tables],
        init_score=np.concatenate(scores),
    )
    settings = {**_SETTINGS, "monotone_constraints": [directions.get(n, 0) for n in INPUTS]}
    model = lightgbm.train(settings, data, num_boost_round=ROUNDS).dump_model()
    return Trees(tuple(_row(tree["tree_structure"]) for tree in model["tree_info"]))


def _row(root: dict[str, Any]) -> tuple[Node, ...]:
    """A tree's nodes, root first."""
    found: list[Node] = []

    def put(node: dict[str, Any]) -> int:
        at = len(found)
        if "leaf_value" in node:
            found.append(Node(value=float(node["leaf_value"])))
            return at
        found.append(Node())
        left, right = put(node["left_child"]), put(node["right_child"])
        name = INPUTS[node["split_feature"]]
        found[at] = Node(name, float(node["threshold"]), left, right)
        return at

    put(root)
    return tuple(found)
