"""A command's end of the socket. It imports nothing of what answers questions, so that it starts at once."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Iterator, Mapping
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
    from wenju.ui.socket.likeness import likeness

    with closing(connection), connection.makefile("rb") as lines:
        request = {"name": name, "like": likeness(settings), "asked": asked}
        return _Exchange(connection, lines, name, listener).outcome(request)


class _Exchange:
    """One request to a server, and what it sends until it is done."""

    def __init__(
        self, connection: socket.socket, lines: Iterable[bytes], name: str, listener: Listener
    ) -> None:
        self._connection, self._lines = connection, lines
        self._name, self._listener = name, listener
        self._is_accepted = False

    def outcome(self, request: Mapping[str, Any]) -> dict[str, Any] | None:
        """What came of it, None where this process has to do it."""
        self._connection.settimeout(_SECONDS)
        try:
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            return self._heard() if self._name != "add" else self._interruptible()
        except OSError:  # it has died, or does not even take the request in
            self._check_lost()
            return None

    def _interruptible(self) -> dict[str, Any] | None:
        """The outcome; on Ctrl-C the server is told to end, and says what it has kept."""
        try:
            return self._heard()
        except KeyboardInterrupt:
            self._connection.shutdown(socket.SHUT_WR)
        try:
            return self._heard()
        except KeyboardInterrupt:
            said = "Interrupted; what the server has added until now stays there."
            raise Interrupted(said) from None

    def _heard(self) -> dict[str, Any] | None:
        """What is sent last; what is sent before is passed to the listener."""
        for event, said in self._events():
            if event == "accepted":
                self._is_accepted = True
                self._connection.settimeout(None)
            elif event == "say":
                self._listener.say(said)
            elif event == "progress":
                self._listener.progress(*said)
            elif event == "done":
                return dict(said)
            elif event == "ended":
                raise Ended(*said)
            else:  # declined
                if said:
                    self._listener.say(said)
                return None
        self._check_lost()
        return None

    def _events(self) -> Iterator[tuple[str, Any]]:
        for line in self._lines:
            yield from json.loads(line).items()

    def _check_lost(self) -> None:
        """No more is heard: raise Ended for what cannot be done once more, which removing is."""
        if self._is_accepted and self._name == "remove":
            raise Ended(
                "The server ended before it said what it removed; see `wenju list`, and remove the rest again."
            )
