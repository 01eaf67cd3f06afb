"""The workers of this process: started with the first job, used again, ended with it."""

from __future__ import annotations

import atexit
import os
import threading
from typing import TypeVar

from wenju.corpus import cancellation, limits
from wenju.corpus.allowance import Allowance
from wenju.corpus.errors import ReadError
from wenju.corpus.worker.child import Child, Gone, NotMade
from wenju.corpus.worker.jobs import Job

_Result = TypeVar("_Result")
_TRIES = 3  # workers that end before they hear of a job, each made for it


class Workers:
    """As many workers as there are threads that have jobs at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._busy: list[Child] = []
        self._was_made = False

    def run(self, job: Job[_Result], allowance: Allowance) -> _Result:
        """Have a worker do a job; raises ReadError, or what ends the work that it is part of.

        Where this system can limit no process, or none was ever made, it is done in this one.
        """
        if not limits.ARE_KNOWN:
            return job.here()
        for _ in range(_TRIES):
            cancellation.check()
            try:
                child = self._taken()
            except NotMade as error:
                if not self._was_made:
                    return job.here()
                raise ReadError(
                    f"{job.name} was not read: no process could be started for it ({error}). Try again."
                ) from None
            try:
                return child.run(job, allowance)
            except Gone:
                continue
            finally:
                self._put_back(child)
        raise ReadError(
            f"{job.name} was not read: each process that was started for it was ended from outside. "
            "Try again."
        )

    def pids(self) -> list[int]:
        """The numbers of the processes that are there, those that wait first."""
        with self._lock:
            return [child.process.pid for child in (*self._idle, *self._busy)]

    def close(self) -> None:
        """End them all; a later job starts a new one."""
        with self._lock:
            children, self._idle, self._busy = [*self._idle, *self._busy], [], []
        for child in children:
            child.close()

    def forget(self) -> None:
        """In a process that was forked: the workers are its parent's."""
        for child in (*self._idle, *self._busy):
            child.forget()
        self._lock, self._idle, self._busy = threading.Lock(), [], []

    def _taken(self) -> Child:
        """One that waits, or a new one; raises NotMade."""
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive:
                    self._busy.append(child)
                    return child
                child.close()
        child = Child()
        with self._lock:
            self._was_made = True
            self._busy.append(child)
        return child

    def _put_back(self, child: Child) -> None:
        with self._lock:
            if child in self._busy:  # else all were ended meanwhile
                self._busy.remove(child)
                if child.is_alive:
                    self._idle.append(child)
                    return
        child.close()


WORKERS = Workers()
atexit.register(WORKERS.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKERS.forget)
