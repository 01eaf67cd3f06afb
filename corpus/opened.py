"""Opening files so that none can hold up who opens it: only real files are read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wenju.corpus.errors import ReadError

# a pipe without a writer is opened at once, too; no terminal takes this process for its own
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def check(path: Path) -> os.stat_result:
    """What the system says of a file; raises ReadError where it is none."""
    with _opening(path):
        status = path.stat()
        _check(path, status)
    return status


def content(path: Path) -> bytes:
    """The bytes of a file; raises ReadError, with the reason, where it cannot be read or is none.

    What the path leads to is looked at once it is open, so that nothing can be put in its place.
    """
    with _opening(path):
        number = os.open(path, _FLAGS)
        try:
            _check(path, os.fstat(number))
            with open(number, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(number)


def _check(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        os.listdir(path)  # a folder that may not be listed is reported as such
        raise ReadError(f"{path} is a folder where a file was expected; add its files.")
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(f"{path} is a device or a pipe; only files can be read.")


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise ReadError(f"{path} does not exist; check the path.") from None
    except PermissionError:
        raise ReadError(f"{path} may not be opened; give yourself permission to read it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"{path} could not be opened ({reason}); check the path.") from None
