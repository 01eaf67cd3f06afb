"""txtai's keyword index, with its defaults; see ``wenju.eval.benchmarks.external`` for what goes in and out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def search(given: dict[str, Any]) -> list[list[str]]:
    """The ids of the best passages for each question, best first."""
    from txtai import Embeddings

    embeddings = Embeddings(keyword=True)
    embeddings.index([(p["id"], p["text"]) for p in given["passages"]])
    found = (embeddings.search(question, given["depth"]) for question in given["questions"])
    return [[passage for passage, _ in one] for one in found]


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    ranked = search(json.loads(source.read_text(encoding="utf-8")))
    target.write_text(json.dumps(ranked), encoding="utf-8")
