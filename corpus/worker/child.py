"""A worker as the process that started it sees it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import astuple, dataclass, field
from typing import IO, Any, TypeVar

from wenju.corpus import cancellation
from wenju.corpus.allowance import Allowance
from wenju.corpus.errors import ReadError
from wenju.corpus.worker import messages
from wenju.corpus.worker.jobs import Job
from wenju.corpus.worker.messages import HEAD, dumped, loaded, message

# -P: no module of the folder that the parent happens to stand in; its own path follows
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from wenju.corpus.worker.serving import serve; serve()"
)
_START_SECONDS = 120  # a slow disk, a busy machine
_LEAVE_SECONDS = 3
# A file may also wait, for a disk or a program that converts it. That is no use of the processor, so there
# is a bound by the clock too, which a file that computes does not meet even on a busy machine.
_WAITING, _BUSY = 600, 10
_LOOK = 0.25  # seconds after which it is looked whether somebody still waits

_Result = TypeVar("_Result")


class NotMade(Exception):  # noqa: N818 - not an error of the file
    """No process could be made; the message says why."""


class Gone(Exception):  # noqa: N818 - not an error of the file
    """The process had ended before it heard of the job."""


class Child:
    """One process that does jobs. Not for several threads at once."""

    def __init__(self) -> None:
        """Start it; raises NotMade."""
        self.is_last = False
        if not sys.executable:
            raise NotMade("this Python does not know its own program")
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", _CODE, json.dumps(_path())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("WENJU_DEBUG") else subprocess.DEVNULL,
                bufsize=0,
                # each thread of a library would reserve room that it hardly uses
                env={"MALLOC_ARENA_MAX": "2", **os.environ},
            )
        except (OSError, ValueError) as error:
            raise NotMade(str(error)) from None
        try:
            self._next(time.monotonic() + _START_SECONDS)
        except BaseException as error:
            self.close()
            if not isinstance(error, EOFError | TimeoutError):
                raise
            raise NotMade(f"it ended with {self.process.returncode}") from None

    @property
    def is_alive(self) -> bool:
        """Whether it still runs, and will do another job."""
        return not self.is_last and self.process.poll() is None

    def run(self, job: Job[_Result], allowance: Allowance) -> _Result:
        """Have it do a job; raises ReadError, or Gone where it had ended before.

        It is ended by what :func:`wenju.corpus.cancellation.check` raises, too. Only one that
        ``is_alive`` afterwards can be asked again.
        """
        answer = _Answer()
        deadline = time.monotonic() + _WAITING + _BUSY * allowance.ocr_seconds
        try:
            self._send(job, allowance)
            while answer.content is None:
                answer.take(*self._next(deadline))
        except (EOFError, BrokenPipeError):
            self._ended()
            if not answer.is_begun:
                raise Gone from None
            recognised = answer.is_recognising
            raise self._death(job.name, allowance, recognised=recognised) from None
        except TimeoutError:
            self.close()
            raise ReadError(
                f"{job.name} waited too long for a disk or for a program that converts it; try again."
            ) from None
        except BaseException:  # Ctrl-C: what comes later would be taken for the next answer
            self.close()
            raise
        self.is_last = answer.is_last
        return job.unpacked(answer.originals, answer.value())

    def close(self) -> None:
        """End it and wait for that; it may clean up first."""
        self.is_last = True
        self.process.terminate()
        self._ended()

    def forget(self) -> None:
        """In a process that was forked: only its copies of the pipes are closed."""
        self.is_last = True
        self.process.returncode = 0
        self._shut()

    def _ended(self) -> None:
        """It is ending, or has been told to."""
        self.is_last = True
        try:
            self.process.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._shut()

    def _shut(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _send(self, job: Job[Any], allowance: Allowance) -> None:
        try:
            folder = os.getcwd()
        except OSError:  # it was removed; nothing relative leads anywhere
            folder = ""
        request = {
            **{"kind": job.kind, "name": job.name, "asked": job.asked},
            **{"folder": folder, "allowance": astuple(allowance)},
        }
        rest = memoryview(message(messages.JOB, dumped(request)))
        while rest:
            rest = rest[os.write(_number(self.process.stdin), rest) :]

    def _next(self, deadline: float) -> tuple[bytes, bytes]:
        """The next message; raises EOFError where it has ended, TimeoutError behind the deadline."""
        kind, length = HEAD.unpack(self._bytes(HEAD.size, deadline))
        return kind, bytes(self._bytes(length, deadline))

    def _bytes(self, count: int, deadline: float) -> bytearray:
        got = bytearray(count)
        view, number = memoryview(got), _number(self.process.stdout)
        waiting = select.poll()
        waiting.register(number, select.POLLIN)
        while view:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if not waiting.poll(1000 * min(left, _LOOK)):
                cancellation.check()
                continue
            taken = os.readv(number, [view])
            if not taken:
                raise EOFError
            view = view[taken:]
        return got

    def _death(self, name: str, allowance: Allowance, *, recognised: bool) -> ReadError:
        """What its end says of the file."""
        code = self.process.returncode
        if code == -signal.SIGPROF:
            return allowance.too_slow(name, recognised=recognised)
        if code == -signal.SIGKILL:
            return ReadError(
                f"{name} was left out: the process that read it was killed, perhaps because the memory "
                "of this machine was used up. Free some, or set WENJU_READ_MEMORY lower."
            )
        reason = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return ReadError(
            f"{name} is damaged: the process that read it crashed ({reason}). Open it in the program it "
            "comes from and save it again.",
            why="damaged",
        )


@dataclass
class _Answer:
    """What has come of the answer to one job."""

    is_begun: bool = False
    is_recognising: bool = False
    is_last: bool = False
    content: bytes | None = None
    failed: bool = False
    originals: list[bytes] = field(default_factory=list)

    def take(self, kind: bytes, content: bytes) -> None:
        """The next message of it."""
        self.is_begun |= kind == messages.BEGUN
        self.is_recognising |= kind == messages.RECOGNISING
        self.is_last |= kind == messages.LAST
        if kind == messages.ORIGINAL:
            self.originals.append(content)
        elif kind in (messages.DONE, messages.FAILED):
            self.content, self.failed = content, kind == messages.FAILED

    def value(self) -> Any:  # noqa: ANN401 - of JSON
        """What the worker made, once all is there; raises the ReadError that it sent."""
        value = loaded(self.content or b"")
        if self.failed:
            sentence, why = value
            raise ReadError(sentence, why=why)
        return value


def _path() -> list[str]:
    """Where this process finds modules, wherever it may stand later."""
    return [os.path.abspath(entry) for entry in sys.path]


def _number(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise ValueError("a worker has pipes")
    return pipe.fileno()
