"""Serving the application: the socket, the samples, the server."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from wenju.ui.errors import CommandError, Interrupted, say

if TYPE_CHECKING:
    from wenju.qa.engine import Engine

# seconds that open pages may take to let go once the server is told to stop
_GRACE = 2


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, taken before anything slow is loaded; CommandError when it is not free."""
    with ExitStack() as stack:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            bound = stack.enter_context(socket.socket(family, kind, protocol))
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except OSError as error:
            raise CommandError(
                f"Port {port} of {host} cannot be used ({error.strerror or error}). "
                "Choose another with --port, or 0 for any free one."
            ) from None
        stack.pop_all()
    return bound


def with_samples(engine: Engine) -> None:
    """Add the bundled documents to a library that has none."""
    from wenju.ui.progress import adding

    if engine.library.count()[0] == 0:
        say("The library is empty: adding the bundled samples.")
        adding(engine, [Path(str(files("wenju.corpus.samples")))])


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    """Serve from a thread, on a free port, for as long as the block lasts; gives the address."""
    import uvicorn

    from wenju.ui.app import create_app

    with listen("127.0.0.1", 0) as bound:
        config = uvicorn.Config(create_app(engine), log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def serve_forever(engine: Engine, bound: socket.socket) -> None:
    """Serve until stopped, and say where."""
    import uvicorn

    from wenju.ui.app import create_app
    from wenju.ui.progress import waiting

    with waiting("Loading the model…"):
        # so that nobody's first question waits for it, nor the first file of an empty library
        engine.encoder.encode(["誰？"], query=True)
        for question in ("誰？", "Who?"):
            engine.ask(question)
    config = uvicorn.Config(
        create_app(engine), log_level="warning", timeout_graceful_shutdown=_GRACE
    )
    if engine.library.count()[0] == 0:
        say("The library is empty; fill it with `wenju add`, or serve with --samples.")
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    say(f"Wenju is at http://{shown}:{port}/ (API: /docs). Stop it with Ctrl-C.")
    try:
        uvicorn.Server(config).run(sockets=[bound])
    except KeyboardInterrupt:
        raise Interrupted(
            f"Stopped; everything that was added is kept in {engine.settings.home}."
        ) from None
