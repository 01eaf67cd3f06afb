"""One system, timed in a process and an environment of its own: ``worker.py SYSTEM FOLDER``.

FOLDER holds ``given.json`` (``passages`` with id and text, ``questions``, ``depth``) and the vectors of both,
``passages.npy`` and ``questions.npy``; for Wenju also the documents. What was found and the seconds that it took go into
``found.json``.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

Search = Callable[[int], list[str]]
"""The ids of the best passages for the question of a number, best first."""


def faiss_alone(given: dict[str, Any], folder: Path) -> Search:
    """Vectors in a flat FAISS index and nothing else: what a loop of one's own would do."""
    import faiss

    passages, questions = _vectors(folder)
    index = faiss.IndexFlatIP(passages.shape[1])
    index.add(passages)
    ids = [p["id"] for p in given["passages"]]

    def search(number: int) -> list[str]:
        _, places = index.search(questions[number : number + 1], given["depth"])
        return [ids[place] for place in places[0] if place >= 0]

    return search


def haystack(given: dict[str, Any], folder: Path) -> Search:
    """The in-memory store, its BM25 and its vectors, joined by reciprocal rank."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    vectors, questions = _vectors(folder)
    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    store.write_documents(
        [
            Document(id=p["id"], content=p["text"], embedding=vector.tolist())
            for p, vector in zip(given["passages"], vectors, strict=True)
        ]
    )
    words, alike = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")
    depth = given["depth"]

    def search(number: int) -> list[str]:
        asked, vector = given["questions"][number], questions[number].tolist()
        found = [
            words.run(query=asked, top_k=depth)["documents"],
            alike.run(query_embedding=vector, top_k=depth)["documents"],
        ]
        return [d.id for d in joiner.run(documents=found, top_k=depth)["documents"]]

    return search


def txtai(given: dict[str, Any], folder: Path) -> Search:
    """A hybrid index, BM25 and vectors, with its defaults."""
    from txtai import Embeddings

    passages, questions = _vectors(folder)
    texts = [p["text"] for p in given["passages"]]
    known = dict(zip(texts, passages, strict=True))
    known |= dict(zip(given["questions"], questions, strict=True))
    index = Embeddings(
        method="external",
        transform=lambda asked: np.stack([known[text] for text in asked]),
        backend="numpy",
        hybrid=True,
    )
    index.index([(p["id"], p["text"]) for p in given["passages"]])

    def search(number: int) -> list[str]:
        return [id_ for id_, _ in index.search(given["questions"][number], given["depth"])]

    return search


def wenju(given: dict[str, Any], folder: Path) -> Search:
    """Documents added to a library as ``wenju add`` does it: read, repaired, cut, stored, indexed."""
    from wenju.index.encoder import load_encoder
    from wenju.index.ingest import Ingest
    from wenju.index.library import Library
    from wenju.index.query import parse_query
    from wenju.index.retriever import HybridRetriever

    passages, questions = _vectors(folder)
    known = {p["text"]: vector for p, vector in zip(given["passages"], passages, strict=True)}
    asked = [parse_query(question) for question in given["questions"]]
    known |= {query.simplified: vector for query, vector in zip(asked, questions, strict=True)}
    encoder = _Known(load_encoder(given["encoder"]), known)
    sources = pickle.loads((folder / "documents").read_bytes())
    library = Library(folder / "library.sqlite")
    retriever = HybridRetriever(library, encoder, folder / "index")
    Ingest(library, encoder, None, committed=retriever.committed).add_sources(sources)
    retriever.sync()

    def search(number: int) -> list[str]:
        query = parse_query(given["questions"][number])
        return [hit.passage.id for hit in retriever.search(query, given["depth"])]

    return search


class _Known:
    """An encoder most of whose vectors are known; the others are of texts that a library is begun with."""

    def __init__(self, encoder: Any, known: dict[str, Any]) -> None:  # noqa: ANN401 - of Wenju
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder, self._known = encoder, known

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Any:  # noqa: ANN401
        if all(text in self._known for text in texts):
            return np.stack([self._known[text] for text in texts])
        return self._encoder.encode(texts, query=query)


SYSTEMS = {"faiss": faiss_alone, "haystack": haystack, "txtai": txtai, "wenju": wenju}


def _vectors(folder: Path) -> tuple[Any, Any]:
    return np.load(folder / "passages.npy"), np.load(folder / "questions.npy")


def _timed(work: Callable[[], Any]) -> tuple[Any, list[float]]:
    """What it gives; seconds by the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, [time.perf_counter() - clock, time.process_time() - processor]


def main(system: str, folder: Path) -> None:
    """Index, then ask every question once, the first of them twice: what is loaded late is not counted."""
    given = json.loads((folder / "given.json").read_text(encoding="utf-8"))
    search, indexed = _timed(lambda: SYSTEMS[system](given, folder))
    search(0)
    found = [_timed(partial(search, n)) for n in range(len(given["questions"]))]
    ranked, asked = zip(*found, strict=True)
    said = {"indexed": indexed, "asked": asked, "ranked": ranked}
    (folder / "found.json").write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
