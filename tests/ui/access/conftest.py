from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from wenju.qa.engine import Engine
from wenju.ui.access.middleware import AccessControl
from wenju.ui.access.policy import Policy
from wenju.ui.api.routes import create_api
from wenju.ui.page.sign_in import sign_in_router
from wenju.ui.page.views import router

Open = Callable[..., TestClient]
OURS = "http://localhost:8000"
READ, WRITE = "r" * 20, "w" * 20


@pytest.fixture
def opened(engine: Engine) -> Iterator[Open]:
    """A client of the API and the addresses that give HTML, behind a policy."""
    with ExitStack() as stack:

        def open_client(policy: Policy | None = None) -> TestClient:
            policy = policy or Policy()
            app = create_api(engine)
            app.include_router(sign_in_router(policy))
            app.include_router(router)
            app.add_middleware(AccessControl, policy=policy)
            client = TestClient(app, base_url=OURS, raise_server_exceptions=False)
            client.follow_redirects = False
            return stack.enter_context(client)

        yield open_client
