"""From a trained network to the file that ships."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wenju.qa.network import checkpoint as changes

if TYPE_CHECKING:
    from wenju.eval.training.network.model import Network
    from wenju.index.base import Base


def ship(network: Network, base: Base, path: Path, about: Mapping[str, Any]) -> None:
    """Write what training changed of the base's weights, and the heads."""
    trained = {name: p.detach().numpy() for name, p in network.bert.state_dict().items()}
    moved = {
        name: trained[name] - weight
        for name, weight in base.weights().items()
        if not np.array_equal(trained[name], weight)
    }
    heads = {name: p.detach().numpy() for name, p in network.heads.state_dict().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    changes.save(moved, heads, path, about)
