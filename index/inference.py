"""Layers of the embedded networks, computed by ONNX Runtime, one text at a time on every core."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from wenju.index.quantization import Precision, initializers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRAPHS: Final = Path(__file__).with_name("graphs")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Transformer:
    """The layers of a ``BertModel``; safe for use from several threads.

    A text is computed alone. So nothing is filled up to another's length, and what comes of a text never
    depends on what is computed beside it. A core that has a text of a hundred pieces is as busy as one that
    has several.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], precision: Precision) -> None:
        """Take weights by their names in a ``BertModel``, without word vectors."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # texts are what is spread over the cores
        # the graph is as it shall be: what would be fused into it again is slower
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.enable_cpu_mem_arena = False
        values = initializers(weights, precision)
        held = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in values.values()]
        options.add_external_initializers(list(values), held)
        graph = (GRAPHS / f"{precision}.onnx").read_bytes()
        self._session: Any = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    def states(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The last hidden states of a text's pieces, shape (pieces, hidden), for their word vectors."""
        (states,) = self._session.run(None, {"vectors": vectors[None]})
        found: NDArray[np.float32] = states[0]
        return found


def side_by_side(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """What work gives for each item, in their order, on as many cores as there are.

    All callers share the threads, so that many at once wait rather than slow each other down.
    """
    return list(_threads().map(work, items))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(cores(), thread_name_prefix="wenju-compute")


def give_back() -> None:
    """Hand what was freed back to the system, where the C library (glibc) would keep it for later.

    Weights pass through memory in several forms while a network is loaded, some 300 MB of them.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def cores() -> int:
    """The cores that this process may use; ``OMP_NUM_THREADS`` may say that they are fewer."""
    if hasattr(os, "sched_getaffinity"):
        known = len(os.sched_getaffinity(0))
    else:
        known = os.cpu_count() or 1
    said = os.environ.get("OMP_NUM_THREADS", "")
    return min(known, int(said)) if said.isdecimal() and int(said) else known
