"""What runs in a worker: it does the jobs that it is told of, one after the other, each within limits."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from wenju.corpus import limits
from wenju.corpus.allowance import Allowance
from wenju.corpus.errors import ReadError
from wenju.corpus.readers import failure
from wenju.corpus.worker.jobs import done
from wenju.corpus.worker.messages import (
    BEGUN,
    DONE,
    FAILED,
    HEAD,
    LAST,
    ORIGINAL,
    READY,
    RECOGNISING,
    dumped,
    loaded,
    message,
)

_KEPT = 0.5  # of its allowance: a worker that keeps more memory than that is replaced

_LEFT = 143  # the exit code of a process that was told to end

Send = Callable[[bytes], None]


def serve() -> None:
    """Do what the parent asks for until it is gone."""
    send = _connected()
    # Ctrl-C is the parent's to handle; when it ends this process, what was begun is cleaned up
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    send(message(READY))
    first = limits.resident()
    while (request := _request()) is not None:
        allowance = Allowance(*request["allowance"])
        send(message(BEGUN))
        answer, is_sound = _answer(request, allowance, send)
        is_last = not is_sound or limits.resident() - first > _KEPT * allowance.megabytes
        for part in [message(LAST), *answer] if is_last else answer:
            send(part)
        if is_last:
            return


def _connected() -> Send:
    """How to send to the parent; whatever a library prints goes where errors go."""
    out = os.dup(1)
    os.dup2(2, 1)

    def send(content: bytes) -> None:
        with memoryview(content) as rest:
            at = 0
            while at < len(rest):
                at += os.write(out, rest[at:])

    return send


def _request() -> dict[str, Any] | None:
    """The next job; None when the parent is gone."""
    source = sys.stdin.buffer
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    _, length = HEAD.unpack(head)
    return dict(loaded(source.read(length)))


def _answer(request: dict[str, Any], allowance: Allowance, send: Send) -> tuple[list[bytes], bool]:
    """Do a job: the messages of the answer, and whether this process is sound after it."""
    name = request["name"]
    limits.begin(allowance, lambda: send(message(RECOGNISING)))
    try:
        return _made(request), True
    except ReadError as error:
        return _failed(error), str(error) != str(allowance.too_large(name))
    except Exception as error:
        return _failed(failure(name, error)), False
    except SystemExit as error:
        if error.code == _LEFT:
            raise
        return _failed(
            ReadError(f"{name} is damaged and ended what reads it.", why="damaged")
        ), False
    finally:
        limits.end()


def _failed(error: ReadError) -> list[bytes]:
    return [message(FAILED, dumped([str(error), error.why]))]


def _made(request: dict[str, Any]) -> list[bytes]:
    if request["folder"]:
        os.chdir(request["folder"])  # where relative paths begin for the parent
    originals, value = done(request["kind"], request["asked"])
    return [*(message(ORIGINAL, original) for original in originals), message(DONE, dumped(value))]


def _leave(signum: int, frame: object) -> NoReturn:
    raise SystemExit(_LEFT)
