"""Weights as the graphs of ``index/graphs`` take them, whole or in 8 bits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Precision = Literal["float32", "int8"]
PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)

# Of 8 bits 7 are used: two products of larger numbers overflow the 16 bits in which processors without
# VNNI add them, and so one text would have other vectors on other machines.
_MOST: Final = 63
_ATTENTION = "attention.self."


def initializers(
    weights: Mapping[str, NDArray[np.float32]], precision: Precision
) -> dict[str, NDArray[Any]]:
    """The tensors of a graph by name, from weights by their names in a ``BertModel``.

    Matrices are [in, out]. Those of queries, keys and values are one. In ``int8`` each output has its own
    scale, and 0 stands for 0.
    """
    places = weights["embeddings.position_embeddings.weight"]
    found: dict[str, NDArray[Any]] = {
        "embeddings.places": places + weights["embeddings.token_type_embeddings.weight"][0]
    }
    for name, matrix, bias in _linear(weights):
        found[f"{name}.bias"] = bias
        if precision == "int8":
            integers, scale = quantized(matrix)
            found[f"{name}.matrix"], found[f"{name}.scale"] = integers.T, scale
            found[f"{name}.zero"] = np.zeros(len(scale), np.int8)
        else:
            found[f"{name}.matrix"] = matrix.T
    found |= {name: weight for name, weight in weights.items() if "LayerNorm" in name}
    return {name: np.ascontiguousarray(value) for name, value in found.items()}


def quantized(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix [out, in] as integers from -63 to 63, and what a step of each output is worth."""
    scale = np.abs(matrix).max(axis=1) / _MOST
    scale[scale == 0] = 1
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def _linear(
    weights: Mapping[str, NDArray[np.float32]],
) -> Iterator[tuple[str, NDArray[np.float32], NDArray[np.float32]]]:
    """Name in the graph, matrix [out, in] and bias of each linear map."""
    for name in weights:
        layer = re.fullmatch(r"(.+)\.(dense|attention\.self\.query)\.weight", name)
        if layer is None:
            continue
        if layer[2] == "dense":
            sources, target = [f"{layer[1]}.dense"], f"{layer[1]}.dense"
        else:
            sources = [f"{layer[1]}.{_ATTENTION}{part}" for part in ("query", "key", "value")]
            target = f"{layer[1]}.attention.all"
        matrix, bias = (
            np.concatenate([weights[f"{source}.{part}"] for source in sources])
            for part in ("weight", "bias")
        )
        yield target, matrix, bias
