"""How fast texts become vectors: ``python -m wenju.eval.benchmarks.embedding``. Measures, never asserts.

Wenju's embedded encoder beside ``SentenceTransformer.encode`` of the same model in float32, and the encoders that
``--encoder`` names, in turns in one process, over passages of the samples and, where ``WENJU_DATA`` has them, of law.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from wenju.corpus.build import build_document
from wenju.corpus.passages import cut
from wenju.eval.benchmarks.speed import documents
from wenju.eval.training.encoder.unpacked import unpacked
from wenju.index.encoder import load_encoder
from wenju.index.inference import cores
from wenju.qa.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FLAGS = re.compile(r"\b(avx2|avx_vnni|avx512f|avx512_vnni|avx512_bf16|amx_int8|amx_bf16)\b")
Encode = Callable[[list[str]], "NDArray[np.float32]"]


def passages(count: int, length: int) -> list[str]:
    """Beginnings of passages of the samples and of law, each of half to all of so many characters."""
    found = (
        p.text[:length] for source in documents(4 * count) for p in cut(build_document(source))
    )
    return [text for text in found if 2 * len(text) >= length][:count]


def plain(cache: Path) -> Encode:
    """What one line of sentence-transformers does: its defaults, float32."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(unpacked(cache)), device="cpu").float()

    def encode(texts: list[str]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = model.encode(
            [f"passage: {text}" for text in texts], show_progress_bar=False
        )
        return found

    return encode


def measure(encoders: dict[str, Encode], texts: list[str], rounds: int) -> list[dict[str, object]]:
    """Passages a second by the clock and by the processor, and the mean cosine to the first one's vectors."""
    walls: dict[str, list[float]] = {name: [] for name in encoders}
    works: dict[str, list[float]] = {name: [] for name in encoders}
    vectors: dict[str, NDArray[np.float32]] = {}
    for _ in range(rounds):
        for name, encode in encoders.items():
            wall, work = perf_counter(), process_time()
            vectors[name] = encode(texts)
            walls[name].append(perf_counter() - wall)
            works[name].append(process_time() - work)
    first = next(iter(encoders))
    return [
        {
            "encoder": name,
            "passages/s": round(len(texts) / median(walls[name]), 1),
            "passages/CPU-s": round(len(texts) / median(works[name]), 1),
            "times as fast": round(median(walls[first]) / median(walls[name]), 2),
            "times less CPU": round(median(works[first]) / median(works[name]), 2),
            "cosine": _cosine(vectors[first], vectors[name]),
        }
        for name in encoders
    ]


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float | None:
    return round(float((one * other).sum(1).mean()), 5) if one.shape == other.shape else None


def features() -> list[str]:
    """What the processor can do that matters here, where the system tells."""
    try:
        said = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return sorted(set(_FLAGS.findall(said)))


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, and print one JSON object."""
    options = argparse.ArgumentParser(
        prog="python -m wenju.eval.benchmarks.embedding", description=__doc__
    )
    options.add_argument("--passages", type=int, default=256)
    options.add_argument("--length", type=int, default=125, help="characters of a passage at most")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--encoder", action="append", default=[], help="others to measure")
    chosen = options.parse_args(argv)
    texts = passages(chosen.passages, chosen.length)
    encoders: dict[str, Encode] = {"sentence-transformers": plain(Settings().cache)}
    for name in ("embedded", *chosen.encoder):
        encoders[name] = load_encoder(name).encode
    for encode in encoders.values():
        encode(texts[:2])
    found = {
        "cores": cores(),
        "features": features(),
        "passages": len(texts),
        "characters": round(sum(map(len, texts)) / len(texts)),
        "measured": measure(encoders, texts, chosen.rounds),
    }
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
