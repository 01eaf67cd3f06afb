"""The socket in a home folder: where it is, who may use it, and that only one server has it.

Windows has no such sockets in Python; there every command does its work itself.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio.trsock import TransportSocket

    from filelock import BaseFileLock

_NAME, _LOCK = "server.socket", "server.lock"
_OWNER_ONLY = 0o600
_PEER = struct.Struct("3i")  # process, user and group at the other end, as Linux tells them


class SocketError(Exception):
    """There is no socket to use; the sentence says why."""


def path_of(home: Path) -> Path:
    """The socket of a home."""
    return home.absolute() / _NAME


def is_of_owner(connection: socket.socket | TransportSocket) -> bool:
    """Whether the process at the other end is of the user that this one is of, where a system tells."""
    if sys.platform != "linux":
        return True
    said = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    return int(_PEER.unpack(said)[1]) == os.geteuid()


def connect(home: Path) -> socket.socket:
    """A connection to the server of this home; raises SocketError where there is none to be trusted."""
    if sys.platform == "win32":
        raise SocketError("Windows has no such sockets.")
    path, connection = path_of(home), socket.socket(socket.AF_UNIX)
    try:
        _check_folder(path.parent)
        found = path.lstat()
        if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.geteuid():
            raise SocketError(f"{path} is not a socket of this user.")
        connection.connect(str(path))
        if not is_of_owner(connection):
            raise SocketError(f"{path} is served by another user.")
    except (FileNotFoundError, ConnectionRefusedError):  # none, or left by one that has died
        connection.close()
        raise SocketError("No server runs on this home.") from None
    except OSError as error:
        connection.close()
        raise SocketError(f"{path}: {error}") from None
    except SocketError:
        connection.close()
        raise
    return connection


class Listening:
    """The socket of a home, held by one server until it is closed, or dies."""

    def __init__(self, home: Path) -> None:
        """Listen; raises SocketError where that cannot be, or another server does."""
        if sys.platform == "win32":
            raise SocketError("Windows has no such sockets.")
        _check_folder(home.absolute())
        self._path = path_of(home)
        self._lock = _locked(self._path.with_name(_LOCK))
        self.socket = socket.socket(socket.AF_UNIX)
        try:
            # who holds the lock is the only server: what lies there was left by one that died
            self._path.unlink(missing_ok=True)
            self.socket.bind(str(self._path))
            self._path.chmod(_OWNER_ONLY)  # nobody can connect before it listens
            self.socket.listen()
        except OSError as error:
            self.close()
            raise SocketError(f"{self._path}: {error}") from None

    def close(self) -> None:
        """Listen no more, and leave nothing there."""
        self.socket.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._lock.release()


def _locked(path: Path) -> BaseFileLock:
    from filelock import FileLock, Timeout

    lock = FileLock(path, mode=_OWNER_ONLY)
    try:
        return lock.acquire(timeout=0).lock
    except Timeout:
        raise SocketError("Another server is asked by the commands already.") from None
    except (OSError, NotImplementedError) as error:  # of a file system that has no locks
        raise SocketError(f"{path}: {error}") from None


def _check_folder(folder: Path) -> None:
    """Raise SocketError for a folder in which others could put a socket of theirs in its place."""
    try:
        found = folder.stat()
    except OSError as error:
        raise SocketError(str(error)) from None
    is_open = found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX
    if found.st_uid not in (0, os.geteuid()) or is_open:
        raise SocketError(f"{folder} belongs to another user, or everybody may write in it.")
