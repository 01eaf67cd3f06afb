"""Haystack's in-memory BM25, with its defaults; see ``wenju.eval.benchmarks.external`` for what goes in and out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def search(given: dict[str, Any]) -> list[list[str]]:
    """The ids of the best passages for each question, best first."""
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=p["id"], content=p["text"]) for p in given["passages"]])
    retriever = InMemoryBM25Retriever(store)
    found = (retriever.run(query=q, top_k=given["depth"]) for q in given["questions"])
    return [[document.id for document in one["documents"]] for one in found]


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    ranked = search(json.loads(source.read_text(encoding="utf-8")))
    target.write_text(json.dumps(ranked), encoding="utf-8")
