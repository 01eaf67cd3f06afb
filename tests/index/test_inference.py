"""The graphs against the same layers in NumPy, on a small model; what is written against what is there."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.qa.network.small import base
from wenju.eval.training.graph import graph
from wenju.index import embedded, inference
from wenju.index.inference import GRAPHS, Transformer, cores, side_by_side
from wenju.index.quantization import PRECISIONS, Precision, quantized

Weights = dict[str, NDArray[np.float32]]


def normed(values: NDArray[np.float64], weights: Weights, name: str) -> NDArray[np.float64]:
    middle = values - values.mean(-1, keepdims=True)
    even = middle / np.sqrt((middle**2).mean(-1, keepdims=True) + 1e-12)
    found: NDArray[np.float64] = even * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return found


def linear(values: NDArray[np.float64], weights: Weights, name: str) -> NDArray[np.float64]:
    found: NDArray[np.float64] = values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return found


def gelu(values: NDArray[np.float64]) -> NDArray[np.float64]:
    from math import erf

    found: NDArray[np.float64] = values * (1 + np.vectorize(erf)(values / np.sqrt(2))) / 2
    return found


def attended(values: NDArray[np.float64], weights: Weights, name: str) -> NDArray[np.float64]:
    count, heads = len(values), base().model.sizes.heads
    query, key, value = (
        linear(values, weights, f"{name}.self.{part}").reshape(count, heads, -1).swapaxes(0, 1)
        for part in ("query", "key", "value")
    )
    fits = query @ key.swapaxes(1, 2) / np.sqrt(query.shape[-1])
    shares = np.exp(fits - fits.max(-1, keepdims=True))
    mixed = (shares / shares.sum(-1, keepdims=True)) @ value
    return linear(mixed.swapaxes(0, 1).reshape(count, -1), weights, f"{name}.output.dense")


def by_hand(vectors: NDArray[np.float32], weights: Weights) -> NDArray[np.float64]:
    """BERT's layers (Devlin et al. 2018), post-norm."""
    at = vectors + weights["embeddings.position_embeddings.weight"][: len(vectors)]
    at = normed(
        at + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm"
    )
    for layer in range(base().model.sizes.layers):
        name = f"encoder.layer.{layer}"
        more = attended(at, weights, f"{name}.attention")
        at = normed(at + more, weights, f"{name}.attention.output.LayerNorm")
        wide = gelu(linear(at, weights, f"{name}.intermediate.dense"))
        at = normed(
            at + linear(wide, weights, f"{name}.output.dense"), weights, f"{name}.output.LayerNorm"
        )
    return at


def transformer(precision: Precision, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Transformer:
    made = graph(base().model.sizes, precision)
    (folder / f"{precision}.onnx").write_bytes(made.SerializeToString())
    monkeypatch.setattr(inference, "GRAPHS", folder)
    return Transformer(base().weights(), precision)


@pytest.mark.parametrize(("precision", "apart"), [("float32", 1e-4), ("int8", 0.1)])
def test_states_are_those_of_the_layers(
    precision: Precision, apart: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = transformer(precision, tmp_path, monkeypatch)
    for count in (1, 2, 37, 512):
        vectors = base().words(np.arange(5, 5 + count))
        wanted = by_hand(vectors, base().weights())
        found = layers.states(vectors)
        assert found.shape == wanted.shape
        assert np.linalg.norm(found - wanted) < apart * np.linalg.norm(wanted)


def test_integers_are_as_near_as_their_steps_allow() -> None:
    matrix = np.random.default_rng(1).normal(size=(7, 50)).astype(np.float32)
    matrix[3] = 0
    integers, scale = quantized(matrix)
    assert np.abs(integers).max() == 63
    assert (np.abs(integers * scale[:, None] - matrix).max(1) <= scale / 2 + 1e-7).all()


@pytest.mark.slow
@pytest.mark.skipif(embedded.find_bin() is None, reason=f"{embedded.WHEEL} is not installed")
@pytest.mark.parametrize("precision", PRECISIONS)
def test_the_graphs_are_those_that_are_written(precision: Precision) -> None:
    from wenju.index.base import Base

    written = graph(Base.shared().model.sizes, precision).SerializeToString()
    assert (GRAPHS / f"{precision}.onnx").read_bytes() == written


def test_work_side_by_side_keeps_its_order_and_its_errors() -> None:
    names: set[str] = set()

    def work(number: int) -> int:
        names.add(threading.current_thread().name)
        return 1 // number

    assert side_by_side(work, []) == []
    assert side_by_side(work, [1, 2, 1, 3]) == [1, 0, 1, 0]
    assert len(names) <= cores()
    with pytest.raises(ZeroDivisionError):
        side_by_side(work, [1, 0])
