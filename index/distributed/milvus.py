"""The passages in Milvus: dense vectors, and their words for its BM25, side by side."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from wenju.corpus.errors import WenjuError
from wenju.index.distributed.entries import WORDS_LENGTH
from wenju.index.distributed.extra import needed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SCHEMES: Final = {"milvus": "http", "milvus+tls": "https"}
_PATIENCE: Final = 30.0  # seconds for an answer
_BATCH: Final = 500
_UNLOADED: Final = 101  # what a server says that has been started anew
_MOST: Final = 16_384  # passages that a search may ask for


class MilvusError(WenjuError):
    """Milvus does not answer, or not as it should."""


class Address(NamedTuple):
    """Where Milvus is: ``milvus://host:19530/database``, with its token (``user:password``) or none."""

    url: str
    token: str = ""


class Row(NamedTuple):
    """A passage as Milvus holds it."""

    number: int
    document: str
    vector: NDArray[np.float32]
    words: str


class Milvus:
    """One collection of a Milvus server. Safe for use from several threads."""

    def __init__(self, address: Address, collection: str, dimension: int) -> None:
        """Raises MilvusError."""
        needed("pymilvus")
        from pymilvus import MilvusClient

        # its tracebacks; what went wrong is told by MilvusError
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)

        parts = urlsplit(address.url)
        where = f"{parts.hostname}:{parts.port or 19530}"
        self.name = f"Milvus at {where}"
        self._collection, self.dimension = collection, dimension
        with self._explained():
            self._client = MilvusClient(
                uri=f"{_SCHEMES[parts.scheme]}://{where}",
                token=address.token,
                db_name=parts.path.strip("/"),
                timeout=_PATIENCE,
                # servers hang up on those who ping them while nothing is asked
                grpc_options={
                    "grpc.keepalive_permit_without_calls": False,
                    "grpc.keepalive_time_ms": 60_000,
                },
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the server's errors into sentences."""
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except MilvusException as error:
            said = " ".join(str(error).split())[:300] or type(error).__name__
            raise MilvusError(
                f"{self.name} does not do what it is asked ({said}). Check that it runs, and the address "
                "in WENJU_STORE; nothing that was added is lost."
            ) from error

    def exists(self) -> bool:
        """Whether the collection is there."""
        with self._explained():
            return bool(self._client.has_collection(self._collection))

    def create(self) -> None:
        """Make the collection anew, empty."""
        from pymilvus import DataType, Function, FunctionType

        with self._explained():
            if self._client.has_collection(self._collection):
                self._client.drop_collection(self._collection)
            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("number", DataType.INT64, is_primary=True)
            schema.add_field("document", DataType.VARCHAR, max_length=64)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=self.dimension)
            schema.add_field(
                "words",
                DataType.VARCHAR,
                max_length=WORDS_LENGTH,
                enable_analyzer=True,
                analyzer_params={"tokenizer": "standard"},
            )
            schema.add_field("bm25", DataType.SPARSE_FLOAT_VECTOR)
            ranked = Function("bm25", FunctionType.BM25, ["words"], ["bm25"])
            schema.add_function(ranked)
            indexes = self._client.prepare_index_params()
            indexes.add_index("vector", index_type="AUTOINDEX", metric_type="IP")
            indexes.add_index("bm25", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
            self._client.create_collection(
                self._collection, schema=schema, index_params=indexes, consistency_level="Strong"
            )

    def put(self, rows: Sequence[Row]) -> None:
        """Put passages in, in place of those of the same numbers."""
        with self._explained():
            for first in range(0, len(rows), _BATCH):
                batch = [
                    row._asdict() | {"vector": row.vector.tolist()}
                    for row in rows[first : first + _BATCH]
                ]
                self._client.upsert(self._collection, batch)

    def remove(self, numbers: Sequence[int]) -> None:
        """Take passages out; those that are not there are passed over."""
        with self._explained():
            for first in range(0, len(numbers), _BATCH):
                self._client.delete(self._collection, ids=list(numbers[first : first + _BATCH]))

    def nearest(self, vector: NDArray[np.float32], k: int, only: str = "") -> list[int]:
        """The ``k`` passages whose vectors are nearest to one, nearest first.

        ``only`` is what documents are filtered by, in Milvus's words.
        """
        return self._search("vector", vector.tolist(), k, only)

    def best(self, words: str, k: int, only: str = "") -> list[int]:
        """The ``k`` passages with the best BM25 for some words, best first."""
        return self._search("bm25", words, k, only) if words else []

    def _search(self, field: str, asked: str | list[float], k: int, only: str) -> list[int]:
        from pymilvus.exceptions import MilvusException

        def search() -> list[Any]:
            return self._client.search(  # type: ignore[no-any-return]  # it ships no types
                self._collection, data=[asked], anns_field=field, limit=min(k, _MOST), filter=only
            )

        with self._explained():
            try:
                found = search()
            except MilvusException as error:
                if error.code != _UNLOADED:
                    raise
                self._client.load_collection(self._collection)
                found = search()
        return [int(hit["number"]) for hit in found[0]]

    def count(self, numbers: Sequence[int] | None = None) -> int:
        """How many passages the collection has, of these numbers if they are given."""
        only = "" if numbers is None else f"number in {[*numbers]}"
        with self._explained():
            found = self._client.query(self._collection, filter=only, output_fields=["count(*)"])
        return int(found[0]["count(*)"])

    def close(self) -> None:
        """Close the connection."""
        self._client.close()
