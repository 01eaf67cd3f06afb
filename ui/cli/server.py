"""``wenju serve``: the server in the foreground, with what it says at the terminal."""

from __future__ import annotations

import socket
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenju.ui.cli.errors import Interrupted, error_boundary, say
from wenju.ui.cli.options import Home, engine_of

if TYPE_CHECKING:
    from wenju.qa.engine import Engine

# seconds that open pages may take to let go once the server is told to stop
_GRACE = 2


@error_boundary
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")] = 8000,
    samples: Annotated[
        bool, typer.Option("--samples", help="Fill an empty library with the bundled samples.")
    ] = False,
    home: Home = None,
) -> None:
    """Open the chat and the API in one process."""
    from wenju.ui.server import listen

    with listen(host, port) as bound, engine_of(context, home) as engine:
        if samples:
            _add_samples(engine)
        _load(engine)
        _run(engine, bound)


def _add_samples(engine: Engine) -> None:
    """Add the bundled documents to a library that has none."""
    from wenju.ui.cli.progress import add_paths

    if engine.library.count()[0] == 0:
        say("The library is empty: adding the bundled samples.")
        add_paths(engine, [Path(str(files("wenju.corpus.samples")))])


def _load(engine: Engine) -> None:
    """Load the model, so that neither the first question nor the first file waits for it."""
    from wenju.ui.cli.progress import spinner

    with spinner("Loading the model…"):
        engine.encoder.encode(["誰？"], query=True)
        for question in ("誰？", "Who?"):
            engine.ask(question)


def _run(engine: Engine, bound: socket.socket) -> None:
    """Serve until stopped, and say where."""
    import uvicorn

    from wenju.ui.monitoring.logs import configure_logs
    from wenju.ui.server import create_app

    config = uvicorn.Config(
        create_app(engine), log_level="warning", timeout_graceful_shutdown=_GRACE
    )
    configure_logs(engine.settings)
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
