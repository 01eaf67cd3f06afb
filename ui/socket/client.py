"""A command's end of the socket. It imports nothing of what answers questions, so that it starts at once."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from wenju.ui.cli.errors import Ended, Interrupted
from wenju.ui.socket.place import SocketError, connect

if TYPE_CHECKING:
    from wenju.qa.settings import Settings
    from wenju.ui.socket.operations import Listener

_SECONDS = 5  # in which a server takes a request in; its work may take as long as it takes


def ask_server(
    settings: Settings, name: str, asked: Mapping[str, Any], listener: Listener
) -> dict[str, Any] | None:
    """What the server of the settings' home did, None where the command has to do it itself.

    Raises Ended with the sentence and exit code that the work ended with, and Interrupted.
    """
    try:
        connection = connect(settings.home)
    except SocketError:
        return None
    with closing(connection):
        return _asked(connection, settings, name, asked, listener)


def _asked(
    connection: socket.socket,
    settings: Settings,
    name: str,
    asked: Mapping[str, Any],
    listener: Listener,
) -> dict[str, Any] | None:
    from wenju.ui.socket.likeness import likeness

    request = {"name": name, "like": likeness(settings), "asked": asked}
    connection.settimeout(_SECONDS)
    try:
        connection.sendall(json.dumps(request).encode() + b"\n")
        if name != "add":
            connection.settimeout(None)
            return _outcome(connection, name, listener)
        return _interruptible(connection, name, listener)
    except OSError:
        return _lost(name)


def _interruptible(
    connection: socket.socket, name: str, listener: Listener
) -> dict[str, Any] | None:
    """The outcome; on Ctrl-C the server is told to end, and says what it has kept."""
    connection.settimeout(None)
    try:
        return _outcome(connection, name, listener)
    except KeyboardInterrupt:
        connection.shutdown(socket.SHUT_WR)
    try:
        return _outcome(connection, name, listener)
    except KeyboardInterrupt:
        raise Interrupted("Interrupted; what the server has added until now stays there.") from None


def _outcome(connection: socket.socket, name: str, listener: Listener) -> dict[str, Any] | None:
    """What is sent last; what is sent before is passed to the listener."""
    for event, said in _events(connection):
        if event == "say":
            listener.say(said)
        elif event == "progress":
            listener.progress(*said)
        elif event == "done":
            return dict(said)
        elif event == "ended":
            raise Ended(*said)
        else:  # declined
            if said:
                listener.say(said)
            return None
    return _lost(name)


def _events(connection: socket.socket) -> Iterator[tuple[str, Any]]:
    with connection.makefile("rb") as lines:
        for line in lines:
            yield from json.loads(line).items()


def _lost(name: str) -> None:
    """The server ended before it answered: all but removing can be done once more."""
    if name == "remove":
        raise Ended(
            "The server ended before it said what it removed; see `wenju list`, and remove the rest again."
        )
