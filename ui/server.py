"""The application, the API and the page over one engine in one process, and its server."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from wenju.corpus.errors import WenjuError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from wenju.qa.engine import Engine
    from wenju.ui.access.policy import Policy
    from wenju.ui.load.server import Server


class AddressError(WenjuError):
    """The server cannot listen at this address and port."""


def create_app(engine: Engine, policy: Policy | None = None) -> FastAPI:
    """The API under ``/api/v1``, its documentation at ``/docs``, the chat at ``/``.

    Nothing is reached but by what the policy allows; by default that is this machine alone. The
    caller keeps the engine and closes it when the application has stopped.
    """
    from starlette.middleware import Middleware

    from wenju.ui.access.middleware import AccessControl
    from wenju.ui.access.policy import Policy
    from wenju.ui.api.routes import create_api
    from wenju.ui.compatible.routes import router as compatible
    from wenju.ui.load.shutdown import Intake
    from wenju.ui.mcp import is_installed as mcp_is_installed
    from wenju.ui.page.blocks import mount_pages
    from wenju.ui.page.sign_in import sign_in_router
    from wenju.ui.page.views import router
    from wenju.ui.transcript.routes import router as transcripts

    policy = policy or Policy()
    app = create_api(engine)
    app.include_router(compatible)
    app.include_router(sign_in_router(policy))
    app.include_router(router)
    app.include_router(transcripts)
    mount_pages(app, engine)
    if mcp_is_installed():
        from wenju.ui.mcp.server import mount

        mount(app, engine)
    # the log of requests stands before all of it, so that what is refused is counted, too
    app.user_middleware += [
        Middleware(Intake, shutdown=app.state.shutdown),
        Middleware(AccessControl, policy=policy),
    ]
    return app


def server_of(
    engine: Engine,
    policy: Policy | None = None,
    log_level: str = "warning",
    grace: float = 2,
    *,
    commands: bool = False,
) -> Server:
    """The server of the application; ``grace`` is the seconds that open pages have to let go.

    With ``commands`` it also does what commands over the same home ask for.
    """
    import uvicorn

    from wenju.ui.access.connection import timed_protocol
    from wenju.ui.access.policy import Policy
    from wenju.ui.load.server import Server
    from wenju.ui.socket.server import SocketServer

    policy = policy or Policy()
    app = create_app(engine, policy)
    config = uvicorn.Config(
        app,
        http=timed_protocol(policy.limits.request_seconds, policy.limits.connections),
        ws="none",
        h11_max_incomplete_event_size=policy.limits.head_bytes,
        proxy_headers=False,  # anybody can send them
        server_header=False,
        log_level=log_level,
        timeout_graceful_shutdown=1,
    )
    is_asked = commands and engine.settings.use_server
    beside = SocketServer(engine, app.state.pools) if is_asked else None
    return Server(config, app.state.shutdown, engine.settings.stop_timeout, grace, beside)


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, taken before anything slow is loaded; AddressError when it is not free."""
    with ExitStack() as stack:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            bound = stack.enter_context(socket.socket(family, kind, protocol))
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except OSError as error:
            raise AddressError(
                f"Port {port} of {host} cannot be used ({error.strerror or error}). "
                "Choose another with --port, or 0 for any free one."
            ) from None
        stack.pop_all()
    return bound


@contextmanager
def background_server(engine: Engine, policy: Policy | None = None) -> Iterator[str]:
    """Serve from a thread, on a free port, for as long as the block lasts; gives the address."""
    with listen("127.0.0.1", 0) as bound:
        server = server_of(engine, policy, log_level="error", grace=1)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
