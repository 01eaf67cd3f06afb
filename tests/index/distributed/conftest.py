"""The library and the retriever that tests of the indexes ask for, over servers instead of a folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes import FakeEncoder
from tests.index.test_retriever import Blind
from tests.shared_servers import database, milvus_server, postgres_server
from wenju.index.distributed.indexes import SharedIndexes
from wenju.index.distributed.milvus import Address
from wenju.index.distributed.postgres import PostgresStore
from wenju.index.encoder import Encoder
from wenju.index.library import Library
from wenju.index.retriever import HybridRetriever

__all__ = ["database", "milvus_server", "postgres_server"]


@pytest.fixture
def library(database: str) -> Iterator[Library]:
    opened = Library(PostgresStore(database))
    yield opened
    opened.close()


def opened_indexes(library: Library, milvus: str, encoder: Encoder) -> SharedIndexes:
    indexes = SharedIndexes(library, Address(milvus), encoder)
    indexes.open()
    return indexes


@pytest.fixture
def indexes(library: Library, milvus_server: str, encoder: FakeEncoder) -> Iterator[SharedIndexes]:
    opened = opened_indexes(library, milvus_server, encoder)
    yield opened
    opened.close()


@pytest.fixture
def retriever(library: Library, encoder: FakeEncoder, indexes: SharedIndexes) -> HybridRetriever:
    return HybridRetriever(library, encoder, indexes)


@pytest.fixture
def blind(library: Library, milvus_server: str) -> Iterator[HybridRetriever]:
    encoder = Blind("blind")
    opened = opened_indexes(library, milvus_server, encoder)
    yield HybridRetriever(library, encoder, opened)
    opened.close()
