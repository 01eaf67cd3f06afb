"""A bounded number of threads with a bounded queue: what does not fit is refused at once."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar

from wenju.corpus import cancellation
from wenju.corpus.errors import WenjuError

_Result = TypeVar("_Result")
_LONGEST = 60  # seconds that a client is told to wait at most
_LEFT = "The client has gone."
_WEIGHT = 0.2  # of the newest in the mean of how long one takes


class Refused(WenjuError):
    """What was asked is not done; the client may ask again after ``retry_after`` seconds."""

    def __init__(self, sentence: str, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Busy(Refused):
    """All threads are at work and the queue is full."""


class Stopping(Refused):
    """The server is about to stop."""


class Left(WenjuError):
    """The client has gone, so that nobody waits for an answer."""


@dataclass(eq=False, slots=True)
class _Place:
    """A piece of work that runs or waits, whose it is, and who waits for it."""

    owner: str
    done: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    job: Future[None] | None = None
    left: threading.Event = field(default_factory=threading.Event)

    def settle(self, result: object, error: BaseException | None) -> None:
        """Hand over what came of it, from any thread."""
        try:
            self.loop.call_soon_threadsafe(self._settle, result, error)
        except RuntimeError:
            pass  # the loop has ended, and with it whoever waited

    def _settle(self, result: object, error: BaseException | None) -> None:
        if self.done.done():
            return
        if error is None:
            self.done.set_result(result)
        else:
            self.done.set_exception(error)

    def check(self) -> None:
        """Raise Left once nobody waits any more."""
        if self.left.is_set():
            raise Left(_LEFT)


class Pool:
    """Threads for one kind of work. Work waits in the order in which it came.

    ``run`` belongs to event loops, of which there may be several; everything else may be called from
    any thread.
    """

    def __init__(self, name: str, workers: int, queue: int) -> None:
        """So many threads, made when they are first needed, and so many places behind them."""
        self.name = name
        self._workers, self._queue = workers, queue
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix=f"wenju-{name}")
        self._places: set[_Place] = set()
        self._lock = threading.Lock()
        self._seconds = 0.0
        self._stopping = False

    async def run(self, work: Callable[[], _Result], owner: str = "") -> _Result:
        """What ``work`` returns, done in one of the threads; raises what it raises.

        Cancelled while it waits, it leaves the queue; what has begun is ended by the next
        :func:`wenju.corpus.cancellation.check` in it. Raises Busy where there is no place, Stopping,
        and Left after :meth:`leave` of its owner.
        """
        place = self._enter(owner)
        context = copy_context()
        context.run(cancellation.end_by, place.check)
        try:
            place.job = self._threads.submit(self._carry, place, lambda: context.run(work))
            place.job.add_done_callback(lambda _: self._exit(place))
            result: _Result = await place.done
            return result
        finally:
            place.left.set()
            if place.job is None or place.job.cancel():
                self._exit(place)

    def _enter(self, owner: str) -> _Place:
        loop = asyncio.get_running_loop()
        with self._lock:
            if self._stopping:
                raise stopping()
            if len(self._places) >= self.places:
                raise Busy(
                    f"The server is busy: {self._workers} are being worked on and {self._queue} "
                    "wait. Ask again in a moment.",
                    self._patience(),
                )
            place = _Place(owner, loop.create_future(), loop)
            self._places.add(place)
        return place

    def _exit(self, place: _Place) -> None:
        with self._lock:
            self._places.discard(place)

    def _carry(self, place: _Place, work: Callable[[], object]) -> None:
        started = time.monotonic()
        try:
            result, error = work(), None
        except BaseException as raised:  # noqa: BLE001 - it is raised where it is waited for
            result, error = None, raised
        took = time.monotonic() - started
        with self._lock:
            self._seconds += (took - self._seconds) * (_WEIGHT if self._seconds else 1)
        # the place is free before anybody knows of the answer, and may ask again
        self._exit(place)
        place.settle(result, error)

    def _patience(self) -> int:
        """Seconds after which there is probably a place."""
        half = (self._workers + self._queue) / 2
        return min(_LONGEST, max(1, math.ceil(half * self._seconds / self._workers)))

    @property
    def places(self) -> int:
        """How much it takes in: what is worked on and what waits."""
        return self._workers + self._queue

    @property
    def running(self) -> int:
        """How much is being worked on."""
        with self._lock:
            return sum(p.job is not None and p.job.running() for p in self._places)

    @property
    def waiting(self) -> int:
        """How much waits for a thread."""
        with self._lock:
            return sum(p.job is None or not p.job.running() for p in self._places)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs or waits."""
        with self._lock:
            return not self._places

    def leave(self, owner: str) -> None:
        """Give up what an owner waits for; its places are free again."""
        if owner:
            self._give_up(Left(_LEFT), lambda place: place.owner == owner)

    def stop(self) -> None:
        """Take in nothing more."""
        with self._lock:
            self._stopping = True

    def abort(self) -> None:
        """Give up all that is waited for; what has begun runs on and nobody waits for it."""
        self._give_up(stopping(), lambda _: True)

    def _give_up(self, error: Exception, which: Callable[[_Place], bool]) -> None:
        with self._lock:
            chosen = [place for place in self._places if which(place)]
        for place in chosen:
            place.settle(None, error)


def stopping() -> Stopping:
    """The refusal of a server that is about to stop."""
    return Stopping("The server is about to stop. Ask again once it has been started anew.", 5)
