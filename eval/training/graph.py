"""The graphs of ``index/graphs``: the layers of the embedded networks, without their weights.

``python -m wenju.eval.training.graph`` writes them; it needs ``wenju[training]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wenju.index.embedded import checked_bin
from wenju.index.inference import GRAPHS
from wenju.index.q4 import Sizes, parse
from wenju.index.quantization import PRECISIONS, Precision

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

_OWN = "com.microsoft"  # ONNX Runtime's own operators


def graph(sizes: Sizes, precision: Precision) -> ModelProto:
    """From word vectors (1, pieces, hidden) to the last hidden states, of the same shape."""
    from onnx import TensorProto, helper

    made = _Graph(sizes, precision)
    made.put_all()
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "pieces", sizes.hidden])
        for name in ("vectors", "states")
    ]
    whole = helper.make_graph(made.nodes, "layers", ends[:1], ends[1:], made.initializers)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(whole, opset_imports=opsets, ir_version=9, producer_name="wenju")


@dataclass
class _Graph:
    sizes: Sizes
    precision: Precision
    nodes: list[NodeProto] = field(default_factory=list)
    initializers: list[TensorProto] = field(default_factory=list)

    def put_all(self) -> None:
        self._put_places()
        at = self._normed("places", "embeddings.LayerNorm")
        for layer in range(self.sizes.layers):
            at = self._put_layer(f"encoder.layer.{layer}", at)
        self._node("Identity", [at], "states")

    def _put_places(self) -> None:
        hidden = self.sizes.hidden
        self._constant("first", [0])
        if self.precision == "int8":
            self._constant("last_axis", [-1])
        self._node("Shape", ["vectors"], "count", start=1, end=2)
        table = self._weight("embeddings.places", [self.sizes.positions, hidden])
        self._node("Slice", [table, "first", "count"], "taken")
        self._node("Add", ["vectors", "taken"], "places")

    def _put_layer(self, name: str, at: str) -> str:
        hidden, wide = self.sizes.hidden, self.sizes.feed_forward
        both = self._linear(f"{name}.attention.all", at, hidden, 3 * hidden)
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self._node("Split", [both], *parts, axis=-1, num_outputs=3)
        heads = f"{name}.heads"
        self._node("MultiHeadAttention", parts, heads, domain=_OWN, num_heads=self.sizes.heads)
        attended = self._linear(f"{name}.attention.output.dense", heads, hidden, hidden)
        at = self._summed(at, attended, f"{name}.attention.output.LayerNorm")
        inner = self._linear(f"{name}.intermediate.dense", at, hidden, wide, gelu=True)
        outer = self._linear(f"{name}.output.dense", inner, wide, hidden)
        return self._summed(at, outer, f"{name}.output.LayerNorm")

    def _linear(self, name: str, at: str, width: int, out: int, *, gelu: bool = False) -> str:
        product = f"{name}.product"
        if self.precision == "int8":
            self._product_in_int8(name, at, width, out)
        else:
            matrix = self._weight(f"{name}.matrix", [width, out])
            self._node("MatMul", [at, matrix], product)
        bias = self._weight(f"{name}.bias", [out])
        if gelu:
            return self._node("BiasGelu", [product, bias], f"{name}.active", domain=_OWN)
        return self._node("Add", [product, bias], f"{name}.done")

    def _product_in_int8(self, name: str, at: str, width: int, out: int) -> None:
        """Each piece's numbers are brought to one size first: all share the steps of 8 bits."""
        from onnx import TensorProto

        size = self._node("ReduceL2", [at, "last_axis"], f"{name}.size", keepdims=1)
        even = self._node("Div", [at, size], f"{name}.even")
        weights = [
            self._weight(f"{name}.matrix", [width, out], TensorProto.INT8),
            self._weight(f"{name}.scale", [out]),
            self._weight(f"{name}.zero", [out], TensorProto.INT8),
        ]
        self._node("DynamicQuantizeMatMul", [even, *weights], f"{name}.scaled", domain=_OWN)
        self._node("Mul", [f"{name}.scaled", size], f"{name}.product")

    def _summed(self, at: str, more: str, norm: str) -> str:
        return self._normed(self._node("Add", [at, more], f"{norm}.sum"), norm)

    def _normed(self, at: str, norm: str) -> str:
        shape = [self.sizes.hidden]
        weights = [self._weight(f"{norm}.{part}", shape) for part in ("weight", "bias")]
        return self._node(
            "LayerNormalization",
            [at, *weights],
            f"{norm}.done",
            axis=-1,
            epsilon=self.sizes.epsilon,
        )

    def _node(self, kind: str, inputs: list[str], *outputs: str, **settings: object) -> str:
        from onnx import helper

        given: dict[str, Any] = dict(settings)
        self.nodes.append(helper.make_node(kind, inputs, list(outputs), **given))
        return outputs[0]

    def _constant(self, name: str, values: list[int]) -> None:
        from onnx import TensorProto, helper

        self.initializers.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))

    def _weight(self, name: str, shape: list[int], kind: int = 1) -> str:
        """A tensor that is given when the graph is loaded."""
        from onnx import TensorProto

        tensor = TensorProto(name=name, data_type=kind, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="given")
        self.initializers.append(tensor)
        return name


def main() -> None:
    """Write a graph for each precision."""
    sizes = parse(checked_bin().read_bytes()).sizes
    for precision in PRECISIONS:
        (GRAPHS / f"{precision}.onnx").write_bytes(graph(sizes, precision).SerializeToString())


if __name__ == "__main__":
    main()
