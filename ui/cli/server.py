"""``wenju serve``: the server in the foreground, with what it says at the terminal."""

from __future__ import annotations

import os
import signal
import socket
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wenju.ui.cli.errors import FAILED, INTERRUPTED, Interrupted, error_boundary, say
from wenju.ui.cli.options import Home, engine_of, settings_of

if TYPE_CHECKING:
    from wenju.qa.engine import Engine
    from wenju.ui.access.policy import Policy


@error_boundary
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")] = 8000,
    samples: Annotated[
        bool, typer.Option("--samples", help="Fill an empty library with the bundled samples.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            help="A name under which the server is reached beside its own; may be given several "
            "times.",
            show_default=False,
        ),
    ] = None,
    no_key: Annotated[
        bool,
        typer.Option(
            "--no-key", help="Let everybody who reaches the server read and change everything."
        ),
    ] = False,
    home: Home = None,
) -> None:
    """Open the chat and the API in one process."""
    from wenju.ui.access.policy import policy_of
    from wenju.ui.server import listen

    with listen(host, port) as bound:
        settings = settings_of(context, home)
        policy = policy_of(settings, bound.getsockname()[0], allow_host or (), no_key)
        with engine_of(context, home) as engine:
            if samples:
                _add_samples(engine)
            _load(engine)
            serve_until_stopped(engine, bound, policy)


def _add_samples(engine: Engine) -> None:
    """Add the bundled documents to a library that has none."""
    from wenju.ui.cli.progress import passage_bar
    from wenju.ui.socket.operations import add_paths

    if engine.library.count()[0] == 0:
        say("The library is empty: adding the bundled samples.")
        with passage_bar() as progress:
            add_paths(engine, [Path(str(files("wenju.corpus.samples")))], progress)


def _load(engine: Engine) -> None:
    """Load the model, so that neither the first question nor the first file waits for it."""
    from wenju.ui.cli.progress import spinner

    with spinner("Loading the model…"):
        engine.encoder.encode(["誰？"], query=True)
        for question in ("誰？", "Who?"):
            engine.ask(question)


def serve_until_stopped(engine: Engine, bound: socket.socket, policy: Policy) -> None:
    """Serve until stopped, and say where and to whom."""
    from wenju.qa.stores import place_of
    from wenju.ui.monitoring.logs import configure_logs
    from wenju.ui.server import server_of

    server = server_of(engine, policy, commands=True)
    configure_logs(engine.settings)
    if engine.library.count()[0] == 0:
        say("The library is empty; fill it with `wenju add`, or serve with --samples.")
    bound.listen()  # who connects from now on waits until the application has started
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    say(f"Wenju is at http://{shown}:{port}/ (API: /docs). Stop it with Ctrl-C.")
    if said := opened(host, policy):
        say(said)
    signal.signal(signal.SIGTERM, _terminate)  # uvicorn hands on what stopped it
    interrupted = False
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        interrupted = True
    except _Terminated:
        pass
    kept = f"everything that was added is kept in {place_of(engine.settings, engine.library)}."
    if not server.finished:
        # Python would wait for threads that still work, without end
        say(f"Stopped before all that was asked was answered; {kept}")
        os._exit(INTERRUPTED if interrupted else FAILED)
    if interrupted:
        raise Interrupted(f"Stopped; {kept}") from None
    say(f"Stopped; {kept}")


class _Terminated(BaseException):
    """The process was told to end (SIGTERM)."""


def _terminate(signal_number: int, frame: object) -> None:
    raise _Terminated


def opened(address: str, policy: Policy) -> str:
    """What is open to other machines, in a sentence or two; empty where nothing is."""
    from wenju.ui.access.hosts import is_loopback

    if is_loopback(address):
        return ""
    names = ", ".join(["the address that it is reached at", *sorted(policy.hosts)])
    if policy.keys:
        read, write = policy.keys.count("read"), policy.keys.count("write")
        whom = (
            "with a key may ask and read every document "
            f"({read + write} keys), or add, change and remove them too ({write} keys)"
        )
    else:
        whom = "may ask, read every document, add, change and remove them: --no-key asks for no key"
    return (
        f"Open to other machines: everybody who reaches this one {whom}. It answers under "
        f"{names}. What is sent is not encrypted; see SECURITY.md."
    )
