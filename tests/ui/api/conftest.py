from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from wenju.qa.engine import Engine
from wenju.ui.api.routes import create_api


@pytest.fixture
def filled_client(filled: Engine) -> Iterator[TestClient]:
    """The API over an engine that has documents."""
    with TestClient(create_api(filled), raise_server_exceptions=False) as opened:
        yield opened
