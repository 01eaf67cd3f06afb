"""Fixtures of real servers, started once for the tests of one process and used by those that ask for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests import servers
from wenju.qa.settings import Settings


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with servers.postgres() as address:
        yield address


@pytest.fixture(scope="session")
def milvus_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.milvus(tmp_path_factory.mktemp("milvus") / "data") as address:
        yield address


@pytest.fixture
def database(postgres_server: str) -> Iterator[str]:
    with servers.database(postgres_server, uuid.uuid4().hex) as address:
        yield address


@pytest.fixture
def shared(tmp_path: Path, database: str, milvus_server: str) -> Settings:
    """Settings of a node over a library that is empty."""
    return Settings(
        home=tmp_path / "home",
        cache=tmp_path / "cache",
        store=milvus_server,
        database=SecretStr(database),
        reader="lexical",
    )
